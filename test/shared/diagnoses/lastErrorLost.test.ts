import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from '../../../extension/shared/diagnoses/diagnose.ts';
import type { EntryBody } from '../../../extension/shared/journal.ts';
import { numbered } from '../journals.ts';

/** A root, a session and a request. */
const HANDLES: readonly EntryBody[] = [
  handle(1, 'root', 'open', null, 'InternetOpen'),
  handle(2, 'http-connect', 'open', 1, 'InternetConnect'),
  handle(3, 'http-request', 'unsent', 2, 'HttpOpenRequest'),
];
const SEND: EntryBody = { type: 'call-begin', call: 4, fn: 'HttpSendRequest', handle: 3, args: [] };
const REFUSED: EntryBody = { type: 'call-end', call: 4, result: null, error: 'ERROR_INTERNET_CANNOT_CONNECT' };
const READ: EntryBody = { type: 'last-error', code: 12029 };
const OTHER: EntryBody = { type: 'call-begin', call: 5, fn: 'InternetOpenUrl', handle: 1, args: [] };
const OTHER_ENDS: EntryBody = { type: 'call-end', call: 5, result: true };

test('last-error-lost is told where another call has come between the failure and GetLastError', () => {
  assert.deepEqual(callsTold([SEND, REFUSED, OTHER, OTHER_ENDS, READ]), [5]);
});

test('last-error-lost is not told of a call that another part of the program makes at the same time', () => {
  assert.deepEqual(callsTold([SEND, OTHER, REFUSED, OTHER_ENDS, READ]), []);
});

test('last-error-lost is told of the cleaning up of what has failed, also while other parts of the program are at work', () => {
  const close: EntryBody = { type: 'call-begin', call: 6, fn: 'InternetCloseHandle', handle: 3, args: [] };
  const closed: EntryBody = { type: 'call-end', call: 6, result: true };
  assert.deepEqual(callsTold([SEND, OTHER, REFUSED, close, closed, OTHER_ENDS, READ]), [6]);
});

test('last-error-lost is told of a later failure, whatever was at work during an earlier one', () => {
  const again: readonly EntryBody[] = [
    { ...SEND, call: 7 } as EntryBody,
    { ...REFUSED, call: 7 } as EntryBody,
    { ...OTHER, call: 8 } as EntryBody,
    { ...OTHER_ENDS, call: 8 } as EntryBody,
  ];
  assert.deepEqual(callsTold([SEND, OTHER, REFUSED, OTHER_ENDS, ...again, READ]), [8]);
});

/** The calls that are said to have overwritten an error. */
function callsTold(entries: readonly EntryBody[]): readonly (number | null)[] {
  return diagnose(numbered([...HANDLES, ...entries]))
    .filter(({ topic }) => topic === 'last-error-lost')
    .map(({ call }) => call);
}

function handle(
  serial: number,
  kind: 'root' | 'http-connect' | 'http-request',
  state: 'open' | 'unsent',
  parent: number | null,
  fn: 'InternetOpen' | 'InternetConnect' | 'HttpOpenRequest',
): EntryBody {
  return { type: 'handle-open', serial, value: serial * 4, kind, state, parent, fn, call: serial, target: '' };
}
