import { DriverFailure } from '../wininet/ports/driver.ts';
import type { HttpAnswerBody } from '../wininet/ports/http.ts';
import { HttpBodyEnd } from './httpBodyEnd.ts';
import { httpFailure } from './httpFailure.ts';
import type { HttpFlow } from './httpFlow.ts';
import { HttpPieces } from './httpPieces.ts';
import { HttpTakings } from './httpTakings.ts';

/** Above this many waiting bytes the connection is paused; below half of it, it flows again. */
const HIGH_WATER_BYTES = 262_144;
/** The same for pieces: a server that sends single bytes must not cost a buffer object for each. */
const HIGH_WATER_PIECES = 4096;
/** A rest that is no longer than this is read away, so that the connection survives a caller who stops early. */
const DRAIN_BYTES = 65_536;

interface Waiter {
  readonly into: Uint8Array | undefined;
  readonly resolve: (bytes: number) => void;
  readonly reject: (failure: DriverFailure) => void;
}

/** What ends a body: its length or last chunk, the end of the connection, or that there is no more of it than came with the head. */
export type HttpBodyLimit = 'by-itself' | 'with-connection' | 'with-head';

/** What is known of a body when its head has come. */
export interface HttpBodyShape {
  /** Undefined where it is not told. */
  readonly size: number | undefined;
  readonly limit: HttpBodyLimit;
  /** Bytes of it that have come with the head. */
  readonly atHand: number;
}

/** The body of an answer: pieces that have come and wait to be pulled. */
export class HttpBody implements HttpAnswerBody {
  readonly size: number | undefined;
  readonly #limit: HttpBodyLimit;
  readonly #end: HttpBodyEnd;
  /** All of it came together with the head, which had told its length. */
  readonly #cameWithHead: boolean;
  readonly #flow: HttpFlow;
  readonly #pieces = new HttpPieces();
  #arrived = 0;
  readonly #takings: HttpTakings;
  #paused = false;
  #state: 'flowing' | 'ended' | 'draining' | 'given-up' | DriverFailure = 'flowing';
  #waiter: Waiter | undefined;
  /** Called when the rest is read away, or will not be. */
  #drained: () => void = () => undefined;

  constructor({ size, limit, atHand }: HttpBodyShape, flow: HttpFlow) {
    this.size = size;
    this.#cameWithHead = size !== undefined && atHand >= size;
    // As recorded, a chunk is not at hand before somebody has looked for it.
    const chunked = limit === 'by-itself' && size === undefined;
    this.#takings = new HttpTakings(chunked ? 0 : Math.min(atHand, size ?? atHand), flow.observer);
    this.#limit = limit;
    this.#end = new HttpBodyEnd(size !== undefined, limit === 'with-connection', flow.observer);
    this.#flow = flow;
  }

