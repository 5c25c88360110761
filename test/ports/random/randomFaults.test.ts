import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../../playground/withPlayground.ts';
import { correctProgram } from './correctProgram.ts';
import { FAULTS } from './faults.ts';
import { lineOf, listing, runProgram } from './runProgram.ts';

/** Programs that nobody wrote with the rules in mind, correct ones and such with one fault. */

const PROGRAMS = 25;
const FAULTY = 3;

const playground = withPlayground();
const seed = Number(process.env.HINTERNET_SEED ?? Date.now() % 2 ** 31);
console.log(`HINTERNET_SEED=${seed}`);

test('diagnose finds nothing in random programs that do nothing wrong', async () => {
  for (let index = 0; index < PROGRAMS; index += 1) {
    const lines = correctProgram(seed + index, playground());
    assert.deepEqual(await runProgram(lines), [], listing(lines));
  }
});

for (const [what, faultsOf] of Object.entries(FAULTS)) {
  test(`diagnose finds in random programs, once and at its line, ${what}`, async () => {
    let tried = 0;
    for (let index = 0; tried < FAULTY && index < 500; index += 1) {
      const programs = faultsOf(correctProgram(seed + index, playground()));
      const program = programs[index % Math.max(programs.length, 1)];
      if (program === undefined) continue;
      tried += 1;
      const { lines, topic, at } = program;
      const found = await runProgram(lines);
      assert.deepEqual(
        found.map((one) => one.topic),
        [topic],
        listing(lines),
      );
      if (!Number.isNaN(at)) assert.deepEqual(found.map(lineOf), [at], listing(lines));
    }
    assert.equal(tried, FAULTY);
  });
}
