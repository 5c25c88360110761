import type { ErrorSymbol } from './errorCodes.ts';
import type { FunctionName, HandleKind, HandleState } from './hierarchy.ts';

/**
 * The journal: everything that happened to the handles of one source, in order.
 *
 * It is append-only and serialisable. A tree at any moment is a fold over a prefix of it (model.ts). Secrets and bodies never
 * enter: whoever records redacts first (redact.ts).
 */

/** A value as the journal keeps it: short, redacted, and free of references. */
export type RecordedValue = string | number | boolean | null | { readonly handle: number };

/** A call started. */
export interface CallBegin {
  readonly type: 'call-begin';
  /** Number of the call, unique within the journal. */
  readonly call: number;
  readonly fn: FunctionName;
  /** Serial of the handle that the call uses; null where it uses none or an unknown one. */
  readonly handle: number | null;
  /** In the order of the row's parameters. */
  readonly args: readonly RecordedValue[];
  /** Where the caller's code stands, as `file:line:column`. */
  readonly site?: string;
  /** The status callback that was running when the call was made: its handle, and INTERNET_STATUS_*. */
  readonly callback?: { readonly serial: number; readonly code: number };
}

/** A call ended, well or not. */
export interface CallEnd {
  readonly type: 'call-end';
  readonly call: number;
  readonly result: RecordedValue;
  /** Why it failed; absent on success. */
  readonly error?: ErrorSymbol;
  /** What to do about the failure, in one sentence. */
  readonly message?: string;
}

/** A call answered ERROR_IO_PENDING; its end comes later. */
export interface CallPending {
  readonly type: 'call-pending';
  readonly call: number;
}

/** A handle came into being. */
export interface HandleOpen {
  readonly type: 'handle-open';
  /** Never used twice. */
  readonly serial: number;
  /** Recycled, lowest first. */
  readonly value: number;
  readonly kind: HandleKind;
  readonly state: HandleState;
  readonly parent: number | null;
  /** The function that returned it. */
  readonly fn: FunctionName;
  readonly call: number;
  /** What it leads to: an agent, a server, a URL, a path. */
  readonly target: string;
}

/** A handle moved on to another state. */
export interface HandleStateChange {
  readonly type: 'handle-state';
  readonly serial: number;
  readonly state: HandleState;
}

/** Why a handle closed: by its own call, because an ancestor closed, or because the call that was making it failed. */
export type CloseReason = 'call' | 'cascade' | 'failed';

/** A handle became invalid. */
export interface HandleClose {
  readonly type: 'handle-close';
  readonly serial: number;
  readonly reason: CloseReason;
  /** The handle whose closing brought this one along; its own serial otherwise. */
  readonly cascadeRoot: number;
}

/** What a status callback carries. */
export type StatusInformation =
  | string
  | number
  | null
  | { readonly handle: number }
  | { readonly result: number | { readonly handle: number }; readonly error: ErrorSymbol };

/** A status callback was due, whether somebody listened or not. */
export interface Status {
  readonly type: 'status';
  readonly serial: number;
  /** INTERNET_STATUS_*. */
  readonly code: number;
  readonly context: number;
  readonly information: StatusInformation;
}

/** Body bytes passed a handle. */
export interface Bytes {
  readonly type: 'bytes';
  readonly serial: number;
  readonly direction: 'in' | 'out';
  readonly count: number;
}

/** A line of the protocol's dialogue: an FTP or Gopher line, or the head of an HTTP message. Masked. */
export interface Wire {
  readonly type: 'wire';
  readonly serial: number;
  readonly direction: 'in' | 'out';
  readonly text: string;
}

/** What a diagnosis is about. */
export type NoteTopic =
  | 'stale-use'
  | 'double-close'
  | 'use-after-close'
  | 'wrong-kind'
  | 'wrong-state'
  | 'session-busy'
  | 'leak-at-exit'
  | 'leak-under-parent'
  | 'leak-by-age'
  | 'leak-since-mark'
  | 'read-stopped-early'
  | 'status-not-checked'
  | 'end-request-forgotten'
  | 'retry-ignored'
  | 'upload-size'
  | 'no-context'
  | 'no-callback'
  | 'callback-late'
  | 'callback-removed'
  | 'close-in-callback'
  | 'last-error-lost'
  | 'connection-limit'
  | 'callback-threw'
  | 'short-body'
  | 'no-dialog'
  | 'unanswered-challenge'
  | 'no-cache'
  | 'flag-without-effect';

