import type { HierarchyNode } from './d3.ts';
import type { ForestNode } from './forest.ts';
import { type Block, gridRows, type Shelves } from './packing.ts';
import { BOX, BRACKET, LEAF_GAP, LEVEL_GAP, type Point } from './sizes.ts';

/** What hangs from a handle: subtrees and columns of leaves, and the lines that lead to them. */

/** A line with right angles. Every line belongs to one handle and covers no part of another, so it can come and go with it. */
export interface Link {
  readonly key: string;
  readonly serial: number;
  /** Always four, so that a line can be moved point by point. */
  readonly points: readonly [Point, Point, Point, Point];
}

/** A handle in the hierarchy. */
export type Tree = HierarchyNode<ForestNode>;

/** A subtree's extent, and where it stands within its parent's. */
export interface Placing {
  readonly width: number;
  /** Width without the list. */
  readonly core: number;
  readonly height: number;
  /** Left edge of the own box within the subtree. */
  readonly boxX: number;
  /** Height of the own box, with its list where that stands below it: what comes next in the column starts after it. */
  readonly slot: number;
  /** Lines to the children, in the subtree's coordinates. */
  readonly links: readonly Link[];
  x: number;
  y: number;
}

/** A child's subtree, or a column of leaves. */
export interface Branch extends Block {
  readonly handles: readonly Tree[];
  /** A column has its line at the left, a subtree at the top of its box. */
  readonly column: boolean;
}

/** A child with all that hangs below it. */
export function subtreeBranch(node: Tree, at: (node: Tree) => Placing): Branch {
  const { width, core, height } = at(node);
  return { x: 0, y: 0, width, core, height, handles: [node], column: false };
}

/** Leaves beside other branches: one alone hangs from the fork itself, more stand in columns. */
export function columns(leaves: readonly Tree[], at: (node: Tree) => Placing): Branch[] {
  const [only] = leaves;
  if (only !== undefined && leaves.length === 1) return [subtreeBranch(only, at)];
  const rows = gridRows(leaves.length);
  const starts = Array.from({ length: Math.ceil(leaves.length / rows) }, (_, column) => column * rows);
  return starts.map((start) => columnBranch(leaves.slice(start, start + rows), at));
}

/** Leaves in one column. */
export function columnBranch(leaves: readonly Tree[], at: (node: Tree) => Placing): Branch {
  const width = BRACKET + Math.max(...leaves.map((leaf) => at(leaf).width));
  const core = BRACKET + BOX.width;
  let [top, height] = [0, 0];
  for (const leaf of leaves) {
    height = Math.max(height, top + at(leaf).height);
    top += at(leaf).slot + LEAF_GAP;
  }
  return { x: 0, y: 0, width, core, height, handles: leaves, column: true };
}

/** Writes a branch's place into its handles. */
export function settle(branch: Branch, at: (node: Tree) => Placing, top: number): void {
  branch.y += top;
  let y = branch.y;
  for (const handle of branch.handles) {
    const placing = at(handle);
    placing.x = branch.x + (branch.column ? BRACKET : 0);
    placing.y = y;
    y += placing.slot + LEAF_GAP;
  }
}

/** Where a branch meets the bar above it. */
export function dropX(branch: Branch, at: (node: Tree) => Placing): number {
  const [handle] = branch.handles;
  return branch.column || handle === undefined ? branch.x : branch.x + at(handle).boxX + BOX.width / 2;
}

/** A column's bracket, leaf by leaf; the first piece comes from `from`. */
export function columnLinks(column: Branch, at: (node: Tree) => Placing, from: Point): Link[] {
  let last: Point = from;
  return column.handles.map((leaf) => {
    const { x, y } = at(leaf);
    const middle = y + BOX.height / 2;
    const points: Link['points'] = [last, [column.x, last[1]], [column.x, middle], [x, middle]];
    last = [column.x, middle];
    return link(leaf, points);
  });
}

function link(node: Tree, points: Link['points']): Link {
  return { key: `to-${node.data.serial}`, serial: node.data.serial, points };
}

/** The stem, the bars from it to both sides, and at the left the trunk that joins further rows. */
export function forkLinks(
  serial: number,
  stem: number,
  top: number,
  shelves: Shelves<Branch>,
  at: (node: Tree) => Placing,
): Link[] {
  const bars = shelves.rows.map((row) => row.y + top - LEVEL_GAP / 2);
  const first = bars[0] ?? top;
  const links: Link[] = [
    {
      key: `stem-${serial}`,
      serial,
      points: [
        [stem, BOX.height],
        [stem, first],
        [stem, first],
        [stem, first],
      ],
    },
  ];
  const leftmost = shelves.rows[0]?.blocks[0];
  let trunk: Point = [leftmost === undefined ? stem : Math.min(stem, dropX(leftmost, at)), first];
  shelves.rows.forEach((row, index) => {
    const bar = bars[index] ?? first;
    links.push(...barLinks(row.blocks, bar, index === 0 ? stem : 0, at));
    if (index === 0) return;
    links.push({ key: `trunk-${serial}-${index}`, serial, points: [trunk, [0, trunk[1]], [0, bar], [0, bar]] });
    trunk = [0, bar];
  });
  return links;
}

/** Each branch's line covers the bar from its neighbour on the side of the stem. */
function barLinks(branches: readonly Branch[], bar: number, stem: number, at: (node: Tree) => Placing): Link[] {
  const drops = branches.map((branch) => dropX(branch, at));
  return branches.flatMap((branch, index) => {
    const drop = drops[index] ?? stem;
    const neighbour = drop < stem ? Math.min(drops[index + 1] ?? stem, stem) : Math.max(drops[index - 1] ?? stem, stem);
    if (branch.column) return columnLinks(branch, at, [neighbour, bar]);
    return branch.handles.map((child) => {
      const end: Point = [drop, branch.y];
      return link(child, [[neighbour, bar], [drop, bar], end, end]);
    });
  });
}
