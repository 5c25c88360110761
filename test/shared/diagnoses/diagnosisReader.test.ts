import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotated } from '../../../extension/shared/diagnoses/annotated.ts';
import { diagnose } from '../../../extension/shared/diagnoses/diagnose.ts';
import type { EntryBody } from '../../../extension/shared/journal.ts';
import { applyEntry, checkpoint, emptyTree } from '../../../extension/shared/model.ts';
import { numbered } from '../journals.ts';

const OPENED: readonly EntryBody[] = [
  { type: 'call-begin', call: 1, fn: 'InternetOpen', handle: null, args: ['a'], site: '/src/main.ts:3:9' },
  {
    type: 'handle-open',
    serial: 1,
    value: 4,
    kind: 'root',
    state: 'open',
    parent: null,
    fn: 'InternetOpen',
    call: 1,
    target: 'a',
  },
  { type: 'call-end', call: 1, result: { handle: 1 } },
];
const CLOSED: readonly EntryBody[] = [
  {
    type: 'call-begin',
    call: 2,
    fn: 'InternetCloseHandle',
    handle: 1,
    args: [{ handle: 1 }],
    site: '/src/main.ts:8:9',
  },
  { type: 'handle-close', serial: 1, reason: 'call', cascadeRoot: 1 },
  { type: 'call-end', call: 2, result: true },
  {
    type: 'call-begin',
    call: 3,
    fn: 'InternetCloseHandle',
    handle: null,
    args: [{ handle: 1 }],
    site: '/src/main.ts:9:9',
  },
  { type: 'call-end', call: 3, result: null, error: 'ERROR_INVALID_HANDLE' },
];

test('diagnose tells where the faulty call stands, and where the handle was made', () => {
  const [found, ...more] = diagnose(numbered([...OPENED, ...CLOSED]));
  assert.deepEqual(more, []);
  assert.deepEqual(
    [found?.topic, found?.seq, found?.serial, found?.call, found?.site, found?.madeAt],
    ['double-close', 8, 1, 3, '/src/main.ts:9:9', '/src/main.ts:3:9'],
  );
});

test('diagnose tells a leak at the line that made the handle', () => {
  const [found] = diagnose(numbered([...OPENED, { type: 'end' }]));
  assert.deepEqual(
    [found?.topic, found?.site, found?.madeAt],
    ['leak-at-exit', '/src/main.ts:3:9', '/src/main.ts:3:9'],
  );
});

test('diagnose goes on from the tree of a journal that was cut, and knows where its handles were made', () => {
  const entries = numbered([...OPENED, { type: 'end' }]);
  const tree = emptyTree();
  for (const entry of entries.slice(0, 3)) applyEntry(tree, entry);
  const found = diagnose(entries.slice(3), { base: checkpoint(tree) });
  assert.deepEqual(
    found.map(({ topic, serial, site }) => [topic, serial, site]),
    [['leak-at-exit', 1, '/src/main.ts:3:9']],
  );
});

test('annotated puts each note behind its entry, numbers what follows on, and adds nothing the second time', () => {
  const entries = numbered([
    ...OPENED,
    ...CLOSED,
    ...CLOSED.slice(3).map((body) => ({ ...body, call: 4 }) as EntryBody),
  ]);
  const base = checkpoint(emptyTree());
  const told = annotated(base, entries);
  assert.deepEqual(
    told.map(({ type, seq }) => [type, seq]),
    [...entries.slice(0, 8), null, ...entries.slice(8), null].map((entry, index) => [entry?.type ?? 'note', index + 1]),
  );
  assert.equal(annotated(base, told), told);
  assert.equal(diagnose(told).length, 2);
});
