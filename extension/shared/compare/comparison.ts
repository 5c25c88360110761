import type { FunctionName } from '../hierarchy.ts';
import type { Entry } from '../journal.ts';
import type { Checkpoint } from '../model.ts';
import type { Translate } from '../stepSentence.ts';
import { align, type Pair } from './alignment.ts';
import { type ComparedCall, comparedCalls } from './comparedCall.ts';
import { argumentsAgree, comparableArguments } from './comparedValues.ts';
import type { Divergence } from './divergence.ts';
import { HandlePairs } from './handlePairs.ts';
import { callsDiffer } from './pairDifferences.ts';

/** A journal that is compared, and what it is called. */
export interface ComparedJournal {
  readonly title: string;
  readonly base: Checkpoint;
  readonly entries: readonly Entry[];
}

/** A row of the comparison: calls that stand for each other, and the moments of both journals at which they are over. */
export interface ComparisonRow {
  readonly left: ComparedCall | null;
  readonly right: ComparedCall | null;
  /** Number of the last entry of each journal up to here. */
  readonly leftSeq: number;
  readonly rightSeq: number;
  readonly divergences: readonly Divergence[];
}

/** Two journals side by side. */
export interface Comparison {
  readonly leftTitle: string;
  readonly rightTitle: string;
  readonly rows: readonly ComparisonRow[];
  /** Where they part, in order: the first is what to look at, later ones may follow from it. */
  readonly divergences: readonly Divergence[];
}

/** Aligns the calls of two journals and says where they part. */
export function compareJournals(left: ComparedJournal, right: ComparedJournal, t: Translate): Comparison {
  const lefts = comparedCalls(left.base, left.entries);
  const rights = comparedCalls(right.base, right.entries);
  const pairs = align(lefts, rights);
  const handles = new HandlePairs();
  const moved = movedCalls(pairs);
  const rows: ComparisonRow[] = [];
  let [leftSeq, rightSeq] = [left.base.seq, right.base.seq];
  pairs.forEach((pair, row) => {
    leftSeq = Math.max(leftSeq, pair.left?.end ?? 0);
    rightSeq = Math.max(rightSeq, pair.right?.end ?? 0);
    const divergences = differences(pair, handles, moved, t).map((found) => ({ ...found, row }));
    rows.push({ left: pair.left, right: pair.right, leftSeq, rightSeq, divergences });
  });
  return {
    leftTitle: left.title,
    rightTitle: right.title,
    rows,
    divergences: rows.flatMap(({ divergences }) => divergences),
  };
}

/** Calls without a partner at their place that both sides make, at another: by the call, the partner. */
type Moved = ReadonlyMap<ComparedCall, ComparedCall>;

function movedCalls(pairs: readonly Pair[]): Moved {
  const waiting = new Map<string, ComparedCall[]>();
  for (const { left, right } of pairs) {
    if (left === null || right !== null) continue;
    const alike = waiting.get(sort(left));
    if (alike === undefined) waiting.set(sort(left), [left]);
    else alike.push(left);
  }
  const moved = new Map<ComparedCall, ComparedCall>();
  for (const { left, right } of pairs) {
    if (left !== null || right === null) continue;
    const alike = waiting.get(sort(right)) ?? [];
    const args = comparableArguments(right);
    const place = alike.findIndex((call) => argumentsAgree(comparableArguments(call), args));
    const [partner] = place === -1 ? [] : alike.splice(place, 1);
    if (partner === undefined) continue;
    moved.set(partner, right);
    moved.set(right, partner);
  }
  return moved;
}

function sort({ fn, kind }: ComparedCall): string {
  return `${fn} ${kind}`;
}

function differences(
  { left, right }: Pair,
  handles: HandlePairs,
  moved: Moved,
  t: Translate,
): readonly Omit<Divergence, 'row'>[] {
  if (left !== null && right !== null) {
    const found = callsDiffer(left, right, handles, t);
    handles.pair(left.opened, right.opened);
    return found;
  }
  const call = left ?? right;
  if (call === null) return [];
  const partner = moved.get(call);
  if (partner !== undefined) {
    if (left !== null) handles.pair(left.opened, partner.opened);
    // It is told once, where the left side makes the call.
    return left === null ? [] : [{ kind: 'order', text: t('Both call {0}, but at different places.', call.fn) }];
  }
  return [lone(call.fn, left !== null, t)];
}

function lone(fn: FunctionName, isLeft: boolean, t: Translate): Omit<Divergence, 'row'> {
  if (fn === 'InternetCloseHandle') {
    return isLeft
      ? { kind: 'missing-close', text: t('Only the left side closes this handle: on the right it stays open.') }
      : { kind: 'extra-close', text: t('Only the right side closes this handle: on the left it stays open.') };
  }
  return isLeft
    ? { kind: 'missing-call', text: t('Only the left side calls {0}.', fn) }
    : { kind: 'extra-call', text: t('Only the right side calls {0}.', fn) };
}
