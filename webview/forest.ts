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

/** The open handles as trees, roots in the order of their serials, without what hangs below folded ones. */
export function growForest(tree: HandleTree, folded: ReadonlySet<number>): ForestNode[] {
  const below = new Map<number | null, HandleNode[]>();
  for (const serial of [...tree.byValue.values()].sort((a, b) => a - b)) {
    const node = tree.nodes.get(serial);
    if (node === undefined) continue;
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
    };
  };
  return (below.get(null) ?? []).map(grow);
}

function countBelow(below: ReadonlyMap<number | null, readonly HandleNode[]>, serial: number): number {
  const children = below.get(serial) ?? [];
  return children.reduce((count, child) => count + 1 + countBelow(below, child.serial), 0);
}
