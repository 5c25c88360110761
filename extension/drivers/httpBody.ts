import { type ByteSource, DriverFailure, type DriverObserver } from '../wininet/ports/driver.ts';
import { httpFailure } from './httpFailure.ts';
import { releaseMemory } from './releaseMemory.ts';

/** Above this many waiting bytes the connection is paused; below half of it, it flows again. */
const HIGH_WATER_BYTES = 262_144;
/** The same for pieces: a server that sends single bytes must not cost a buffer object for each. */
const HIGH_WATER_PIECES = 4096;
/** A rest that is no longer than this is read away, so that the connection survives a caller who stops early. */
const DRAIN_BYTES = 65_536;

/** What a body can ask of its connection. */
export interface HttpFlow {
  pause(): void;
  resume(): void;
  /** Ends the connection; resolves when it is closed. */
  abandon(failure: DriverFailure): Promise<void>;
  /** The caller has no more interest, but the connection may live if the rest comes soon. */
  drain(): void;
  /** The answer says that its connection ends with it: reading its rest away would keep nothing. */
  readonly endsConnection: boolean;
  /** A reader begins to wait. */
  await(): void;
  /** No reader waits any more. */
  awaited(): void;
  /** The server, as `host:port`. */
  readonly peer: string;
  /** Told when a reader begins to take from the connection, how many bytes came, 0 at its end, and that it is closed. */
  readonly observer: DriverObserver;
}

interface Waiter {
  readonly into: Uint8Array | undefined;
  readonly resolve: (bytes: number) => void;
  readonly reject: (failure: DriverFailure) => void;
}

/** The body of an answer: pieces that have come and wait to be pulled. */
export class HttpBody implements ByteSource {
  readonly size: number | undefined;
  /** Only the end of the connection ends the body, and no reader has met it yet. */
  #endUnmet: boolean;
  /** The connection has ended with the body, and nobody has been told. */
  #endUntold = false;
  readonly #flow: HttpFlow;
  #pieces: Buffer[] = [];
  /** Pieces that were read to their end and whose memory is still held. */
  readonly #spent: Buffer[] = [];
  /** Index of the first piece that has unread bytes, and how many of its bytes are read. */
  #first = 0;
  #offset = 0;
  #waiting = 0;
  #arrived = 0;
  #paused = false;
  #state: 'flowing' | 'ended' | 'draining' | 'given-up' | DriverFailure = 'flowing';
  #waiter: Waiter | undefined;

  /** @param endsWithConnection only the end of the connection ends the body */
  constructor(size: number | undefined, endsWithConnection: boolean, flow: HttpFlow) {
    this.size = size;
    this.#endUnmet = endsWithConnection;
    this.#flow = flow;
  }

