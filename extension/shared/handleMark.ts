import type { FunctionName } from './hierarchy.ts';
import type { HandleNode, HandleTree } from './model.ts';

/** Which handles were open at a moment, to be compared with those of a later one: what a loop leaves behind shows so. */

/** A moment, and the handles that were open then. */
export interface HandleMark {
  /** The last entry of the journal before it. */
  readonly seq: number;
  /** In microseconds of the journal. */
  readonly t: number;
  readonly serials: ReadonlySet<number>;
}

/** Handles that were made by one function at one line of the program. */
export interface HandleGroup {
  readonly fn: FunctionName;
  /** The line that made them, as `file:line:column`; null where the journal does not know. */
  readonly site: string | null;
  /** Oldest first. */
  readonly nodes: readonly HandleNode[];
}

/** What has become of the open handles since a mark. */
export interface MarkDifference {
  /** Opened since and still open, by the line that made them; the largest group first. */
  readonly left: readonly HandleGroup[];
  /** How many of the marked handles have been closed. */
  readonly closed: number;
  /** How many of them are still open. */
  readonly kept: number;
}

/** Marks the handles that are open now. */
export function markOpenHandles(tree: HandleTree): HandleMark {
  return { seq: tree.seq, t: tree.t, serials: new Set(tree.byValue.values()) };
}

/** Compares the handles that are open now with a mark of the same journal. */
export function compareWithMark(tree: HandleTree, { serials }: Pick<HandleMark, 'serials'>): MarkDifference {
  const open = new Set(tree.byValue.values());
  const since = [...open].filter((serial) => !serials.has(serial)).toSorted((one, other) => one - other);
  const kept = [...serials].filter((serial) => open.has(serial)).length;
  return {
    left: groupHandles(since.flatMap((serial) => tree.nodes.get(serial) ?? [])),
    closed: serials.size - kept,
    kept,
  };
}

/** Handles by the line that made them; the largest group first, and of equals the oldest. */
export function groupHandles(nodes: readonly HandleNode[]): readonly HandleGroup[] {
  const groups = Map.groupBy(nodes, ({ fn, site = '' }) => `${fn} ${site}`);
  return [...groups.values()]
    .flatMap(([first, ...rest]): readonly HandleGroup[] =>
      first === undefined ? [] : [{ fn: first.fn, site: first.site ?? null, nodes: [first, ...rest] }],
    )
    .toSorted((one, other) => other.nodes.length - one.nodes.length);
}
