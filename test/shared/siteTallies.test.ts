import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatSite, parseSite, placeOfCall, shortSite } from '../../extension/shared/callSite.ts';
import type { EntryBody } from '../../extension/shared/journal.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { SiteTallies } from '../../extension/shared/siteTallies.ts';

const begin = (call: number, site: string, fn: 'InternetOpen' | 'InternetCloseHandle' = 'InternetOpen'): EntryBody => {
  return { type: 'call-begin', call, fn, handle: null, args: [], site };
};
const open = (call: number, value: number): EntryBody => {
  return {
    type: 'handle-open',
    serial: call,
    value,
    kind: 'root',
    state: 'open',
    parent: null,
    fn: 'InternetOpen',
    call,
    target: '',
  };
};
const end = (call: number, error?: 'ERROR_INVALID_HANDLE'): EntryBody => {
  return { type: 'call-end', call, result: null, ...(error === undefined ? {} : { error }) };
};

test('SiteTallies tells of every place what happened there last, and how often', () => {
  const tallies = new SiteTallies();
  const journal = new LiveJournal(() => 0, 100);
  journal.listen((entry) => tallies.follow(entry));
  const [loop, close] = ['/home/me/a.ts:3:9', '/home/me/a.ts:9:1'];
  for (const body of [begin(1, loop), open(1, 4), end(1), begin(2, loop), open(2, 8), end(2)]) journal.record(body);
  for (const body of [begin(3, close, 'InternetCloseHandle'), end(3, 'ERROR_INVALID_HANDLE')]) journal.record(body);
  assert.deepEqual(tallies.of('/home/me/a.ts'), [
    { fn: 'InternetOpen', line: 3, column: 9, count: 2, failures: 0, value: 8, error: null },
    {
      fn: 'InternetCloseHandle',
      line: 9,
      column: 1,
      count: 1,
      failures: 1,
      value: null,
      error: 'ERROR_INVALID_HANDLE',
    },
  ]);
  assert.deepEqual(tallies.of('/home/me/b.ts'), []);
});

test('SiteTallies passes over calls of which nobody knows the place', () => {
  const tallies = new SiteTallies();
  assert.equal(tallies.follow({ ...begin(1, 'nowhere'), seq: 1, t: 0 }), false);
  assert.equal(tallies.follow({ ...end(1), seq: 2, t: 0 }), false);
});

test('parseSite reads places of every system, and shortSite tells them in a few letters', () => {
  for (const file of ['/home/me/a b.ts', 'C:\\work\\a.ts']) {
    const place = { file, line: 12, column: 3 };
    assert.deepEqual(parseSite(formatSite(place)), place);
    assert.match(shortSite(place), /^a( b)?\.ts:12$/);
  }
  for (const site of [undefined, null, '', 'a.ts', 'a.ts:1', 'a.ts:0:1', ':1:1']) assert.equal(parseSite(site), null);
});

test('placeOfCall remembers where a handle was opened after its call was cut off', () => {
  const journal = new LiveJournal(() => 0, 2);
  for (const body of [begin(1, '/a.ts:3:9'), open(1, 4), end(1)]) journal.record(body);
  assert.equal(placeOfCall(journal.history, 1)?.line, 3);
  for (let call = 2; call < 9; call += 1)
    for (const body of [begin(call, '/a.ts:5:1'), end(call)]) journal.record(body);
  assert.ok(journal.cut > 3);
  assert.equal(placeOfCall(journal.history, 1)?.line, 3);
  assert.equal(placeOfCall(journal.history, 2), null);
});
