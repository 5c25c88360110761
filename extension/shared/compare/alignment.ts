import type { RecordedValue } from '../journal.ts';
import { NOT_LOGGED } from '../notLogged.ts';
import { english } from '../stepSentence.ts';
import { anchors } from './anchors.ts';
import { type ComparedCall, givenHandle, type Pair } from './comparedCall.ts';
import { argumentsAgree, comparableArguments } from './comparedValues.ts';
import { editPath, type Step } from './editPath.ts';
import { HandlePairs } from './handlePairs.ts';
import { callsDiffer } from './pairDifferences.ts';
import { slideGaps } from './slideGaps.ts';

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
  readonly args: readonly RecordedValue[];
  /** All that is compared; null where something was not logged, which agrees with anything. */
  readonly text: string | null;
}

function keyed(call: ComparedCall): KeyedCall {
  const args = comparableArguments(call);
  const name = `${call.fn} ${call.kind} ${call.error ?? ''}`;
  return { call, name, args, text: args.includes(NOT_LOGGED) ? null : `${name} ${JSON.stringify(args)}` };
}

/** Of several alignments as good as each other, the same is to be found whichever side is which: this gives the sides an order. */
function isLater(lefts: readonly KeyedCall[], rights: readonly KeyedCall[]): boolean {
  const order = (one: KeyedCall | undefined): string =>
    one === undefined ? '' : `${one.name} ${JSON.stringify(one.args)} ${givenHandle(one.call)}`;
  const parting = lefts.findIndex((one, index) => order(one) !== order(rights[index]));
  return parting !== -1 && order(lefts[parting]) > order(rights[parting]);
}

function mirrored(pair: Pair): Pair {
  if (pair.left === null) return { left: pair.right, right: null };
  return pair.right === null ? { left: null, right: pair.left } : { left: pair.right, right: pair.left };
}

function alignKeyed(lefts: readonly KeyedCall[], rights: readonly KeyedCall[]): readonly Pair[] {
  const first = pairsOf(lefts, rights, same);
  // Only then it is known which handles stand for each other.
  const handles = new HandlePairs();
  for (const { left, right } of first) handles.pair(left?.opened ?? null, right?.opened ?? null);
  const onOtherHandle = ({ left, right }: Pair): boolean =>
    left !== null && right !== null && !handles.match(givenHandle(left), givenHandle(right));
  const matches = (left: KeyedCall, right: KeyedCall): boolean =>
    same(left, right) && handles.match(givenHandle(left.call), givenHandle(right.call));
  const pairs = first.some(onOtherHandle) ? pairsOf(lefts, rights, matches) : first;
  const keys = new Map([...lefts, ...rights].map((one) => [one.call, one]));
  return slideGaps(
    pairs,
    (left, right) => {
      const [ours, theirs] = [keys.get(left), keys.get(right)];
      return ours !== undefined && theirs !== undefined && matches(ours, theirs);
    },
    (left, right) => callsDiffer(left, right, handles, english).length,
  );
}

type Compare = (left: KeyedCall, right: KeyedCall) => boolean;

function same(left: KeyedCall, right: KeyedCall): boolean {
  if (left.text !== null && right.text !== null) return left.text === right.text;
  return left.name === right.name && argumentsAgree(left.args, right.args);
}

function pairsOf(lefts: readonly KeyedCall[], rights: readonly KeyedCall[], agree: Compare): readonly Pair[] {
  const all: Stretch = { lefts, rights, agree, from: [0, 0], to: [lefts.length, rights.length] };
  const { steps, leftEnd, rightEnd } = pathIn(all, WHOLE_LIMIT);
  const whole = leftEnd === lefts.length && rightEnd === rights.length;
  return (whole ? steps : stepsBetweenAnchors(all)).flatMap((step) => pairOf(step, lefts, rights));
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
  const compare = (how: Compare) => (one: number, other: number) => {
    const [ours, theirs] = [lefts[left + one], rights[right + other]];
    return ours !== undefined && theirs !== undefined && how(ours, theirs);
  };
  const path = editPath(
    {
      leftCount: to[0] - left,
      rightCount: to[1] - right,
      same: compare(agree),
      alike: compare((ours, theirs) => ours.call.fn === theirs.call.fn),
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

function isMeeting(step: Step): step is readonly [left: number, right: number] {
  return step[0] !== null && step[1] !== null;
}
