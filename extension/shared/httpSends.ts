import {
  INTERNET_STATUS_CONNECTING_TO_SERVER,
  INTERNET_STATUS_REDIRECT,
  INTERNET_STATUS_RESOLVING_NAME,
} from './constants.ts';
import type { ErrorSymbol } from './errorCodes.ts';
import { type FunctionName, functionRow, type HandleKind, type HandleState } from './hierarchy.ts';
import { requestLine, statusLine } from './httpHead.ts';
import type { CallBegin, CallEnd, Entry, Status, Wire } from './journal.ts';
import type { Checkpoint } from './model.ts';

/**
 * One HTTP request on its way: from the moment the engine turns to it to the last byte of its answer. A handle has many, one
 * after the other: redirects, challenges and second attempts over a new connection are sends of their own.
 */
export interface HttpSend {
  /** The handle it was sent on. */
  readonly serial: number;
  readonly method: string;
  readonly url: string;
  /** What the journal tells of it, in order; entries of other handles and of calls are not among it. */
  readonly entries: readonly Entry[];
  /** Null where it came to no request: the connection was never made, or is being made. */
  readonly requestHead: string | null;
  /** The answer's head; interim answers (1xx) are not it. */
  readonly responseHead: string | null;
  /** Why it failed, or why its body broke off. */
  readonly error: { readonly symbol: ErrorSymbol; readonly message: string } | null;
}

/**
 * All HTTP requests that the journal tells of, in the order in which they began: of HTTP handles, and of FTP and Gopher ones
 * that go through an HTTP proxy.
 * @param base the tree before the first entry; handles of a journal that was cut are known from it
 */
export function httpSendsOf(entries: readonly Entry[], base: Checkpoint): readonly HttpSend[] {
  const reading = new Reading(base);
  for (const entry of entries) reading.read(entry);
  return reading.sends();
}

type Draft = { -readonly [P in keyof HttpSend]: HttpSend[P] } & { readonly entries: Entry[] };

/** What happens to a handle that is there. */
type AboutHandle = Exclude<Extract<Entry, { readonly serial: unknown }>, { readonly type: 'handle-open' | 'note' }>;

/** A handle that requests are sent on. */
interface Line {
  readonly serial: number;
  readonly kind: HandleKind;
  state: HandleState;
  method: string;
  url: string;
  draft: Draft | null;
}

/** Errors that say the call was wrong, not that the request on its way has failed. */
const MISUSE: ReadonlySet<ErrorSymbol> = new Set([
  'ERROR_INVALID_HANDLE',
  'ERROR_INVALID_PARAMETER',
  'ERROR_INSUFFICIENT_BUFFER',
  'ERROR_INTERNET_INCORRECT_HANDLE_STATE',
  'ERROR_INTERNET_INCORRECT_HANDLE_TYPE',
]);

class Reading {
  readonly #lines = new Map<number, Line>();
  /** Of each running call that may use the network, the handle that it is about. */
  readonly #calls = new Map<number, number | null>();
  readonly #drafts: Draft[] = [];

  constructor(base: Checkpoint) {
    for (const { serial, kind, state, target } of base.nodes) this.#opened(serial, kind, state, target);
    for (const call of base.calls) this.#begin(call);
  }

  /** Those that went out or failed; a handle that only got ready has sent nothing. */
  sends(): HttpSend[] {
    return this.#drafts.filter((draft) => draft.requestHead !== null || draft.error !== null);
  }

