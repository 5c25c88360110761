import type { RecordedValue } from '../journal.ts';
import { NOT_LOGGED } from '../notLogged.ts';
import { english } from '../stepSentence.ts';
import { anchors } from './anchors.ts';
import { type ComparedCall, givenHandle, type Pair } from './comparedCall.ts';
import { argumentsAgree, comparableArguments, comparableResult } from './comparedValues.ts';
import { editPath, isMeeting, type Step } from './editPath.ts';
import { handlesThatMeet } from './handlesThatMeet.ts';
import { endsDiffer } from './pairDifferences.ts';
import { isRead } from './readsOfOneBody.ts';
import { type Settled, settleGaps } from './settleGaps.ts';
import { slideBlocks } from './slideBlocks.ts';

/** The cost of differences up to which the best alignment is looked for: 1500 missing calls. It takes under a second. */
const WHOLE_LIMIT = 3000;
/** Two programs with less in common are aligned piece by piece; each ends where its differences have cost so much. */
const PIECE_LIMIT = 120;

/**
 * Which call of one journal stands for which of the other, in an order that keeps that of both: as many as possible that are the
 * same to the arguments and on the same handle, and otherwise calls of the same function. It does not depend on which side is which.
 */
export function align(left: readonly ComparedCall[], right: readonly ComparedCall[]): readonly Pair[] {
  const [lefts, rights] = [left.map(keyed), right.map(keyed)];
  if (isLater(lefts, rights)) return alignKeyed(rights, lefts).map(mirrored);
  return alignKeyed(lefts, rights);
}

/** A call, and what another one must have in common with it to be the same. */
interface KeyedCall {
  readonly call: ComparedCall;
  /** Everything but what may agree without being equal. */
  readonly name: string;
  /** Its error, empty where it has none; null where the log does not tell how it ended, which agrees with anything. */
  readonly outcome: string | null;
  readonly args: readonly RecordedValue[];
  /** All that is compared; null where something was not logged, which agrees with anything. */
  readonly text: string | null;
}

function keyed(call: ComparedCall): KeyedCall {
  const args = comparableArguments(call);
  const name = `${call.fn} ${call.kind}`;
  const outcome = call.result === NOT_LOGGED ? null : (call.error ?? '');
  const isKnown = outcome !== null && !args.includes(NOT_LOGGED);
  return { call, name, outcome, args, text: isKnown ? `${name} ${outcome} ${JSON.stringify(args)}` : null };
}

/** Of several alignments as good as each other, the same is to be found whichever side is which: this gives the sides an order. */
function isLater(lefts: readonly KeyedCall[], rights: readonly KeyedCall[]): boolean {
  const order = (one: KeyedCall | undefined): string =>
    one === undefined ? '' : `${one.name} ${one.outcome} ${JSON.stringify(one.args)} ${givenHandle(one.call)}`;
  // What is not known of one side gives no order.
  const parting = lefts.findIndex((one, index) => {
    const other = rights[index];
    return other === undefined || !same(one, other) || givenHandle(one.call) !== givenHandle(other.call);
  });
  return parting !== -1 && order(lefts[parting]) > order(rights[parting]);
}

function mirrored(pair: Pair): Pair {
  if (pair.left === null) return { left: pair.right, right: null };
  return pair.right === null ? { left: null, right: pair.left } : { left: pair.right, right: pair.left };
}

function alignKeyed(lefts: readonly KeyedCall[], rights: readonly KeyedCall[]): readonly Pair[] {
  const first = pairsOf(lefts, rights, same);
  // Only then it is known which handles stand for each other.
  const handles = handlesThatMeet(first);
  const standFor = (left: ComparedCall, right: ComparedCall): boolean =>
    handles.match(givenHandle(left), givenHandle(right)) &&
    (left.opened === null || right.opened === null || handles.match(left.opened, right.opened));
  const matches = (left: KeyedCall, right: KeyedCall): boolean => same(left, right) && standFor(left.call, right.call);
  const isFitting = ({ left, right }: Pair): boolean => left === null || right === null || standFor(left, right);
  return first.every(isFitting) ? first : pairsOf(lefts, rights, matches);
}

type Compare = (left: KeyedCall, right: KeyedCall) => boolean;

function same(left: KeyedCall, right: KeyedCall): boolean {
  if (left.text !== null && right.text !== null) return left.text === right.text;
  const endAlike = left.outcome === null || right.outcome === null || left.outcome === right.outcome;
  return endAlike && left.name === right.name && argumentsAgree(left.args, right.args);
}

function isAlike(left: KeyedCall, right: KeyedCall): boolean {
  return left.call.fn === right.call.fn;
}

function pairsOf(lefts: readonly KeyedCall[], rights: readonly KeyedCall[], agree: Compare): readonly Pair[] {
  const all: Stretch = { lefts, rights, agree, from: [0, 0], to: [lefts.length, rights.length] };
  const { steps, leftEnd, rightEnd } = pathIn(all, WHOLE_LIMIT);
  const whole = leftEnd === lefts.length && rightEnd === rights.length;
  const how = settledIn(all);
  return settleGaps(slideBlocks(whole ? steps : stepsBetweenAnchors(all), how), how).flatMap((step) =>
    pairOf(step, lefts, rights),
  );
}

