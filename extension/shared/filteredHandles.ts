import type { HandleFilter } from './handleFilter.ts';
import type { HandleNode, HandleTree } from './model.ts';

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
    for (const above of openAbove(tree, serial)) {
      if (context.has(above)) break;
      if (!matches.has(above)) context.add(above);
    }
  }
  const open = tree.byValue.size;
  return { matches, context, open, hidden: open - matches.size - context.size };
}

function* openAbove(tree: HandleTree, serial: number): Generator<number> {
  let node: HandleNode | undefined = tree.nodes.get(serial);
  while (node !== undefined && node.parent !== null) {
    node = tree.nodes.get(node.parent);
    if (node?.closed === null) yield node.serial;
  }
}
