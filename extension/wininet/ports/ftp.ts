import type { ByteSink, ByteSource, DriverContext, Timeouts } from './driver.ts';

/** Where and how to log on to an FTP server. */
export interface FtpTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Passive data connections (INTERNET_FLAG_PASSIVE); otherwise the server connects back. */
  readonly passive: boolean;
  readonly timeouts: Timeouts;
  /** Of a host's addresses, how many are tried; all where absent. */
  readonly addressLimit?: number;
}

/** One entry of a listing. */
export interface FtpEntry {
  readonly name: string;
  readonly isDirectory: boolean;
  /** In bytes; 0 for folders. */
  readonly size: number;
  readonly modified: Date | null;
}

/** How bytes travel: as they are (`I`), or as text (`A`). */
export type FtpTransferType = 'A' | 'I';

/** A file that comes from an FTP server. */
export interface FtpDownload extends ByteSource {
  /**
   * The size in bytes: as announced, or as counted once all has come, or as the server answers to SIZE.
   * Rejects with ERROR_INTERNET_EXTENDED_ERROR when it refuses, ERROR_INTERNET_TIMEOUT when it does not answer during the
   * transfer, and ERROR_INTERNET_INVALID_OPERATION when what comes is no file.
   */
  askSize(context: DriverContext): Promise<number>;
  /**
   * To be called when `read` has answered 0: waits for the server's last word and rejects with
   * ERROR_INTERNET_CONNECTION_ABORTED when it does not confirm that the file is complete.
   */
  finish(): Promise<void>;
}

/** A session with an FTP server. One transfer or command at a time; the engine sees to that. */
export interface FtpSession {
  /** Sends one command line and resolves to the reply's text; a reply of 400 or more rejects with ERROR_INTERNET_EXTENDED_ERROR. */
  command(line: string, context: DriverContext): Promise<string>;
  /** The current folder on the server. */
  currentDirectory(context: DriverContext): Promise<string>;
  /** The entries that LIST prints for a path; the current folder for the empty one. */
  list(path: string, context: DriverContext): Promise<readonly FtpEntry[]>;
  /** Starts a download. */
  openRead(path: string, type: FtpTransferType, context: DriverContext): Promise<FtpDownload>;
  /** Starts an upload that replaces the file. */
  openWrite(path: string, type: FtpTransferType, context: DriverContext): Promise<ByteSink>;
  /** Sends a command line of the caller's own, as `MLSD pub`, whose answer is data. */
  receive(line: string, type: FtpTransferType, context: DriverContext): Promise<FtpDownload>;
  /** Sends a command line of the caller's own, as `APPE log.txt`, that takes data. */
  transmit(line: string, type: FtpTransferType, context: DriverContext): Promise<ByteSink>;
  /** Ends the session; safe to call twice. */
  close(): Promise<void>;
}

/** Speaks FTP. */
export interface FtpDriver {
  /** Connects and logs on. Rejects with CANNOT_CONNECT, NAME_NOT_RESOLVED, TIMEOUT, LOGIN_FAILURE, FTP_DROPPED, OPERATION_CANCELLED. */
  connect(target: FtpTarget, context: DriverContext): Promise<FtpSession>;
}
