import type { ErrorSymbol, RaisedSymbol } from '../shared/errorCodes.ts';
import type { GopherItem } from '../shared/gopherItem.ts';

/** What the engine needs from outside. Drivers implement these; the engine never learns which library moves the bytes. */

/** A failure that a driver has already translated into WinINet's terms. */
export class DriverFailure extends Error {
  readonly symbol: RaisedSymbol;
  /** Winsock's number of the failure, for INTERNET_OPTION_EXTENDED_ERROR; undefined where no socket failed. */
  readonly socketError: number | undefined;

  /**
   * @param symbol the WinINet error
   * @param message one sentence that names host and port and what to try
   * @param cause the native error
   */
  constructor(symbol: RaisedSymbol, message: string, cause?: unknown, socketError?: number) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DriverFailure';
    this.symbol = symbol;
    this.socketError = socketError;
  }
}

/** What a driver reports while it works, in the order in which the sockets tell it. Never invented. */
export type DriverEvent =
  | { readonly type: 'resolving'; readonly host: string }
  | { readonly type: 'resolved'; readonly address: string }
  | { readonly type: 'connecting'; readonly address: string }
  | { readonly type: 'connected'; readonly address: string }
  | { readonly type: 'sending' }
  | { readonly type: 'sent'; readonly bytes: number }
  | { readonly type: 'receiving' }
  | { readonly type: 'received'; readonly bytes: number }
  | { readonly type: 'intermediate'; readonly status: number }
  | { readonly type: 'closing' }
  | { readonly type: 'closed' }
  /** A line of the dialogue or the head of a message; the engine masks it before it is recorded. */
  | { readonly type: 'wire'; readonly direction: 'in' | 'out'; readonly text: string }
  /** The server's own words, for InternetGetLastResponseInfo. */
  | { readonly type: 'reply'; readonly text: string };

/** Receives a driver's events. It never throws. */
export type DriverObserver = (event: DriverEvent) => void;

/**
 * Tells a driver that the handle is closing. An AbortSignal is one; a call's own is lighter, which shows where a request takes
 * a tenth of a millisecond.
 */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What accompanies one driver call. */
export interface DriverContext {
  readonly observer: DriverObserver;
  /** Aborted when the handle is closed: the driver stops at once and rejects with ERROR_INTERNET_OPERATION_CANCELLED. */
  readonly signal: CancelSignal;
}

/** Limits in milliseconds; 0 means none. Drivers read them when a wait begins: options may change meanwhile. */
export interface Timeouts {
  readonly connect: number;
  readonly send: number;
  readonly receive: number;
  /** For the data connections of FTP; as `send` and `receive` where absent. */
  readonly dataSend?: number;
  readonly dataReceive?: number;
}

/** Bytes that are pulled. Only one read may be under way at a time; the engine sees to that. */
export interface ByteSource {
  /** Size that the server announced, in bytes. */
  readonly size: number | undefined;
  /** Copies what has arrived into the buffer: at least one byte, or 0 at the end. Synchronous where bytes are waiting. */
  read(into: Uint8Array): number | Promise<number>;
  /** How many bytes can be read without waiting; waits until there is one, or answers 0 at the end. */
  available(): number | Promise<number>;
  /** Gives up the rest; a read under way rejects with ERROR_INTERNET_OPERATION_CANCELLED. Safe to call twice. */
  cancel(): Promise<void>;
}

/** Bytes that are pushed. */
export interface ByteSink {
  /** Takes the bytes; resolves when more are welcome, so a slow server slows the writer. The bytes may be reused then. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the upload; resolves when the server has confirmed it, rejects if the server refused. */
  finish(): Promise<void>;
  /** Gives up; nothing more is sent. Safe to call twice. */
  cancel(): Promise<void>;
}

/** Where an HTTP request goes. */
export interface HttpServer {
  /** An address of FTP or Gopher is asked of a proxy only. */
  readonly scheme: 'http' | 'https' | 'ftp' | 'gopher';
  readonly host: string;
  readonly port: number;
}

/** Which faults of a certificate are accepted. */
export interface CertificateTolerance {
  readonly unknownAuthority: boolean;
  readonly wrongName: boolean;
  readonly wrongDate: boolean;
}

/** One request of HTTP: exactly one message out and one answer in. Redirects, cookies and authentication are the engine's. */
export interface HttpExchange {
  readonly server: HttpServer;
  /** Forward proxy: requests to https servers go through CONNECT, all others in absolute form. */
  readonly proxy: { readonly host: string; readonly port: number } | null;
  /** Headers for the proxy's CONNECT, as Proxy-Authorization. */
  readonly proxyHeaders: readonly (readonly [name: string, value: string])[];
  readonly method: string;
  /** `HTTP/1.0` or `HTTP/1.1`; what is neither, or absent, goes as HTTP/1.1, which is all that drivers speak. */
  readonly version?: string;
  /** Path and query as they stand in the request line. */
  readonly target: string;
  /** All headers in their order, Host and Content-Length included; the driver adds none of its own but Connection. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | AsyncIterable<Uint8Array> | null;
  readonly timeouts: Timeouts;
  /** Of a host's addresses, how many are tried; all where absent. */
  readonly addressLimit?: number;
  /** Connections to the server, or to the proxy where there is one. */
  readonly maxConnectionsPerServer: number;
  /** Who waits for a connection comes before those with a lower one; 0 where absent. */
  readonly priority?: number;
  /**
   * Whose request it is: while it is open, another's request gets its connection only when no more may be opened, as recorded
   * (http_state.many_requests_on_one_connect).
   */
  readonly holder?: { readonly open: boolean };
  /** False: the connection ends with the answer. */
  readonly keepAlive: boolean;
  readonly certificates: CertificateTolerance;
}

