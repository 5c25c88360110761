import type { FunctionName } from '../shared/hierarchy.ts';
import type { HandleRecord } from './handleStore.ts';
import type { CancelSignal } from './ports/driver.ts';

/** One call between its begin and its end; also the signal by which drivers learn that it was cancelled. */
export class PendingCall implements CancelSignal {
  readonly id: number;
  readonly fn: FunctionName;
  /** As the caller passed them: with secrets. */
  readonly args: readonly unknown[];
  /** Set by a call that met the end of the data; the table says which state follows. */
  reachedEnd = false;
  /** It may fail, but its handle has an answer all the same. */
  answered = false;
  /** The handle that it has opened. */
  opened: HandleRecord | null = null;
  /** Its begin is in the journal; what follows is told only then. */
  recorded = false;
  /** It has ended, well or not. */
  ended = false;
  /** What its own flags want, against INTERNET_FLAG_ASYNC of the root; null leaves it to the root. */
  mode: 'synchronous' | 'asynchronous' | null = null;
  /** Its end is told with its own context, even where that is 0. */
  usesOwnContext = false;
  /** It has answered ERROR_IO_PENDING: its end is told by INTERNET_STATUS_REQUEST_COMPLETE. */
  pends = false;
  /** Settles the promise that the caller holds; absent while the call has not gone to wait. */
  onCancel: (() => void) | null = null;
  #listeners: Set<() => void> | null = null;
  #cancelled = false;

  constructor(id: number, fn: FunctionName, args: readonly unknown[]) {
    this.id = id;
    this.fn = fn;
    this.args = args;
  }

  /** The handle was closed while the call ran: whatever comes later is too late. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  get aborted(): boolean {
    return this.#cancelled;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners?.delete(listener);
  }

  /** The handle is closing: settle the caller's promise, stop the driver. */
  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    this.onCancel?.();
    // Not at once: a status callback may close its handle while the driver that reported the status is still inside its own
    // event, as a socket that is about to connect.
    queueMicrotask(() => {
      for (const listener of [...(this.#listeners ?? [])]) listener();
    });
  }
}
