import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ComparedCall, comparedCalls } from '../../../extension/shared/compare/comparedCall.ts';
import { type Comparison, compareJournals } from '../../../extension/shared/compare/comparison.ts';
import { withPlayground } from '../../playground/withPlayground.ts';
import { DEPARTINGS } from './plantedDepartures.ts';
import { randomSteps, runRandomProgram } from './randomProgram.ts';

const playground = withPlayground();

/** Random programs, and at how many places each of them departs. */
const RUNS = 20;
const PLACES = 12;
/** How often programs are made until there are enough places. */
const ROUNDS = 10;

test('compareJournals finds nothing between a random program and its second run', async () => {
  await fc.assert(
    fc.asyncProperty(randomSteps(), async (steps) => {
      const [one, other] = [await runRandomProgram(playground(), steps), await runRandomProgram(playground(), steps)];
      assert.deepEqual(compareJournals(one, one, fill).divergences, []);
      assert.deepEqual(compareJournals(one, other, fill).divergences, []);
    }),
    { numRuns: RUNS },
  );
});

for (const [what, depart] of Object.entries(DEPARTINGS)) {
  test(`compareJournals finds ${what} in a random program first, and finds it from the other side too`, async () => {
    let planted = 0;
    const finds = () =>
      fc.asyncProperty(randomSteps(), async (steps) => {
        const original = await runRandomProgram(playground(), steps);
        for (let place = 0; place < PLACES; place += 1) {
          const departed = depart(original.entries, place);
          if (departed === undefined) continue;
          planted += 1;
          const other = { ...original, entries: departed.entries };
          const comparison = compareJournals(original, other, fill);
          const [first] = comparison.divergences;
          assert.equal(first?.kind, departed.kind, `${JSON.stringify(comparison.divergences)}`);
          const row = comparison.rows[first.row];
          const expected = comparedCalls(original.base, original.entries).filter(({ call }) =>
            departed.calls.includes(call),
          );
          assert.ok(
            expected.some((call) => isSameCall(call, row?.left ?? row?.right)),
            `${first.text} ${JSON.stringify([expected, row])}`,
          );
          assert.deepEqual(mirrored(compareJournals(other, original, fill)), plain(comparison));
        }
      });
    // Not every program has a place for it.
    for (let round = 0; round < ROUNDS && planted <= RUNS; round += 1) await fc.assert(finds(), { numRuns: RUNS });
    assert.ok(planted > RUNS, `only ${planted} were planted`);
  });
}

function isSameCall(one: ComparedCall, other: ComparedCall | null | undefined): boolean {
  return one.fn === other?.fn && one.handle === other.handle && JSON.stringify(one.args) === JSON.stringify(other.args);
}

const OTHER_KIND: Readonly<Record<string, string>> = {
  'missing-call': 'extra-call',
  'extra-call': 'missing-call',
  'missing-close': 'extra-close',
  'extra-close': 'missing-close',
};

function plain({ rows, divergences }: Comparison): unknown {
  const pairs = rows.map(({ left, right }) => [left?.begin, right?.begin]);
  return { pairs, kinds: divergences.map(({ kind, row }) => [kind, row]) };
}

function mirrored({ rows, divergences, ...rest }: Comparison): unknown {
  return plain({
    ...rest,
    rows: rows.map((row) => ({ ...row, left: row.right, right: row.left })),
    divergences: divergences.map((one) => ({ ...one, kind: (OTHER_KIND[one.kind] ?? one.kind) as typeof one.kind })),
  });
}

function fill(message: string, ...values: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (hole, index) => String(values[Number(index)] ?? hole));
}