/** How TLS secures a connection. */
export interface HttpSecurity {
  /** As `TLSv1.3`. */
  readonly protocol: string;
  readonly cipher: string;
  /** Of the cipher's key. */
  readonly keyBits: number;
  /** The server's certificate; names have one part a line, as `CN=example`. */
  readonly certificate: {
    readonly subject: string;
    readonly issuer: string;
    readonly validFrom: Date;
    readonly validTo: Date;
  };
}

/** The answer to a request; its body waits to be pulled. */
export interface HttpAnswer {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  /** In the server's order and spelling, one character per byte. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Absent where the answer came in the clear. */
  readonly security?: HttpSecurity | undefined;
  readonly body: ByteSource;
}

/** Speaks HTTP. */
export interface HttpDriver {
  /**
   * Sends one request and resolves when the head of the answer is there.
   * Rejects with DriverFailure: CANNOT_CONNECT, NAME_NOT_RESOLVED, TIMEOUT, CONNECTION_RESET, CONNECTION_ABORTED,
   * HTTP_INVALID_SERVER_RESPONSE, the SEC_CERT errors, SECURITY_CHANNEL_ERROR, OPERATION_CANCELLED.
   */
  send(exchange: HttpExchange, context: DriverContext): Promise<HttpAnswer>;
  /** Ends every connection. */
  close(): Promise<void>;
}

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

/** A file without a name of its own that keeps bytes until it is closed. */
export interface SpoolFile {
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

/** One request to a Gopher server. Each has a connection of its own, as the protocol wants it. */
export interface GopherRequest {
  readonly host: string;
  readonly port: number;
  /** What is sent, without its line end: the selector, behind tabs the words of a search and what Gopher+ adds. */
  readonly line: string;
  /** The line asks in the way of Gopher+, so the answer has to begin as those of Gopher+ do. */
  readonly plus: boolean;
  readonly timeouts: Timeouts;
}

/** A part of what a Gopher+ server tells about an item, as `+ADMIN:` and the lines below it. */
export interface GopherBlock {
  /** Without plus and colon, as `ADMIN`. */
  readonly name: string;
  /** What stands behind the colon. */
  readonly value: string;
  /** The lines below, without their leading blank. */
  readonly lines: readonly string[];
}

/** One entry of a menu. */
export interface GopherEntry {
  readonly item: GopherItem;
  /** Empty where the server was not asked in the way of Gopher+. */
  readonly blocks: readonly GopherBlock[];
}

/**
 * Speaks Gopher. Everything rejects with DriverFailure: NAME_NOT_RESOLVED, CANNOT_CONNECT, TIMEOUT, CONNECTION_RESET,
 * OPERATION_CANCELLED; ERROR_INTERNET_EXTENDED_ERROR where the server refuses in words; ERROR_GOPHER_PROTOCOL_ERROR for what is
 * no answer, ERROR_GOPHER_DATA_ERROR for one that is cut short or has no end, ERROR_GOPHER_END_OF_DATA for none at all,
 * ERROR_GOPHER_NOT_GOPHER_PLUS.
 */
export interface GopherDriver {
  /** Fetches a menu or the hits of a search. */
  menu(request: GopherRequest, context: DriverContext): Promise<readonly GopherEntry[]>;
  /** Asks a phone book (CSO name server); each line that it finds is an item of words only. The request's line is what to look for. */
  phoneBook(request: GopherRequest, context: DriverContext): Promise<readonly GopherEntry[]>;
  /** Fetches what a Gopher+ server tells about an item. */
  blocks(request: GopherRequest, context: DriverContext): Promise<readonly GopherBlock[]>;
  /**
   * Begins to fetch a file; resolves when the first bytes are there.
   * @param isText the file ends with a line that is a dot, where the answer does not say otherwise
   */
  openRead(request: GopherRequest, isText: boolean, context: DriverContext): Promise<ByteSource>;
}

/** Everything that moves bytes. */
export interface Drivers {
  /** A new file in the folder for temporary ones. Throws DriverFailure ERROR_DISK_FULL. */
  createSpoolFile(): SpoolFile;
  readonly network: NetworkDriver;
  readonly http: HttpDriver;
  readonly ftp: FtpDriver;
  readonly gopher: GopherDriver;
}

/** Asks a person, for InternetErrorDlg. An editor implements it; without one nobody is asked. */
export interface Dialogs {
  /** Name and password for a server or a proxy; null if the person cancels. */
  askCredentials(question: {
    readonly url: string;
    readonly side: 'server' | 'proxy';
    readonly realm: string;
    /** What was tried last. */
    readonly user: string | null;
  }): Promise<{ readonly user: string; readonly password: string } | null>;
  /** Is a certificate accepted in spite of its fault? */
  askCertificate(question: { readonly url: string; readonly fault: ErrorSymbol }): Promise<boolean>;
  /** Does the person go on although it leads from or to a server in the clear? */
  askRedirect(question: { readonly url: string; readonly warning: ErrorSymbol }): Promise<boolean>;
}
