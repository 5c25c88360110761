import * as constants from '../constants.ts';
import { handleParameter, readsBytes, sendsRequest } from '../hierarchy.ts';
import { type HttpHeader, headersOf, requestLine } from '../httpHead.ts';
import type { Entry } from '../journal.ts';
import type { Argument, CallStep, Program, Secret } from './program.ts';
import { callsOf } from './program.ts';

/** The HTTP requests that a program makes, for tools that know requests and no handles. */

/** A text in which secrets stand by their names. */
type Text = readonly (string | Secret)[];

/** What a handle passes on to those below it. */
interface Settings {
  /** Null: that of the system. */
  readonly proxy: 'none' | { readonly list: string; readonly bypass: string } | null;
  readonly user: Text | null;
  readonly password: Text | null;
  readonly proxyUser: Text | null;
  readonly proxyPassword: Text | null;
  /** Faults of certificates are tolerated. */
  readonly insecure: boolean;
  /** Redirects are followed. */
  readonly follows: boolean;
}

/** One request, as it was first sent; redirects and challenges that came of it are the tool's business. */
export interface ProgramRequest extends Settings {
  readonly method: string;
  /** As the journal keeps it, masked. */
  readonly url: string;
  /** Null where nothing went out. */
  readonly version: string | null;
  readonly headers: readonly HttpHeader[];
  /** Bytes of the body; null for none. */
  readonly body: number | null;
  readonly isRead: boolean;
  /** A redirect or a challenge brought a cookie that was sent again. */
  readonly gathersCookies: boolean;
  readonly error: string | null;
}

const NOTHING: Settings = {
  proxy: null,
  user: null,
  password: null,
  proxyUser: null,
  proxyPassword: null,
  insecure: false,
  follows: true,
};

const TOLERANT_FLAGS =
  constants.INTERNET_FLAG_IGNORE_CERT_CN_INVALID | constants.INTERNET_FLAG_IGNORE_CERT_DATE_INVALID;
const TOLERANT_OPTIONS =
  constants.SECURITY_FLAG_IGNORE_UNKNOWN_CA |
  constants.SECURITY_FLAG_IGNORE_CERT_CN_INVALID |
  constants.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID;

/** The requests of a program, in the order in which they were sent. */
export function httpRequestsOf(program: Program, entries: readonly Entry[]): readonly ProgramRequest[] {
  const reading = new Reading(entries);
  for (const step of callsOf(program)) reading.step(step);
  return reading.requests;
}

class Reading {
  readonly requests: ProgramRequest[] = [];
  readonly #settings = new Map<number, Settings>();
  readonly #targets = new Map<number, string>();
  /** Heads and bytes that went out, by the serials of their handles. */
  readonly #sent = new Map<number, (Extract<Entry, { type: 'wire' }> | Extract<Entry, { type: 'bytes' }>)[]>();
  readonly #opened = new Map<number, number>();
  /** Of each handle, the request whose answer it holds. */
  readonly #last = new Map<number, number>();

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) {
      if ((entry.type === 'wire' || entry.type === 'bytes') && entry.direction === 'out') {
        const known = this.#sent.get(entry.serial);
        if (known === undefined) this.#sent.set(entry.serial, [entry]);
        else known.push(entry);
      }
      if (entry.type !== 'handle-open') continue;
      this.#targets.set(entry.serial, entry.target);
      this.#opened.set(entry.call, entry.serial);
    }
  }

  step(step: CallStep): void {
    const { fn, opens } = step;
    const used = step.args[handleParameter(fn)];
    const serial = used?.is === 'handle' && used.handle !== null ? used.handle.serial : null;
    const settings = (serial === null ? undefined : this.#settings.get(serial)) ?? NOTHING;
    // A handle that InternetOpenUrl could not return has had its request all the same.
    const made = opens?.serial ?? this.#opened.get(step.call) ?? null;
    if (made !== null) this.#settings.set(made, opened(settings, step));
    if (fn === 'InternetSetOption' && serial !== null && step.error === null)
      this.#settings.set(serial, changed(settings, step));
    if (readsBytes(fn) && serial !== null) this.#read(serial);
    const sender = fn === 'InternetOpenUrl' ? made : serial;
    if (sendsRequest(fn) && sender !== null) this.#send(step, sender);
  }

  #read(serial: number): void {
    const index = this.#last.get(serial);
    const request = index === undefined ? undefined : this.requests[index];
    if (index !== undefined && request !== undefined) this.requests[index] = { ...request, isRead: true };
  }

  #send({ fn, from, to, error, args }: CallStep, serial: number): void {
    const [, method = '', target = ''] = /^(\S+) (https?:.*)$/s.exec(this.#targets.get(serial) ?? '') ?? [];
    if (method === '') return;
    const heads = this.#headsOf(serial).filter(({ seq }) => seq > from && seq < to);
    const [sent, ...later] = heads;
    const line = sent === undefined ? null : requestLine(sent.text);
    // The head is what was sent first, before any redirect; the handle's target is what it was made for.
    const url =
      line === null || /^https?:/i.test(line.target) ? (line?.target ?? target) : originOf(target) + line.target;
    this.#last.set(serial, this.requests.length);
    this.requests.push({
      ...(this.#settings.get(serial) ?? NOTHING),
      method: line?.method ?? method,
      url,
      version: line?.version ?? null,
      headers: sent === undefined ? [] : headersOf(sent.text),
      body: fn === 'HttpSendRequestEx' ? this.#uploaded(serial, from) : bodyIn(args),
      isRead: fn === 'InternetOpenUrl',
      gathersCookies: later.some(({ text }) => /^cookie:/im.test(text)),
      error,
    });
  }

  #headsOf(serial: number): readonly Extract<Entry, { type: 'wire' }>[] {
    return (this.#sent.get(serial) ?? [])
      .filter((entry) => entry.type === 'wire')
      .filter(({ text }) => isRequest(text));
  }

  /** The bytes of a body that came in pieces: all until the next head. */
  #uploaded(serial: number, from: number): number {
    const [, next] = this.#headsOf(serial).filter(({ seq }) => seq > from);
    return (this.#sent.get(serial) ?? [])
      .filter((entry) => entry.type === 'bytes')
      .filter(({ seq }) => seq > from && seq < (next?.seq ?? Infinity))
      .reduce((sum, { count }) => sum + count, 0);
  }
}

