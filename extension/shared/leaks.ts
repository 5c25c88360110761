import {
  canHaveChildren,
  functionNames,
  functionRow,
  type HandleKind,
  type HandleState,
  handleKinds,
} from './hierarchy.ts';
import type { HandleNode } from './model.ts';

/** Which handles look as if somebody forgot to close them. */

/** How long a handle has to lie unused before it counts as forgotten, in microseconds. */
export const LEAK_AFTER = 10_000_000;

/**
 * Was this handle probably forgotten at a moment (microseconds of its journal)?
 *
 * It was when it is open, of a kind that never has handles below it, no call is running on it, none has begun or ended on it
 * for so long (microseconds; 10 seconds unless told otherwise), and nothing is left to do with it: it was read to its end, or
 * no function was ever called on it. Sessions and roots are kept on purpose and never count. A closed parent takes its children
 * along, so no handle can outlive one.
 */
export function looksLeaked(node: HandleNode, now: number, after = LEAK_AFTER): boolean {
  if (node.closed !== null || node.running.length > 0 || canHaveChildren(node.kind)) return false;
  if (now - node.usedAt < after) return false;
  return isReadToItsEnd(node) || Object.keys(node.tallies).length === 0;
}

/** Has a call met the end of what this handle gives? */
export function isReadToItsEnd({ kind, state }: Pick<HandleNode, 'kind' | 'state'>): boolean {
  return endStates(kind).has(state);
}

/** Is this, in any kind of handle, the state in which it has given all that it has? */
export function isEndOfData(state: HandleState): boolean {
  return handleKinds.some((kind) => endStates(kind).has(state));
}

const known = new Map<HandleKind, ReadonlySet<HandleState>>();

/** The states into which a function moves a handle when it has met the end of the data. */
function endStates(kind: HandleKind): ReadonlySet<HandleState> {
  const before = known.get(kind);
  if (before !== undefined) return before;
  const states = new Set(functionNames.flatMap((name) => functionRow(name).moves?.[kind]?.end ?? []));
  known.set(kind, states);
  return states;
}
