import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { HINTERNET, type OptionValue } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectFtp, connectHttp, failsWith, leavesNothingBehind, openRequest, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const INHERITED = [
  [c.INTERNET_OPTION_CONNECT_TIMEOUT, 60_000, 1234],
  [c.INTERNET_OPTION_SEND_TIMEOUT, 0, 1235],
  [c.INTERNET_OPTION_RECEIVE_TIMEOUT, 0, 1236],
  [c.INTERNET_OPTION_DATA_SEND_TIMEOUT, 0, 1237],
  [c.INTERNET_OPTION_DATA_RECEIVE_TIMEOUT, 0, 1238],
  [c.INTERNET_OPTION_CONNECT_RETRIES, 5, 2],
  [c.INTERNET_OPTION_FROM_CACHE_TIMEOUT, c.INFINITE, 1239],
  [c.INTERNET_OPTION_BYPASS_EDITED_ENTRY, false, true],
] as const;

test('InternetQueryOption tells the type, the parent, the context and the URL of a handle', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const request = await openRequest(engine, playground().http, '/a b?c', { context: 77 });
  const session = await wininet.InternetQueryOption(request, c.INTERNET_OPTION_PARENT_HANDLE);
  assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_HANDLE_TYPE), 13);
  assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_CONTEXT_VALUE), 77);
  const { origin } = playground().http;
  assert.equal(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_URL), `${origin}/a%20b?c`);
  assert.ok(session instanceof HINTERNET);
  assert.equal(await wininet.InternetQueryOption(session, c.INTERNET_OPTION_PARENT_HANDLE), root);
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_PARENT_HANDLE), null);
});

test('InternetSetOption is copied by handles made later and does not reach those that exist', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  for (const [option, initial, changed] of INHERITED) {
    const early = await connectHttp(engine, playground().http);
    assert.equal(await wininet.InternetQueryOption(early, option), initial);
    await wininet.InternetSetOption(root, option, changed);
    assert.equal(await wininet.InternetQueryOption(early, option), initial);
    const late = await connectHttp(engine, playground().http);
    const request = await wininet.HttpOpenRequest(late, null, '/', null, null, null, 0, 0);
    assert.equal(await wininet.InternetQueryOption(request, option), changed);
    await wininet.InternetSetOption(late, option, initial);
    assert.equal(await wininet.InternetQueryOption(request, option), changed);
    assert.equal(await wininet.InternetQueryOption(root, option), changed);
  }
});

test('InternetSetOption changes the user agent that is sent', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_USER_AGENT), 'test/1.0');
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_USER_AGENT, 'other/2.0');
  const request = await openRequest(engine, playground().http, '/');
  await wininet.HttpSendRequest(request);
  const sent = c.HTTP_QUERY_USER_AGENT | c.HTTP_QUERY_FLAG_REQUEST_HEADERS;
  assert.equal(await wininet.HttpQueryInfo(request, sent), 'other/2.0');
});

