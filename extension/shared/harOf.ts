import { INTERNET_STATUS_CONNECTED_TO_SERVER, INTERNET_STATUS_RESPONSE_RECEIVED } from './constants.ts';
import type { ErrorSymbol } from './errorCodes.ts';
import { type HttpHeader, headersOf, headerValue, requestLine, statusLine } from './httpHead.ts';
import { type HttpSend, httpSendsOf } from './httpSends.ts';
import type { Entry } from './journal.ts';
import { isEndOfData } from './leaks.ts';
import type { Checkpoint } from './model.ts';
import { MASK } from './redact.ts';
import { timingsOf, totalOf } from './timings.ts';

/** An HTTP Archive 1.2, as browsers' network panels read it (http://www.softwareishard.com/blog/har-12-spec). */
export interface Har {
  readonly log: {
    readonly version: '1.2';
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
    readonly comment?: string;
  };
}

/** One request and its answer. */
export interface HarEntry {
  readonly startedDateTime: string;
  /** Milliseconds, as all times of an archive. */
  readonly time: number;
  readonly request: HarRequest;
  readonly response: HarResponse;
  readonly cache: Readonly<Record<string, never>>;
  readonly timings: HarTimings;
  readonly serverIPAddress?: string;
  /** Names the connection, as the journal does; where it knows no sockets, the entry with which one was made. */
  readonly connection?: string;
  /** Serial of the handle. */
  readonly _handle: number;
  readonly _error?: ErrorSymbol;
  readonly comment?: string;
}

interface HarPair {
  readonly name: string;
  readonly value: string;
}

interface HarRequest {
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  readonly cookies: readonly HarPair[];
  readonly headers: readonly HarPair[];
  readonly queryString: readonly HarPair[];
  readonly headersSize: number;
  readonly bodySize: number;
}

interface HarResponse {
  /** 0 where no answer came. */
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly cookies: readonly HarPair[];
  readonly headers: readonly HarPair[];
  readonly content: { readonly size: number; readonly mimeType: string; readonly comment?: string };
  readonly redirectURL: string;
  readonly headersSize: number;
  readonly bodySize: number;
}

/** Milliseconds; -1 where a step did not happen. `connect` includes `ssl`. */
interface HarTimings {
  readonly blocked: number;
  readonly dns: number;
  readonly connect: number;
  readonly ssl: number;
  readonly send: number;
  readonly wait: number;
  readonly receive: number;
}

/** What an archive says about itself. */
export interface HarOrigin {
  /** When the journal began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Version of the program that writes the archive. */
  readonly version: string;
  readonly comment?: string;
}

/**
 * All HTTP requests of a journal as an HTTP Archive: one entry a send, so a redirect is an entry of its own. Secrets are masked
 * as in the journal; bodies are absent, since it keeps none.
 */
export function harOf(entries: readonly Entry[], base: Checkpoint, origin: HarOrigin): Har {
  const { version, comment, startedAt } = origin;
  return {
    log: {
      version: '1.2',
      creator: { name: 'HINTERNET Explorer', version },
      entries: httpSendsOf(entries, base).map((send) => harEntry(send, startedAt)),
      ...(comment === undefined ? {} : { comment }),
    },
  };
}

function harEntry(send: HttpSend, startedAt: number): HarEntry {
  const steps = timingsOf(send);
  const { serial, error } = send;
  const connected = send.entries.find(
    (entry) => entry.type === 'status' && entry.code === INTERNET_STATUS_CONNECTED_TO_SERVER,
  );
  const socket = send.entries.find((entry) => entry.type === 'connection');
  const address = socket?.peer?.address ?? (connected?.type === 'status' ? connected.information : undefined);
  const connection = socket?.connection ?? connected?.seq;
  return {
    startedDateTime: isoTime(startedAt + steps.start / 1000),
    time: totalOf(steps) / 1000,
    request: harRequest(send),
    response: harResponse(send),
    cache: {},
    timings: {
      blocked: milliseconds(steps.blocked),
      dns: milliseconds(steps.name),
      connect: steps.connect === undefined ? -1 : milliseconds(steps.connect + (steps.tls ?? 0)),
      ssl: milliseconds(steps.tls),
      send: milliseconds(steps.send ?? 0),
      wait: milliseconds(steps.firstByte ?? 0),
      receive: milliseconds(steps.transfer ?? 0),
    },
    ...(typeof address === 'string' ? { serverIPAddress: address } : {}),
    ...(connection === undefined ? {} : { connection: String(connection) }),
    _handle: serial,
    ...(error === null ? {} : { _error: error.symbol, comment: error.message }),
  };
}

