import type { Sending } from './httpSend.ts';
import type { DriverEvent, DriverObserver } from './ports/driver.ts';
import type { HttpAnswer } from './ports/http.ts';
import { CallFailure } from './winInetError.ts';

interface Piece {
  readonly bytes: Uint8Array;
  readonly taken: () => void;
}

/**
 * The body of a request while it is written: the writer waits until the driver wants more, so that a slow server slows it, and
 * whatever ends the exchange ends the wait.
 */
export class HttpUpload {
  /** The sending of which the upload is the first exchange. */
  readonly sending: Sending;
  readonly #announced: number | null;
  /** Bytes that were written. */
  #written = 0;
  readonly #abort = new AbortController();
  readonly #answer: Promise<HttpAnswer>;
  readonly #over: Promise<void>;
  #piece: Piece | null = null;
  #ended = false;
  /** The driver will take nothing more. */
  #left = false;
  #wake: () => void = () => undefined;
  readonly #observer: DriverObserver;
  /** What an answer that came before the end has had to report. */
  readonly #held: DriverEvent[] = [];
  #failed = false;
  /** The driver has begun to wait for the answer, which `end` reports in its place. */
  #awaited = false;

  /** @param announced the size that Content-Length tells, in bytes; null where none is told */
  constructor(sending: Sending, announced: number | null, observer: DriverObserver) {
    this.sending = sending;
    this.#announced = announced;
    this.#observer = observer;
    const context = { observer: (event: DriverEvent) => this.#observe(event), signal: this.#abort.signal };
    this.#answer = sending.begin({ body: this.#pieces(), announced }, context);
    // A server may answer before it has the whole body: HttpEndRequest gets that answer, and writing goes on into nothing.
    this.#over = this.#answer.then(() => undefined);
    this.#over.catch(() => {
      this.#failed = true;
    });
  }

  /**
   * Resolves when the driver wants more: the bytes may be reused then. Rejects with what ended the exchange, and with
   * ERROR_INVALID_PARAMETER for more than was announced: the server would read it as the next request.
   */
  async write(bytes: Uint8Array): Promise<void> {
    const total = this.#written + bytes.length;
    if (this.#announced !== null && total > this.#announced) {
      throw new CallFailure('ERROR_INVALID_PARAMETER', `Write no more than dwBufferTotal, ${this.#announced} bytes.`);
    }
    this.#written = total;
    if (this.#left) return await this.#over;
    const taken = new Promise<void>((resolve) => {
      this.#piece = { bytes, taken: resolve };
    });
    this.#wake();
    await Promise.race([taken, this.#over]);
  }

  /** Ends the body; resolves to the answer. */
  async end(): Promise<HttpAnswer> {
    this.#ended = true;
    if (!this.#failed) this.#observer({ type: 'receiving' });
    for (const event of this.#held) this.#observer(event);
    this.#wake();
    // The end of the body goes out first, also where the answer is there before it.
    await new Promise((resolve) => setImmediate(resolve));
    return await this.#answer;
  }

  /** Gives the exchange up; resolves when its connection is free or closed. */
  async cancel(): Promise<void> {
    // Not at once: a status callback may close the handle while the driver is still inside its own event.
    queueMicrotask(() => this.#abort.abort());
    await this.#answer.then(
      ({ body }) => body.cancel(),
      () => undefined,
    );
  }

  /** An answer is waited for, and reported, from HttpEndRequest on, even if it was there before (recorded). */
  #observe(event: DriverEvent): void {
    if (event.type === 'receiving' && !this.#awaited) this.#awaited = true;
    else if (!this.#ended && (event.type === 'received' || event.type === 'intermediate')) this.#held.push(event);
    else this.#observer(event);
  }

  async *#pieces(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const piece = this.#piece;
        this.#piece = null;
        if (piece !== null) {
          if (piece.bytes.length > 0) yield piece.bytes;
          piece.taken();
        } else if (this.#ended || this.#written === this.#announced) {
          // The body is complete when the last of its bytes is: the server may answer now, and its connection is free then.
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      this.#left = true;
    }
  }
}
