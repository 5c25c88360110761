import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { END, ok, RESET, type Step } from '../drivers/httpFixture.ts';
import { entriesOf, failsInTime, failsWith, leavesNothingBehind, readAll, until } from './engineFixture.ts';
import { BRIEF, scriptedRequest } from './scriptedRequest.ts';

leavesNothingBehind();

const HEAD = 'HTTP/1.1 200 OK\r\n';
const LENGTH = `${HEAD}Content-Length: 100\r\n\r\n`;
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;
const INVALID = 'ERROR_HTTP_INVALID_SERVER_RESPONSE';

// As recorded from a real WinINet, a body that is shorter than announced ends like a whole one, and a size of a chunk that is
// no number counts as 0.
const cuts: readonly (readonly [day: string, text: string, steps: readonly Step[]])[] = [
  ['before the Content-Length is reached', '0123456789', [`${LENGTH}0123456789`, END]],
  ['before the first byte of a Content-Length', '', [LENGTH, END]],
  ['in the middle of a chunk', 'hello', [`${CHUNKED}a\r\nhello`, END]],
  ['between two chunks', 'hello', [`${CHUNKED}5\r\nhello\r\n`, END]],
  ['within the size of a chunk', 'hello', [`${CHUNKED}5\r\nhello\r\n1`, END]],
  ['behind a size of a chunk that is no number', 'hello', [`${CHUNKED}5\r\nhello\r\nzz\r\nx\r\n0\r\n\r\n`]],
  ['behind a first size of a chunk that is no number', '', [`${CHUNKED}zz\r\nhello\r\n0\r\n\r\n`]],
  ['behind a negative size of a chunk', 'hello', [`${CHUNKED}5\r\nhello\r\n-5\r\nhello\r\n`]],
];

for (const [day, text, steps] of cuts) {
  test(`InternetReadFile ends without an error when the body ends ${day}, and the journal says so`, async (t) => {
    const { engine, request, sockets } = await scriptedRequest(t, { '/': [steps, [ok('whole')]] });
    await engine.wininet.HttpSendRequest(request);
    assert.equal((await readAll(engine, request)).toString(), text);
    const notes = entriesOf(engine.journal, 'note').filter(({ topic }) => topic === 'short-body');
    assert.equal(notes.length, 1);
    await until(() => sockets.every((socket) => socket.destroyed));
    await engine.wininet.HttpSendRequest(request);
    assert.equal((await readAll(engine, request)).toString(), 'whole');
  });
}

test('InternetReadFile takes the end of the connection for the end of a body without length, and notes nothing', async (t) => {
  const { engine, request } = await scriptedRequest(t, { '/': [`${HEAD}\r\nall there is`, END] });
  await engine.wininet.HttpSendRequest(request);
  assert.equal((await readAll(engine, request)).toString(), 'all there is');
  assert.deepEqual(
    entriesOf(engine.journal, 'note').filter(({ topic }) => topic === 'short-body'),
    [],
  );
});

const breaks: readonly (readonly [day: string, symbol: string, text: string, steps: readonly Step[]])[] = [
  ['the size of a chunk is beyond every number', INVALID, 'hello', [`${CHUNKED}5\r\nhello\r\n${'f'.repeat(40)}\r\nx`]],
  ['a chunk is longer than its size', INVALID, 'hello', [`${CHUNKED}5\r\nhello, world\r\n0\r\n\r\n`]],
  ['the connection is reset in a counted body', 'ERROR_INTERNET_CONNECTION_RESET', '01', [`${LENGTH}01`, RESET]],
  ['the connection is reset in a chunk', 'ERROR_INTERNET_CONNECTION_RESET', '01', [`${CHUNKED}a\r\n01`, RESET]],
  [
    'the connection is reset in a body without length',
    'ERROR_INTERNET_CONNECTION_RESET',
    '01',
    [`${HEAD}\r\n01`, RESET],
  ],
  ['nothing more comes', 'ERROR_INTERNET_TIMEOUT', '01', [`${LENGTH}01`]],
  ['no chunk follows', 'ERROR_INTERNET_TIMEOUT', '01', [`${CHUNKED}2\r\n01\r\n`]],
];

for (const [day, symbol, text, steps] of breaks) {
  test(`InternetReadFile gives what came and then fails with ${symbol} when ${day}`, async (t) => {
    const { engine, request, sockets } = await scriptedRequest(t, { '/': [steps, [ok('better')]] });
    const { wininet } = engine;
    await wininet.HttpSendRequest(request);
    const buffer = new Uint8Array(64);
    const count = await wininet.InternetReadFile(request, buffer);
    assert.equal(Buffer.from(buffer.subarray(0, count)).toString(), text);
    for (let time = 0; time < 2; time += 1) {
      const error = await failsInTime(wininet.InternetReadFile(request, buffer), symbol, BRIEF);
      assert.equal(wininet.GetLastError(), error.code);
    }
    await failsWith(wininet.InternetQueryDataAvailable(request), symbol);
    await until(() => sockets.every((socket) => socket.destroyed));
    assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
    await wininet.HttpSendRequest(request);
    assert.equal((await readAll(engine, request)).toString(), 'better');
    await wininet.InternetCloseHandle(request);
  });
}
