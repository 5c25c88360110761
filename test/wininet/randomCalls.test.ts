import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, mock, test } from 'node:test';
import fc from 'fast-check';
import { HandleRecord, HandleStore } from '../../extension/wininet/handleStore.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { leavesNothingBehind } from './engineFixture.ts';
import { randomPrograms } from './randomArguments.ts';
import { type Happened, RandomRun, type Records } from './randomRun.ts';

/** Sequences; each has up to forty calls, and twenty that a status callback makes. */
const RUNS = 300;

const playground = withPlayground();
leavesNothingBehind();

const records: Records = new WeakMap();

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
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('createWinInet survives any sequence of calls: no crash, no orphan, no leak, no error that its function does not have, and the journal tells the truth', async () => {
  const seed = Number(process.env.HINTERNET_SEED ?? Date.now() % 2 ** 31);
  console.log(`HINTERNET_SEED=${seed}`);
  const happened: Happened = { kinds: new Set(), pended: 0, reacted: 0 };
  const property = fc.asyncProperty(randomPrograms(playground(), folder), async ({ calls, rootFlags, reactions }) => {
    const run = new RandomRun(happened, records, reactions);
    try {
      await run.start(rootFlags);
      for (const call of calls) await run.play(call);
    } finally {
      await run.end();
    }
  });
  await fc.assert(property, { seed, numRuns: RUNS, endOnFailure: true });
  const { kinds, pended, reacted } = happened;
  assert.ok(
    kinds.size >= 6 && pended > 10 && reacted > 50,
    `${kinds.size} kinds, ${pended} pended, ${reacted} reacted`,
  );
  assert.deepEqual(
    readdirSync(folder).filter((name) => name !== 'got.txt'),
    [],
    'no half-written file stays',
  );
});
