import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  INTERNET_OPTION_CONNECT_TIMEOUT,
  INTERNET_OPTION_ERROR_MASK,
  INTERNET_OPTION_USERNAME,
} from '../../extension/shared/constants.ts';
import { inheritedOptions } from '../../extension/shared/inheritedOptions.ts';
import type { EntryBody } from '../../extension/shared/journal.ts';
import { JournalHistory } from '../../extension/shared/journalHistory.ts';

test('inheritedOptions follows a journal as it grows and knows what counted at any moment before', () => {
  const history = new JournalHistory(1000);
  let seq = 0;
  const record = (body: EntryBody): number => {
    seq += 1;
    history.append({ ...body, seq, t: seq * 10 });
    return seq;
  };
  const set = (
    call: number,
    value: number,
    error?: 'ERROR_INVALID_PARAMETER',
    option: number = INTERNET_OPTION_CONNECT_TIMEOUT,
  ): number => {
    const args = [{ handle: 1 }, option, value];
    record({ type: 'call-begin', call, fn: 'InternetSetOption', handle: 1, args });
    return record({ type: 'call-end', call, result: error === undefined, ...(error && { error }) });
  };
  const counting = (at: number): readonly unknown[] => {
    const tree = history.treeAt(at);
    const node = tree.nodes.get(1);
    assert.ok(node !== undefined);
    return inheritedOptions(node, tree, history, at).map(({ value }) => value);
  };
  record({ type: 'call-begin', call: 1, fn: 'InternetOpen', handle: null, args: [] });
  const place = { value: 0xcc0004, kind: 'root', state: 'open', parent: null, target: 'options/1.0' } as const;
  record({ type: 'handle-open', serial: 1, fn: 'InternetOpen', call: 1, ...place });
  record({ type: 'call-end', call: 1, result: { handle: 1 } });
  assert.deepEqual(counting(seq), []);
  const first = set(2, 1000);
  assert.deepEqual(counting(first), [1000]);
  const second = set(3, 2000);
  const failed = set(4, 3000, 'ERROR_INVALID_PARAMETER');
  assert.deepEqual(
    [counting(failed), counting(second), counting(first), counting(first - 1)],
    [[2000], [2000], [1000], []],
  );
  // It cannot be read, but it counts.
  const masked = set(5, 4, undefined, INTERNET_OPTION_ERROR_MASK);
  assert.deepEqual(counting(masked), [2000, 4]);
});

test('inheritedOptions counts a name that was set on another request of the session, and not one of another session', () => {
  const history = new JournalHistory(1000);
  let seq = 0;
  const record = (body: EntryBody): void => {
    seq += 1;
    history.append({ ...body, seq, t: seq * 10 });
  };
  const opened = (serial: number, parent: number | null, kind: 'root' | 'http-connect' | 'http-request'): void => {
    const fn = parent === null ? 'InternetOpen' : kind === 'http-connect' ? 'InternetConnect' : 'HttpOpenRequest';
    const state = kind === 'http-request' ? 'unsent' : 'open';
    record({
      type: 'handle-open',
      serial,
      value: 0xcc0000 + 4 * serial,
      kind,
      state,
      parent,
      fn,
      call: serial,
      target: '',
    });
  };
  opened(1, null, 'root');
  opened(2, 1, 'http-connect');
  opened(3, 2, 'http-request');
  opened(4, 2, 'http-request');
  opened(5, 1, 'http-connect');
  const args = [{ handle: 3 }, INTERNET_OPTION_USERNAME, 'ada'];
  record({ type: 'call-begin', call: 9, fn: 'InternetSetOption', handle: 3, args });
  record({ type: 'call-end', call: 9, result: true });
  const tree = history.treeAt(seq);
  const counting = [2, 3, 4, 5].map((serial) => {
    const node = tree.nodes.get(serial);
    assert.ok(node !== undefined);
    return inheritedOptions(node, tree, history, seq).map(({ value, from }) => [value, from?.serial]);
  });
  assert.deepEqual(counting, [[['ada', 3]], [['ada', 3]], [['ada', 3]], []]);
});
