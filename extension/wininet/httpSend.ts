import * as constants from '../shared/constants.ts';
import { asksForBasic, basicAuthorization, type Credentials } from './basicAuthentication.ts';
import { BodyReader } from './bodyReader.ts';
import { decodeBody } from './contentDecoding.ts';
import type { Engine } from './engine.ts';
import { combined, exchangeOptions } from './exchangeOptions.ts';
import type { HandleRecord } from './handleStore.ts';
import type { HttpRequestData } from './httpRequest.ts';
import { agentOf } from './options.ts';
import type { PendingCall } from './pendingCall.ts';
import type { ByteSource, DriverContext, DriverFailure, HttpAnswer, HttpExchange } from './ports.ts';
import { type Header, RequestHeaders } from './requestHeaders.ts';
import { joinUrl, resolveUrl, type UrlParts } from './url.ts';
import { CallFailure } from './winInetError.ts';

type RequestRecord = HandleRecord<'http-request'>;

/** How many redirects the original follows (INTERNET_OPTION's default; then ERROR_HTTP_REDIRECT_FAILED). */
const REDIRECT_LIMIT = 5;

const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a request and goes on until there is an answer for the program: follows redirects, answers a challenge once.
 * A 404 or a 401 that stays is an answer, not a failure.
 */
export function sendRequest(
  engine: Engine,
  record: RequestRecord,
  body: Uint8Array | null,
  call: PendingCall,
): Promise<true> {
  return new Sending(engine, record, body, call).run();
}

/** One sending, from the first exchange to the one whose answer the program gets. */
class Sending {
  readonly #engine: Engine;
  readonly #record: RequestRecord;
  readonly #call: PendingCall;
  #body: Uint8Array | null;
  #authorization: string | null = null;
  #mayAuthenticate = true;
  #redirects = 0;

  constructor(engine: Engine, record: RequestRecord, body: Uint8Array | null, call: PendingCall) {
    this.#engine = engine;
    this.#record = record;
    this.#body = body;
    this.#call = call;
  }

