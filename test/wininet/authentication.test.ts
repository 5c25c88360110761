import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { startNginx } from '../peers/nginx.ts';
import { withPeer } from '../peers/peer.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { entriesOf, leavesNothingBehind, openRequest, readAll, sendRequest, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const ACCOUNT = { user: 'ada', password: 'first programmer' };

test('HttpSendRequest answers a Basic challenge with the name and password of InternetConnect', async (t) => {
  await withPeer(t, startNginx, async ({ urls, account }) => {
    const engine = await startEngine(t);
    const request = await sendRequest(engine, new URL(urls.http), '/private/secret.txt', account);
    assert.equal((await readAll(engine, request)).toString(), 'Only for those who know.\n');
    assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
    const wrong = { ...account, password: 'wrong' };
    const refused = await sendRequest(engine, new URL(urls.http), '/private/secret.txt', wrong);
    assert.equal(await engine.wininet.HttpQueryInfo(refused, c.HTTP_QUERY_STATUS_CODE), '401');
  });
});

test('HttpSendRequest sends its body again with the proof that a Digest challenge asks for', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal } = engine;
  const account = playgroundAccount();
  const request = await openRequest(engine, playground().http, '/auth/digest', { ...account, verb: 'POST' });
  await wininet.HttpSendRequest(request, null, 'the body');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
  const lengths = entriesOf(journal, 'wire').filter(({ text }) => /^Content-Length: 8\r?$/m.test(text));
  assert.equal(lengths.length, 2);
});

test('HttpSendRequest gives the 401 to a program that has no password, forbids it, or is asked for another scheme', async (t) => {
  const engine = await startEngine(t);
  for (const [path, options] of [
    ['/auth/basic', {}],
    ['/auth/basic', { ...ACCOUNT, requestFlags: c.INTERNET_FLAG_NO_AUTH }],
    ['/auth/ntlm', ACCOUNT],
    ['/auth/negotiate', ACCOUNT],
  ] as const) {
    const request = await sendRequest(engine, playground().http, path, options);
    assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '401', path);
    assert.ok((await readAll(engine, request)).length > 0);
  }
});

test('HttpSendRequest takes an empty user name for none, and does not try again with it', async (t) => {
  const engine = await startEngine(t);
  const request = await sendRequest(engine, playground().http, '/auth/basic', { user: '', password: '' });
  assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '401');
  assert.equal(entriesOf(engine.journal, 'wire').filter(({ direction }) => direction === 'out').length, 1);
});

test('HttpSendRequest takes INTERNET_OPTION_USERNAME and INTERNET_OPTION_PASSWORD for a second try', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const account = playgroundAccount();
  const request = await sendRequest(engine, playground().http, '/auth/basic');
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '401');
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_USERNAME, account.user);
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_PASSWORD, account.password);
  await wininet.HttpSendRequest(request);
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
});

test('InternetOpenUrl logs on with the user and password of the URL, and the journal knows neither', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root, journal } = engine;
  const { user, password } = playgroundAccount();
  const url = new URL('/auth/basic', playground().http);
  url.username = user;
  url.password = password;
  const handle = await wininet.InternetOpenUrl(root, url.href);
  assert.equal(await wininet.HttpQueryInfo(handle, c.HTTP_QUERY_STATUS_CODE), '200');
  const journalText = JSON.stringify(entriesOf(journal, 'call-begin')) + JSON.stringify(entriesOf(journal, 'wire'));
  const encoded = Buffer.from(`${user}:${password}`).toString('base64');
  for (const secret of [url.password, password, encoded]) assert.ok(!journalText.includes(secret), journalText);
});

test('HttpSendRequest leaves an Authorization header of the program alone', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().http, '/auth/basic', ACCOUNT);
  await engine.wininet.HttpSendRequest(request, 'Authorization: Basic bm86bm8=');
  assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '401');
});

/** Reads name and password from the page that asks for them. */
function playgroundAccount(): typeof ACCOUNT {
  const shown = playground().addresses.find(({ url }) => url.endsWith('/auth/basic'))?.detail ?? '';
  const [, user = '', password = ''] = /user is "([^"]+)", the password "([^"]+)"/.exec(shown) ?? [];
  assert.ok(user !== '' && password !== '');
  return { user, password };
}
