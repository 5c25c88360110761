import type { Socket } from 'node:net';
import type { DriverContext, DriverFailure, SocketFacts } from '../wininet/ports/driver.ts';
import type { HttpExchange, HttpSecurity } from '../wininet/ports/http.ts';
import { asksForCertificate } from './clientVerdict.ts';
import { HttpAlarm } from './httpAlarm.ts';
import { type HttpRefusal, openConnection } from './httpConnector.ts';
import { httpCancelled, peerOf } from './httpFailure.ts';
import type { HttpRequestHead } from './httpRequestHead.ts';
import { securityOf } from './httpSecurity.ts';
import type { HttpTrust } from './httpTrust.ts';
import { type HttpTrack, HttpTurn } from './httpTurn.ts';
import { dispatchOptions } from './httpUpload.ts';
import { HttpWire, MAX_HEAD_BYTES } from './httpWire.ts';
import { socketFacts } from './socketFacts.ts';
import type { UndiciClient, UndiciClientConstructor } from './undici.ts';

/** How long an idle connection is kept where the server does not say, in milliseconds: WinINet's KeepAliveTimeout. */
const KEEP_ALIVE_MS = 60_000;

/** One connection: an undici client of its own, which serves one turn at a time. */
export class HttpConnection implements HttpTrack {
  wire: HttpWire | undefined;
  served = 0;
  refusedBytes: number | undefined;
  facts: SocketFacts | undefined;
  security: HttpSecurity | undefined;
  asksForCertificate = false;
  /** Whose request it served last. */
  holder: HttpExchange['holder'];
  readonly alarm = new HttpAlarm();
  readonly #client: UndiciClient;
  readonly #trust: HttpTrust;
  readonly #onFree: () => void;
  #turn: HttpTurn | undefined;
  #abandon: ((failure: DriverFailure) => void) | undefined;

  /** @param onFree called when the connection is idle again, or gone */
  constructor(Client: UndiciClientConstructor, trust: HttpTrust, onFree: () => void) {
    this.#trust = trust;
    this.#onFree = onFree;
    // The route is ours, so undici needs no true origin.
    this.#client = new Client('http://connection', {
      connect: (_options, callback) => this.#connect(callback),
      pipelining: 1,
      allowH2: false,
      maxHeaderSize: MAX_HEAD_BYTES,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveTimeoutThreshold: 1000,
    });
    this.#client.on('disconnect', () => {
      this.alarm.stop();
      if (this.#turn === undefined) this.#onFree();
    });
  }

  /** It can serve another turn now. */
  get idle(): boolean {
    return this.#turn === undefined && this.refusedBytes === undefined && !this.dead;
  }

  /** It will never serve a turn again. */
  get dead(): boolean {
    return this.#turn === undefined && (this.wire === undefined || this.wire.socket.destroyed);
  }

  /** Sends a request; the connection is opened if it does not stand. */
  run(exchange: HttpExchange, head: HttpRequestHead, context: DriverContext): HttpTurn {
    const turn = new HttpTurn(exchange, head, context, this);
    this.#turn = turn;
    this.holder = exchange.holder;
    this.#client.dispatch(dispatchOptions(exchange, head, turn), turn);
    return turn;
  }

  abandon(failure: DriverFailure): void {
    this.#abandon?.(failure);
  }

  release(): void {
    this.served += 1;
    this.#turn = undefined;
    // What a proxy said about a tunnel must not be followed by a request that the tunnel was for.
    if (this.refusedBytes !== undefined) queueMicrotask(() => this.wire?.socket.destroy());
    queueMicrotask(this.#onFree);
  }

  yield(holder: HttpExchange['holder']): void {
    if (this.holder === holder) this.holder = undefined;
  }

  /** Ends the connection; a turn under way fails. */
  async destroy(): Promise<void> {
    const failure = this.#turn === undefined ? null : httpCancelled(peerOf(this.#turn.exchange));
    if (failure !== null) this.#abandon?.(failure);
    await this.#client.destroy(failure);
  }

  #connect(callback: (error: Error | null, socket: Socket | null) => void): void {
    const turn = this.#turn;
    if (turn === undefined) {
      callback(new Error('no request waits for this connection'), null);
      return;
    }
    const { exchange, context } = turn;
    const { server, proxy, certificates, clientCertificate, proxyHeaders, timeouts, addressLimit } = exchange;
    this.#abandon = openConnection({
      route: { server, proxy, certificates, clientCertificate },
      proxyHeaders,
      trust: this.#trust,
      timeout: timeouts.connect,
      addressLimit,
      observer: context.observer,
      done: (failure, socket, refusal) => {
        this.#abandon = undefined;
        if (socket !== null) this.#stand(socket, exchange, refusal);
        callback(failure, socket);
      },
    });
  }

  #stand(socket: Socket, exchange: HttpExchange, refusal: HttpRefusal | undefined): void {
    this.served = 0;
    this.refusedBytes = refusal?.requestBytes;
    this.security = securityOf(socket, exchange.server.host, this.#trust.authorities);
    this.asksForCertificate = asksForCertificate(socket);
    const { server, proxy } = exchange;
    const tunnel = server.scheme === 'https' && refusal === undefined;
    const via = proxy === null ? null : { host: proxy.host, port: proxy.port, tunnel };
    this.facts = socketFacts(socket, 'http', via, this.security);
    this.wire = new HttpWire(socket, peerOf(exchange), refusal?.answer);
  }
}
