import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EntryFeed } from '../../extension/shared/entryFeed.ts';
import type { Entry } from '../../extension/shared/journal.ts';

const entry = (seq: number): Entry => ({ type: 'bytes', serial: 1, direction: 'in', count: 1, seq, t: seq });

function feedByHand() {
  const sent: number[][] = [];
  const timers = new Set<() => void>();
  const feed = new EntryFeed(
    (entries) => sent.push(entries.map(({ seq }) => seq)),
    (work) => {
      timers.add(work);
      return () => timers.delete(work);
    },
  );
  const frame = (): void => {
    for (const work of [...timers]) {
      timers.delete(work);
      work();
    }
  };
  return { feed, sent, timers, frame };
}

test('EntryFeed sends all entries of a frame in one message, in order', () => {
  const { feed, sent, timers, frame } = feedByHand();
  feed.wake();
  for (const seq of [1, 2, 3]) feed.add(entry(seq));
  assert.equal(timers.size, 1);
  frame();
  feed.add(entry(4));
  frame();
  assert.deepEqual(sent, [[1, 2, 3], [4]]);
});

test('EntryFeed keeps nothing and sets no timer while the view sleeps', () => {
  const { feed, sent, timers, frame } = feedByHand();
  feed.add(entry(1));
  assert.equal(timers.size, 0);
  feed.wake();
  feed.add(entry(2));
  feed.sleep();
  assert.equal(timers.size, 0);
  frame();
  feed.flush();
  assert.deepEqual(sent, []);
});

test('EntryFeed.flush sends what waits once, ahead of its time', () => {
  const { feed, sent, timers, frame } = feedByHand();
  feed.wake();
  feed.add(entry(1));
  feed.flush();
  assert.equal(timers.size, 0);
  frame();
  assert.deepEqual(sent, [[1]]);
});
