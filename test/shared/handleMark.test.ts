import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareWithMark, markOpenHandles } from '../../extension/shared/handleMark.ts';
import type { EntryBody } from '../../extension/shared/journal.ts';
import { applyEntry, emptyTree } from '../../extension/shared/model.ts';
import { numbered } from './journals.ts';

const open = (serial: number, fn: 'InternetOpen' | 'InternetOpenUrl'): EntryBody => ({
  type: 'handle-open',
  serial,
  value: serial * 4,
  kind: fn === 'InternetOpen' ? 'root' : 'http-request',
  state: fn === 'InternetOpen' ? 'open' : 'answered',
  parent: fn === 'InternetOpen' ? null : 1,
  fn,
  call: serial,
  target: '',
});
const close = (serial: number): EntryBody => ({ type: 'handle-close', serial, reason: 'call', cascadeRoot: serial });

test('compareWithMark tells what was opened since and is still open, by the function that made it', () => {
  const tree = emptyTree();
  const bodies = [open(1, 'InternetOpen'), open(2, 'InternetOpenUrl'), open(3, 'InternetOpenUrl')];
  const later = [open(4, 'InternetOpen'), ...[5, 6, 7].map((one) => open(one, 'InternetOpenUrl')), close(2), close(6)];
  const entries = numbered([...bodies, ...later]);
  for (const entry of entries.slice(0, 3)) applyEntry(tree, entry);
  const mark = markOpenHandles(tree);
  assert.deepEqual([mark.seq, [...mark.serials]], [3, [1, 2, 3]]);
  for (const entry of entries.slice(3)) applyEntry(tree, entry);
  const { left, closed, kept } = compareWithMark(tree, mark);
  assert.deepEqual([closed, kept], [1, 2]);
  assert.deepEqual(
    left.map(({ fn, nodes }) => [fn, nodes.map(({ serial }) => serial)]),
    [
      ['InternetOpenUrl', [5, 7]],
      ['InternetOpen', [4]],
    ],
  );
  assert.deepEqual(compareWithMark(tree, markOpenHandles(tree)), { left: [], closed: 0, kept: 5 });
});
