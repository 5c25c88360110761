import type { HandleFilter } from './handleFilter.ts';
import { type HandleTree, openAncestor } from './model.ts';

/** What a filter makes of the open handles of a tree. */
export interface FilteredHandles {
  /** Serials that pass. */
  readonly matches: ReadonlySet<number>;
  /** Open handles above them that do not pass themselves: they show where the matches hang. */
  readonly context: ReadonlySet<number>;
  readonly open: number;
  /** Open handles of neither sort. */
  readonly hidden: number;
}

/** Applies a filter to the open handles; `now` is a time of the tree's journal in microseconds. */
export function filterHandles(tree: HandleTree, filter: HandleFilter, now = tree.t): FilteredHandles {
  const matches = new Set<number>();
  const context = new Set<number>();
  for (const serial of tree.byValue.values()) {
    const node = tree.nodes.get(serial);
    if (node !== undefined && filter.test(node, tree, now)) matches.add(serial);
  }
  for (const serial of matches) {
    for (let above = openAncestor(tree, serial); above !== null; above = openAncestor(tree, above)) {
      if (context.has(above)) break;
      if (!matches.has(above)) context.add(above);
    }
  }
  const open = tree.byValue.size;
  return { matches, context, open, hidden: open - matches.size - context.size };
}
