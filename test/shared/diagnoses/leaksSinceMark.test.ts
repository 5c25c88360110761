import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotated } from '../../../extension/shared/diagnoses/annotated.ts';
import { diagnose } from '../../../extension/shared/diagnoses/diagnose.ts';
import type { EntryBody } from '../../../extension/shared/journal.ts';
import { parseEntry } from '../../../extension/shared/journalSchema.ts';
import { applyEntry, checkpoint, emptyTree } from '../../../extension/shared/model.ts';
import { numbered } from '../journals.ts';

/** A handle that a line of the program makes. */
function made(serial: number, site: string): readonly EntryBody[] {
  const fn = serial === 1 ? 'InternetOpen' : 'InternetOpenUrl';
  return [
    { type: 'call-begin', call: serial, fn, handle: serial === 1 ? null : 1, args: [], site },
    {
      type: 'handle-open',
      serial,
      value: serial * 4,
      kind: serial === 1 ? 'root' : 'http-request',
      state: serial === 1 ? 'open' : 'answered',
      parent: serial === 1 ? null : 1,
      fn,
      call: serial,
      target: `http://host/${serial}`,
    },
    { type: 'call-end', call: serial, result: { handle: serial } },
  ];
}

const close = (serial: number): EntryBody => ({ type: 'handle-close', serial, reason: 'call', cascadeRoot: serial });
const mark: EntryBody = { type: 'mark', name: '' };
const compare: EntryBody = { type: 'mark-comparison', name: '' };
const since = (bodies: readonly EntryBody[]) =>
  diagnose(numbered(bodies)).filter(({ topic }) => topic === 'leak-since-mark');

test('leak-since-mark is told once for each line that left handles open, with their number', () => {
  const loop = [3, 4, 5].flatMap((serial) => made(serial, '/port/main.ts:7:11'));
  const once = made(6, '/port/main.ts:9:3');
  const bodies = [...made(1, '/port/main.ts:1:1'), ...made(2, '/port/main.ts:7:11'), mark, ...loop, close(4), ...once];
  const found = since([...bodies, compare]);
  assert.deepEqual(
    found.map(({ serial, call, site, others }) => [serial, call, site, others]),
    [
      [3, 3, '/port/main.ts:7:11', [5]],
      [6, 6, '/port/main.ts:9:3', undefined],
    ],
  );
  assert.match(
    found[0]?.text ?? '',
    /^2 handles that InternetOpenUrl made here since the mark are still open: .*host\/3.*host\/5/,
  );
  assert.match(found[1]?.text ?? '', /^A handle that InternetOpenUrl made here since the mark is still open: /);
});

test('leak-since-mark is not told again by a comparison that finds nothing new at a line', () => {
  const first = [...made(1, '/a.ts:1:1'), mark, ...made(2, '/a.ts:2:1'), compare];
  assert.equal(since([...first, compare]).length, 1);
  assert.deepEqual(
    since([...first, ...made(3, '/a.ts:2:1'), compare]).map(({ others }) => others),
    [undefined, [3]],
  );
});

test('leak-since-mark is silent without a mark, for handles that were closed, and after a newer mark', () => {
  const two = [...made(1, '/a.ts:1:1'), ...made(2, '/a.ts:2:1')];
  assert.deepEqual(since([...two, compare]), []);
  assert.deepEqual(since([mark, ...two, close(2), close(1), compare]), []);
  assert.deepEqual(since([mark, ...two, mark, compare]), []);
  assert.deepEqual(since([{ type: 'mark', name: 'one' }, ...two, compare]), []);
});

test('leak-since-mark marks every handle that it is about', () => {
  const bodies = [...made(1, '/a.ts:1:1'), mark, ...made(2, '/a.ts:2:1'), ...made(3, '/a.ts:2:1'), compare];
  const tree = emptyTree();
  for (const entry of annotated(checkpoint(emptyTree()), numbered(bodies))) {
    assert.deepEqual(parseEntry(JSON.parse(JSON.stringify(entry))), { ok: true, value: entry });
    applyEntry(tree, entry);
  }
  const noted = [...tree.nodes.values()].map(({ serial, notes }) => [serial, notes.map(({ topic }) => topic)]);
  assert.deepEqual(noted, [
    [1, []],
    [2, ['leak-since-mark']],
    [3, ['leak-since-mark']],
  ]);
});