function isRequest(text: string): boolean {
  const line = requestLine(text);
  return line !== null && line.method !== 'CONNECT';
}

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
}

function bodyIn(args: readonly Argument[]): number | null {
  const body = args.find(({ is }) => is === 'body');
  return body?.is === 'body' ? body.bytes : null;
}

/** The settings of a new handle. */
function opened(above: Settings, { fn, args }: CallStep): Settings {
  switch (fn) {
    case 'InternetOpen': {
      const type = numberAt(args, 1);
      if (type === constants.INTERNET_OPEN_TYPE_DIRECT) return { ...above, proxy: 'none' };
      if (type !== constants.INTERNET_OPEN_TYPE_PROXY) return above;
      return { ...above, proxy: { list: plainAt(args, 2), bypass: plainAt(args, 3) } };
    }
    case 'InternetConnect':
      return { ...above, user: textAt(args, 3) ?? above.user, password: textAt(args, 4) ?? above.password };
    case 'HttpOpenRequest':
      return withFlags(above, numberAt(args, 6));
    case 'InternetOpenUrl':
      return withFlags(above, numberAt(args, 3));
    default:
      return above;
  }
}

function withFlags(above: Settings, flags: number): Settings {
  return {
    ...above,
    insecure: above.insecure || (flags & TOLERANT_FLAGS) !== 0,
    follows: (flags & constants.INTERNET_FLAG_NO_AUTO_REDIRECT) === 0,
  };
}

/** The settings of a handle after InternetSetOption. */
function changed(before: Settings, { args }: CallStep): Settings {
  const text = textAt(args, 2);
  switch (numberAt(args, 1)) {
    case constants.INTERNET_OPTION_USERNAME:
      return { ...before, user: text };
    case constants.INTERNET_OPTION_PASSWORD:
      return { ...before, password: text };
    case constants.INTERNET_OPTION_PROXY_USERNAME:
      return { ...before, proxyUser: text };
    case constants.INTERNET_OPTION_PROXY_PASSWORD:
      return { ...before, proxyPassword: text };
    case constants.INTERNET_OPTION_SECURITY_FLAGS:
      return { ...before, insecure: before.insecure || (numberAt(args, 2) & TOLERANT_OPTIONS) !== 0 };
    default:
      return before;
  }
}

function numberAt(args: readonly Argument[], index: number): number {
  const argument = args[index];
  return argument?.is === 'number' ? argument.value : 0;
}

function textAt(args: readonly Argument[], index: number): Text | null {
  const argument = args[index];
  return argument?.is === 'text' ? argument.parts : null;
}

function plainAt(args: readonly Argument[], index: number): string {
  return (textAt(args, index) ?? []).filter((part) => typeof part === 'string').join('');
}
