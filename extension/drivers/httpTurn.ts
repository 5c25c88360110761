import type { Socket } from 'node:net';
import { type DriverContext, DriverFailure, type DriverObserver, type SocketFacts } from '../wininet/ports/driver.ts';
import type { HttpAnswer, HttpExchange, HttpSecurity } from '../wininet/ports/http.ts';
import { certificateRefused } from './clientVerdict.ts';
import type { HttpAlarm } from './httpAlarm.ts';
import { HttpBody } from './httpBody.ts';
import { closeWith, whenClosed } from './httpClosing.ts';
import { httpCancelled, httpFailure, httpFailureOf, peerOf } from './httpFailure.ts';
import type { HttpFlow } from './httpFlow.ts';
import type { HttpRequestHead } from './httpRequestHead.ts';
import { bodySize, endsConnection, type HttpResponseHead, isChunked } from './httpResponseHead.ts';
import { diagnosticsOf } from './httpSecurity.ts';
import { type HttpUploadWatch, isPieced, isStreamed } from './httpUpload.ts';
import type { HttpWire, HttpWireListener } from './httpWire.ts';
import type { DispatchController, DispatchHandler } from './undici.ts';

/** How long the rest of an abandoned body may take before its connection is given up, in milliseconds. */
const DRAIN_MS = 1000;

/** What a turn needs from the connection that it runs on. */
export interface HttpTrack {
  /** Undefined until the connection stands. */
  readonly wire: HttpWire | undefined;
  /** The one clock of the connection, for the turn under way. */
  readonly alarm: HttpAlarm;
  /** Answers that the connection has delivered before. */
  readonly served: number;
  /** Length of the CONNECT request whose refusal is the answer. */
  readonly refusedBytes: number | undefined;
  /** Undefined until the connection stands. */
  readonly facts: SocketFacts | undefined;
  /** Undefined for a connection in the clear. */
  readonly security: HttpSecurity | undefined;
  /** The server has asked for a certificate of the client. */
  readonly asksForCertificate: boolean;
  /** Gives up an attempt to connect. */
  abandon(failure: DriverFailure): void;
  /** The turn is over: the connection may serve another one, if it lives. */
  release(): void;
  /** Whose request this was needs the connection no more. */
  yield(holder: HttpExchange['holder']): void;
}

/** One request on one connection, from its first byte to the last one of the answer: undici's handler. */
export class HttpTurn implements DispatchHandler, HttpWireListener, HttpFlow, HttpUploadWatch {
  readonly exchange: HttpExchange;
  readonly context: DriverContext;
  readonly answer: Promise<HttpAnswer>;
  /** The connection had died while it was idle and nothing of the request was answered. */
  stale = false;
  readonly #head: HttpRequestHead;
  readonly #track: HttpTrack;
  readonly #onAbort = () => this.#stop(httpCancelled(this.peer));
  #resolve: (answer: HttpAnswer) => void = () => undefined;
  #reject: (failure: DriverFailure) => void = () => undefined;
  #controller: DispatchController | undefined;
  /** Given up on a connection that stands, before undici has begun. */
  #givenUp: DriverFailure | undefined;
  #received: HttpResponseHead | undefined;
  #body: HttpBody | undefined;
  #ready: HttpAnswer | undefined;
  #over: Promise<void> | undefined;

  constructor(exchange: HttpExchange, head: HttpRequestHead, context: DriverContext, track: HttpTrack) {
    this.exchange = exchange;
    this.context = context;
    this.#head = head;
    this.#track = track;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    context.signal.addEventListener('abort', this.#onAbort);
  }

