import type { CallBegin, Entry, Note } from '../journal.ts';
import type { HandleTree } from '../model.ts';

/** A diagnosis as a rule makes it, before the journal numbers it. */
export type Finding = Omit<Note, 'type'>;

/** What rules know besides the entry that they read. */
export interface World {
  /** The tree with the entry folded in. */
  readonly tree: HandleTree;
  /** The call that an entry belongs to, from its begin to its end; undefined where the journal does not know it. */
  call(id: number): CallBegin | undefined;
  /** How long a handle may lie forgotten, in microseconds; null where age counts for nothing. */
  readonly leakAge: number | null;
}

/** One kind of fault: a fold over the entries of a journal that says where the fault shows. */
export interface Rule {
  /** Reads the next entry. */
  read(entry: Entry, world: World): readonly Finding[];
  /** Looks at a moment between entries, in microseconds of the journal: some faults show because nothing happens. */
  at?(t: number, world: World): readonly Finding[];
}

/** Nothing is wrong. */
export const NOTHING: readonly Finding[] = [];
