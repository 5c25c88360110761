import type { StatusInformation } from '../shared/journal.ts';
import type { HINTERNET } from './handle.ts';

/** What a status callback gets as lpvStatusInformation. */
export type StatusCallbackInformation =
  | Extract<StatusInformation, string | number | null>
  | HINTERNET
  | INTERNET_ASYNC_RESULT;

/** How an asynchronous call ended. */
export interface INTERNET_ASYNC_RESULT {
  /** The handle of a function that returns one; otherwise 1, or 0 after a failure. */
  readonly dwResult: HINTERNET | number;
  /** Number of the error; 0 for none. */
  readonly dwError: number;
  /** What the call would have resolved to, as the number of bytes read: the original writes that through a pointer. */
  readonly value: unknown;
}

/**
 * A program's status callback (INTERNET_STATUS_CALLBACK). The original's fifth parameter only measures the fourth and is
 * dropped. It may call back in; what it throws harms nobody.
 */
export type StatusCallback = (
  hInternet: HINTERNET,
  dwContext: number,
  dwInternetStatus: number,
  lpvStatusInformation: StatusCallbackInformation,
) => unknown;

interface Delivery {
  readonly callback: StatusCallback;
  readonly handle: HINTERNET;
  readonly context: number;
  readonly status: number;
  readonly information: StatusCallbackInformation;
}

/** Delivers status callbacks in their order; one that arrives while another runs waits for it. */
export class StatusQueue {
  readonly #waiting: Delivery[] = [];
  readonly #onThrow: (handle: HINTERNET, error: unknown) => void;
  #delivering = false;
  #running: Delivery | null = null;

  /** @param onThrow is told when a callback throws or its promise rejects */
  constructor(onThrow: (handle: HINTERNET, error: unknown) => void) {
    this.#onThrow = onThrow;
  }

  /** The callback that is running now, up to the first thing that it waits for; null where none is. */
  get running(): Pick<Delivery, 'handle' | 'status'> | null {
    return this.#running;
  }

  /** Delivers now, or after those that wait. */
  deliver(delivery: Delivery): void {
    this.#waiting.push(delivery);
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.#call(next);
    } finally {
      this.#delivering = false;
    }
  }

  #call(delivery: Delivery): void {
    const { callback, handle, context, status, information } = delivery;
    this.#running = delivery;
    try {
      const returned = callback(handle, context, status, information);
      if (returned instanceof Promise) returned.catch((error: unknown) => this.#onThrow(handle, error));
    } catch (error) {
      this.#onThrow(handle, error);
    } finally {
      this.#running = null;
    }
  }
}