  async run(): Promise<true> {
    const { drivers } = this.#engine;
    this.#engine.library.requireOnline(this.#record);
    await this.#record.data.forgetAnswer();
    const context: DriverContext = { observer: this.#engine.reports.observer(this.#record), signal: this.#call };
    for (;;) {
      const exchange = exchangeFor(this.#engine, this.#record, this.#body, this.#authorization);
      const answer = await drivers.http.send(exchange, context).catch((failure) => combined(this.#record, failure));
      const goOn = this.#record.open ? this.#nextStep(answer) : cancelled;
      if (goOn === null) {
        accept(this.#engine, this.#record, answer);
        if (this.#body !== null) this.#engine.reports.bytes(this.#record, 'out', this.#body.length);
        return true;
      }
      await answer.body.cancel();
      if (this.#call.cancelled) cancelled();
      goOn();
    }
  }

  /** What an answer leads to: credentials, another server, or nothing, because the program gets it. */
  #nextStep(answer: HttpAnswer): (() => void) | null {
    const credentials = this.#mayAuthenticate ? credentialsFor(this.#record, answer) : null;
    if (credentials !== null) {
      return () => {
        this.#authorization = basicAuthorization(credentials);
        this.#mayAuthenticate = false;
      };
    }
    const location = redirectLocation(this.#record.data, answer);
    // What cannot be followed fails only after the answer's body has been given up: its connection must come free.
    return location === null ? null : () => this.#redirect(answer.status, location);
  }

  #redirect(status: number, location: string): void {
    const { server, path } = this.#record.data;
    const target = resolveUrl({ ...server, user: null, password: null, path }, location);
    this.#redirects += 1;
    if (this.#redirects > REDIRECT_LIMIT) throw new CallFailure('ERROR_HTTP_REDIRECT_FAILED', tooManyRedirects(target));
    if (!isSameServer(server, target)) {
      // The program's password is for the server that it named, not for one that a server names.
      this.#authorization = null;
      this.#mayAuthenticate = false;
    }
    this.#body = follow(this.#engine, this.#record, status, target, this.#body);
  }
}

function isSameServer(one: Pick<UrlParts, 'scheme' | 'host' | 'port'>, other: typeof one): boolean {
  return one.scheme === other.scheme && one.host === other.host && one.port === other.port;
}

function cancelled(): never {
  throw new CallFailure('ERROR_INTERNET_OPERATION_CANCELLED');
}

function exchangeFor(
  engine: Engine,
  record: RequestRecord,
  body: Uint8Array | null,
  authorization: string | null,
): HttpExchange {
  const { data } = record;
  const headers = headersFor(record, body, authorization);
  data.sent = { line: `${data.verb} ${data.path} ${data.version}`, headers };
  return {
    server: data.server,
    ...exchangeOptions(engine.library, record),
    proxyHeaders: [],
    method: data.verb,
    version: data.version,
    target: data.path,
    headers,
    body,
    keepAlive: headers.every(([name, value]) => name.toLowerCase() !== 'connection' || value.toLowerCase() !== 'close'),
  };
}

/** The program's headers, and those that the original adds where the program has not set them. */
function headersFor(record: RequestRecord, body: Uint8Array | null, authorization: string | null): readonly Header[] {
  const { data, options } = record;
  const headers = new RequestHeaders();
  const fill = (name: string, value: string) => {
    if (data.headers.get(name) === undefined) headers.append(name, value);
  };
  fill('Host', joinUrl({ ...data.server, path: '' }).replace(/^https?:\/\//, ''));
  fill('User-Agent', options.userAgent ?? agentOf(record));
  if (data.has(constants.INTERNET_FLAG_KEEP_CONNECTION)) fill('Connection', 'Keep-Alive');
  if (data.has(constants.INTERNET_FLAG_PRAGMA_NOCACHE)) fill('Pragma', 'no-cache');
  if (data.verb !== 'GET' && data.has(constants.INTERNET_FLAG_NO_CACHE_WRITE)) fill('Cache-Control', 'no-cache');
  if (options.httpDecoding) fill('Accept-Encoding', 'gzip, deflate, br');
  if (data.verb !== 'GET' || body !== null) fill('Content-Length', String(body?.length ?? 0));
  if (authorization !== null) fill('Authorization', authorization);
  for (const [name, value] of data.headers.all) headers.append(name, value);
  return headers.all;
}

function credentialsFor(record: RequestRecord, answer: HttpAnswer): Credentials | null {
  if (answer.status !== 401 || record.data.has(constants.INTERNET_FLAG_NO_AUTH)) return null;
  if (record.options.suppressServerAuth) return null;
  if (!asksForBasic(answer.headers) || record.data.headers.get('Authorization') !== undefined) return null;
  // Options of the session count too, also when they were set after the request was opened: a retry then succeeds.
  const user = record.options.userName ?? record.parent?.options.userName ?? null;
  const password = record.options.password ?? record.parent?.options.password ?? null;
  return user === null ? null : { user, password: password ?? '' };
}

function redirectLocation(data: HttpRequestData, answer: HttpAnswer): string | null {
  if (!REDIRECT_STATUSES.has(answer.status) || data.has(constants.INTERNET_FLAG_NO_AUTO_REDIRECT)) return null;
  return answer.headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? null;
}

function follow(
  engine: Engine,
  record: RequestRecord,
  status: number,
  target: UrlParts,
  body: Uint8Array | null,
): Uint8Array | null {
  const { data } = record;
  const { scheme } = target;
  if (scheme !== 'http' && scheme !== 'https') {
    throw new CallFailure('ERROR_INTERNET_REDIRECT_SCHEME_CHANGE', `The server redirects to ${joinUrl(target)}.`);
  }
  if (
    data.server.scheme === 'https' &&
    scheme === 'http' &&
    !data.has(constants.INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTP)
  ) {
    throw new CallFailure(
      'ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR',
      `The server redirects from https to ${joinUrl(target)}; pass INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTP to follow it.`,
    );
  }
  if (!isSameServer(data.server, target)) {
    // What the program said to its server is not for one that a server names.
    for (const name of ['Authorization', 'Cookie', 'Host']) data.headers.remove(name);
  }
  data.server = { scheme, host: target.host, port: target.port };
  data.path = target.path.replace(/#.*$/s, '');
  engine.reports.status(record, constants.INTERNET_STATUS_REDIRECT, data.url);
  const keepsMethod = status === 307 || status === 308 || data.verb === 'GET' || data.verb === 'HEAD';
  if (keepsMethod) return body;
  data.verb = 'GET';
  for (const name of ['Content-Type', 'Content-Length']) data.headers.remove(name);
  return null;
}

function accept(engine: Engine, record: RequestRecord, answer: HttpAnswer): void {
  const { data } = record;
  const { version, status, reason, headers, security } = answer;
  data.answer = { version, status, reason, headers, security };
  data.reader = new BodyReader(decoded(record, answer), (failure) => endOrFailure(engine, record, failure));
}

function decoded(record: RequestRecord, answer: HttpAnswer): ByteSource {
  const encoding = answer.headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
  return record.options.httpDecoding && encoding !== undefined ? decodeBody(answer.body, encoding) : answer.body;
}

/**
 * A body that is shorter than announced ends as if it were complete: a real WinINet answers the next read with success and
 * 0 bytes. The journal keeps the difference.
 */
function endOrFailure(engine: Engine, record: RequestRecord, failure: DriverFailure): 'end' | 'fail' {
  if (failure.symbol !== 'ERROR_INTERNET_CONNECTION_ABORTED') return 'fail';
  const { serial } = record.handle;
  engine.reports.note({ topic: 'short-body', serial, call: null, text: failure.message });
  return 'end';
}

function tooManyRedirects(target: UrlParts): string {
  return `The server redirected more than ${REDIRECT_LIMIT} times, last to ${joinUrl(target)}; look for a loop.`;
}
