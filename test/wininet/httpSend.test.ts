import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { ok, type RawServer, serve } from '../drivers/httpFixture.ts';
import {
  connectHttp,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
} from './engineFixture.ts';

leavesNothingBehind();

const EMPTY = 'Content-Length: 0\r\n\r\n';

test('HttpSendRequest sends the cookies that answers have set, also one that redirects, and none with INTERNET_FLAG_NO_COOKIES', async (t) => {
  const server = await serve(t, {
    '/set': [`HTTP/1.1 302 Go\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2; HttpOnly\r\nLocation: /next\r\n${EMPTY}`],
    '*': [ok('arrived')],
  });
  const engine = await startEngine(t);
  await readAll(engine, await sendRequest(engine, urlOf(server), '/set', { requestFlags: c.INTERNET_FLAG_NO_COOKIES }));
  assert.doesNotMatch(server.received[1]?.head ?? '', /^cookie:/im, 'nothing was kept');
  await readAll(engine, await sendRequest(engine, urlOf(server), '/set'));
  assert.match(server.received[3]?.head ?? '', /^Cookie: a=1; b=2$/m);
  await readAll(
    engine,
    await sendRequest(engine, urlOf(server), '/next', { requestFlags: c.INTERNET_FLAG_NO_COOKIES }),
  );
  assert.doesNotMatch(server.received[4]?.head ?? '', /^cookie:/im);
});

test('HttpSendRequest puts the cookies that it has kept in the place of a Cookie header of the program, but for INTERNET_FLAG_NO_COOKIES', async (t) => {
  const server = await serve(t, { '*': [ok('arrived')] });
  const engine = await startEngine(t);
  const send = async (flags: number) => {
    const request = await openRequest(engine, urlOf(server), '/', { requestFlags: flags });
    await engine.wininet.HttpSendRequest(request, 'Cookie: mine=1');
    return server.received.at(-1)?.head.match(/^cookie:.*$/gim);
  };
  assert.deepEqual(await send(0), ['Cookie: mine=1']);
  await engine.wininet.InternetSetCookie(urlOf(server).href, 'kept', '2');
  assert.deepEqual(await send(0), ['Cookie: kept=2']);
  assert.deepEqual(await send(c.INTERNET_FLAG_NO_COOKIES), ['Cookie: mine=1']);
});

test('HttpSendRequest remembers an accepted password for the folder, until INTERNET_OPTION_END_BROWSER_SESSION', async (t) => {
  const challenge = `HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm="here"\r\n${EMPTY}`;
  const server = await serve(t, { '/in/a': [[challenge], [ok('a')]], '*': [ok('other')] });
  const engine = await startEngine(t);
  await readAll(engine, await sendRequest(engine, urlOf(server), '/in/a', { user: 'ada', password: 'secret' }));
  for (const path of ['/in/b', '/out']) await readAll(engine, await sendRequest(engine, urlOf(server), path));
  await engine.wininet.InternetSetOption(null, c.INTERNET_OPTION_END_BROWSER_SESSION, null);
  await readAll(engine, await sendRequest(engine, urlOf(server), '/in/b'));
  const sent = server.received.map(({ head }) => /^authorization:/im.test(head));
  assert.deepEqual(sent, [false, true, true, false, false]);
});

test('HttpSendRequest proves a password to a proxy with INTERNET_OPTION_PROXY_USERNAME, and never to a server that says 407', async (t) => {
  const refusal = `HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="way"\r\n${EMPTY}`;
  const proxy = await serve(t, { '*': [[refusal], [ok('through')]] });
  const engine = await startEngine(t);
  const { wininet } = engine;
  const root = await wininet.InternetOpen('test', c.INTERNET_OPEN_TYPE_PROXY, `127.0.0.1:${proxy.port}`, null, 0);
  const request = await openRequest({ ...engine, root }, new URL('http://origin.example:8080'), '/x');
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_PROXY_USERNAME, 'ada');
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_PROXY_PASSWORD, 'secret');
  await wininet.HttpSendRequest(request);
  assert.equal((await readAll(engine, request)).toString(), 'through');
  assert.match(proxy.received[1]?.head ?? '', /^Proxy-Authorization: Basic YWRhOnNlY3JldA==$/m);
  const trap = await serve(t, { '*': [refusal] });
  const direct = await openRequest(engine, urlOf(trap), '/');
  await wininet.InternetSetOption(direct, c.INTERNET_OPTION_PROXY_USERNAME, 'ada');
  await wininet.HttpSendRequest(direct);
  assert.equal(trap.received.length, 1);
});

test('HttpSendRequest takes a new nonce for a stale one, but not for ever', async (t) => {
  let nonce = 0;
  const stale = () =>
    `HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="r", qop="auth", stale=true, nonce="n${nonce++}"\r\n${EMPTY}`;
  const server = await serve(t, { '*': Array.from({ length: 12 }, () => [stale()]) });
  const engine = await startEngine(t);
  const request = await sendRequest(engine, urlOf(server), '/', { user: 'ada', password: 'secret' });
  assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '401');
  assert.equal(server.received.length, 5);
});

test('HttpSendRequest notes in the journal why it gives a challenge to the program', async (t) => {
  const challenge = `HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM\r\nWWW-Authenticate: Negotiate\r\n${EMPTY}`;
  const server = await serve(t, { '*': [challenge] });
  const engine = await startEngine(t);
  await sendRequest(engine, urlOf(server), '/', { user: 'ada', password: 'secret' });
  const note = entriesOf(engine.journal, 'note').find(({ topic }) => topic === 'unanswered-challenge');
  assert.match(note?.text ?? '', /ntlm, negotiate/);
});

test('HttpSendRequest fails with ERROR_FILE_NOT_FOUND with INTERNET_FLAG_FROM_CACHE and asks no server', async (t) => {
  const server = await serve(t, { '*': [ok('never')] });
  const engine = await startEngine(t);
  const session = await connectHttp(engine, urlOf(server));
  const flags = c.INTERNET_FLAG_FROM_CACHE;
  const request = await engine.wininet.HttpOpenRequest(session, null, '/', null, null, null, flags, 0);
  await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_FILE_NOT_FOUND');
  assert.equal(server.received.length, 0);
});

function urlOf(server: RawServer): URL {
  return new URL(`http://127.0.0.1:${server.port}`);
}
