import { after, isMeeting, type Place, type Step } from './editPath.ts';
import type { Settled } from './settleGaps.ts';

/**
 * Moves each block of what one side lacks, as a whole, to where the fewest differ that stand for each other. Unlike settleGaps it
 * does so however far that is and however large the block: its time grows with the length of the path.
 * @param steps a cheapest path through both sequences
 */
export function slideBlocks(steps: readonly Step[], settled: Settled): readonly Step[] {
  const slid = [...steps];
  let place: Place = [0, 0];
  for (let from = 0; from < slid.length; ) {
    const first = slid[from];
    if (first === undefined || isMeeting(first)) {
      if (first !== undefined) place = after(place, first);
      from += 1;
      continue;
    }
    let to = from + 1;
    while (isOnSide(slid[to], first)) to += 1;
    const block = { place, side: first[0] === null ? 1 : 0, size: to - from } as const;
    const by = bestShift(slid, from, block, settled);
    const start = from + Math.min(by, 0);
    const moved = shifted(block, by);
    slid.splice(start, moved.length, ...moved);
    // What stands behind the block now was looked at already.
    place = behind(block, Math.max(by, 0));
    from = start + moved.length;
  }
  return slid;
}

/** A block that one side lacks: where it begins, the side that has it, and how many it is. */
interface Block {
  readonly place: Place;
  readonly side: 0 | 1;
  readonly size: number;
}

function isOnSide(step: Step | undefined, first: Step): boolean {
  return step !== undefined && !isMeeting(step) && (step[0] === null) === (first[0] === null);
}

/** Those that stand for each other before the block, and behind it: `at` places from its beginning, which may be negative. */
function before({ place: [left, right] }: Block, at: number): readonly [left: number, right: number] {
  return [left + at, right + at];
}

function behind(block: Block, at: number): readonly [left: number, right: number] {
  const [left, right] = before(block, at);
  return block.side === 0 ? [left + block.size, right] : [left, right + block.size];
}

/** How far on the block is to be moved so that least differs, back if negative; of several ways as good, the shortest. */
function bestShift(steps: readonly Step[], from: number, block: Block, { same, differ }: Settled): number {
  let [best, least] = [0, 0];
  const goesOn = (step: Step | undefined, pair: Place, other: Place): boolean =>
    step !== undefined && isMeeting(step) && same(...pair) && same(...other);
  for (let [by, change] = [-1, 0]; ; by -= 1) {
    const [pair, other] = [before(block, by), behind(block, by)];
    if (!goesOn(steps[from + by], pair, other)) break;
    change += differ(...other) - differ(...pair);
    if (change < least) [best, least] = [by, change];
  }
  for (let [by, change] = [1, 0]; ; by += 1) {
    const [pair, other] = [behind(block, by - 1), before(block, by - 1)];
    if (!goesOn(steps[from + block.size + by - 1], pair, other)) break;
    change += differ(...other) - differ(...pair);
    if (change < least) [best, least] = [by, change];
  }
  return best;
}

/** The block at its new place, and what it was moved across. */
function shifted(block: Block, by: number): readonly Step[] {
  const crossed = Array.from({ length: Math.abs(by) }, (_, index) =>
    by < 0 ? behind(block, by + index) : before(block, index),
  );
  const [left, right] = before(block, by);
  const alone = Array.from(
    { length: block.size },
    (_, index): Step => (block.side === 0 ? [left + index, null] : [null, right + index]),
  );
  return by < 0 ? [...alone, ...crossed] : [...crossed, ...alone];
}
