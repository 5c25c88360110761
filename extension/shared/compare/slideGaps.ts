import type { ComparedCall, Pair } from './comparedCall.ts';

/** How far a gap may be moved: many of them in a long run would take seconds otherwise. */
const REACH = 200;

/**
 * Of equal calls in a row of which one side has fewer, any could be the one that is missing. Their callbacks and results tell which:
 * the call without a partner is moved to where the fewest of the others differ. Calls that return handles stay, as what is below
 * these tells them apart already.
 * @param agree whether two calls are the same to what an alignment compares
 * @param differ in how many ways two calls differ that stand for each other
 */
export function slideGaps(
  pairs: readonly Pair[],
  agree: (left: ComparedCall, right: ComparedCall) => boolean,
  differ: (left: ComparedCall, right: ComparedCall) => number,
): readonly Pair[] {
  const slid = [...pairs];
  for (const [gap, { left, right }] of pairs.entries()) {
    if ((left === null) === (right === null)) continue;
    const lacking = left === null ? 'left' : 'right';
    const [from, to] = runAround(slid, gap, agree);
    if (from === to) continue;
    const run = slid.slice(from, to + 1);
    const whole = run.flatMap((pair) => pair[lacking === 'left' ? 'right' : 'left'] ?? []);
    const short = run.flatMap((pair) => pair[lacking] ?? []);
    const place = bestGap(whole, short, lacking === 'left' ? (one, other) => differ(other, one) : differ, gap - from);
    slid.splice(
      from,
      run.length,
      ...whole.map((call, index): Pair => {
        const partner = index === place ? null : (short[index < place ? index : index - 1] ?? null);
        return lacking === 'left' ? { left: partner, right: call } : { left: call, right: partner };
      }),
    );
  }
  return slid;
}

/** The pairs around a gap whose calls are all the same: the first and the last. */
function runAround(
  pairs: readonly Pair[],
  gap: number,
  agree: (left: ComparedCall, right: ComparedCall) => boolean,
): readonly [from: number, to: number] {
  const alone = pairs[gap]?.left ?? pairs[gap]?.right;
  if (alone === null || alone === undefined || alone.opened !== null) return [gap, gap];
  const aloneLeft = pairs[gap]?.left !== null;
  const belongs = (pair: Pair | undefined): boolean => {
    if (pair === undefined || pair.left === null || pair.right === null) return false;
    const { left, right } = pair;
    return agree(left, right) && (aloneLeft ? agree(alone, right) : agree(left, alone));
  };
  let [from, to] = [gap, gap];
  while (gap - from < REACH && belongs(pairs[from - 1])) from -= 1;
  while (to - gap < REACH && belongs(pairs[to + 1])) to += 1;
  return [from, to];
}

/** Which call of the whole side to leave alone so that the others differ least; of several places as good, the one that was found. */
function bestGap(
  whole: readonly ComparedCall[],
  short: readonly ComparedCall[],
  differ: (one: ComparedCall, other: ComparedCall) => number,
  found: number,
): number {
  const cost = (index: number, partner: number): number => {
    const [one, other] = [whole[index], short[partner]];
    return one === undefined || other === undefined ? 0 : differ(one, other);
  };
  // With the gap at the beginning each has the partner before; as it goes on, one after the other has the partner beside it.
  let current = whole.reduce((sum, _, index) => sum + (index === 0 ? 0 : cost(index, index - 1)), 0);
  const costs = [current];
  for (let place = 1; place < whole.length; place += 1) {
    current += cost(place - 1, place - 1) - cost(place, place - 1);
    costs.push(current);
  }
  const least = Math.min(...costs);
  return costs[found] === least ? found : costs.indexOf(least);
}
