import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  ALONE,
  after,
  CHANGED,
  editPath,
  isMeeting,
  type Place,
  type Step,
} from '../../../extension/shared/compare/editPath.ts';
import { type Settled, settleGaps } from '../../../extension/shared/compare/settleGaps.ts';
import { slideBlocks } from '../../../extension/shared/compare/slideBlocks.ts';

/** Something that is the same by its letter, and differs by its mark. */
interface Thing {
  readonly letter: string;
  readonly mark: number;
}

function settledBetween(lefts: readonly Thing[], rights: readonly Thing[]): Settled {
  return {
    same: (left, right) => lefts[left]?.letter === rights[right]?.letter,
    alike: () => true,
    differ: (left, right) => (lefts[left]?.mark === rights[right]?.mark ? 0 : 1),
    isFixed: () => false,
  };
}

function pathBetween(lefts: readonly Thing[], rights: readonly Thing[]): readonly Step[] {
  const { same, alike } = settledBetween(lefts, rights);
  return editPath({ leftCount: lefts.length, rightCount: rights.length, same, alike }, 100_000).steps;
}

/** What a path costs, and in how many ways those differ that it pairs; fails where it leaves something out. */
function measured(
  steps: readonly Step[],
  lefts: readonly Thing[],
  rights: readonly Thing[],
): readonly [number, number] {
  const { same, differ } = settledBetween(lefts, rights);
  let [cost, differences] = [0, 0];
  let place: Place = [0, 0];
  for (const step of steps) {
    assert.deepEqual([step[0] ?? place[0], step[1] ?? place[1]], place, 'each step goes on where the last ended');
    if (isMeeting(step)) {
      cost += same(...step) ? 0 : CHANGED;
      differences += differ(...step);
    } else cost += ALONE;
    place = after(place, step);
  }
  assert.deepEqual(place, [lefts.length, rights.length]);
  return [cost, differences];
}

const things = (letters: readonly string[], maxLength: number) =>
  fc.array(fc.record({ letter: fc.constantFrom(...letters), mark: fc.nat(3) }), { maxLength });

for (const [name, settle] of Object.entries({ settleGaps, slideBlocks })) {
  test(`${name} finds a path as cheap as the one that it is given, on which no more differs`, () => {
    fc.assert(
      fc.property(things(['a', 'b'], 30), things(['a', 'b'], 30), (lefts, rights) => {
        const steps = pathBetween(lefts, rights);
        const [cost, differences] = measured(steps, lefts, rights);
        const [settledCost, settledDifferences] = measured(settle(steps, settledBetween(lefts, rights)), lefts, rights);
        assert.equal(settledCost, cost);
        assert.ok(settledDifferences <= differences);
      }),
    );
  });
}

test('settleGaps finds which of equal things are missing, whichever they are and on whatever side', () => {
  fc.assert(
    fc.property(things(['a'], 60), fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (whole, stays) => {
      const short = whole.filter((_, index) => stays[index]);
      for (const [lefts, rights] of [
        [whole, short],
        [short, whole],
      ] as const) {
        const settled = settleGaps(pathBetween(lefts, rights), settledBetween(lefts, rights));
        assert.deepEqual(measured(settled, lefts, rights), [ALONE * (whole.length - short.length), 0]);
      }
    }),
  );
});

test('slideBlocks finds the block that is missing in a row of equal things, however large', () => {
  fc.assert(
    fc.property(things(['a'], 4000), fc.nat(), fc.nat(), (whole, at, size) => {
      const short = whole.toSpliced(at % (whole.length + 1), size % (whole.length + 1));
      for (const [lefts, rights] of [
        [whole, short],
        [short, whole],
      ] as const) {
        const slid = slideBlocks(pathBetween(lefts, rights), settledBetween(lefts, rights));
        assert.deepEqual(measured(slid, lefts, rights), [ALONE * (whole.length - short.length), 0]);
      }
    }),
    { numRuns: 30 },
  );
});
