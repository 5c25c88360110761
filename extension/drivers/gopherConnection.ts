import { connect, type Socket } from 'node:net';
import { fitsProtocolLine } from '../shared/protocolLine.ts';
import type { DriverContext, DriverFailure, DriverObserver } from '../wininet/ports/driver.ts';
import type { GopherRequest } from '../wininet/ports/gopher.ts';
import { reportSocket } from './ftpSocketEvents.ts';
import { gopherCancelled, gopherFailure, gopherFailureOf } from './gopherFailure.ts';
import { bareHost } from './httpConnector.ts';
import { socketFacts } from './socketFacts.ts';

/** One connection: a request goes out, and the answer is pulled piece by piece until the server closes. */
export class GopherConnection {
  readonly request: GopherRequest;
  readonly #socket: Socket;
  readonly #observer: DriverObserver;
  readonly #closed: Promise<void>;
  #failure: DriverFailure | undefined;
  #connected = false;
  #closing = false;
  #ended = false;
  #answered = false;
  /** When what is read now has to be there whole, on the clock of `performance`; undefined where any piece may take its time. */
  #due: number | undefined;
  /** Wakes whoever waits: something came, or will never come. */
  #wake: (() => void) | undefined;

  private constructor(request: GopherRequest, observer: DriverObserver) {
    this.request = request;
    this.#observer = observer;
    const host = bareHost(request.host);
    this.#socket = connect({ host, port: request.port });
    reportSocket(this.#socket, host, observer);
    this.#socket.once('connect', () => {
      observer({ type: 'connection', socket: socketFacts(this.#socket, 'gopher') });
      this.#become('connected');
    });
    this.#socket.on('readable', () => this.#wake?.());
    this.#socket.once('end', () => {
      this.#tellClosing();
      this.#become('ended');
    });
    this.#socket.once('error', (error) => this.#fail(this.#broken(error)));
    this.#closed = new Promise((resolve) => {
      this.#socket.once('close', () => {
        this.#tellClosing();
        this.#become('ended');
        if (this.#connected) observer({ type: 'closed' });
        resolve();
      });
    });
  }

  /**
   * Connects and sends the request. Rejects with CANNOT_CONNECT, NAME_NOT_RESOLVED, TIMEOUT, OPERATION_CANCELLED.
   * @param farewell a line behind that of the request, for servers that wait for one
   */
  static async open(request: GopherRequest, context: DriverContext, farewell?: string): Promise<GopherConnection> {
    if (!fitsProtocolLine(request.line)) {
      const what = 'was not asked, because the request has control characters in it';
      throw gopherFailure('gopher: control character in a request', request, what);
    }
    if (context.signal.aborted) throw gopherCancelled(request);
    const connection = new GopherConnection(request, context.observer);
    const lines = farewell === undefined ? [request.line] : [request.line, farewell];
    await connection.guard(context, () => connection.#begin(lines.map((line) => `${line}\r\n`).join('')));
    return connection;
  }

  /** Runs work that the closing of the handle cuts off; if it fails the connection ends. */
  async guard<T>({ signal }: DriverContext, work: () => Promise<T>): Promise<T> {
    const cut = () => void this.cancel();
    signal.addEventListener('abort', cut, { once: true });
    try {
      if (signal.aborted) throw gopherCancelled(this.request);
      return await work();
    } catch (failure) {
      await this.cancel();
      throw failure;
    } finally {
      signal.removeEventListener('abort', cut);
    }
  }

  /**
   * Gives the reading inside `work` no more time in all than one piece may take: a server that drips has no end otherwise. Rejects with
   * TIMEOUT.
   */
  async inOnePiece<T>(work: () => Promise<T>): Promise<T> {
    const { receive } = this.request.timeouts;
    if (receive > 0) this.#due ??= performance.now() + receive;
    try {
      return await work();
    } finally {
      this.#due = undefined;
    }
  }

  /** The next piece of the answer, null at its end. Synchronous where bytes are waiting; what came before a break is handed out first. */
  next(): Uint8Array | null | Promise<Uint8Array | null> {
    const piece: unknown = this.#socket.read();
    if (piece instanceof Uint8Array) {
      if (this.#left() === 0) throw this.#late(this.request.timeouts.receive, 'sent only a part');
      return this.#arrived(piece);
    }
    if (this.#failure !== undefined) throw this.#failure;
    return this.#ended ? null : this.#nextLater();
  }

  /** Ends the connection; whoever waits learns that the handle was closed. Safe to call twice. */
  cancel(): Promise<void> {
    if (!this.#ended) this.#fail(gopherCancelled(this.request));
    this.#leave();
    return this.#closed;
  }

  async #begin(line: string): Promise<void> {
    const { connect: toConnect, send } = this.request.timeouts;
    while (!this.#connected) await this.#wait(toConnect, 'could not be reached');
    const bytes = Buffer.from(line, 'utf8');
    let sent = false;
    this.#observer({ type: 'sending' });
    this.#observer({ type: 'wire', direction: 'out', text: line.trimEnd() });
    this.#socket.write(bytes, (error) => {
      sent = error === null || error === undefined;
      this.#wake?.();
    });
    // A server may answer before it has read; that is no reason to stop sending.
    while (!sent && !this.#ended) await this.#wait(send, 'took no request');
    this.#observer({ type: 'sent', bytes: bytes.length });
    this.#observer({ type: 'receiving' });
  }

  async #nextLater(): Promise<Uint8Array | null> {
    const { receive } = this.request.timeouts;
    await this.#wait(receive, 'sent nothing', this.#left() ?? receive);
    return await this.next();
  }

  #arrived(piece: Uint8Array): Uint8Array {
    if (!this.#answered) {
      this.#answered = true;
      this.#observer({ type: 'received', bytes: piece.length });
    }
    return piece;
  }

  /** Milliseconds until what is read has to be there whole; undefined where nothing has to. */
  #left(): number | undefined {
    return this.#due === undefined ? undefined : Math.max(0, this.#due - performance.now());
  }

  /**
   * Waits until something happens.
   * @param limit in milliseconds, as it was configured; 0 means without limit
   * @param left how much of it is left
   */
  async #wait(limit: number, what: string, left = limit): Promise<void> {
    if (this.#failure === undefined) await this.#untilWoken(limit, what, left);
    // An answer that broke off is read up to the break.
    if (this.#failure !== undefined && this.#socket.readableLength === 0) throw this.#failure;
  }

  #untilWoken(limit: number, what: string, left: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = limit > 0 ? setTimeout(() => settle(() => reject(this.#late(limit, what))), left) : undefined;
      const settle = (how: () => void) => {
        clearTimeout(timer);
        this.#wake = undefined;
        how();
      };
      this.#wake = () => settle(resolve);
    });
  }

  #late(milliseconds: number, what: string): DriverFailure {
    return gopherFailure('gopher: no answer in time', this.request, `${what} within ${milliseconds} ms`);
  }

  #become(state: 'connected' | 'ended'): void {
    if (state === 'connected') this.#connected = true;
    else this.#ended = true;
    this.#wake?.();
  }

  #fail(failure: DriverFailure): void {
    this.#failure ??= failure;
    this.#wake?.();
  }

  #broken(error: Error): DriverFailure {
    const [otherwise, what] = this.#connected
      ? (['ECONNRESET', 'broke the connection'] as const)
      : (['ECONNREFUSED', 'could not be reached'] as const);
    return gopherFailureOf(error, otherwise, this.request, what);
  }

  #leave(): void {
    if (this.#socket.destroyed) return;
    this.#tellClosing();
    this.#socket.destroy();
  }

  #tellClosing(): void {
    if (this.#connected && !this.#closing) this.#observer({ type: 'closing' });
    this.#closing = true;
  }
}
