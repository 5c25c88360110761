import type { RaisedSymbol } from '../../shared/errorCodes.ts';
import type { ConnectionPurpose, Endpoint } from '../../shared/journal.ts';

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

/** How TLS secures a connection. */
export interface SocketSecurity {
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

/** What a socket tells of the connection that it is; one object for each socket, by which it is known again. */
export interface SocketFacts {
  readonly purpose: ConnectionPurpose;
  readonly local: Endpoint;
  readonly peer: Endpoint;
  /** The peer is a proxy, which only passes on what goes through a tunnel. */
  readonly proxy?: { readonly host: string; readonly port: number; readonly tunnel: boolean };
  readonly security?: SocketSecurity;
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
  /** As many connections lead to the server as are allowed, and none is free. */
  | { readonly type: 'waiting'; readonly limit: number }
  /** What follows goes over this connection. */
  | { readonly type: 'connection'; readonly socket: SocketFacts }
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
  /** A call of the program begins that wants so many bytes, for which it may read several times; absent where that is told to nobody. */
  beginCall?(wanted: number): void;
  /** The call has got so many. */
  endCall?(got: number): void;
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
