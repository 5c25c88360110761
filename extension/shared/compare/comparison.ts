import type { Entry } from '../journal.ts';
import type { Checkpoint } from '../model.ts';
import type { Translate } from '../stepSentence.ts';
import { align, type Pair } from './alignment.ts';
import { type ComparedCall, comparedCalls } from './comparedCall.ts';
import { argumentsAgree, comparableArguments } from './comparedValues.ts';
import type { Divergence } from './divergence.ts';
import { HandlePairs } from './handlePairs.ts';
import { isFromLog, isLogged } from './nativeLog.ts';
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
  const lefts = callsLike(left, right);
  const rights = callsLike(right, left);
  const pairs = align(lefts, rights);
  const known: Known = {
    handles: new HandlePairs(),
    moved: movedCalls(pairs),
    cascaded: { left: cascaded(left.entries), right: cascaded(right.entries) },
  };
  const rows: ComparisonRow[] = [];
  let [leftSeq, rightSeq] = [left.base.seq, right.base.seq];
  pairs.forEach((pair, row) => {
    leftSeq = Math.max(leftSeq, pair.left?.end ?? 0);
    rightSeq = Math.max(rightSeq, pair.right?.end ?? 0);
    const divergences = differences(pair, known, t).map((found) => ({ ...found, row }));
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
  return isFromLog(other.entries) && !isFromLog(entries) ? calls.filter(isLogged) : calls;
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

function differences({ left, right }: Pair, known: Known, t: Translate): readonly Omit<Divergence, 'row'>[] {
  const { handles, moved } = known;
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
  return [left === null ? extra(call, known, t) : missing(call, known, t)];
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
