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

/** Handles that one function made. */
export interface HandleGroup {
  readonly fn: FunctionName;
  /** Oldest first. */
  readonly nodes: readonly HandleNode[];
}

/** What has become of the open handles since a mark. */
export interface MarkComparison {
  /** Opened since and still open, by the function that made them; the largest group first. */
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
export function compareWithMark(tree: HandleTree, { serials }: HandleMark): MarkComparison {
  const groups = new Map<FunctionName, HandleNode[]>();
  const open = new Set(tree.byValue.values());
  for (const serial of [...open].toSorted((one, other) => one - other)) {
    const node = serials.has(serial) ? undefined : tree.nodes.get(serial);
    if (node === undefined) continue;
    const group = groups.get(node.fn);
    if (group === undefined) groups.set(node.fn, [node]);
    else group.push(node);
  }
  const kept = [...serials].filter((serial) => open.has(serial)).length;
  const left = [...groups].map(([fn, nodes]) => ({ fn, nodes }));
  return {
    left: left.toSorted((one, other) => other.nodes.length - one.nodes.length),
    closed: serials.size - kept,
    kept,
  };
}
