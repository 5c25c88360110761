import type { Entry, EntryBody, Recorder } from './journal.ts';
import { applyEntry, type Checkpoint, checkpoint, emptyTree, type HandleTree } from './model.ts';

/** Told of each entry after it has been folded into the tree. */
export type EntryListener = (entry: Entry) => void;

/**
 * A journal that grows: numbers and times what is recorded, keeps the tree of this moment, and holds the newest entries.
 *
 * It is bounded. When it is cut, a checkpoint of the tree takes the place of the entries that are lost.
 */
export class LiveJournal implements Recorder {
  readonly #tree: HandleTree = emptyTree();
  readonly #base: HandleTree = emptyTree();
  readonly #listeners = new Set<EntryListener>();
  readonly #now: () => number;
  readonly #limit: number;
  #entries: Entry[] = [];
  #seq = 0;

  /**
   * @param now microseconds since the journal's start
   * @param limit how many entries are kept, at least
   */
  constructor(now: () => number, limit: number) {
    this.#now = now;
    this.#limit = limit;
  }

  /** The tree of this moment. */
  get tree(): HandleTree {
    return this.#tree;
  }

  /** The entries that are kept, oldest first. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** The tree before the oldest entry that is kept. */
  get base(): Checkpoint {
    return checkpoint(this.#base);
  }

  /** How many entries were cut off. */
  get cut(): number {
    return this.#base.seq;
  }

  record(body: EntryBody): void {
    this.#seq += 1;
    const entry: Entry = { ...body, seq: this.#seq, t: this.#now() };
    this.#entries.push(entry);
    applyEntry(this.#tree, entry);
    if (this.#entries.length >= 2 * this.#limit) this.#cutOff();
    for (const listener of this.#listeners) {
      try {
        listener(entry);
      } catch (error) {
        // A view that fails must not make a call fail, nor keep the entry from the next view; it is seen as a rejection.
        void Promise.reject(error);
      }
    }
  }

  /** Listens to new entries until the returned function is called. */
  listen(listener: EntryListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #cutOff(): void {
    const lost = this.#entries.length - this.#limit;
    for (const entry of this.#entries.slice(0, lost)) applyEntry(this.#base, entry);
    this.#entries = this.#entries.slice(lost);
  }
}
