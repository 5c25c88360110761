import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnfinishedBodies } from '../../extension/editor/unfinishedBodies.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';

const PIECES = [new Uint8Array(3)];

function unfinished(): { readonly bodies: UnfinishedBodies; readonly journal: LiveJournal } {
  const journal = new LiveJournal(() => 0, 100);
  return { bodies: new UnfinishedBodies(journal), journal };
}

test('UnfinishedBodies keeps what was read of one answer, not of the next', () => {
  const { bodies } = unfinished();
  assert.deepEqual(bodies.of(1, 0), []);
  bodies.keep(1, 0, PIECES);
  assert.equal(bodies.of(1, 0), PIECES);
  assert.deepEqual(bodies.of(1, 1), []);
});

test('UnfinishedBodies knows a body of which a part is lost', () => {
  const { bodies } = unfinished();
  bodies.keep(1, 0, PIECES);
  bodies.lose(1, 0);
  assert.equal(bodies.of(1, 0), null);
  assert.deepEqual(bodies.of(1, 1), []);
});

test('UnfinishedBodies forgets with the handle', () => {
  const { bodies, journal } = unfinished();
  bodies.keep(1, 0, PIECES);
  journal.record({ type: 'handle-close', serial: 1, reason: 'call', cascadeRoot: 1 });
  assert.deepEqual(bodies.of(1, 0), []);
});