  read(into: Uint8Array): number | Promise<number> {
    this.#pieces.freeSpent();
    if (this.#pieces.bytes > 0) return this.#take(into);
    if (into.length === 0) return 0;
    if (this.#state === 'ended') return this.#meetEnd();
    return this.#wait(into);
  }

  available(): number | Promise<number> {
    if (this.#pieces.bytes > 0) return this.#takings.atHandOf(this.#pieces.bytes);
    if (this.#state !== 'ended') return this.#wait(undefined);
    this.#end.seen();
    return 0;
  }

  beginCall(wanted: number): void {
    this.#takings.beginCall(wanted, this.#isAllAtHand);
  }

  endCall(got: number): void {
    this.#takings.endCall(got);
  }

  prefetch(): void {
    this.#takings.prefetch(this.#pieces.bytes);
  }

  async cancel(): Promise<void> {
    const state = this.#state;
    const left = this.#leave();
    this.#end.left(state === 'ended');
    if (!left) return;
    if (state === 'ended') this.#state = 'given-up';
    else if (!this.#flow.endsConnection && this.size !== undefined && this.size - this.#arrived <= DRAIN_BYTES)
      void this.#startDraining(false);
    else await this.#flow.abandon(this.#givenUp());
  }

  /** Recorded: a connection that ended meanwhile is replaced, and nobody is told. */
  async drain(): Promise<void> {
    const state = this.#state;
    this.#end.replaced();
    if (state === 'flowing' && this.#limit === 'with-connection') await this.cancel();
    else if (this.#leave()) {
      if (state === 'ended') this.#state = 'given-up';
      else await this.#startDraining(true);
    }
  }

  /** Takes a piece from the connection. */
  push(piece: Buffer): void {
    this.#arrived += piece.length;
    if (this.#state === 'draining') return;
    this.#pieces.push(piece);
    if (this.#waiter !== undefined) this.#wake(this.#waiter);
    if (this.#pieces.bytes >= HIGH_WATER_BYTES || this.#pieces.count >= HIGH_WATER_PIECES) {
      this.#paused = true;
      this.#flow.pause();
    }
  }

  /**
   * Everything has come.
   * @param withConnection the connection is closed: told at once where there is nothing more than came with the head
   */
  finish(withConnection: boolean): void {
    this.#end.came(withConnection && this.#state === 'flowing');
    if (this.#state === 'flowing') this.#state = 'ended';
    // Nothing is left to be waited for.
    if (this.#limit === 'with-head') {
      this.#end.tell();
      this.#flow.yield();
    }
    this.#drained();
    this.#settle(undefined);
  }

  /**
   * Nothing more will come; what has come can still be read.
   * @param withConnection the server has ended the connection
   */
  fail(failure: DriverFailure, withConnection: boolean): void {
    if (this.#state === 'flowing') {
      this.#state = failure;
      this.#end.came(withConnection);
    }
    this.#drained();
    this.#settle(failure);
  }

  #meetEnd(): number {
    this.#end.met(false);
    this.#yield();
    return 0;
  }

  /**
   * A reader has met the end. As recorded, what came whole with its head was never read from the connection, which then stays
   * with the handle until that is closed.
   */
  #yield(): void {
    if (!this.#cameWithHead) this.#flow.yield();
  }

  /** Is there nothing for which the connection would be needed? */
  get #isAllAtHand(): boolean {
    if (this.#pieces.bytes > this.#takings.atHand) return false;
    if (this.size !== undefined) return this.#arrived >= this.size;
    return this.#state === 'ended' && (this.#limit === 'with-connection' ? !this.#end.unmet : this.#takings.looked);
  }

  #take(into: Uint8Array): number {
    const copied = this.#pieces.take(into);
    this.#takings.took(copied);
    if (this.#paused && this.#pieces.bytes <= HIGH_WATER_BYTES / 2) {
      this.#paused = false;
      this.#flow.resume();
    }
    return copied;
  }

  #wait(into: Uint8Array | undefined): Promise<number> {
    if (this.#state === 'draining' || this.#state === 'given-up') return Promise.reject(this.#givenUp());
    if (this.#state instanceof DriverFailure) return Promise.reject(this.#meetBreak(this.#state));
    return new Promise((resolve, reject) => {
      this.#waiter = { into, resolve, reject };
      // Only a reader who waits can run out of time: a body that nobody asks for is not late.
      this.#flow.await();
    });
  }

  #wake(waiter: Waiter): void {
    this.#forgetWaiter();
    waiter.resolve(waiter.into === undefined ? this.#takings.atHandOf(this.#pieces.bytes) : this.#take(waiter.into));
  }

  #settle(failure: DriverFailure | undefined): void {
    const waiter = this.#waiter;
    if (waiter === undefined) return;
    this.#forgetWaiter();
    if (failure !== undefined) {
      waiter.reject(this.#meetBreak(failure));
      return;
    }
    this.#end.met(true);
    this.#yield();
    waiter.resolve(0);
  }

  #meetBreak(failure: DriverFailure): DriverFailure {
    this.#end.metBreak();
    return failure;
  }

  #forgetWaiter(): void {
    this.#flow.awaited();
    this.#waiter = undefined;
  }

  /** The caller has no more interest in what has come; false where he said so before, or nothing can be saved. */
  #leave(): boolean {
    if (this.#state !== 'flowing' && this.#state !== 'ended') return false;
    this.#pieces.clear();
    if (this.#waiter !== undefined) this.#settle(this.#givenUp());
    return true;
  }

  #givenUp(): DriverFailure {
    return httpFailure('http: given up', this.#flow.peer, 'was left alone because the caller gave up the rest');
  }

  #startDraining(awaited: boolean): Promise<void> {
    this.#state = 'draining';
    const drained = new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
    this.#flow.drain(awaited);
    this.#flow.resume();
    return drained;
  }
}