  onRequestStart(controller: DispatchController): void {
    const { observer } = this.context;
    const { wire, refusedBytes, facts } = this.#track;
    this.#controller = controller;
    if (this.#givenUp !== undefined) {
      controller.abort(this.#givenUp);
      return;
    }
    observer({ type: 'wire', direction: 'out', text: this.#head.text });
    // Behind the head: with it, the request of which this is told has begun.
    if (facts !== undefined) observer({ type: 'connection', socket: facts });
    observer({ type: 'sending' });
    wire?.begin(this.#head, isStreamed(this.exchange, this.#head), this);
    if (isPieced(this.exchange) && refusedBytes === undefined)
      observer({ type: 'sent', bytes: this.#head.text.length + 4 });
  }

  onRequestSent(): void {
    const { body, timeouts } = this.exchange;
    const { observer } = this.context;
    const bytes = this.#head.text.length + 4 + (body instanceof Uint8Array ? body.length : 0);
    if (!isPieced(this.exchange)) observer({ type: 'sent', bytes: this.#track.refusedBytes ?? bytes });
    observer({ type: 'receiving' });
    // The page of options: for the answer. So neither interim answers nor a head that drips gain a server more time.
    this.#track.alarm.set(timeouts.receive, this.#unanswered);
  }

  intermediate(head: HttpResponseHead): void {
    this.context.observer({ type: 'wire', direction: 'in', text: head.text });
    this.context.observer({ type: 'intermediate', status: head.status });
  }

  head(head: HttpResponseHead): void {
    this.#received = head;
    this.context.observer({ type: 'wire', direction: 'in', text: head.text });
    this.context.observer({ type: 'received', bytes: head.bytes });
  }

  onResponseStart(_controller: DispatchController, status: number): void {
    const head = this.#received;
    const { wire } = this.#track;
    if (head === undefined || wire === undefined || status < 200) return;
    this.#track.alarm.silence();
    const size = bodySize(head, this.exchange.method);
    const over = size === 0 || head.strayBytes > 0;
    const limit = over ? 'with-head' : size === undefined && !isChunked(head) ? 'with-connection' : 'by-itself';
    this.#body = new HttpBody({ size, limit, atHand: limit === 'with-head' ? (size ?? 0) : head.behind }, this);
    const { version, reason, headers, simple } = head;
    const { security, served } = this.#track;
    const socket = diagnosticsOf(wire.socket, served > 0);
    this.#ready = { version, status: head.status, reason, headers, simple, security, socket, body: this.#body };
    // One whose body came with its head, or that has none, is over at once; whether its connection is over too is told first.
    if (!over) this.#resolve(this.#ready);
  }

  onResponseData(_controller: DispatchController, chunk: Buffer): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#detach();
    const { wire } = this.#track;
    this.#over = this.#end(wire?.socket, wire?.failure);
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#detach();
    const { wire, served } = this.#track;
    const phase = this.#body === undefined ? 'answer' : wire?.socket.readableEnded ? 'end' : 'body';
    const native = error instanceof DriverFailure ? error : (wire?.failure ?? error);
    const handshake = { asked: this.#track.asksForCertificate, agreed: true };
    const refused = certificateRefused(handshake, this.exchange, this.peer, native);
    const failure = refused ?? httpFailureOf(native, phase, this.peer);
    const { body } = this.exchange;
    const replayable = body === null || body instanceof Uint8Array;
    this.stale = served > 0 && replayable && wire?.answered === false && !(error instanceof DriverFailure);
    // The connector reports the end of a connection that never stood.
    const socket = this.#controller === undefined ? undefined : wire?.socket;
    // undici's own errors are about what the server has sent, or not; those of the system come from the connection.
    const isBreak = this.#body !== undefined && !(native instanceof DriverFailure) && !('syscall' in native);
    const closed =
      isBreak && socket !== undefined ? whenClosed(socket.destroy(failure)) : closeWith(socket, failure, this.context);
    this.#over = closed.then(() => {
      this.#reject(failure);
      this.#body?.fail(failure, isBreak && phase === 'end');
      this.#track.release();
    });
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }

  abandon(failure: DriverFailure): Promise<void> {
    this.#stop(failure);
    return this.#over ?? Promise.resolve();
  }

  drain(awaited: boolean): void {
    if (!awaited) this.context.signal.removeEventListener('abort', this.#onAbort);
    this.#track.alarm.set(DRAIN_MS, this.#onAbort);
  }

  giving(): void {
    this.#track.alarm.set(this.exchange.timeouts.send, this.#choked);
  }

  taken(): void {
    this.#track.alarm.silence();
    // undici goes on when a socket closes as if it had drained; what was not taken must not count as written.
    if (this.#track.wire?.socket.destroyed) throw httpFailure('http: body cut short', this.peer, 'took only a part');
  }

  yield(): void {
    this.#track.yield(this.exchange.holder);
  }

  await(): void {
    this.#track.alarm.set(this.exchange.timeouts.receive, this.#silent);
  }

  awaited(): void {
    this.#track.alarm.silence();
  }

  async #end(socket: Socket | undefined, failure: Error | undefined): Promise<void> {
    // Directly after this undici closes a connection that serves no other request. Whoever reads must not wait any longer.
    await undefined;
    const gone = socket?.destroyed === true;
    if (gone) await whenClosed(socket);
    // undici takes a reset for the end of a body that only the end of the connection ends.
    if (failure !== undefined) this.#body?.fail(httpFailureOf(failure, 'body', this.peer), false);
    // As recorded, the end of a connection that was to go on is not told.
    else this.#body?.finish(gone && this.endsConnection);
    if (this.#ready !== undefined) this.#resolve(this.#ready);
    this.#track.release();
  }

  get endsConnection(): boolean {
    return this.#received !== undefined && endsConnection(this.#received);
  }

  get observer(): DriverObserver {
    return this.context.observer;
  }

  get peer(): string {
    return peerOf(this.exchange);
  }

  readonly #unanswered = (milliseconds: number) => this.#late(`has not answered within ${milliseconds} ms`);
  readonly #silent = (milliseconds: number) => this.#late(`sent nothing for ${milliseconds} ms`);
  readonly #choked = (milliseconds: number) => this.#late(`took nothing for ${milliseconds} ms`);

  #late(what: string): void {
    this.#stop(httpFailure('http: time-out elapsed', this.peer, what));
  }

  #stop(failure: DriverFailure): void {
    if (this.#controller !== undefined) this.#controller.abort(failure);
    else {
      this.#givenUp ??= failure;
      this.#track.abandon(failure);
    }
  }

  #detach(): void {
    this.#track.alarm.silence();
    this.context.signal.removeEventListener('abort', this.#onAbort);
  }
}
