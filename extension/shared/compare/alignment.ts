import { diffArrays } from 'diff';
import type { RecordedValue } from '../journal.ts';
import type { ComparedCall } from './comparedCall.ts';
import { argumentsAgree, comparableArguments } from './comparedValues.ts';

/** A call of each side that stand for each other, or a call that the other side lacks. */
export type Pair =
  | { readonly left: ComparedCall; readonly right: ComparedCall }
  | { readonly left: ComparedCall; readonly right: null }
  | { readonly left: null; readonly right: ComparedCall };

/** Differences after which two programs have too little in common to look for more: it takes a second, and ever longer by the square. */
const EDIT_LIMIT = 2000;

/**
 * Which call of one journal stands for which of the other, in an order that keeps that of both: first those that are the same
 * to the arguments, between them those of the same function on a handle of the same kind, and between these those of the same
 * function.
 */
export function align(left: readonly ComparedCall[], right: readonly ComparedCall[]): readonly Pair[] {
  return alignByAll([exactly, roughly, ({ fn }) => ({ name: fn, args: [] })], left, right);
}

type Key = (call: ComparedCall) => CallKey;

function alignByAll(
  [key, ...others]: readonly Key[],
  left: readonly ComparedCall[],
  right: readonly ComparedCall[],
): readonly Pair[] {
  if (key !== undefined) return alignBy(left, right, key, (lefts, rights) => alignByAll(others, lefts, rights));
  return [...left.map((call) => ({ left: call, right: null })), ...right.map((call) => ({ left: null, right: call }))];
}

/** What two calls must have in common to stand for each other. */
interface CallKey {
  readonly name: string;
  readonly args: readonly RecordedValue[];
}

function exactly(call: ComparedCall): CallKey {
  return { name: `${roughly(call).name} ${call.error ?? ''}`, args: comparableArguments(call) };
}

function roughly({ fn, kind }: ComparedCall): CallKey {
  return { name: `${fn} ${kind}`, args: [] };
}

/** What no call has. */
const NO_CALL: CallKey = { name: '', args: [] };

function keysAgree(left: CallKey, right: CallKey): boolean {
  return left.name === right.name && argumentsAgree(left.args, right.args);
}

/** Aligns by a key, and lets `between` align what has no partner, stretch by stretch. */
function alignBy(
  left: readonly ComparedCall[],
  right: readonly ComparedCall[],
  key: Key,
  between: (left: readonly ComparedCall[], right: readonly ComparedCall[]) => readonly Pair[],
): readonly Pair[] {
  const [lefts, rights] = [left.map(key), right.map(key)];
  const changes = diffArrays(lefts, rights, { maxEditLength: EDIT_LIMIT, comparator: keysAgree });
  // Even then both begin alike up to where they part, which is what people look for.
  if (changes === undefined) {
    const parting = lefts.findIndex((one, index) => !keysAgree(one, rights[index] ?? NO_CALL));
    const begun = left.slice(0, parting === -1 ? left.length : parting).flatMap((call, index) => {
      const other = right[index];
      return other === undefined ? [] : [{ left: call, right: other }];
    });
    return [...begun, ...between(left.slice(begun.length), right.slice(begun.length))];
  }
  const pairs: Pair[] = [];
  let [atLeft, atRight] = [0, 0];
  let [alone, others]: [ComparedCall[], ComparedCall[]] = [[], []];
  const settle = (): void => {
    if (alone.length + others.length > 0) pairs.push(...between(alone, others));
    [alone, others] = [[], []];
  };
  for (const { added, removed, count } of changes) {
    if (removed) alone.push(...left.slice(atLeft, atLeft + count));
    else if (added) others.push(...right.slice(atRight, atRight + count));
    else {
      settle();
      left.slice(atLeft, atLeft + count).forEach((call, index) => {
        const other = right[atRight + index];
        if (other !== undefined) pairs.push({ left: call, right: other });
      });
    }
    if (!added) atLeft += count;
    if (!removed) atRight += count;
  }
  settle();
  return pairs;
}
