import { functionRow } from '../shared/hierarchy.ts';
import type { Entry } from '../shared/journal.ts';
import type { LiveJournal } from '../shared/liveJournal.ts';

/**
 * Follows one call through the journal, so that it can be cancelled: by closing the handle that it has opened, or that it
 * uses. A call that has opened nothing yet is left to itself, and what it opens later is closed at once.
 */
export class CallWatch {
  readonly #close: (serial: number) => void;
  readonly #stopListening: () => void;
  #call: number | null = null;
  #used: number | null = null;
  #opened: number | null = null;
  #beginning = false;
  #cancelled = false;
  #ended = false;
  #settled = false;

  /** @param close closes a handle, if it is open */
  constructor(journal: LiveJournal, close: (serial: number) => void) {
    this.#close = close;
    this.#stopListening = journal.listen((entry) => this.#note(entry));
  }

  /** Serial of the handle that the call has opened, or uses; null before. */
  get handle(): number | null {
    return this.#opened ?? this.#used;
  }

  /** Begins the call. @param begin calls the engine at once, without waiting for anything before */
  during<T>(begin: () => Promise<T>): Promise<T> {
    this.#beginning = true;
    const result = begin();
    this.#beginning = false;
    const end = () => {
      this.#ended = true;
      this.#stopIfOver();
    };
    // A call that was cancelled before it had opened its handle goes on until it has.
    void result.then(end, end);
    return result;
  }

  /** Closes the handle, now or as soon as there is one. */
  cancel(): void {
    this.#cancelled = true;
    if (this.handle !== null) this.#close(this.handle);
  }

  /** Nobody waits for the call any more. */
  settle(): void {
    this.#settled = true;
    this.#stopIfOver();
  }

  #stopIfOver(): void {
    if (this.#settled && (this.#ended || !this.#cancelled)) this.#stopListening();
  }

  #note(entry: Entry): void {
    // The engine records a call's beginning before the function returns: this one is ours.
    if (this.#beginning && this.#call === null && entry.type === 'call-begin') {
      this.#call = entry.call;
      this.#used = functionRow(entry.fn).returns === undefined ? entry.handle : null;
    }
    if (entry.type !== 'handle-open' || entry.call !== this.#call) return;
    this.#opened = entry.serial;
    // Not from inside the engine's own opening.
    if (this.#cancelled) setImmediate(() => this.#close(entry.serial));
  }
}
