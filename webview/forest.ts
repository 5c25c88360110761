import { canHaveChildren } from '../extension/shared/hierarchy.ts';
import { type HandleNode, type HandleTree, openAncestor } from '../extension/shared/model.ts';
import { type BuriedBelow, buriedBelow } from './graves.ts';
import { type Crowd, Siblings } from './siblings.ts';

/** What the layout needs to know about a box: an open handle, a tombstone, or many of one of them in one. */
export interface ForestNode {
  /** Negative where the box stands for many. */
  readonly serial: number;
  /** Kinds that never have children hang in columns, the others stand side by side. */
  readonly leaf: boolean;
  /** Shown children, leaves first, older before newer; empty while the handle is folded. */
  readonly children: ForestNode[];
  /** Open handles below it that are not shown because it is folded. */
  readonly hidden: number;
  /** It is there only for what is below it: it does not pass the filter itself. */
  readonly context?: boolean;
  /** The handles that it stands for. */
  readonly many?: Many;
}

/** The handles that one box stands for. */
export type Many =
  | { readonly type: 'open'; readonly crowd: Crowd; readonly alone: ReadonlySet<number> }
  | { readonly type: 'closed'; readonly parent: number; readonly count: number };

/** What is to be shown of a tree. */
export interface ForestChoices {
  readonly folded: ReadonlySet<number>;
  /** Which handles are shown, with those above them; null: all. */
  readonly filter?: ((node: HandleNode) => boolean) | null;
  /** Whether tombstones are shown that have no diagnosis. */
  readonly graves?: boolean;
  /** Handles below which a page of tombstones is shown. */
  readonly exhumed?: ReadonlySet<number>;
  /** Handles that stand alone in any group, tombstones among them. */
  readonly wanted?: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();

/**
 * The open handles as trees, roots in the order of their serials, without what hangs below folded ones; with a filter only the
 * handles that it lets pass, and those above them.
 */
export function growForest(
  tree: HandleTree,
  { folded, filter = null, graves = false, wanted = NONE, exhumed = NONE }: ForestChoices,
  known?: Siblings,
): ForestNode[] {
  const found = filter === null ? null : tree.graves.filter((serial) => passes(tree, serial, filter));
  const kept = filter === null ? null : withAncestors(tree, filter, found ?? []);
  const siblings = kept === null ? (known ?? new Siblings(tree)) : new Siblings(tree, (serial) => kept.has(serial));
  const buried = buriedBelow(tree, { all: graves, wanted, exhumed, found });
  const children = (serial: number | null): ForestNode[] => {
    const { alone, crowds } = assemble(siblings, serial, wanted);
    const handles = alone.map(grow);
    const stones = tombstones(buried, serial);
    return [
      ...[...handles, ...crowds].filter((child) => child.leaf),
      ...stones.filter((child) => child.leaf),
      ...[...handles, ...stones].filter((child) => !child.leaf),
    ];
  };
  const grow = (serial: number): ForestNode => {
    const node = tree.nodes.get(serial);
    const isFolded = folded.has(serial);
    return {
      serial,
      leaf: node === undefined || !canHaveChildren(node.kind),
      children: isFolded ? [] : children(serial),
      hidden: isFolded ? siblings.countBelow(serial) : 0,
      context: node !== undefined && filter !== null && !filter(node),
    };
  };
  return children(null);
}

/** Who stands alone below a handle, in the order of their serials, and the boxes for the others. */
function assemble(
  siblings: Siblings,
  parent: number | null,
  wanted: ReadonlySet<number>,
): { readonly alone: readonly number[]; readonly crowds: readonly ForestNode[] } {
  const serials: number[] = [];
  const crowds: ForestNode[] = [];
  for (const crowd of siblings.below(parent)) {
    const alone = siblings.standAlone(crowd, wanted);
    serials.push(...(alone ?? crowd.open));
    if (alone === null) continue;
    crowds.push({ serial: crowd.id, leaf: true, children: [], hidden: 0, many: { type: 'open', crowd, alone } });
  }
  return { alone: serials.sort((one, other) => one - other), crowds };
}

function tombstones(buried: BuriedBelow, parent: number | null): ForestNode[] {
  const { shown, others } = buried(parent);
  const stones = shown.map((serial): ForestNode => {
    const children = tombstones(buried, serial);
    return { serial, leaf: children.length === 0, children, hidden: 0 };
  });
  if (others === 0 || parent === null) return stones;
  const many = { type: 'closed', parent, count: others } as const;
  return [...stones, { serial: -2 * parent, leaf: true, children: [], hidden: 0, many }];
}

/** The open handles that pass, and those above them and above the tombstones that were found. */
function withAncestors(
  tree: HandleTree,
  shown: (node: HandleNode) => boolean,
  found: readonly number[],
): ReadonlySet<number> {
  const kept = new Set<number>();
  const keep = (from: number | null): void => {
    for (let at = from; at !== null && !kept.has(at); at = openAncestor(tree, at)) kept.add(at);
  };
  for (const serial of tree.byValue.values()) if (passes(tree, serial, shown)) keep(serial);
  for (const serial of found) keep(openAncestor(tree, serial));
  return kept;
}

function passes(tree: HandleTree, serial: number, shown: (node: HandleNode) => boolean): boolean {
  const node = tree.nodes.get(serial);
  return node !== undefined && shown(node);
}