  read(entry: Entry): void {
    if (entry.type === 'call-begin') this.#begin(entry);
    else if (entry.type === 'call-end') this.#end(entry);
    else if (entry.type === 'handle-open') {
      const line = this.#opened(entry.serial, entry.kind, entry.state, entry.target);
      // A function that makes a handle and sends: its failure is told of the call, which uses the parent.
      if (this.#calls.has(entry.call)) this.#calls.set(entry.call, entry.serial);
      if (entry.state === 'sending') this.#start(line, entry);
    } else if ('serial' in entry && entry.type !== 'note') {
      const line = this.#lines.get(entry.serial);
      if (line !== undefined) this.#follow(line, entry);
    }
  }

  #follow(line: Line, entry: AboutHandle): void {
    if (entry.type === 'handle-state') {
      // HttpEndRequest goes on with the request that HttpSendRequestEx began.
      const begins = entry.state === 'sending' && line.state !== 'upload';
      line.state = entry.state;
      if (begins) {
        this.#start(line, entry);
        return;
      }
    } else if (entry.type === 'status' && this.#statusBegins(line, entry)) {
      this.#start(line, entry);
      return;
    } else if (entry.type === 'wire') {
      this.#wire(line, entry);
      return;
    }
    line.draft?.entries.push(entry);
  }

  /** Does this status belong to a request of its own? */
  #statusBegins(line: Line, { code, information }: Status): boolean {
    if (code === INTERNET_STATUS_REDIRECT && typeof information === 'string') {
      line.url = information;
      return true;
    }
    const connects = code === INTERNET_STATUS_RESOLVING_NAME || code === INTERNET_STATUS_CONNECTING_TO_SERVER;
    if (!connects) return false;
    return line.draft === null ? line.kind !== 'http-request' : line.draft.requestHead !== null;
  }

  #wire(line: Line, entry: Wire & Entry): void {
    const { direction, text } = entry;
    const request = direction === 'out' ? requestLine(text) : null;
    if (request !== null && request.method !== 'CONNECT') {
      const draft = line.draft === null || line.draft.requestHead !== null ? this.#start(line, entry) : line.draft;
      draft.requestHead = text;
      draft.method = request.method;
      draft.url = addressOf(line.url, request.target);
      if (draft.entries.at(-1) !== entry) draft.entries.push(entry);
      return;
    }
    const { draft } = line;
    if (draft === null) return;
    const status = direction === 'in' ? statusLine(text) : null;
    // What comes before the request is a proxy's answer to CONNECT.
    const isAnswer = status !== null && (status.status >= 200 || status.status === 101);
    if (isAnswer && draft.requestHead !== null) draft.responseHead = text;
    draft.entries.push(entry);
  }

  #opened(serial: number, kind: HandleKind, state: HandleState, target: string): Line {
    const [, method = 'GET', url = target] = /^(\S+) (.*)$/s.exec(target) ?? [];
    const line: Line = { serial, kind, state, method, url, draft: null };
    this.#lines.set(serial, line);
    return line;
  }

  #start(line: Line, entry: Entry): Draft {
    const { serial, method, url } = line;
    const draft = { serial, method, url, entries: [entry], requestHead: null, responseHead: null, error: null };
    line.draft = draft;
    this.#drafts.push(draft);
    return draft;
  }

  #begin({ call, fn, handle }: CallBegin): void {
    if (usesNetwork(fn)) this.#calls.set(call, handle);
  }

  #end({ call, error, message }: CallEnd): void {
    const serial = this.#calls.get(call);
    this.#calls.delete(call);
    if (error === undefined || MISUSE.has(error) || serial === undefined || serial === null) return;
    const draft = this.#lines.get(serial)?.draft ?? null;
    if (draft !== null) draft.error ??= { symbol: error, message: message ?? error };
  }
}

/** Can a failure of this function be one of a request? */
function usesNetwork(fn: FunctionName): boolean {
  return functionRow(fn).mayPend === true;
}

/** The address that a request line names: whole for a proxy, a path of the handle's server otherwise. */
function addressOf(url: string, target: string): string {
  if (/^[a-z][a-z0-9+.-]{0,30}:\/\//i.test(target)) return target;
  const origin = /^[a-z][a-z0-9+.-]{0,30}:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
  return target === '*' ? origin : `${origin}${target}`;
}
