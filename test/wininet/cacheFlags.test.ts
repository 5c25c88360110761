import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  connectGopher,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('InternetOpen with INTERNET_FLAG_OFFLINE keeps every handle below it off the network', async (t) => {
  const plain = await startEngine(t);
  const { wininet, journal } = plain;
  const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_DIRECT, null, null, c.INTERNET_FLAG_OFFLINE);
  const engine = { ...plain, root };
  const request = await openRequest(engine, playground().http, '/');
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_FILE_NOT_FOUND');
  await failsWith(connectFtp(engine, playground().ftp), 'ERROR_FILE_NOT_FOUND');
  const gopher = await connectGopher(engine, playground().gopher);
  await failsWith(wininet.GopherFindFirstFile(gopher, null), 'ERROR_FILE_NOT_FOUND');
  for (const { href } of [playground().http, playground().ftp, playground().gopher]) {
    await failsWith(wininet.InternetOpenUrl(root, href), 'ERROR_FILE_NOT_FOUND');
  }
  assert.deepEqual(entriesOf(journal, 'wire'), []);
});

test('GopherFindFirstFile fails with ERROR_INTERNET_DISCONNECTED when the library was set offline', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectGopher(engine, playground().gopher);
  const state = c.INTERNET_STATE_DISCONNECTED_BY_USER;
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_CONNECTED_STATE, state);
  await failsWith(wininet.GopherFindFirstFile(session, null), 'ERROR_INTERNET_DISCONNECTED');
});

test('flags that speak of a cache are honoured as "never from a cache", and the journal says so', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal } = engine;
  const notes = () => entriesOf(journal, 'note').map(({ topic, text }) => [topic, text.split(' speak')[0]]);
  const requestFlags = c.INTERNET_FLAG_RESYNCHRONIZE | c.INTERNET_FLAG_CACHE_IF_NET_FAIL;
  for (let times = 1; times <= 2; times += 1) {
    const request = await sendRequest(engine, playground().http, '/cache/minute', { requestFlags });
    assert.ok((await readAll(engine, request)).length > 0);
    assert.equal(entriesOf(journal, 'wire').filter(({ direction }) => direction === 'out').length, times);
  }
  assert.deepEqual(
    notes(),
    Array(2).fill(['no-cache', 'INTERNET_FLAG_CACHE_IF_NET_FAIL and INTERNET_FLAG_RESYNCHRONIZE']),
  );
  for (const [name, flag] of [
    ['INTERNET_FLAG_HYPERLINK', c.INTERNET_FLAG_HYPERLINK],
    ['INTERNET_FLAG_CACHE_ASYNC', c.INTERNET_FLAG_CACHE_ASYNC],
    ['INTERNET_FLAG_FWD_BACK', c.INTERNET_FLAG_FWD_BACK],
  ] as const) {
    await wininet.InternetOpenUrl(engine.root, playground().ftp.href, null, flag);
    assert.deepEqual(notes().at(-1), ['no-cache', name]);
  }
});

test('flags that keep a cache out have nothing to be noted', async (t) => {
  const engine = await startEngine(t);
  const requestFlags = c.INTERNET_FLAG_RELOAD | c.INTERNET_FLAG_NO_CACHE_WRITE | c.INTERNET_FLAG_PRAGMA_NOCACHE;
  await sendRequest(engine, playground().http, '/', { requestFlags });
  assert.deepEqual(entriesOf(engine.journal, 'note'), []);
});
