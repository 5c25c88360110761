import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as constants from '../../extension/shared/constants.ts';
import { FLAG_ROWS } from '../../extension/shared/flagTable.ts';
import { functionRow } from '../../extension/shared/hierarchy.ts';

test('INTERNET_FLAG_* constants are all in the table of flags, each once, and say what becomes of them', () => {
  const named = Object.keys(constants).filter((name) => name.startsWith('INTERNET_FLAG_'));
  assert.ok(named.length > 30);
  assert.deepEqual(FLAG_ROWS.map(({ name }) => name).sort(), named.sort());
  for (const { name, summary, note } of FLAG_ROWS) {
    assert.match(summary, /^[A-Z].+\.$/s, name);
    for (const fn of note?.of ?? []) assert.ok(functionRow(fn).parameters.includes('dwFlags'), `${fn} takes flags`);
  }
});

test('INTERNET_FLAG_* names of one number become the same', () => {
  for (const { name, flag, note } of FLAG_ROWS) {
    for (const other of FLAG_ROWS.filter((one) => one.flag === flag)) {
      assert.deepEqual(other.note, note, `${name} and ${other.name}`);
    }
  }
});
