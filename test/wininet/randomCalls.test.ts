import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, mock, test } from 'node:test';
import fc from 'fast-check';
import { HandleRecord, HandleStore } from '../../extension/wininet/handleStore.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { leavesNothingBehind, leftNothingSince } from './engineFixture.ts';
import { openResources } from './openResources.ts';
import { RandomCoverage } from './randomCoverage.ts';
import { randomPrograms, wholePrograms } from './randomPrograms.ts';
import { RandomRun } from './randomRun.ts';

/** Programs; each has some dozens of calls, and up to twenty that a status callback makes. */
const RUNS = 160;

const playground = withPlayground();
leavesNothingBehind();

const records = new Map<HINTERNET, HandleRecord>();

let folder: string;
before(() => {
  const add: unknown = HandleStore.prototype.add;
  assert.ok(typeof add === 'function');
  mock.method(HandleStore.prototype, 'add', function (this: HandleStore, ...args: readonly unknown[]) {
    const record: unknown = Reflect.apply(add, this, args);
    assert.ok(record instanceof HandleRecord);
    records.set(record.handle, record);
    return record;
  });
  folder = mkdtempSync(path.join(tmpdir(), 'hinternet-random-'));
  writeFileSync(path.join(folder, 'sent.txt'), 'to be sent\n'.repeat(500));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('createWinInet survives any sequence of calls: no crash, no orphan, no leak, no error that its function does not have, and the journal tells the truth', async () => {
  const seed = Number(process.env.HINTERNET_SEED ?? Date.now() % 2 ** 31);
  console.log(`HINTERNET_SEED=${seed}`);
  const coverage = new RandomCoverage();
  const property = fc.asyncProperty(randomPrograms(playground(), folder), async ({ rows, rootFlags, reactions }) => {
    records.clear();
    const baseline = openResources();
    const run = new RandomRun(coverage, records, reactions);
    try {
      await run.start(rootFlags);
      await Promise.all(
        rows.map(async (row) => {
          for (const call of row) await run.play(call);
        }),
      );
    } finally {
      await run.end();
    }
    await leftNothingSince(baseline);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name !== 'got.txt' && name !== 'sent.txt'),
      [],
      'no half-written file stays',
    );
  });
  const examples = wholePrograms(playground(), folder, seed).map((program): [typeof program] => [program]);
  await fc.assert(property, { seed, numRuns: RUNS, examples, endOnFailure: true });
  console.log(`rarest: ${coverage.rarest}`);
  coverage.check();
});
