import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { startNginx } from '../peers/nginx.ts';
import { withPeer } from '../peers/peer.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectHttp, failsWith, leavesNothingBehind, openRequest, readAll, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const SECURE = { flags: c.INTERNET_FLAG_SECURE };

test('HttpSendRequest refuses a certificate that nobody has signed with ERROR_INTERNET_INVALID_CA and says what helps', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().https, '/', SECURE);
  const error = await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_INTERNET_INVALID_CA');
  assert.ok(error.message.includes(playground().https.host.split(':')[1] ?? '?'), error.message);
  assert.match(error.message, /SECURITY_FLAG_IGNORE_UNKNOWN_CA|certificate/i);
});

test('HttpSendRequest accepts it once InternetSetOption allows an unknown authority, and the handle may be sent again', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().https, '/redirect/landing', SECURE);
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_INVALID_CA');
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
  await wininet.HttpSendRequest(request);
  assert.match((await readAll(engine, request)).toString(), /^You have arrived at https:/);
});

test('InternetSetOption on one request does not make another trust the server', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectHttp(engine, playground().https, SECURE);
  const open = () => wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 0);
  const trusting = await open();
  await wininet.InternetSetOption(trusting, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
  await wininet.HttpSendRequest(trusting);
  await readAll(engine, trusting);
  await failsWith(wininet.HttpSendRequest(await open()), 'ERROR_INTERNET_INVALID_CA');
});

test('HttpSendRequest reads from nginx over TLS once its authority is allowed', async (t) => {
  await withPeer(t, startNginx, async ({ urls }) => {
    const engine = await startEngine(t);
    const { wininet } = engine;
    const request = await openRequest(engine, new URL(urls.https), '/files/hello.txt', SECURE);
    await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_INVALID_CA');
    await wininet.InternetSetOption(request, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
    await wininet.HttpSendRequest(request);
    assert.match((await readAll(engine, request)).toString(), /^Hello from a plain file/);
  });
});

test('HttpSendRequest in clear to a port of TLS, and in TLS to a port in clear, fails with a code that fits', async (t) => {
  const engine = await startEngine(t);
  const secure = await openRequest(engine, playground().http, '/', SECURE);
  await failsWith(engine.wininet.HttpSendRequest(secure), 'ERROR_INTERNET_SECURITY_CHANNEL_ERROR');
  const clear = await openRequest(engine, playground().https, '/');
  await failsWith(engine.wininet.HttpSendRequest(clear), 'ERROR_HTTP_INVALID_SERVER_RESPONSE');
});

test('HttpOpenRequest with INTERNET_FLAG_SECURE turns a plain session into https', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const requestFlags = c.INTERNET_FLAG_SECURE;
  const request = await openRequest(engine, playground().https, '/redirect/landing', { requestFlags });
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
  await wininet.HttpSendRequest(request);
  const { href } = new URL('/redirect/landing', playground().https);
  assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_URL), href);
});
