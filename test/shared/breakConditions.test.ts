import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BreakCondition, BreakWatch } from '../../extension/shared/breakConditions.ts';
import type { EntryBody } from '../../extension/shared/journal.ts';
import { formatBreaks, parseBreaks } from '../../extension/shared/watchProtocol.ts';

const OPEN: readonly EntryBody[] = [
  { type: 'call-begin', call: 1, fn: 'InternetOpen', handle: null, args: [], site: '/a.js:1:1' },
  {
    type: 'handle-open',
    serial: 1,
    value: 4,
    kind: 'root',
    state: 'open',
    parent: null,
    fn: 'InternetOpen',
    call: 1,
    target: '',
  },
  { type: 'call-end', call: 1, result: { handle: 1 } },
];
const STALE: readonly EntryBody[] = [
  { type: 'call-begin', call: 2, fn: 'InternetConnect', handle: null, args: [], site: '/a.js:2:1' },
  { type: 'note', topic: 'use-after-close', serial: 1, call: 2, text: 'It was closed.' },
  { type: 'call-end', call: 2, result: null, error: 'ERROR_INVALID_HANDLE', message: 'It is invalid.' },
];
const FAILURE: readonly EntryBody[] = [
  { type: 'call-begin', call: 3, fn: 'InternetOpenUrl', handle: 1, args: [], site: '/a.js:3:1' },
  { type: 'call-end', call: 3, result: null, error: 'ERROR_INTERNET_TIMEOUT', message: 'It took too long.' },
];
const JOURNAL = [...OPEN, ...STALE, ...FAILURE];

function stops(...conditions: readonly BreakCondition[]): readonly (readonly [string, string])[] {
  const watch = new BreakWatch();
  watch.conditions = conditions;
  return [...JOURNAL.flatMap((entry) => watch.follow(entry) ?? []), ...watch.leaks()].map(({ site, why }) => [
    site,
    why,
  ]);
}

test('BreakWatch stops at nothing while nothing is wanted', () => {
  assert.deepEqual(stops(), []);
});

test('BreakWatch stops at every failure, and at one of a chosen code', () => {
  assert.deepEqual(stops({ on: 'error' }), [
    ['/a.js:2:1', 'It is invalid.'],
    ['/a.js:3:1', 'It took too long.'],
  ]);
  assert.deepEqual(stops({ on: 'code', symbol: 'ERROR_INTERNET_TIMEOUT' }), [['/a.js:3:1', 'It took too long.']]);
});

test('BreakWatch stops once at a call that is wrong twice', () => {
  assert.deepEqual(stops({ on: 'stale-use' }, { on: 'code', symbol: 'ERROR_INVALID_HANDLE' }), [
    ['/a.js:2:1', 'It was closed.'],
  ]);
});

test('BreakWatch stops at a function, at a kind of handle, and where a leak was opened', () => {
  assert.deepEqual(stops({ on: 'function', fn: 'InternetConnect' }), [['/a.js:2:1', 'InternetConnect was called']]);
  assert.equal(stops({ on: 'kind', kind: 'root' })[0]?.[0], '/a.js:1:1');
  assert.deepEqual(stops({ on: 'kind', kind: 'ftp-file' }), []);
  assert.deepEqual(stops({ on: 'leak' }), [['/a.js:1:1', 'The handle opened here was never closed']]);
});

test('parseBreaks reads what formatBreaks wrote, and nothing else', () => {
  const conditions: readonly BreakCondition[] = [{ on: 'leak' }, { on: 'kind', kind: 'ftp-find' }];
  assert.deepEqual(parseBreaks(formatBreaks(conditions)), conditions);
  for (const text of ['', '{}', '[{"on":"function","fn":"eval"}]', '[{"on":"code","symbol":"12002"}]']) {
    assert.equal(parseBreaks(text), null, text);
  }
});
