import { formatDuration } from '../format.ts';
import type { Entry } from '../journal.ts';
import { looksLeaked } from '../leaks.ts';
import { named } from './naming.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** Handles that nobody has touched for longer than the limit, although nothing is left to do with them. */
export class LeaksByAge implements Rule {
  readonly #told = new Set<number>();
  /** When to look again: looking costs a walk over the tree. */
  #next = 0;

  read(entry: Entry, world: World): readonly Finding[] {
    if (entry.type === 'handle-close') this.#told.delete(entry.serial);
    return this.at(entry.t, world);
  }

  at(t: number, { tree, leakAge }: World): readonly Finding[] {
    if (leakAge === null || t < this.#next) return NOTHING;
    this.#next = t + leakAge / 4;
    const found: Finding[] = [];
    for (const serial of tree.byValue.values()) {
      const node = tree.nodes.get(serial);
      if (node === undefined || this.#told.has(serial) || !looksLeaked(node, t, leakAge)) continue;
      // The call that made it goes on, as a slow InternetOpenUrl does: nobody has the handle yet.
      if (tree.calls.has(node.call)) continue;
      this.#told.add(serial);
      const text = `${named(node)} has been open and unused for ${formatDuration(t - node.usedAt)}, with nothing left to do.`;
      found.push({ topic: 'leak-by-age', serial, call: node.call, text });
    }
    return found;
  }
}
