import type { AuthenticationSide } from './authentication.ts';
import { Authorizer } from './authorizer.ts';
import type { Engine } from './engine.ts';
import { exchangeFor } from './exchange.ts';
import { failed } from './exchangeOptions.ts';
import type { HandleRecord } from './handleStore.ts';
import { requireNetwork } from './networkUse.ts';
import type { PendingCall } from './pendingCall.ts';
import type { DriverContext } from './ports/driver.ts';
import type { HttpAnswer, HttpAnswerBody, HttpExchange } from './ports/http.ts';
import { receiveAnswer } from './receivedAnswer.ts';
import {
  follow,
  isSameServer,
  REDIRECT_LIMIT,
  type RedirectTarget,
  redirectLocation,
  redirectTarget,
} from './redirects.ts';
import { joinUrl, type UrlParts } from './url.ts';
import { CallFailure } from './winInetError.ts';
import { cookieHeader, keepCookies, tellingCookies } from './wireCookies.ts';

type RequestRecord = HandleRecord<'http-request'>;

/**
 * Sends a request and goes on until there is an answer for the program: follows redirects, answers challenges.
 * A 404 or a 401 that stays is an answer, not a failure.
 */
export async function sendRequest(
  engine: Engine,
  record: RequestRecord,
  body: Uint8Array | null,
  call: PendingCall,
): Promise<true> {
  const sending = new Sending(engine, record);
  return await sending.finish(await sending.exchange({ body, announced: null }, call), call);
}

/** A body of a request, and how long it is where it comes in pieces; null where that is not known either. */
export interface SendingBody {
  readonly body: HttpExchange['body'];
  readonly announced: number | null;
}

/** The body of an answer that was read away. */
const NOTHING: HttpAnswerBody = {
  size: 0,
  read: () => 0,
  available: () => 0,
  cancel: async () => undefined,
  drain: async () => undefined,
  prefetch: () => undefined,
};

const NO_BODY: SendingBody = { body: null, announced: null };

/**
 * One sending, from the first exchange to the one whose answer the program gets. `exchange` and then `finish` with its
 * answer; HttpSendRequestEx calls the first, HttpEndRequest the second.
 */
export class Sending {
  readonly #engine: Engine;
  readonly #record: RequestRecord;
  readonly #firstVerb: string;
  readonly #server: Authorizer;
  readonly #proxy: Authorizer;
  #body: SendingBody = NO_BODY;
  #redirects = 0;

  constructor(engine: Engine, record: RequestRecord) {
    this.#engine = engine;
    this.#record = record;
    this.#firstVerb = record.data.verb;
    this.#server = new Authorizer(engine, record, 'server');
    this.#proxy = new Authorizer(engine, record, 'proxy');
  }

