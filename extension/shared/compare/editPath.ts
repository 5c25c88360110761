/** How two sequences become one another at the least cost: what is the same, what was changed, taken out and put in. */

/** What is compared: by their places, for the places may be a stretch of something longer. */
export interface Sequences {
  readonly leftCount: number;
  readonly rightCount: number;
  /** Are these the same? */
  readonly same: (left: number, right: number) => boolean;
  /** May one be the other, changed? */
  readonly alike: (left: number, right: number) => boolean;
}

/** The places of both sequences; null where only the other one has something. */
export type Step = Place | readonly [left: number, null] | readonly [null, right: number];

/** Is this a place at which both sequences meet? */
export function isMeeting(step: Step): step is Place {
  return step[0] !== null && step[1] !== null;
}

/** How far a path has come in both sequences. */
export type Place = readonly [left: number, right: number];

/** Where a step leads. */
export function after([left, right]: Place, step: Step): Place {
  return [left + (step[0] === null ? 0 : 1), right + (step[1] === null ? 0 : 1)];
}

/** A way from the beginning to two places. */
export interface EditPath {
  readonly steps: readonly Step[];
  /** Where it ends: behind both sequences, unless it became too long. */
  readonly leftEnd: number;
  readonly rightEnd: number;
}

/** Something that one side lacks costs this much, and something changed less than something taken out and something put in. */
export const ALONE = 2;
export const CHANGED = 3;

/** Where nothing leads. */
const NOWHERE = -1;

/**
 * The cheapest path through both sequences, by how far one gets on each diagonal for each cost: Ukkonen, "Algorithms for
 * Approximate String Matching" (1985), with changes that cost another amount. Time and memory grow with the square of the cost;
 * where it would be more than `limit`, the path ends as far as that takes it.
 */
export function editPath(sequences: Sequences, limit: number): EditPath {
  const search: Search = { ...sequences, reached: [] };
  for (let cost = 0; ; cost += 1) {
    const fronts = frontsAt(cost, search);
    search.reached.push(fronts);
    const place = endIn(fronts, cost, search) ?? (cost === limit ? farthest(fronts, cost) : null);
    if (place !== null) return { steps: stepsTo(place, cost, search), leftEnd: place[0], rightEnd: place[1] };
  }
}

/** A search under way: for each cost how far into the left sequence it leads, diagonal by diagonal (left - right). */
interface Search extends Sequences {
  readonly reached: Int32Array[];
}

/** How many diagonals a cost can reach to each side. */
function breadth(cost: number): number {
  return Math.floor(cost / ALONE);
}

/** Place of a diagonal among the fronts of a cost: there is room for a neighbour that leads nowhere, for this runs millions of times. */
function indexOf(diagonal: number, cost: number): number {
  return diagonal + breadth(cost) + ROOM;
}

/** Diagonals beside those that a cost can reach: as many as the next costs may ask for. */
const ROOM = 2;
const NO_FRONTS = new Int32Array(2 * ROOM + 3).fill(NOWHERE);

function frontAt(cost: number, diagonal: number, { reached }: Search): number {
  return cost < 0 ? NOWHERE : ((reached[cost] ?? NO_FRONTS)[indexOf(diagonal, cost)] ?? NOWHERE);
}

function frontsAt(cost: number, search: Search): Int32Array {
  const { leftCount, rightCount, same } = search;
  const fronts = new Int32Array(2 * (breadth(cost) + ROOM) + 1).fill(NOWHERE);
  const last = Math.min(breadth(cost), leftCount);
  for (let diagonal = -Math.min(breadth(cost), rightCount); diagonal <= last; diagonal += 1) {
    let left = cost === 0 ? 0 : entered(cost, diagonal, search);
    if (left === NOWHERE) continue;
    while (left < leftCount && left - diagonal < rightCount && same(left, left - diagonal)) left += 1;
    fronts[indexOf(diagonal, cost)] = left;
  }
  return fronts;
}

/** The farthest place on a diagonal where a step that costs something ends, before what is the same. */
function entered(cost: number, diagonal: number, search: Search): number {
  const without = Math.max(takenOut(cost, diagonal, search), putIn(cost, diagonal, search));
  const stay = frontAt(cost - 1, diagonal, search);
  const changing = changed(cost, diagonal, search);
  return Math.max(without, stay, changing);
}

function takenOut(cost: number, diagonal: number, search: Search): number {
  const before = frontAt(cost - ALONE, diagonal - 1, search);
  return before === NOWHERE || before === search.leftCount ? NOWHERE : before + 1;
}

function putIn(cost: number, diagonal: number, search: Search): number {
  const before = frontAt(cost - ALONE, diagonal + 1, search);
  return before - diagonal > search.rightCount ? NOWHERE : before;
}

function changed(cost: number, diagonal: number, search: Search): number {
  const before = frontAt(cost - CHANGED, diagonal, search);
  const { leftCount, rightCount, alike } = search;
  if (before === NOWHERE || before === leftCount || before - diagonal === rightCount) return NOWHERE;
  return alike(before, before - diagonal) ? before + 1 : NOWHERE;
}

function endIn(fronts: Int32Array, cost: number, { leftCount, rightCount }: Search): Place | null {
  return fronts[indexOf(leftCount - rightCount, cost)] === leftCount ? [leftCount, rightCount] : null;
}

function farthest(fronts: Int32Array, cost: number): Place {
  let best: Place = [0, 0];
  fronts.forEach((left, index) => {
    const right = left - (index - indexOf(0, cost));
    if (left !== NOWHERE && left + right > best[0] + best[1]) best = [left, right];
  });
  return best;
}

/** The steps to a place, found from its end. */
function stepsTo([toLeft, toRight]: Place, toCost: number, search: Search): Step[] {
  const steps: Step[] = [];
  let [left, right] = [toLeft, toRight];
  const back = (place: number): void => {
    while (left > place) {
      left -= 1;
      right -= 1;
      steps.push([left, right]);
    }
  };
  for (let cost = toCost; cost > 0; ) {
    const diagonal = left - right;
    const from = entered(cost, diagonal, search);
    if (from === frontAt(cost - 1, diagonal, search)) cost -= 1;
    else if (from === changed(cost, diagonal, search)) {
      back(from - 1);
      cost -= CHANGED;
    } else {
      back(from);
      // What is taken out stands before what is put in.
      const isPutIn = from === putIn(cost, diagonal, search);
      if (isPutIn) right -= 1;
      else left -= 1;
      steps.push(isPutIn ? [null, right] : [left, null]);
      cost -= ALONE;
    }
  }
  back(0);
  return steps.reverse();
}
