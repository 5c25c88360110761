import type { Timeouts } from './driver.ts';
import type { FtpDriver } from './ftp.ts';
import type { GopherDriver } from './gopher.ts';
import type { HttpDriver } from './http.ts';

/** A temporary file that keeps bytes until it is closed. */
export interface SpoolFile {
  readonly path: string;
  /** Adds bytes at the end. Throws DriverFailure ERROR_DISK_FULL where the disk takes no more. */
  append(bytes: Uint8Array): void;
  /** Copies bytes from a place into the buffer; the number of bytes, 0 at the end. Throws DriverFailure ERROR_FILE_NOT_FOUND. */
  read(position: number, into: Uint8Array): number;
  /** Deletes the file. Safe to call twice. */
  close(): void;
}

/** Where to reach for a host. */
export interface ProbeTarget {
  readonly host: string;
  readonly port: number;
  readonly timeouts: Timeouts;
  readonly addressLimit?: number;
}

/** Knows how this machine is connected. */
export interface NetworkDriver {
  /** Names of the interfaces that lead out of this machine and have an address. */
  interfaces(): readonly string[];
  /** Connects over TCP and ends the connection. Rejects with CANNOT_CONNECT, NAME_NOT_RESOLVED, TIMEOUT, OPERATION_CANCELLED. */
  probe(target: ProbeTarget): Promise<void>;
  /** Gives up every probe under way. */
  close(): void;
}

/** Everything that moves bytes. */
export interface Drivers {
  /** A new file in the folder for temporary ones, with this extension. Throws DriverFailure ERROR_DISK_FULL. */
  createSpoolFile(extension: string): SpoolFile;
  readonly network: NetworkDriver;
  readonly http: HttpDriver;
  readonly ftp: FtpDriver;
  readonly gopher: GopherDriver;
}
