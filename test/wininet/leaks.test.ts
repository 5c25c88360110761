import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterHandles } from '../../extension/shared/filteredHandles.ts';
import { parseFilter } from '../../extension/shared/handleFilter.ts';
import { LEAK_AFTER, looksLeaked } from '../../extension/shared/leaks.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  connectHttp,
  type Engine,
  leavesNothingBehind,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('looksLeaked names requests read to their end and handles never used, once they have lain for long', async (t) => {
  const engine = await startEngine(t);
  const { http } = playground();
  const drained = await sendRequest(engine, http, '/body/chunked');
  await readAll(engine, drained);
  const unused = await openRequest(engine, http, '/echo');
  const halfRead = await sendRequest(engine, http, '/bytes/3000');
  await engine.wininet.InternetReadFile(halfRead, new Uint8Array(1000));
  const prepared = await openRequest(engine, http, '/echo');
  await engine.wininet.HttpAddRequestHeaders(prepared, 'X-Kept: yes', 0);
  assert.deepEqual(leaks(engine, 0), [], 'not yet: all were used a moment ago');
  assert.deepEqual(leaks(engine, LEAK_AFTER), [drained.serial, unused.serial]);
});

test('looksLeaked names a search never asked on or at its end, never a session', async (t) => {
  const engine = await startEngine(t);
  const { ftp, http } = playground();
  const session = await connectFtp(engine, ftp, {});
  const find = await engine.wininet.FtpFindFirstFile(session, '/pub/*');
  assert.deepEqual(leaks(engine, LEAK_AFTER), [find.serial], 'a search of which nothing but its first entry was asked');
  await engine.wininet.InternetFindNextFile(find);
  assert.deepEqual(leaks(engine, LEAK_AFTER), []);
  await exhaust(engine, find);
  assert.deepEqual(leaks(engine, LEAK_AFTER), [find.serial]);
  await connectHttp(engine, http);
  assert.deepEqual(leaks(engine, LEAK_AFTER), [find.serial], 'a session without requests is kept on purpose');
});

test('looksLeaked stops naming a handle that is used again, runs a call or is closed', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await sendRequest(engine, playground().http, '/slow/headers/200');
  await readAll(engine, request);
  assert.deepEqual(leaks(engine, LEAK_AFTER), [request.serial]);
  const sending = wininet.HttpSendRequest(request);
  assert.deepEqual(leaks(engine, LEAK_AFTER), [], 'a call is running');
  await sending;
  assert.deepEqual(leaks(engine, LEAK_AFTER), [], 'there is an answer to read');
  await readAll(engine, request);
  assert.deepEqual(leaks(engine, LEAK_AFTER), [request.serial]);
  await wininet.InternetCloseHandle(request);
  assert.deepEqual(leaks(engine, LEAK_AFTER), []);
});

/** What looks leaked so many microseconds after the last entry; the filter says the same. */
function leaks({ journal }: Engine, later: number): number[] {
  const { tree } = journal;
  const now = tree.t + later;
  const parsed = parseFilter('is:leak');
  assert.ok(parsed.ok && parsed.filter.usesTime);
  const serials = [...tree.nodes.values()].filter((node) => looksLeaked(node, now)).map(({ serial }) => serial);
  assert.deepEqual([...filterHandles(tree, parsed.filter, now).matches], serials);
  return serials;
}

async function exhaust({ wininet }: Engine, find: HINTERNET<'ftp-find'>): Promise<void> {
  for (;;) {
    try {
      await wininet.InternetFindNextFile(find);
    } catch {
      return; // ERROR_NO_MORE_FILES
    }
  }
}
