import type { CallBegin, Entry } from '../journal.ts';
import { applyEntry, type Checkpoint, checkpoint, emptyTree, type HandleTree, restore } from '../model.ts';
import { type Finding, NOTHING, type World } from './rule.ts';
import { newRules } from './rules.ts';

/** What whoever diagnoses a journal may say about it. */
export interface DiagnoserOptions {
  /** The tree before the first entry, of a journal that was cut. */
  readonly base?: Checkpoint;
  /** How long a handle may lie forgotten, in microseconds; null, or absent, where age counts for nothing. */
  readonly leakAge?: number | null;
}

/** Reads a journal entry by entry, with every rule, and says what is wrong as soon as it shows. */
export class Diagnoser implements World {
  readonly tree: HandleTree;
  leakAge: number | null;
  readonly #folds: boolean;
  readonly #rules = newRules();
  readonly #calls = new Map<number, CallBegin>();

  /** @param followed a tree that is folded elsewhere, always before `read`; without one the entries are folded here */
  constructor({ base, leakAge = null }: DiagnoserOptions = {}, followed?: HandleTree) {
    this.leakAge = leakAge;
    this.#folds = followed === undefined;
    this.tree = followed ?? restore(base ?? checkpoint(emptyTree()));
    for (const call of this.tree.calls.values()) this.#calls.set(call.call, call);
  }

  call(id: number): CallBegin | undefined {
    return this.#calls.get(id);
  }

  /** Reads the next entry. */
  read(entry: Entry): readonly Finding[] {
    if (this.#folds) applyEntry(this.tree, entry);
    if (entry.type === 'call-begin') this.#calls.set(entry.call, entry);
    let found = NOTHING;
    // Most entries show nothing: no list is made for them.
    for (const rule of this.#rules) {
      const more = rule.read(entry, this);
      if (more.length > 0) found = [...found, ...more];
    }
    if (entry.type === 'call-end') this.#calls.delete(entry.call);
    return found;
  }

  /** Looks at a moment at which nothing happens, in microseconds of the journal. */
  at(t: number): readonly Finding[] {
    return this.#rules.flatMap((rule) => rule.at?.(t, this) ?? []);
  }
}