function harRequest({ method, url, requestHead, entries }: HttpSend): HarRequest {
  const headers = headersOf(requestHead ?? '');
  const announced = headerValue(headers, 'content-length');
  const sent = entries.reduce(
    (sum, entry) => (entry.type === 'bytes' && entry.direction === 'out' ? sum + entry.count : sum),
    0,
  );
  return {
    method,
    url,
    httpVersion: requestHead === null ? '' : (requestLine(requestHead)?.version ?? ''),
    cookies: maskedCookies(headers, 'cookie'),
    headers: pairs(headers),
    queryString: queryOf(url),
    // A masked or shortened head no longer tells its size.
    headersSize: requestHead === null || /•|… \(\d+ more\)$/.test(requestHead) ? -1 : requestHead.length + 4,
    bodySize: lengthOf(announced) ?? sent,
  };
}

function harResponse({ method, requestHead, responseHead, entries }: HttpSend): HarResponse {
  const line = statusLine(responseHead ?? '');
  const headers = headersOf(responseHead ?? '');
  const read = entries.reduce(
    (sum, entry) => (entry.type === 'bytes' && entry.direction === 'in' ? sum + entry.count : sum),
    0,
  );
  const drained = entries.some((entry) => entry.type === 'handle-state' && isEndOfData(entry.state));
  const none = method === 'HEAD' || line?.status === 204 || line?.status === 304 || requestHead === null;
  const head = entries.findIndex((entry) => entry.type === 'wire' && entry.text === responseHead);
  const received = entries[head + 1];
  const isSize = received?.type === 'status' && received.code === INTERNET_STATUS_RESPONSE_RECEIVED;
  const size = isSize && head !== -1 ? received.information : null;
  return {
    status: line?.status ?? 0,
    statusText: line?.reason ?? '',
    httpVersion: line?.version ?? '',
    cookies: maskedCookies(headers, 'set-cookie'),
    headers: pairs(headers),
    content: {
      size: read,
      mimeType: headerValue(headers, 'content-type') ?? 'x-unknown',
      ...(drained || none ? {} : { comment: 'The program did not read the body to its end.' }),
    },
    redirectURL: headerValue(headers, 'location') ?? '',
    headersSize: typeof size === 'number' ? size : -1,
    bodySize: none ? 0 : drained ? (lengthOf(headerValue(headers, 'content-length')) ?? -1) : -1,
  };
}

/** The journal masks whole cookie headers: one cookie stands for each. */
function maskedCookies(headers: readonly HttpHeader[], name: string): readonly HarPair[] {
  return headers.filter(([one]) => one.toLowerCase() === name).map(() => ({ name: MASK, value: MASK }));
}

function pairs(headers: readonly HttpHeader[]): readonly HarPair[] {
  return headers.map(([name, value]) => ({ name, value }));
}

function queryOf(url: string): readonly HarPair[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      if (equals === -1) return { name: decoded(part), value: '' };
      return { name: decoded(part.slice(0, equals)), value: decoded(part.slice(equals + 1)) };
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // No UTF-8 behind the escapes: the text as it was sent says more than none.
    return text;
  }
}

function lengthOf(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

function milliseconds(microseconds: number | undefined): number {
  return microseconds === undefined ? -1 : microseconds / 1000;
}

/** The last time that a date can tell, in milliseconds since 1970. */
const LAST_TIME = 8.64e15;

function isoTime(time: number): string {
  return new Date(Math.min(Math.max(time, -LAST_TIME), LAST_TIME)).toISOString();
}
