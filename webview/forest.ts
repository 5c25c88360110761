import { canHaveChildren } from '../extension/shared/hierarchy.ts';
import type { HandleNode, HandleTree } from '../extension/shared/model.ts';

/** What the layout needs to know about a handle. */
export interface ForestNode {
  readonly serial: number;
  /** Kinds that never have children hang in columns, the others stand side by side. */
  readonly leaf: boolean;
  /** Shown children, leaves first, older before newer; empty while the handle is folded. */
  readonly children: ForestNode[];
  /** Open handles below it that are not shown because it is folded. */
  readonly hidden: number;
  /** It is there only for what is below it: it does not pass the filter itself. */
  readonly context?: boolean;
}

/** The nearest open handle above a handle; null where there is none. */
export function openAncestor(tree: HandleTree, serial: number): number | null {
  let above = tree.nodes.get(serial)?.parent ?? null;
  while (above !== null) {
    const node = tree.nodes.get(above);
    if (node === undefined) return null;
    if (node.closed === null) return above;
    above = node.parent;
  }
  return null;
}

/**
 * The open handles as trees, roots in the order of their serials, without what hangs below folded ones; with `shown` only the
 * handles that it lets pass, and those above them.
 */
export function growForest(
  tree: HandleTree,
  folded: ReadonlySet<number>,
  shown: ((node: HandleNode) => boolean) | null = null,
): ForestNode[] {
  const kept = shown === null ? null : withAncestors(tree, shown);
  const below = new Map<number | null, HandleNode[]>();
  for (const serial of [...tree.byValue.values()].sort((a, b) => a - b)) {
    const node = tree.nodes.get(serial);
    if (node === undefined || (kept !== null && !kept.has(serial))) continue;
    const parent = openAncestor(tree, serial);
    const siblings = below.get(parent);
    if (siblings === undefined) below.set(parent, [node]);
    else siblings.push(node);
  }
  const grow = (node: HandleNode): ForestNode => {
    const isFolded = folded.has(node.serial);
    const children = isFolded ? [] : (below.get(node.serial) ?? []).map(grow);
    return {
      serial: node.serial,
      leaf: !canHaveChildren(node.kind),
      children: [...children.filter((child) => child.leaf), ...children.filter((child) => !child.leaf)],
      hidden: isFolded ? countBelow(below, node.serial) : 0,
      context: shown !== null && !shown(node),
    };
  };
  return (below.get(null) ?? []).map(grow);
}

function withAncestors(tree: HandleTree, shown: (node: HandleNode) => boolean): ReadonlySet<number> {
  const kept = new Set<number>();
  for (const serial of tree.byValue.values()) {
    const node = tree.nodes.get(serial);
    if (node === undefined || !shown(node)) continue;
    for (let at: number | null = serial; at !== null && !kept.has(at); at = openAncestor(tree, at)) kept.add(at);
  }
  return kept;
}

function countBelow(below: ReadonlyMap<number | null, readonly HandleNode[]>, serial: number): number {
  const children = below.get(serial) ?? [];
  return children.reduce((count, child) => count + 1 + countBelow(below, child.serial), 0);
}