  read(into: Uint8Array): number | Promise<number> {
    this.#freeSpent();
    if (this.#waiting > 0) return this.#take(into);
    if (into.length === 0) return 0;
    if (this.#state === 'ended') return this.#meetEnd();
    return this.#wait(into);
  }

  available(): number | Promise<number> {
    if (this.#waiting > 0) return this.#waiting;
    if (this.#state === 'ended') return 0;
    return this.#wait(undefined);
  }

  async cancel(): Promise<void> {
    const state = this.#state;
    if (state !== 'flowing' && state !== 'ended') return;
    this.#discard();
    if (this.#waiter !== undefined) this.#settle(this.#givenUp());
    // Recorded: who leaves a body whose end he has not met is told of it, also where the head said nothing of the end.
    if (state === 'ended' && this.#endUnmet) this.#endUntold = true;
    this.#tellEnd();
    if (state === 'ended') this.#state = 'given-up';
    else if (!this.#flow.endsConnection && this.size !== undefined && this.size - this.#arrived <= DRAIN_BYTES)
      this.#startDraining();
    else await this.#flow.abandon(this.#givenUp());
  }

  /** Takes a piece from the connection. */
  push(piece: Buffer): void {
    this.#arrived += piece.length;
    if (this.#state === 'draining') return;
    this.#pieces.push(piece);
    this.#waiting += piece.length;
    if (this.#waiter !== undefined) this.#wake(this.#waiter);
    if (this.#waiting >= HIGH_WATER_BYTES || this.#pieces.length - this.#first >= HIGH_WATER_PIECES) {
      this.#paused = true;
      this.#flow.pause();
    }
  }

  /**
   * Everything has come.
   * @param withConnection the connection is closed: as in a real WinINet that is told to the reader who meets the end, or when
   * the handle lets a body of known size go
   */
  finish(withConnection: boolean): void {
    this.#endUntold = withConnection && this.#state === 'flowing';
    if (this.#state === 'flowing') this.#state = 'ended';
    // There is nothing to read.
    if (this.size === 0) this.#tellEnd();
    this.#settle(undefined);
  }

  /** Nothing more will come; what has come can still be read. */
  fail(failure: DriverFailure): void {
    if (this.#state === 'flowing') this.#state = failure;
    this.#settle(failure);
  }

  /** As recorded: the end of a connection has to be read from it, also where it came long before. */
  #meetEnd(): number {
    if (this.#endUnmet) {
      this.#endUnmet = false;
      this.#flow.observer({ type: 'receiving' });
      this.#tellEnd();
      this.#flow.observer({ type: 'received', bytes: 0 });
    } else if (this.size === undefined) this.#tellEnd();
    return 0;
  }

  #tellEnd(): void {
    if (!this.#endUntold) return;
    this.#endUntold = false;
    this.#flow.observer({ type: 'closing' });
    this.#flow.observer({ type: 'closed' });
  }

  #take(into: Uint8Array): number {
    let copied = 0;
    while (copied < into.length) {
      const piece = this.#pieces[this.#first];
      if (piece === undefined) break;
      const end = Math.min(piece.length, this.#offset + into.length - copied);
      into.set(this.#offset === 0 && end === piece.length ? piece : piece.subarray(this.#offset, end), copied);
      copied += end - this.#offset;
      this.#offset = end;
      if (end === piece.length) this.#nextPiece(piece);
    }
    this.#waiting -= copied;
    if (this.#paused && this.#waiting <= HIGH_WATER_BYTES / 2) {
      this.#paused = false;
      this.#flow.resume();
    }
    return copied;
  }

  #nextPiece(piece: Buffer): void {
    this.#spent.push(piece);
    this.#offset = 0;
    this.#first += 1;
    if (this.#first === this.#pieces.length) {
      this.#pieces = [];
      this.#first = 0;
    } else if (this.#first >= 64) {
      this.#pieces.splice(0, this.#first);
      this.#first = 0;
    }
  }

  /** Never inside `push`: the parser may still put the rest of the same memory back into its socket. */
  #freeSpent(): void {
    for (const piece of this.#spent) releaseMemory(piece);
    this.#spent.length = 0;
  }

  #wait(into: Uint8Array | undefined): Promise<number> {
    if (this.#state === 'draining' || this.#state === 'given-up') return Promise.reject(this.#givenUp());
    if (this.#state instanceof DriverFailure) return Promise.reject(this.#state);
    return new Promise((resolve, reject) => {
      this.#waiter = { into, resolve, reject };
      // Only a reader who waits can run out of time: a body that nobody asks for is not late.
      this.#flow.await();
      this.#flow.observer({ type: 'receiving' });
    });
  }

  #wake(waiter: Waiter): void {
    this.#forgetWaiter();
    const bytes = this.#waiting;
    const answer = waiter.into === undefined ? bytes : this.#take(waiter.into);
    // Last: a status callback may close the handle, which throws away what waits.
    this.#flow.observer({ type: 'received', bytes });
    waiter.resolve(answer);
  }

  #settle(failure: DriverFailure | undefined): void {
    const waiter = this.#waiter;
    if (waiter === undefined) return;
    this.#forgetWaiter();
    if (failure !== undefined) {
      waiter.reject(failure);
      return;
    }
    this.#endUnmet = false;
    this.#tellEnd();
    this.#flow.observer({ type: 'received', bytes: 0 });
    waiter.resolve(0);
  }

  #forgetWaiter(): void {
    this.#flow.awaited();
    this.#waiter = undefined;
  }

  #discard(): void {
    this.#pieces = [];
    this.#first = 0;
    this.#offset = 0;
    this.#waiting = 0;
  }

  #givenUp(): DriverFailure {
    return httpFailure('http: given up', this.#flow.peer, 'was left alone because the caller gave up the rest');
  }

  #startDraining(): void {
    this.#state = 'draining';
    this.#flow.drain();
    this.#flow.resume();
  }
}
