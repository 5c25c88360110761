import type { Entry } from './journal.ts';

/** One message per frame at most. */
const FRAME_MILLISECONDS = 16;

/** Hands the entries of a journal to a view, many at a time; while the view sleeps, nothing is kept and no timer runs. */
export class EntryFeed {
  readonly #send: (entries: readonly Entry[]) => void;
  readonly #later: (work: () => void, milliseconds: number) => () => void;
  #queue: Entry[] = [];
  #cancel: (() => void) | null = null;
  #awake = false;

  /** @param later runs work after a pause; the returned function calls it off */
  constructor(
    send: (entries: readonly Entry[]) => void,
    later: (work: () => void, milliseconds: number) => () => void,
  ) {
    this.#send = send;
    this.#later = later;
  }

  /** The view has its state and is shown: it is told what happens. */
  get awake(): boolean {
    return this.#awake;
  }

  wake(): void {
    this.#awake = true;
  }

  /** Forgets what waits: the view asks for the whole journal when it is shown again. */
  sleep(): void {
    this.#awake = false;
    this.#queue = [];
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Sends an entry within a frame's time. */
  add(entry: Entry): void {
    if (!this.#awake) return;
    this.#queue.push(entry);
    this.#cancel ??= this.#later(() => this.flush(), FRAME_MILLISECONDS);
  }

  /** Sends what waits, now. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    const entries = this.#queue;
    this.#queue = [];
    if (entries.length > 0) this.#send(entries);
  }
}
