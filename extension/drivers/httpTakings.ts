import type { DriverObserver } from '../wininet/ports/driver.ts';
import { FIRST_BYTES } from './httpResponseHead.ts';

/**
 * What of a body is at hand, and what calls of the program take from the connection.
 *
 * As in a real WinINet a call tells once, before and after, that it goes to the connection: where it wants more than is at hand, and
 * more there is or may be. That those bytes have come already changes nothing, so that what is told does not hang on moments.
 */
export class HttpTakings {
  /** Bytes at the front of what waits for which no call has to go to the connection any more. */
  atHand: number;
  /** A call has looked for bytes: only that finds the end of chunks. */
  looked = false;
  readonly #observer: DriverObserver;
  /** What was at hand when the call began that goes to the connection; undefined while none does. */
  #before: number | undefined;

  constructor(atHand: number, observer: DriverObserver) {
    this.atHand = atHand;
    this.#observer = observer;
  }

  /** A call begins. @param all nothing is left but what is at hand */
  beginCall(wanted: number, all: boolean): void {
    this.looked = true;
    this.#before = wanted > this.atHand && !all ? this.atHand : undefined;
    if (this.#before !== undefined) this.#observer({ type: 'receiving' });
  }

  /** The call ends, with so many bytes. */
  endCall(got: number): void {
    const before = this.#before;
    this.#before = undefined;
    // Wine's test-suite asserts of Windows that what was at hand is not counted.
    if (before !== undefined) this.#observer({ type: 'received', bytes: Math.max(0, got - before) });
  }

  /** Bytes were read. */
  took(bytes: number): void {
    this.atHand = Math.max(0, this.atHand - bytes);
  }

  /** How many of the bytes that wait are at hand; where none is, all of them from now on. */
  atHandOf(waiting: number): number {
    if (this.atHand === 0) this.atHand = waiting;
    return this.atHand;
  }

  /** Lays hands on what waits before a program asks. */
  prefetch(waiting: number): void {
    this.looked = true;
    this.atHand = Math.max(this.atHand, Math.min(waiting, FIRST_BYTES));
  }
}
