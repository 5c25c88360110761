import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ladder } from '../../../extension/shared/diagnoses/ladder.ts';
import {
  functionNames,
  functionRow,
  type HandleState,
  handleKinds,
  statesOf,
} from '../../../extension/shared/hierarchy.ts';

test('ladder names the calls that have to come first', () => {
  assert.deepEqual(ladder('InternetReadFile', 'http-request', 'unsent'), ['HttpSendRequest']);
  assert.deepEqual(ladder('InternetWriteFile', 'http-request', 'unsent'), ['HttpSendRequestEx']);
  assert.deepEqual(ladder('HttpEndRequest', 'http-request', 'answered'), ['HttpSendRequestEx']);
  assert.deepEqual(ladder('InternetReadFile', 'http-request', 'upload'), ['HttpEndRequest']);
  assert.deepEqual(ladder('InternetReadFile', 'http-request', 'answered'), []);
});

test('ladder finds no way where only the end of a call, or another handle, leads on', () => {
  assert.equal(ladder('InternetReadFile', 'http-request', 'sending'), null);
  assert.equal(ladder('InternetWriteFile', 'ftp-file', 'reading'), null);
});

test('ladder leads from step to step as the table moves, and ends where the function is legal', () => {
  for (const fn of functionNames) {
    for (const kind of handleKinds) {
      for (const from of statesOf(kind)) {
        let state: HandleState = from;
        for (const step of ladder(fn, kind, from) ?? []) {
          assert.ok((functionRow(step).uses[kind] as readonly string[]).includes(state), `${step} in ${state}`);
          state = functionRow(step).moves?.[kind]?.success ?? state;
        }
        const legal: readonly string[] = functionRow(fn).uses[kind] ?? [];
        if (ladder(fn, kind, from) !== null) assert.ok(legal.includes(state), `${fn} in ${state}`);
      }
    }
  }
});
