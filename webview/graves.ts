import type { NoteTopic } from '../extension/shared/journal.ts';
import type { HandleNode, HandleTree } from '../extension/shared/model.ts';

/** Which of the closed handles are drawn as tombstones, and where. */

/** Tombstones below one handle that are shown without any other reason: the newest. */
const NEWEST = 3;
/** Handles or tombstones that one press takes out of a box that stands for many. */
export const PAGE = 50;
/** Tombstones that are shown because of their diagnoses, in the whole picture: the newest. */
const NOTED = 24;

/** The tombstones right below a handle, or of roots. */
export type BuriedBelow = (parent: number | null) => {
  /** Oldest first. */
  readonly shown: readonly number[];
  /** How many more are there. */
  readonly others: number;
};

/** Which tombstones somebody wants to see. */
export interface BurialChoices {
  /** Also those that have no diagnosis. */
  readonly all: boolean;
  readonly wanted: ReadonlySet<number>;
  /** Handles below which a page of tombstones is shown instead of a few. */
  readonly exhumed: ReadonlySet<number>;
  /** The tombstones that a filter asks for: all of them are shown, and no other without a diagnosis. Null: no filter. */
  readonly found: readonly number[] | null;
}

/**
 * Sorts the tombstones by what they hang from. One with a diagnosis is always shown, one that is wanted too, and with either
 * the closed handles above it. A closed root is not shown for its own sake: its whole tree has gone, and the picture with it.
 */
export function buriedBelow(tree: HandleTree, { all, wanted, exhumed, found }: BurialChoices): BuriedBelow {
  const forced = forcedOpen(tree, wanted, found ?? []);
  const mayAdd = all && found === null;
  const below = new Map<number | null, number[]>();
  for (const serial of tree.graves) {
    const node = tree.nodes.get(serial);
    if (node === undefined) continue;
    const parent = node.parent !== null && tree.nodes.has(node.parent) ? node.parent : null;
    const siblings = below.get(parent);
    if (siblings === undefined) below.set(parent, [serial]);
    else siblings.push(serial);
  }
  return (parent) => {
    const serials = below.get(parent) ?? [];
    const newest = mayAdd && parent !== null ? serials.slice(exhumed.has(parent) ? -PAGE : -NEWEST) : [];
    const shown = serials.filter((serial) => forced.has(serial) || newest.includes(serial));
    const others = mayAdd && parent !== null ? serials.length - shown.length : 0;
    // A pile of one would take the room of the tombstone itself.
    if (others === 1) return { shown: serials.toSorted((one, other) => one - other), others: 0 };
    return { shown: shown.sort((one, other) => one - other), others };
  };
}

/** A line from a live handle to the tombstone of the one that owned its value before. */
export interface StaleUse {
  readonly grave: number;
  /** The live handle that the original would have used. */
  readonly hit: number;
  readonly seq: number;
  readonly call: number | null;
}

/** Lines that are drawn at once, the newest. */
const STALE_LINES = 5;

/** The newest uses of closed handles whose value has another owner now, one for each pair. */
export function staleUses(tree: HandleTree): readonly StaleUse[] {
  const pairs = new Map<string, StaleUse>();
  for (const node of notedGraves(tree)) {
    for (const { hit, seq, call } of node.notes) {
      if (hit === undefined || tree.nodes.get(hit)?.closed !== null) continue;
      pairs.set(`${node.serial} ${hit}`, { grave: node.serial, hit, seq, call });
    }
  }
  return [...pairs.values()].sort((one, other) => one.seq - other.seq).slice(-STALE_LINES);
}

function notedGraves(tree: HandleTree): HandleNode[] {
  const nodes = tree.graves.flatMap((serial) => tree.nodes.get(serial) ?? []);
  return nodes.filter((node) => node.notes.some(({ topic }) => isAboutGraves(topic))).slice(-NOTED);
}

/** Diagnoses of what was done to a handle after it had closed, and those that show only when it closes. */
const ABOUT_GRAVES: ReadonlySet<NoteTopic> = new Set([
  'stale-use',
  'double-close',
  'use-after-close',
  'leak-under-parent',
  'read-stopped-early',
  'status-not-checked',
  'end-request-forgotten',
  'retry-ignored',
  'upload-size',
  'no-context',
  'no-callback',
  'close-in-callback',
  'connection-limit',
]);

/** Is a diagnosis to be seen at the tombstone of its handle? */
export function isAboutGraves(topic: NoteTopic): boolean {
  return ABOUT_GRAVES.has(topic);
}

function forcedOpen(tree: HandleTree, wanted: ReadonlySet<number>, found: readonly number[]): ReadonlySet<number> {
  const forced = new Set<number>();
  // With the last handle goes the picture, unless there is something to explain.
  const asked = tree.byValue.size > 0 ? wanted : [];
  const serials = [...asked, ...found, ...notedGraves(tree).map(({ serial }) => serial)];
  for (const serial of serials) {
    for (let at: number | null = serial; at !== null; ) {
      const node: HandleNode | undefined = tree.nodes.get(at);
      if (node === undefined || node.closed === null || forced.has(at)) break;
      forced.add(at);
      at = node.parent;
    }
  }
  return forced;
}
