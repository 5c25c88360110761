import type { HandleFilter } from './handleFilter.ts';
import { type HandleTree, openAncestor } from './model.ts';

/** What a filter makes of the handles of a tree. */
export interface FilteredHandles {
  /** Serials that pass; closed ones are among them only where the filter asks for those. */
  readonly matches: ReadonlySet<number>;
  /** How many of them are closed. */
  readonly closed: number;
  /** Open handles above them that do not pass themselves: they show where the matches hang. */
  readonly context: ReadonlySet<number>;
  readonly open: number;
  /** Open handles of neither sort. */
  readonly hidden: number;
}

/** Applies a filter to the handles; `now` is a time of the tree's journal in microseconds. */
export function filterHandles(tree: HandleTree, filter: HandleFilter, now = tree.t): FilteredHandles {
  const matches = new Set<number>();
  const context = new Set<number>();
  const match = (serials: Iterable<number>): number => {
    const before = matches.size;
    for (const serial of serials) {
      const node = tree.nodes.get(serial);
      if (node !== undefined && filter.test(node, tree, now)) matches.add(serial);
    }
    return matches.size - before;
  };
  const matched = match(tree.byValue.values());
  const closed = filter.asksClosed ? match(tree.graves) : 0;
  for (const serial of matches) {
    for (let above = openAncestor(tree, serial); above !== null; above = openAncestor(tree, above)) {
      if (context.has(above)) break;
      if (!matches.has(above)) context.add(above);
    }
  }
  const open = tree.byValue.size;
  return { matches, closed, context, open, hidden: open - matched - context.size };
}
