import { ALONE, after, CHANGED, isMeeting, type Place, type Sequences, type Step } from './editPath.ts';

/** What tells paths of the same cost apart. */
export interface Settled extends Pick<Sequences, 'same' | 'alike'> {
  /** In how many ways two differ that may stand for each other. */
  readonly differ: (left: number, right: number) => number;
  /** Do these two surely stand for each other? No gap is moved across them. */
  readonly isFixed: (left: number, right: number) => boolean;
}

/** How many pairs of places are looked at around gaps: it takes a fraction of a second. */
const CELL_LIMIT = 2_000_000;
/** A difference counts less than anything that a path costs, and there are fewer of them in a stretch. */
const UNIT = 2 ** 24;

/**
 * Of equal things in a row of which one side has fewer, any could be those that are missing, and all such paths cost the same. Of
 * them this is the one on which the fewest differ that stand for each other; what is missing comes as late as it may.
 * @param steps a cheapest path through both sequences
 */
export function settleGaps(steps: readonly Step[], settled: Settled): readonly Step[] {
  const gaps = steps.filter((step) => !isMeeting(step)).length;
  const reach = Math.floor(CELL_LIMIT / (2 * (gaps + 1)));
  const isMovable = (step: Step | undefined): boolean =>
    step !== undefined && !(isMeeting(step) && settled.isFixed(...step));
  const all: Step[] = [];
  let place: Place = [0, 0];
  const take = (taken: readonly Step[]): void => {
    for (const step of taken) {
      all.push(step);
      place = after(place, step);
    }
  };
  for (let next = 0; next < steps.length; ) {
    let gap = next;
    for (let step = steps[gap]; step !== undefined && isMeeting(step); step = steps[gap]) gap += 1;
    if (gap === steps.length) {
      take(steps.slice(next));
      break;
    }
    let from = gap;
    while (from > next && gap - from < reach && isMovable(steps[from - 1])) from -= 1;
    take(steps.slice(next, from));
    const stretch = stretchFrom(steps, [from, gap], place, (step, sinceGap) => sinceGap < reach && isMovable(step));
    take(settledStretch(stretch, settled));
    next = from + stretch.steps.length;
  }
  return all;
}

/** Part of a path, and the diagonals (left - right) that it passes. */
interface Stretch {
  readonly steps: readonly Step[];
  readonly from: Place;
  readonly to: Place;
  readonly lowest: number;
  readonly highest: number;
}

/** The longest stretch around a gap, and those behind it, that is small enough to be looked at whole. */
function stretchFrom(
  steps: readonly Step[],
  [first, gap]: readonly [first: number, gap: number],
  from: Place,
  goesOn: (step: Step, sinceGap: number) => boolean,
): Stretch {
  let [to, lowest, highest] = [from, from[0] - from[1], from[0] - from[1]];
  let [next, sinceGap] = [first, first - gap];
  for (let step = steps[next]; step !== undefined && goesOn(step, sinceGap); step = steps[next]) {
    const place = after(to, step);
    const diagonal = place[0] - place[1];
    const breadth = Math.max(highest, diagonal) - Math.min(lowest, diagonal) + 1;
    if (next > first && (place[0] - from[0] + 1) * breadth > CELL_LIMIT) break;
    [to, lowest, highest] = [place, Math.min(lowest, diagonal), Math.max(highest, diagonal)];
    sinceGap = isMeeting(step) ? sinceGap + 1 : 0;
    next += 1;
  }
  return { steps: steps.slice(first, next), from, to, lowest, highest };
}

/** The cheapest path through a stretch, of those the one on which least differs. */
function settledStretch({ steps, from, to, lowest, highest }: Stretch, settled: Settled): readonly Step[] {
  if (lowest === highest) return steps;
  const breadth = highest - lowest + 1;
  /** What is still to come costs from each place on, row by row of the left side. */
  const costs = new Float64Array((to[0] - from[0] + 1) * breadth).fill(Number.POSITIVE_INFINITY);
  const index = (left: number, right: number): number => (left - from[0]) * breadth + (left - right - lowest);
  const costAt = (left: number, right: number): number => {
    const isInside = left <= to[0] && right <= to[1] && left - right >= lowest && left - right <= highest;
    return isInside ? (costs[index(left, right)] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  };
  const meeting = (left: number, right: number): number =>
    left < to[0] && right < to[1]
      ? costAt(left + 1, right + 1) + costOf(left, right, settled)
      : Number.POSITIVE_INFINITY;
  for (let left = to[0]; left >= from[0]; left -= 1) {
    const last = Math.min(to[1], left - lowest);
    for (let right = last; right >= Math.max(from[1], left - highest); right -= 1) {
      const isEnd = left === to[0] && right === to[1];
      const alone = Math.min(costAt(left + 1, right), costAt(left, right + 1)) + ALONE * UNIT;
      costs[index(left, right)] = isEnd ? 0 : Math.min(alone, meeting(left, right));
    }
  }
  const path: Step[] = [];
  for (let [left, right] = from; left < to[0] || right < to[1]; ) {
    const cost = costAt(left, right);
    const step: Step =
      cost === meeting(left, right)
        ? [left, right]
        : cost === costAt(left + 1, right) + ALONE * UNIT
          ? [left, null]
          : [null, right];
    path.push(step);
    [left, right] = after([left, right], step);
  }
  return path;
}

/** What it costs that two stand for each other. */
function costOf(left: number, right: number, { same, alike, differ }: Settled): number {
  if (same(left, right)) return differ(left, right);
  return alike(left, right) ? CHANGED * UNIT + differ(left, right) : Number.POSITIVE_INFINITY;
}
