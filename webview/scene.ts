import { type ErrorSymbol, errorCode } from '../extension/shared/errorCodes.ts';
import type { HandleNode, HandleTree } from '../extension/shared/model.ts';
import { type ForestNode, growForest, type Many } from './forest.ts';
import { type FunctionEntry, functionEntries } from './functionEntries.ts';
import { type StaleUse, staleUses } from './graves.ts';
import { type Layout, layoutForest } from './layout.ts';
import type { Siblings } from './siblings.ts';
import { BOX, LIST, listHeight, type Point } from './sizes.ts';

/** What is to be drawn, computed from what happened and from what the user chose. */

/** What the user chose. */
export interface Choices {
  /** The handle whose functions are shown. */
  readonly selected: number | null;
  readonly folded: ReadonlySet<number>;
  /** Which handles are shown, with those above them; null: all. */
  readonly filter?: ((node: HandleNode) => boolean) | null;
  /** Whether tombstones are shown that have no diagnosis. */
  readonly graves?: boolean;
  /** The handle on which the keyboard is. */
  readonly active?: number | null;
  /** Handles that the user took out of boxes that stand for many. */
  readonly taken?: ReadonlySet<number>;
  /** Handles below which a page of tombstones is shown. */
  readonly exhumed?: ReadonlySet<number>;
  /** Whether the functions that take any handle are shown one by one. */
  readonly anyOpen: boolean;
}

/** One box of the function list. */
export type ListRow =
  | { readonly type: 'function'; readonly key: string; readonly entry: FunctionEntry }
  | { readonly type: 'any'; readonly key: string; readonly open: boolean; readonly count: number };

/** A line below the list that spells out an error number used in it. */
export interface ListNote {
  readonly mark: 'lock' | 'error';
  readonly text: string;
}

/** The functions of the selected handle. */
export interface ListScene {
  readonly node: HandleNode;
  readonly rows: readonly ListRow[];
  readonly notes: readonly ListNote[];
}

/** Where a handle stands among the others, as a screen reader tells it. */
export interface Rank {
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly children: number;
  readonly hidden: number;
  /** It is there only for what is below it: it does not pass the filter itself. */
  readonly context: boolean;
}

/** Places and ranks; valid until a handle opens or closes or a choice changes. */
export interface Scene {
  readonly layout: Layout;
  readonly ranks: ReadonlyMap<number, Rank>;
  /** Serials in reading order. */
  readonly order: readonly number[];
  /** Parent in the picture: the nearest open ancestor. */
  readonly parents: ReadonlyMap<number, number>;
  /** What the boxes stand for that stand for many. */
  readonly many: ReadonlyMap<number, Many>;
  /** Uses of closed handles whose both ends are shown. */
  readonly stale: readonly StaleUse[];
  /** The functions stand below their handle, not beside it. */
  readonly listBelow: boolean;
}

/** The rows and notes for a handle. */
export function composeList(node: HandleNode, anyOpen: boolean): ListScene {
  const { own, any } = functionEntries(node);
  const shown = anyOpen ? any : [];
  const rows: ListRow[] = [
    ...own.map(functionRow),
    { type: 'any', key: 'any-handle', open: anyOpen, count: any.length },
    ...shown.map(functionRow),
  ];
  return { node, rows, notes: notesOn([...own, ...shown]) };
}

/** Height of a list's boxes and notes. */
export function listExtent(list: ListScene | null): number {
  return list === null ? 0 : listHeight(list.rows.length, list.notes.length);
}

/** Places the open handles and, beside or below the selected one, room for its list. */
export function composeScene(
  tree: HandleTree,
  choices: Choices,
  list: ListScene | null,
  listBelow: boolean,
  siblings?: Siblings,
): Scene {
  const uses = staleUses(tree);
  const active = choices.active ?? null;
  const hasKeyboard = active !== null && tree.nodes.get(active)?.closed === null;
  const chosen = [choices.selected, hasKeyboard ? active : null].filter((serial) => serial !== null);
  const wanted = new Set([...chosen, ...(choices.taken ?? []), ...uses.map(({ hit }) => hit)]);
  const forest = growForest(tree, { ...choices, wanted }, siblings);
  const room = list === null ? null : { serial: list.node.serial, height: listExtent(list), below: listBelow };
  const layout = layoutForest(forest, room);
  const ranks = new Map<number, Rank>();
  const parents = new Map<number, number>();
  const many = new Map<number, Many>();
  rank(forest, 1, { ranks, parents, many });
  const stale = uses.filter(({ grave, hit }) => ranks.has(grave) && ranks.has(hit));
  return { layout, ranks, parents, many, stale, order: [...layout.boxes.keys()], listBelow };
}

/** The rectangle of a handle, with its list where it has one: what should be in sight together. */
export function extentOf(
  scene: Scene,
  serial: number,
  list: ListScene | null,
): { readonly from: Point; readonly to: Point } | undefined {
  const box = scene.layout.boxes.get(serial);
  if (box === undefined) return undefined;
  if (list === null || scene.layout.list === null || list.node.serial !== serial) {
    return { from: box, to: [box[0] + BOX.width, box[1] + BOX.height] };
  }
  const [x, y] = scene.layout.list;
  return { from: box, to: [x + LIST.width, Math.max(box[1] + BOX.height, y + listExtent(list))] };
}

function functionRow(entry: FunctionEntry): ListRow {
  return { type: 'function', key: entry.fn, entry };
}

function notesOn(entries: readonly FunctionEntry[]): ListNote[] {
  const refusals = new Set(entries.flatMap(({ refusal }) => refusal?.symbol ?? []));
  const failures = new Set(entries.flatMap(({ tally }) => tally?.lastError ?? []));
  const note = (mark: ListNote['mark'], symbol: ErrorSymbol): ListNote => ({
    mark,
    text: `${errorCode(symbol)} ${symbol}`,
  });
  return [
    ...[...refusals].map((symbol) => note('lock', symbol)),
    ...[...failures].filter((symbol) => !refusals.has(symbol)).map((symbol) => note('error', symbol)),
  ];
}

interface Ranking {
  readonly ranks: Map<number, Rank>;
  readonly parents: Map<number, number>;
  readonly many: Map<number, Many>;
}

function rank(siblings: readonly ForestNode[], level: number, into: Ranking): void {
  siblings.forEach((node, index) => {
    into.ranks.set(node.serial, {
      level,
      position: index + 1,
      siblings: siblings.length,
      children: node.children.length,
      hidden: node.hidden,
      context: node.context === true,
    });
    if (node.many !== undefined) into.many.set(node.serial, node.many);
    for (const child of node.children) into.parents.set(child.serial, node.serial);
    rank(node.children, level + 1, into);
  });
}