/** Which of the cheapest paths to take: the one on which the fewest ends of calls differ. */
function settledIn({ lefts, rights, agree }: Stretch): Settled {
  const [onLeft, onRight] = [counted(lefts), counted(rights)];
  const ends = new Map<string, number>();
  const endsOf = (side: readonly KeyedCall[]) => side.map(({ call }) => numberIn(ends, endText(call)));
  const [leftEnds, rightEnds] = [endsOf(lefts), endsOf(rights)];
  /** Many calls end alike. */
  const known = new Map<number, number>();
  return {
    same: between(lefts, rights, agree),
    alike: between(lefts, rights, isAlike),
    differ(left, right) {
      const both = (leftEnds[left] ?? 0) * ends.size + (rightEnds[right] ?? 0);
      const count = known.get(both);
      if (count !== undefined) return count;
      const [ours, theirs] = [lefts[left]?.call, rights[right]?.call];
      const found = ours === undefined || theirs === undefined ? 0 : endsDiffer(ours, theirs, english).length;
      known.set(both, found);
      return found;
    },
    isFixed(left, right) {
      const [ours, theirs] = [lefts[left]?.text ?? null, rights[right]?.text ?? null];
      return ours !== null && ours === theirs && onLeft.get(ours) === 1 && onRight.get(ours) === 1;
    },
  };
}

/** All that endsDiffer looks at. */
function endText(call: ComparedCall): string {
  const { ended, error, outlived, bytes, statuses } = call;
  const result = isRead(call) ? bytes : comparableResult(call);
  return JSON.stringify([ended, error, outlived, isRead(call), typeof result, result, [...new Set(statuses)]]);
}

function numberIn(numbers: Map<string, number>, text: string): number {
  const known = numbers.get(text) ?? numbers.size;
  numbers.set(text, known);
  return known;
}

/** Compares calls by their places. */
function between(
  lefts: readonly KeyedCall[],
  rights: readonly KeyedCall[],
  how: Compare,
): (left: number, right: number) => boolean {
  return (left, right) => {
    const [ours, theirs] = [lefts[left], rights[right]];
    return ours !== undefined && theirs !== undefined && how(ours, theirs);
  };
}

function counted(side: readonly KeyedCall[]): ReadonlyMap<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const { text } of side) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function pairOf([at, place]: Step, lefts: readonly KeyedCall[], rights: readonly KeyedCall[]): Pair[] {
  const [left, right] = [at === null ? undefined : lefts[at]?.call, place === null ? undefined : rights[place]?.call];
  if (left !== undefined) return [right === undefined ? { left, right: null } : { left, right }];
  return right === undefined ? [] : [{ left: null, right }];
}

/** A stretch of both sides that is aligned. */
interface Stretch {
  readonly lefts: readonly KeyedCall[];
  readonly rights: readonly KeyedCall[];
  readonly agree: Compare;
  readonly from: readonly [left: number, right: number];
  readonly to: readonly [left: number, right: number];
}

/** The cheapest path from the beginning of a stretch, in places of the whole. */
function pathIn(
  { lefts, rights, agree, from: [left, right], to }: Stretch,
  limit: number,
): ReturnType<typeof editPath> {
  const compare = (how: Compare) => {
    const compared = between(lefts, rights, how);
    return (one: number, other: number) => compared(left + one, right + other);
  };
  const path = editPath(
    {
      leftCount: to[0] - left,
      rightCount: to[1] - right,
      same: compare(agree),
      alike: compare(isAlike),
    },
    limit,
  );
  const steps = path.steps.map(
    ([one, other]) => [one === null ? null : one + left, other === null ? null : other + right] as Step,
  );
  return { steps, leftEnd: path.leftEnd + left, rightEnd: path.rightEnd + right };
}

/** Aligns what has too little in common for the best alignment: between calls that both sides make once, a piece after the other. */
function stepsBetweenAnchors(all: Stretch): readonly Step[] {
  const steps: Step[] = [];
  let from = all.from;
  const texts = (side: readonly KeyedCall[]) => side.map(({ text }) => text);
  const meetings = anchors(texts(all.lefts), texts(all.rights)).map(({ left, right }) => [left, right] as const);
  for (const to of [...meetings, all.to]) {
    while (from[0] < to[0] || from[1] < to[1]) {
      const piece = pathIn({ ...all, from, to }, PIECE_LIMIT);
      const isWhole = piece.leftEnd === to[0] && piece.rightEnd === to[1];
      // What has no partner at the end of a piece may find one in the next.
      const met = isWhole ? undefined : piece.steps.findLast(isMeeting);
      for (const step of met === undefined ? piece.steps : piece.steps.slice(0, piece.steps.indexOf(met) + 1)) {
        steps.push(step);
      }
      from = met === undefined ? [piece.leftEnd, piece.rightEnd] : [met[0] + 1, met[1] + 1];
    }
    if (to === all.to) break;
    steps.push(to);
    from = [to[0] + 1, to[1] + 1];
  }
  return steps;
}
