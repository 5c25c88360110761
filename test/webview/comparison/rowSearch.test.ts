import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShownCall, ShownRow } from '../../../extension/shared/compare/shownComparison.ts';
import { nextFound, searchRows } from '../../../webview/comparison/rowSearch.ts';

const open = call('InternetOpen', '"agent/1.0"', '0x00CC0004');
const close = call('InternetCloseHandle', '0x00CC0004', 'ERROR_INVALID_HANDLE');

test('searchRows finds every word of a text in either side, what differs and the line of the call, whatever the case', () => {
  const rows = [row(open, open), row(null, close), row(open, null, 'Only the left side calls InternetOpen.')];
  assert.deepEqual(searchRows(rows, 'internetopen'), [0, 2]);
  assert.deepEqual(searchRows(rows, ' AGENT  only '), [2]);
  assert.deepEqual(searchRows(rows, 'invalid_handle closehandle'), [1]);
  assert.deepEqual(searchRows(rows, 'client.ts:3'), [0, 1, 2]);
  assert.deepEqual(searchRows(rows, 'closehandle agent'), []);
  assert.deepEqual(searchRows(rows, ' '), []);
});

test('searchRows finds a capital that is several small letters elsewhere', () => {
  assert.deepEqual(searchRows([row(call('InternetOpen', '"Straße"', ''), null)], 'STRASSE'), [0]);
});

test('nextFound goes round in both directions, and has nothing to go to where nothing was found', () => {
  assert.deepEqual([nextFound([2, 5], null, 1), nextFound([2, 5], 2, 1), nextFound([2, 5], 5, 1)], [2, 5, 2]);
  assert.deepEqual([nextFound([2, 5], 5, -1), nextFound([2, 5], 3, -1), nextFound([2, 5], 2, -1)], [2, 2, 5]);
  assert.equal(nextFound([], 3, 1), null);
});

function call(title: string, args: string, outcome: string): ShownCall {
  return { title, args, outcome, failed: false, serial: null, site: '/src/client.ts:3:1' };
}

function row(left: ShownCall | null, right: ShownCall | null, ...texts: readonly string[]): ShownRow {
  const divergences = texts.map((text) => ({ kind: 'missing-call', text }) as const);
  return { left, right, leftSeq: 0, rightSeq: 0, divergences };
}
