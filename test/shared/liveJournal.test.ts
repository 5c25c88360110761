import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Entry } from '../../extension/shared/journal.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { applyEntry, checkpoint, restore } from '../../extension/shared/model.ts';
import { anyJournal } from './journals.ts';

test('LiveJournal is cut without loss: its base and the entries that it keeps fold to its tree', () => {
  fc.assert(
    fc.property(anyJournal(80), fc.integer({ min: 1, max: 20 }), (journal, limit) => {
      const live = replay(journal, limit);
      const tree = restore(live.base);
      for (const entry of live.entries) applyEntry(tree, entry);
      assert.deepEqual(checkpoint(tree), checkpoint(live.tree));
    }),
    { numRuns: 200 },
  );
});

test('LiveJournal keeps the limit at least and never twice as many entries, and tells how many were cut', () => {
  fc.assert(
    fc.property(anyJournal(80), fc.integer({ min: 1, max: 20 }), (journal, limit) => {
      const live = replay(journal, limit);
      assert.ok(live.entries.length < 2 * limit);
      assert.ok(live.entries.length >= Math.min(limit, journal.length));
      assert.equal(live.cut + live.entries.length, journal.length);
    }),
    { numRuns: 200 },
  );
});

test('LiveJournal numbers entries from 1 without a gap and takes their time from the clock', () => {
  let now = 0;
  const live = new LiveJournal(() => (now += 5), 100);
  for (let serial = 1; serial <= 3; serial += 1) live.record({ type: 'bytes', serial, direction: 'in', count: 1 });
  assert.deepEqual(
    live.entries.map(({ seq, t }) => [seq, t]),
    [
      [1, 5],
      [2, 10],
      [3, 15],
    ],
  );
  assert.equal(live.tree.t, 15);
});

test('LiveJournal tells listeners of an entry once it is in the tree, until they stop listening', () => {
  const live = new LiveJournal(() => 0, 10);
  const told: [Entry['type'], number][] = [];
  const stop = live.listen((entry) => told.push([entry.type, live.tree.seq]));
  live.record({ type: 'note', topic: 'stale-use', serial: null, call: null, text: 'one' });
  live.record({ type: 'bytes', serial: 1, direction: 'out', count: 2 });
  stop();
  live.record({ type: 'bytes', serial: 1, direction: 'out', count: 2 });
  assert.deepEqual(told, [
    ['note', 1],
    ['bytes', 2],
  ]);
});

function replay(journal: readonly Entry[], limit: number): LiveJournal {
  const live = new LiveJournal(() => 0, limit);
  for (const { seq, t, ...body } of journal) live.record(body);
  return live;
}
