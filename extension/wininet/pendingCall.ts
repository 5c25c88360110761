import type { FunctionName } from '../shared/hierarchy.ts';

/** One call between its begin and its end. */
export class PendingCall {
  readonly id: number;
  readonly fn: FunctionName;
  /** As the caller passed them: with secrets. */
  readonly args: readonly unknown[];
  /** Set when the handle was closed while the call ran: whatever comes later is too late. */
  cancelled = false;
  /** Set by a call that met the end of the data; the table says which state follows. */
  reachedEnd = false;
  /** Settles the promise that the caller holds; absent while the call has not gone to wait. */
  onCancel: (() => void) | null = null;
  #controller: AbortController | null = null;

  constructor(id: number, fn: FunctionName, args: readonly unknown[]) {
    this.id = id;
    this.fn = fn;
    this.args = args;
  }

  /** Aborted when the handle closes. Made on demand: most calls never wait. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.cancelled) this.#controller.abort();
    return this.#controller.signal;
  }

  /** The handle is closing: settle the caller's promise, stop the driver. */
  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    this.onCancel?.();
    // Not at once: a status callback may close its handle while the driver that reported the status is still inside its own
    // event, as a socket that is about to connect.
    queueMicrotask(() => this.#controller?.abort());
  }
}
