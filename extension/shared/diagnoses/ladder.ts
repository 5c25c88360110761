import { type FunctionName, functionRow, functionsUsing, type HandleKind, type HandleState } from '../hierarchy.ts';

/**
 * The shortest row of calls after which a function is legal on a handle in this state; null where no calls lead there, as while
 * another call has to end first.
 */
export function ladder(fn: FunctionName, kind: HandleKind, state: HandleState): readonly FunctionName[] | null {
  const legal: readonly HandleState[] = functionRow(fn).uses[kind] ?? [];
  const paths = new Map<HandleState, readonly FunctionName[]>([[state, []]]);
  for (const [from, path] of paths) {
    if (legal.includes(from)) return path;
    for (const step of functionsUsing(kind)) {
      const { uses, moves } = functionRow(step);
      const next = moves?.[kind]?.success;
      const allowed: readonly HandleState[] = uses[kind] ?? [];
      if (next !== undefined && allowed.includes(from) && !paths.has(next)) paths.set(next, [...path, step]);
    }
  }
  return null;
}
