import type { Entry } from '../journal.ts';
import type { Checkpoint } from '../model.ts';
import type { Translate } from '../stepSentence.ts';
import { align } from './alignment.ts';
import { type ComparedCall, comparedCalls, type Pair } from './comparedCall.ts';
import type { Divergence } from './divergence.ts';
import { HandlePairs } from './handlePairs.ts';
import { type Moved, movedCalls } from './movedCalls.ts';
import { isFromLog, isLogged } from './nativeLog.ts';
import { callsDiffer } from './pairDifferences.ts';
import { joinPartedReads } from './readsOfOneBody.ts';

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
  const lefts = callsLike(left, right);
  const rights = callsLike(right, left);
  const pairs = joinPartedReads(align(lefts, rights));
  const handles = new HandlePairs();
  for (const pair of pairs) handles.pair(pair.left?.opened ?? null, pair.right?.opened ?? null);
  const known: Known = {
    handles,
    moved: movedCalls(pairs, handles),
    cascaded: { left: cascaded(left.entries), right: cascaded(right.entries) },
  };
  const rows: ComparisonRow[] = [];
  let [leftSeq, rightSeq] = [left.base.seq, right.base.seq];
  pairs.forEach((pair, row) => {
    leftSeq = Math.max(leftSeq, pair.left?.end ?? 0);
    rightSeq = Math.max(rightSeq, pair.right?.end ?? 0);
    const divergences = differences(pair, row, known, t).map((found) => ({ ...found, row }));
    rows.push({ left: pair.left, right: pair.right, leftSeq, rightSeq, divergences });
  });
  return {
    leftTitle: left.title,
    rightTitle: right.title,
    rows,
    divergences: rows.flatMap(({ divergences }) => divergences),
  };
}

/** The calls of a journal, but for those that the other one could not tell of. */
function callsLike({ base, entries }: ComparedJournal, other: ComparedJournal): readonly ComparedCall[] {
  const calls = comparedCalls(base, entries);
  if (!isFromLog(other.entries) || isFromLog(entries)) return calls;
  // With the relay channel a log tells of more.
  const more = new Set(comparedCalls(other.base, other.entries).flatMap((call) => (isLogged(call) ? [] : call.fn)));
  return calls.filter((call) => isLogged(call) || more.has(call.fn));
}

/** What the differences of a pair depend on besides its calls. */
interface Known {
  readonly handles: HandlePairs;
  readonly moved: Moved;
  /** Handles of both journals that went with their parent. */
  readonly cascaded: { readonly left: ReadonlySet<number>; readonly right: ReadonlySet<number> };
}

function cascaded(entries: readonly Entry[]): ReadonlySet<number> {
  return new Set(
    entries.flatMap((entry) => (entry.type === 'handle-close' && entry.reason === 'cascade' ? [entry.serial] : [])),
  );
}

function differences(
  { left, right }: Pair,
  row: number,
  known: Known,
  t: Translate,
): readonly Omit<Divergence, 'row'>[] {
  if (left !== null && right !== null) return callsDiffer(left, right, known.handles, t);
  const call = left ?? right;
  if (call === null) return [];
  const place = known.moved.get(call);
  if (place === undefined) return [left === null ? extra(call, known, t) : missing(call, known, t)];
  // It is told once, at the first of both places.
  if (place < row) return [];
  const text =
    left === null
      ? t('Both call {0}: the right side here, the left side only in row {1}.', call.fn, place + 1)
      : t('Both call {0}: the left side here, the right side only in row {1}.', call.fn, place + 1);
  return [{ kind: 'order', text }];
}

/** What only the left side does. */
function missing(call: ComparedCall, known: Known, t: Translate): Omit<Divergence, 'row'> {
  if (!closes(call)) return { kind: 'missing-call', text: t('Only the left side calls {0}.', call.fn) };
  const other = known.handles.partner('left', call.handle);
  const text =
    other !== undefined && known.cascaded.right.has(other)
      ? t('Only the left side closes this handle itself: on the right it is closed with its parent.')
      : t('Only the left side closes this handle: on the right it stays open.');
  return { kind: 'missing-close', text };
}

/** What only the right side does. */
function extra(call: ComparedCall, known: Known, t: Translate): Omit<Divergence, 'row'> {
  if (!closes(call)) return { kind: 'extra-call', text: t('Only the right side calls {0}.', call.fn) };
  const other = known.handles.partner('right', call.handle);
  const text =
    other !== undefined && known.cascaded.left.has(other)
      ? t('Only the right side closes this handle itself: on the left it is closed with its parent.')
      : t('Only the right side closes this handle: on the left it stays open.');
  return { kind: 'extra-close', text };
}

/** Does this call close a handle, and not fail, as with one that is closed already? */
function closes(call: ComparedCall): call is ComparedCall & { readonly handle: number } {
  return call.fn === 'InternetCloseHandle' && call.error === null && call.handle !== null;
}
