import type { Entry } from './journal.ts';
import { applyEntry, type Checkpoint, checkpoint, emptyTree, type HandleTree, restore } from './model.ts';

/** Entries between two trees that are kept to start from: going back by one costs a fold over this many at most. */
const MARK_EVERY = 2000;

/**
 * The entries of a journal that are kept, the tree before the oldest of them, the tree of this moment, and the tree of any
 * moment between them. The extension host, the graph and trace files hold a journal in this form.
 *
 * It is bounded. When it is cut, a checkpoint of the tree takes the place of the entries that are lost.
 */
export class JournalHistory {
  readonly tree: HandleTree;
  readonly limit: number;
  #base: Checkpoint;
  /** The tree before the entries that stay at the next cut; null while there are fewer than the limit. */
  #nextBase: Checkpoint | null = null;
  #entries: Entry[] = [];
  /** Trees to start from, oldest first; made when somebody first goes back. */
  #marks: Checkpoint[] = [];
  #past: HandleTree | null = null;

  /**
   * @param limit how many entries are kept, at least; twice as many at most
   * @param base the tree before the first entry
   */
  constructor(limit: number, base: Checkpoint = checkpoint(emptyTree())) {
    this.limit = limit;
    this.#base = base;
    this.tree = restore(base);
  }

  /** The entries that are kept, oldest first. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** The tree before the oldest entry that is kept. */
  get base(): Checkpoint {
    return this.#base;
  }

  /** Sequence number before the oldest entry that is kept: how many entries were cut off. */
  get cut(): number {
    return this.#base.seq;
  }

  /** Takes in the next entry. */
  append(entry: Entry): void {
    this.#entries.push(entry);
    applyEntry(this.tree, entry);
    if (this.#entries.length === this.limit) this.#nextBase ??= checkpoint(this.tree);
    if (this.#entries.length >= 2 * this.limit) this.#cutOff();
  }

  /** The entry of this number, if it is kept. */
  entry(seq: number): Entry | undefined {
    const entry = this.#entries[this.#indexAfter(seq - 1)];
    return entry?.seq === seq ? entry : undefined;
  }

  /** The first kept entry after this number. */
  entryAfter(seq: number): Entry | undefined {
    return this.#entries[this.#indexAfter(seq)];
  }

  /** The last kept entry before this number. */
  entryBefore(seq: number): Entry | undefined {
    return this.#entries[this.#indexAfter(seq - 1) - 1];
  }

  /**
   * The tree after the entry of this number; the oldest or the newest where none is kept that early or that late.
   * It is good until the next call of this method, which may change it in place.
   */
  treeAt(seq: number): HandleTree {
    const target = Math.max(this.cut, Math.min(seq, this.tree.seq));
    let past = this.#past;
    const mark = this.#marks.findLast((one) => one.seq <= target);
    if (past === null || past.seq > target || past.seq < (mark?.seq ?? this.cut)) {
      past = restore(mark ?? this.base);
    }
    for (let index = this.#indexAfter(past.seq); ; index += 1) {
      const entry = this.#entries[index];
      if (entry === undefined || entry.seq > target) break;
      applyEntry(past, entry);
      if (past.seq >= (this.#marks.at(-1)?.seq ?? this.cut) + MARK_EVERY) this.#marks.push(checkpoint(past));
    }
    this.#past = past;
    return past;
  }

  /** Where the entries after this number begin. Journals from elsewhere may have gaps, so numbers are searched, not counted. */
  #indexAfter(seq: number): number {
    const guess = seq - this.cut;
    if (guess >= 0 && this.#entries[guess - 1]?.seq === seq) return guess;
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.seq ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #cutOff(): void {
    // The lost entries are not folded once more: the tree that was there after them has been kept.
    this.#base = this.#nextBase ?? this.#base;
    this.#entries = this.#entries.slice(this.#entries.length - this.limit);
    this.#nextBase = checkpoint(this.tree);
    this.#marks = this.#marks.filter((mark) => mark.seq > this.cut);
    if (this.#past !== null && this.#past.seq < this.cut) this.#past = null;
  }
}
