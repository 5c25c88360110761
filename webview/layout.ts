import {
  columnBranch,
  columnLinks,
  columns,
  dropX,
  forkLinks,
  type Link,
  type Placing,
  settle,
  subtreeBranch,
  type Tree,
} from './branches.ts';
import { hierarchy } from './d3.ts';
import type { ForestNode } from './forest.ts';
import { gridRows, placeOnShelves } from './packing.ts';
import { BOX, BRACKET, LEAF_GAP, LEVEL_GAP, LIST, type Point, SIBLING_GAP, TRUNK } from './sizes.ts';

/**
 * Where everything stands: a tidy tree from the top down, as the page "HINTERNET Handles" draws it. Handles that can have
 * children stand side by side under a fork; leaves hang in columns beside a bracket; many siblings continue in further columns
 * and rows. Pure: nothing here knows how a box is drawn.
 */

/** A whole picture: one unit is one pixel at zoom 1, the upper left corner is the origin. */
export interface Layout {
  /** Upper left corners of the boxes, in the order in which a reader meets them. */
  readonly boxes: ReadonlyMap<number, Point>;
  readonly links: readonly Link[];
  /** Upper left corner of the functions of the selected handle. */
  readonly list: Point | null;
  readonly width: number;
  readonly height: number;
}

/** The list of functions for which room is kept free at a handle. */
export interface ListRoom {
  readonly serial: number;
  readonly height: number;
  /** Below the handle's box, for narrow panels; otherwise at its right. */
  readonly below: boolean;
}

interface Context {
  readonly at: (node: Tree) => Placing;
  readonly room: ListRoom | null;
}

/** Places a forest. `list` names the handle whose functions are shown, if any. */
export function layoutForest(roots: readonly ForestNode[], list: ListRoom | null): Layout {
  // Several roots are legal; the node above them holds the arithmetic together and is never drawn.
  const tree = hierarchy<ForestNode>({ serial: 0, leaf: false, children: [...roots], hidden: 0 });
  const placings = new Map<Tree, Placing>();
  const at = (node: Tree): Placing => {
    const placing = placings.get(node);
    if (placing === undefined) throw new Error(`handle ${node.data.serial} was placed before it was measured`);
    return placing;
  };
  tree.eachAfter((node) => {
    const room = list !== null && list.serial === node.data.serial ? list : null;
    placings.set(node, node.depth === 0 ? placeRoots(node, at) : placeSubtree(node, { at, room }));
  });
  return collect(tree, at, list);
}

function collect(tree: Tree, at: (node: Tree) => Placing, list: ListRoom | null): Layout {
  const boxes = new Map<number, Point>();
  const links: Link[] = [];
  const origins = new Map<Tree | null, Point>([[null, [0, 0]]]);
  let listAt: Point | null = null;
  tree.eachBefore((node) => {
    const [left, top] = origins.get(node.parent) ?? [0, 0];
    const { x, y, boxX, links: own } = at(node);
    const origin: Point = [left + x, top + y];
    origins.set(node, origin);
    if (node.depth === 0) return;
    const corner: Point = [origin[0] + boxX, origin[1]];
    boxes.set(node.data.serial, corner);
    if (list?.serial === node.data.serial) listAt = listCorner(corner, list);
    for (const link of own) links.push(shifted(link, origin));
  });
  return { boxes, links, list: listAt, width: at(tree).width, height: at(tree).height };
}

function listCorner([x, y]: Point, { below }: ListRoom): Point {
  return below ? [x + LIST.indent, y + BOX.height + LIST.under] : [x + BOX.width + LIST.gap, y];
}

function shifted({ key, serial, points: [a, b, c, d] }: Link, [dx, dy]: Point): Link {
  const move = ([x, y]: Point): Point => [x + dx, y + dy];
  return { key, serial, points: [move(a), move(b), move(c), move(d)] };
}

function placeRoots(node: Tree, at: (node: Tree) => Placing): Placing {
  const blocks = (node.children ?? []).map((child) => subtreeBranch(child, at));
  const { width, core, height } = placeOnShelves(blocks, { x: SIBLING_GAP * 2, y: LEVEL_GAP });
  for (const block of blocks) settle(block, at, 0);
  return { x: 0, y: 0, width, core, height, boxX: 0, slot: 0, links: [] };
}

function placeSubtree(node: Tree, context: Context): Placing {
  const children = node.children ?? [];
  const leaves = children.filter((child) => child.data.leaf);
  if (children.length === 0) return { x: 0, y: 0, boxX: 0, links: [], ...extent(0, context.room) };
  if (leaves.length === children.length && leaves.length <= gridRows(leaves.length))
    return placeBracket(leaves, context);
  return placeFork(node, leaves, context);
}

type Extent = Pick<Placing, 'width' | 'core' | 'height' | 'slot'>;

/** Extent of a box that starts at boxX, with its list. */
function extent(boxX: number, room: ListRoom | null): Extent {
  const right = boxX + BOX.width;
  if (room === null) return { width: right, core: right, height: BOX.height, slot: BOX.height };
  if (room.below) {
    const slot = BOX.height + LIST.under + room.height;
    return { width: Math.max(right, boxX + LIST.indent + LIST.width), core: right, height: slot, slot };
  }
  const width = right + LIST.gap + LIST.width;
  return { width, core: right, height: Math.max(BOX.height, room.height), slot: BOX.height };
}

/** Leaves right below their parent, joined by a bracket that leaves the parent's side: the page's last level. */
function placeBracket(leaves: readonly Tree[], { at, room }: Context): Placing {
  const own = extent(BRACKET, room);
  const column = columnBranch(leaves, at);
  column.y = own.slot + LEAF_GAP;
  settle(column, at, 0);
  return {
    x: 0,
    y: 0,
    width: Math.max(own.width, column.width),
    core: own.core,
    height: Math.max(own.height, column.y + column.height),
    boxX: BRACKET,
    slot: own.slot,
    links: columnLinks(column, at, [BRACKET, BOX.height / 2]),
  };
}

/** Children side by side under a fork: first the columns of leaves, then one block for every child with a subtree of its own. */
function placeFork(node: Tree, leaves: readonly Tree[], { at, room }: Context): Placing {
  const inner = (node.children ?? []).filter((child) => !child.data.leaf);
  const branches = [...columns(leaves, at), ...inner.map((child) => subtreeBranch(child, at))];
  const shelves = placeOnShelves(branches, { x: SIBLING_GAP, y: LEVEL_GAP }, TRUNK);
  const drops = (shelves.rows[0]?.blocks ?? []).map((branch) => dropX(branch, at));
  const boxX = Math.max(0, Math.round(((drops[0] ?? 0) + (drops.at(-1) ?? 0) - BOX.width) / 2));
  const own = extent(boxX, room);
  // A list beside the box needs the room in which the children would stand, unless they end before it starts.
  const top = (shelves.width > boxX + BOX.width ? own.height : own.slot) + LEVEL_GAP;
  for (const branch of branches) settle(branch, at, top);
  return {
    x: 0,
    y: 0,
    width: Math.max(own.width, shelves.width),
    core: Math.max(own.core, shelves.core),
    height: Math.max(own.height, top + shelves.height),
    boxX,
    slot: own.slot,
    links: forkLinks(node.data.serial, boxX + BOX.width / 2, top, shelves, at),
  };
}