  /** Sends the request once; resolves when the head of an answer has come. */
  async exchange(body: SendingBody, call: PendingCall): Promise<HttpAnswer> {
    await this.prepare();
    return await this.begin(body, this.#context(call));
  }

  /** Makes ready for the first exchange: the last answer is given up. Fails where the network may not be used. */
  async prepare(): Promise<void> {
    requireNetwork(this.#engine.library, this.#record);
    await this.#record.data.forgetAnswer();
  }

  /** The exchange itself, told to whoever waits for it. */
  begin(body: SendingBody, context: DriverContext): Promise<HttpAnswer> {
    this.#body = body;
    return this.#send(context);
  }

  /**
   * Must a body that came in pieces be written again: with credentials, or where a redirect repeats the verb? What was written
   * is gone, so that is the program's business; the request is ready for it.
   */
  wantsBodyAgain(answer: HttpAnswer): boolean {
    if (this.#server.again(answer) || this.#isProxyWorthAnother(answer)) return true;
    const location = answer.status === 307 ? redirectLocation(this.#record.data, answer) : null;
    if (location !== null) this.#redirect(answer, redirectTarget(this.#record, location));
    return location !== null;
  }

  /** Goes on from an answer to the one for the program, and hands that over. */
  async finish(first: HttpAnswer, call: PendingCall): Promise<true> {
    let answer = first;
    for (;;) {
      keepCookies(this.#engine, this.#record, answer);
      this.#record.data.version = answer.version === 'HTTP/1.0' ? 'HTTP/1.0' : 'HTTP/1.1';
      const goOn = this.#record.open ? this.#nextStep(answer, call) : cancelled;
      if (goOn === null) break;
      if (goOn === again) await answer.body.drain();
      else await answer.body.cancel();
      if (call.cancelled) cancelled();
      goOn();
      const last = answer;
      answer = await this.#send(this.#context(call)).catch((failure) => {
        // Recorded: the answer that led there stays, read away, where a redirect leads nowhere.
        if (this.#record.open) this.#keep({ ...last, body: NOTHING }, call);
        throw failure;
      });
    }
    this.#server.accepted(answer);
    this.#proxy.accepted(answer);
    receiveAnswer(this.#engine, this.#record, answer, call);
    const { body } = this.#body;
    if (body instanceof Uint8Array) this.#engine.reports.bytes(this.#record, 'out', body.length);
    return true;
  }

  #context(call: PendingCall): DriverContext {
    return { observer: this.#engine.reports.observer(this.#record, call), signal: call };
  }

  async #send(context: DriverContext): Promise<HttpAnswer> {
    const { drivers } = this.#engine;
    const cookie = cookieHeader(this.#engine, this.#record);
    const observer = tellingCookies(this.#engine, this.#record, cookie, context.observer);
    const exchange = exchangeFor(this.#engine, this.#record, {
      ...this.#body,
      firstVerb: this.#firstVerb,
      redirected: this.#redirects > 0,
      cookie,
      authorization: this.#authorization('server'),
      proxyAuthorization: this.#authorization('proxy'),
    });
    const told = { observer, signal: context.signal };
    return await drivers.http.send(exchange, told).catch((failure) => failed(this.#record, failure));
  }

  #authorization(side: AuthenticationSide): string | null {
    const { data, options } = this.#record;
    const { server, path } = data;
    const request = { method: data.verb, target: path, body: this.#body.body };
    if (side === 'server') return this.#server.header(request, joinUrl({ ...server, path: '' }));
    const proxy = options.proxy.choose(server);
    if (proxy === null) return null;
    const place = `proxy ${proxy.host}:${proxy.port}`;
    if (server.scheme !== 'https') return this.#proxy.header({ ...request, target: data.url }, place);
    return this.#proxy.header({ method: 'CONNECT', target: `${server.host}:${server.port}`, body: null }, place);
  }

  /** What an answer leads to: credentials, another server, or nothing, because the program gets it. */
  #nextStep(answer: HttpAnswer, call: PendingCall): (() => void) | null {
    const { body } = this.#body;
    const repeatable = body === null || body instanceof Uint8Array;
    // A body that came in pieces is gone: only the program can write it again.
    if (repeatable && (this.#server.again(answer) || this.#isProxyWorthAnother(answer))) return again;
    const location = redirectLocation(this.#record.data, answer);
    if (location === null) return null;
    const target = this.#target(answer, location, call);
    return () => this.#redirect(answer, target);
  }

  /** A 407 counts only where there is a proxy: a server must not lure the proxy's password out (auth.proxy_challenge_from_origin). */
  #isProxyWorthAnother(answer: HttpAnswer): boolean {
    return this.#record.data.viaProxy && this.#proxy.again(answer);
  }

  /** As in a real WinINet, the answer can be queried and read although the address that it names cannot be followed. */
  #target(answer: HttpAnswer, location: string, call: PendingCall): RedirectTarget {
    try {
      return redirectTarget(this.#record, location);
    } catch (failure) {
      this.#keep(answer, call);
      throw failure;
    }
  }

  /** Hands an answer to the program although the call fails. */
  #keep(answer: HttpAnswer, call: PendingCall): void {
    receiveAnswer(this.#engine, this.#record, answer, call);
    call.answered = true;
  }

  #redirect(answer: HttpAnswer, target: RedirectTarget): void {
    const { data } = this.#record;
    this.#redirects += 1;
    if (this.#redirects > REDIRECT_LIMIT) throw new CallFailure('ERROR_HTTP_REDIRECT_FAILED', tooManyRedirects(target));
    this.#server.accepted(answer);
    this.#proxy.accepted(answer);
    if (!isSameServer(data.server, target)) this.#server.leave();
    const keepsBody = follow(this.#engine, this.#record, answer.status, target);
    // A body that came in pieces is gone; as recorded, the request then goes without one.
    if (!keepsBody || !(this.#body.body instanceof Uint8Array)) this.#body = NO_BODY;
  }
}

/** The same request goes to the same server, with credentials. */
function again(): void {
  // The next header has them.
}

function cancelled(): never {
  throw new CallFailure('ERROR_INTERNET_OPERATION_CANCELLED');
}

function tooManyRedirects(target: UrlParts): string {
  return `The server redirected more than ${REDIRECT_LIMIT} times, last to ${joinUrl(target)}; look for a loop.`;
}