test('InternetSetOption refuses what can only be read, what the kind does not have, and what nobody knows', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const request = await openRequest(engine, playground().http, '/');
  for (const option of [c.INTERNET_OPTION_HANDLE_TYPE, c.INTERNET_OPTION_PARENT_HANDLE, c.INTERNET_OPTION_URL]) {
    await failsWith(wininet.InternetSetOption(request, option, 1), 'ERROR_INTERNET_INVALID_OPTION');
  }
  for (const option of [
    c.INTERNET_OPTION_PROXY_USERNAME,
    c.INTERNET_OPTION_SECURITY_FLAGS,
    c.INTERNET_OPTION_PASSWORD,
  ]) {
    await failsWith(wininet.InternetQueryOption(root, option), 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE');
    await failsWith(wininet.InternetSetOption(root, option, 1), 'ERROR_INTERNET_INVALID_OPTION');
  }
  const refresh = wininet.InternetSetOption(request, c.INTERNET_OPTION_REFRESH, null);
  await failsWith(refresh, 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE');
  await failsWith(wininet.InternetQueryOption(root, 54_321), 'ERROR_INTERNET_INVALID_OPTION');
  await failsWith(wininet.InternetSetOption(root, 54_321, 1), 'ERROR_INTERNET_INVALID_OPTION');
  await failsWith(wininet.InternetQueryOption(root, c.INTERNET_OPTION_HTTP_DECODING), 'ERROR_INTERNET_INVALID_OPTION');
  await failsWith(wininet.InternetQueryOption(root, c.INTERNET_OPTION_POLICY), 'ERROR_INVALID_PARAMETER');
  await failsWith(wininet.InternetSetOption(root, c.INTERNET_OPTION_POLICY, null), 'ERROR_INVALID_PARAMETER');
});

test('InternetQueryOption says that a handle has no such option before it says that it can only be set', async (t) => {
  const { wininet, root } = await startEngine(t);
  for (const [handle, option] of [
    [null, c.INTERNET_OPTION_HTTP_DECODING],
    [root, c.INTERNET_OPTION_CLIENT_CERT_CONTEXT],
  ] as const) {
    await failsWith(wininet.InternetQueryOption(handle, option), 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE');
  }
  await failsWith(wininet.InternetQueryOption(root, c.INTERNET_OPTION_HTTP_DECODING), 'ERROR_INTERNET_INVALID_OPTION');
});

test('InternetSetOption sets on a request no agent, which it can only tell', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().http, '/');
  const setting = engine.wininet.InternetSetOption(request, c.INTERNET_OPTION_USER_AGENT, 'other/2.0');
  const error = await failsWith(setting, 'ERROR_INTERNET_INVALID_OPTION');
  assert.match(error.message, /Pass a handle of the kind root/);
  assert.equal(await engine.wininet.InternetQueryOption(request, c.INTERNET_OPTION_USER_AGENT), 'test/1.0');
});

test('InternetSetOption refuses values of the wrong form', async (t) => {
  const { wininet, root } = await startEngine(t);
  for (const value of [-1, 1.5, Number.NaN, '1000', null, true]) {
    const setting = wininet.InternetSetOption(root, c.INTERNET_OPTION_RECEIVE_TIMEOUT, value);
    await failsWith(setting, 'ERROR_INVALID_PARAMETER');
  }
  for (const [option, value] of [
    [c.INTERNET_OPTION_CALLBACK, 5],
    [c.INTERNET_OPTION_PROXY, 'proxy:8080'],
    [c.INTERNET_OPTION_PROXY, { dwAccessType: 3, lpszProxy: 5, lpszProxyBypass: null }],
    [c.INTERNET_OPTION_PROXY, { dwAccessType: 3, lpszProxy: 'a:b:c', lpszProxyBypass: null }],
    [c.INTERNET_OPTION_PER_CONNECTION_OPTION, { pszConnection: null, pOptions: [{}] }],
    [c.INTERNET_OPTION_CONNECTED_STATE, 77],
    [c.INTERNET_OPTION_BYPASS_EDITED_ENTRY, 'yes'],
  ] as const) {
    // What a program without a compiler may pass.
    await failsWith(wininet.InternetSetOption(root, option, value as OptionValue), 'ERROR_INVALID_PARAMETER');
  }
  await failsWith(wininet.InternetSetOption(root, c.INTERNET_OPTION_USER_AGENT, 5), 'ERROR_INVALID_PARAMETER');
});

test('InternetQueryOption returns the name and password of a session to the program, and the journal keeps only the name', async (t) => {
  const engine = await startEngine(t);
  const { username: user, password } = playground().ftp;
  const session = await connectFtp(engine, playground().ftp, { user, password });
  const secret = await engine.wininet.InternetQueryOption(session, c.INTERNET_OPTION_PASSWORD);
  assert.equal(secret, password);
  assert.equal(await engine.wininet.InternetQueryOption(session, c.INTERNET_OPTION_USERNAME), user);
  assert.ok(!JSON.stringify(engine.journal.entries).includes(`"${password}"`));
});
