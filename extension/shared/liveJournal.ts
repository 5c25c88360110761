import type { Entry, EntryBody, Recorder } from './journal.ts';
import { JournalHistory } from './journalHistory.ts';
import type { Checkpoint, HandleTree } from './model.ts';

/** Told of each entry after it has been folded into the tree. */
export type EntryListener = (entry: Entry) => void;

/** A journal that grows: numbers and times what is recorded, keeps its history, and tells those who listen. */
export class LiveJournal implements Recorder {
  readonly history: JournalHistory;
  readonly #listeners = new Set<EntryListener>();
  readonly #now: () => number;
  #seq = 0;

  /**
   * @param now microseconds since the journal's start
   * @param limit how many entries are kept, at least
   */
  constructor(now: () => number, limit: number) {
    this.#now = now;
    this.history = new JournalHistory(limit);
  }

  /** The tree of this moment. */
  get tree(): HandleTree {
    return this.history.tree;
  }

  /** The time of this moment in microseconds: no entry has a later one. */
  get now(): number {
    return this.#now();
  }

  /** The entries that are kept, oldest first. */
  get entries(): readonly Entry[] {
    return this.history.entries;
  }

  /** The tree before the oldest entry that is kept. */
  get base(): Checkpoint {
    return this.history.base;
  }

  /** How many entries were cut off. */
  get cut(): number {
    return this.history.cut;
  }

  /** Numbers and times an entry, keeps it, and tells it. */
  record(body: EntryBody): Entry {
    this.#seq += 1;
    const entry: Entry = { ...body, seq: this.#seq, t: this.#now() };
    this.history.append(entry);
    for (const listener of this.#listeners) {
      try {
        listener(entry);
      } catch (error) {
        // A view that fails must not make a call fail, nor keep the entry from the next view; it is seen as a rejection.
        void Promise.reject(error);
      }
    }
    return entry;
  }

  /** Listens to new entries until the returned function is called. */
  listen(listener: EntryListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
