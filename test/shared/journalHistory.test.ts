import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fullestMoment } from '../../extension/shared/fullestMoment.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { JournalHistory } from '../../extension/shared/journalHistory.ts';
import { applyEntry, checkpoint, emptyTree } from '../../extension/shared/model.ts';
import { ScriptedJournal } from '../webview/harness/journal.ts';
import { anyJournal } from './journals.ts';

test('JournalHistory shows the tree of any moment that is kept, whichever way one goes through them', () => {
  fc.assert(
    fc.property(
      anyJournal(80),
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.nat(90), { maxLength: 20 }),
      (journal, limit, visits) => {
        const history = filled(journal, limit);
        for (const seq of visits) {
          const kept = Math.max(history.cut, Math.min(seq, journal.length));
          assert.deepEqual(checkpoint(history.treeAt(seq)), folded(journal, kept));
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('JournalHistory goes back and forth in a long journal as a fold from its start does', () => {
  const journal = Array.from({ length: 9_001 }, (_, index): Entry => {
    const [seq, serial] = [index + 1, (index >> 1) + 1];
    if (index % 2 === 1)
      return { type: 'bytes', serial: Math.max(1, serial - 3), direction: 'in', count: 7, seq, t: seq };
    const value = serial * 4;
    return { ...ROOT, serial, value, call: serial, seq, t: seq };
  });
  const history = filled(journal, 100_000);
  for (const seq of [9_001, 4_500, 4_501, 4_499, 0, 8_999, 2_000, 6_001, 6_000]) {
    assert.deepEqual(checkpoint(history.treeAt(seq)), folded(journal, seq), `at ${seq}`);
  }
});

test('JournalHistory keeps the past right while the journal grows and is cut', () => {
  const journal = Array.from({ length: 500 }, (_, index): Entry => {
    const serial = index + 1;
    return { ...ROOT, serial, value: serial * 4, call: serial, seq: serial, t: serial };
  });
  const history = new JournalHistory(100);
  for (const entry of journal) {
    history.append(entry);
    const seq = Math.max(history.cut, entry.seq - 90);
    assert.equal(history.treeAt(seq).seq, seq);
    assert.equal(history.treeAt(seq).nodes.size, seq);
    assert.equal(history.entry(entry.seq), entry);
  }
  assert.equal(history.entry(history.cut), undefined);
  assert.equal(history.entry(501), undefined);
});

const ROOT = {
  type: 'handle-open',
  kind: 'root',
  state: 'open',
  parent: null,
  fn: 'InternetOpen',
  target: 'history/1.0',
} as const;

function filled(journal: readonly Entry[], limit: number): JournalHistory {
  const history = new JournalHistory(limit);
  for (const entry of journal) history.append(entry);
  return history;
}

function folded(journal: readonly Entry[], seq: number) {
  const tree = emptyTree();
  for (const entry of journal) if (entry.seq <= seq) applyEntry(tree, entry);
  return checkpoint(tree);
}

test('fullestMoment is the last at which most handles were open, after the calls that ended then', () => {
  const journal = new ScriptedJournal();
  const root = journal.open('InternetOpen', 'root', 'open', null, 'full/1.0');
  const first = journal.open('InternetOpenUrl', 'http-request', 'answered', root, 'http://one.example/');
  journal.close(first);
  const second = journal.open('InternetOpenUrl', 'http-request', 'answered', root, 'http://two.example/');
  journal.call('InternetReadFile', second);
  const history = new JournalHistory(100);
  for (const entry of journal.take()) history.append(entry);
  const { seq } = history.tree;
  journal.close(root);
  for (const entry of journal.take()) history.append(entry);
  assert.equal(fullestMoment(history), seq);
  assert.equal(fullestMoment(new JournalHistory(1)), 0);
});