/** A diagnosis. */
export interface Note {
  readonly type: 'note';
  readonly topic: NoteTopic;
  readonly serial: number | null;
  readonly call: number | null;
  readonly text: string;
  /** With `stale-use`: the newer owner of the value, which the original would have used instead. */
  readonly hit?: number;
  /** Further handles that it is about just as well: a loop left several behind. */
  readonly others?: readonly number[];
}

/** A request waits: as many connections lead to its server as are allowed, and none is free. */
export interface ConnectionWait {
  readonly type: 'connection-wait';
  readonly serial: number;
  /** How many connections are allowed. */
  readonly limit: number;
}

/** One end of a socket. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/**
 * What a connection carries: requests of HTTP or Gopher, the commands of FTP, or FTP's data, over a port that the server opened
 * (passive) or the client (active).
 */
export type ConnectionPurpose = 'http' | 'gopher' | 'ftp-control' | 'ftp-passive' | 'ftp-active';

/** How TLS secures a connection. */
export interface ConnectionSecurity {
  /** As `TLSv1.3`. */
  readonly protocol: string;
  readonly cipher: string;
  /** Of the cipher's key. */
  readonly keyBits: number;
  /** Of the server's certificate; names have one part a line, as `CN=example`. */
  readonly subject: string;
  readonly issuer: string;
  /** As ISO 8601 has dates; empty where the certificate has none that can be read. */
  readonly validFrom: string;
  readonly validTo: string;
}

/** Work for a handle goes over a connection, of which its socket tells this. */
export interface ConnectionUse {
  readonly type: 'connection';
  readonly serial: number;
  readonly call: number;
  /** Names the connection: unique within the journal's source. */
  readonly connection: number;
  /** The handle for which it was opened. */
  readonly openedFor: number;
  /** The how manyth use of it this is: more than 1 where it was kept alive. */
  readonly use: number;
  readonly purpose: ConnectionPurpose;
  /** Both are null where the source does not tell, as a log of native WinINet. */
  readonly local: Endpoint | null;
  readonly peer: Endpoint | null;
  /** The peer is a proxy: with a tunnel it only passes on what it cannot read. */
  readonly proxy?: { readonly host: string; readonly port: number; readonly tunnel: boolean };
  /** Absent where everything goes in the clear, or where the source does not tell. */
  readonly security?: ConnectionSecurity;
}

/** The program read its last error, with GetLastError. */
export interface LastErrorRead {
  readonly type: 'last-error';
  /** What it got; 0 where nothing had failed. */
  readonly code: number;
}

/** Somebody marked the handles that are open now, to compare those of a later moment with them. */
export interface Mark {
  readonly type: 'mark';
  /** What the mark is called; empty where it has no name. A newer mark of the same name replaces an older one. */
  readonly name: string;
}

/** Somebody compared the handles that are open now with a mark. */
export interface MarkComparison {
  readonly type: 'mark-comparison';
  /** Of the mark. */
  readonly name: string;
}

/** The source has ended, as when a program exits: nothing comes after it, and what is open now was never closed. */
export interface End {
  readonly type: 'end';
}

/** What happened, before the journal numbers and times it. */
export type EntryBody =
  | CallBegin
  | CallPending
  | CallEnd
  | HandleOpen
  | HandleStateChange
  | HandleClose
  | Status
  | Bytes
  | Wire
  | Note
  | ConnectionWait
  | ConnectionUse
  | LastErrorRead
  | Mark
  | MarkComparison
  | End;

/** One entry. `t` is in microseconds since the journal's start. */
export type Entry = EntryBody & { readonly seq: number; readonly t: number };

/** Whoever wants to know what happens. */
export interface Recorder {
  record(body: EntryBody): void;
  /** True while nobody would hear of it: nothing need be recorded then. Asked with every call, so best a plain field. */
  readonly idle?: boolean;
  /** Brings `idle` up to date, for listeners that come without a word; called before a handle opens. */
  refresh?(): void;
  /** An engine will record here: serials alone do not tell whose a handle is. */
  attach?(engine: RecordedEngine): void;
}

/** Whose handles a recorder is told of. */
export interface RecordedEngine {
  /** Was this, whatever it is, made by the engine? */
  owns(candidate: unknown): boolean;
}
