import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { entriesOf, failsWith, leavesNothingBehind, startEngine } from './engineFixture.ts';

leavesNothingBehind();

const PAGE = 'http://www.example.com/';

test('InternetGetCookie returns what InternetSetCookie kept, whole or in a buffer whose length counts the NUL', async (t) => {
  const { wininet } = await startEngine(t);
  await wininet.InternetSetCookie(PAGE, 'a', '1');
  await wininet.InternetSetCookie(PAGE, null, 'b=2; path=/');
  assert.equal(await wininet.InternetGetCookie(PAGE), 'a=1; b=2');
  assert.equal(await wininet.InternetGetCookie(PAGE, null, new Uint8Array(0)), 9);
  const buffer = new Uint8Array(9);
  assert.equal(await wininet.InternetGetCookie(PAGE, null, buffer), 9);
  assert.equal(Buffer.from(buffer).toString('latin1'), 'a=1; b=2\0');
  const error = await failsWith(wininet.InternetGetCookie(PAGE, null, new Uint8Array(8)), 'ERROR_INSUFFICIENT_BUFFER');
  assert.equal(error.requiredLength, 9);
});

test('InternetGetCookieEx finds one cookie by its name, which is case-sensitive', async (t) => {
  const { wininet } = await startEngine(t);
  await wininet.InternetSetCookie(PAGE, 'a', '1');
  await wininet.InternetSetCookie(PAGE, 'b', '2');
  assert.equal(await wininet.InternetGetCookieEx(PAGE, 'b'), 'b=2');
  await failsWith(wininet.InternetGetCookieEx(PAGE, 'B'), 'ERROR_NO_MORE_ITEMS');
});

test('InternetSetCookie keeps its hands off cookies marked HttpOnly', async (t) => {
  const { wininet } = await startEngine(t);
  await failsWith(wininet.InternetSetCookie(PAGE, null, 'a=1; httponly'), 'ERROR_INVALID_OPERATION');
  const flags = c.INTERNET_COOKIE_HTTPONLY;
  assert.equal(await wininet.InternetSetCookieEx(PAGE, null, 'a=1; httponly', flags), c.COOKIE_STATE_ACCEPT);
  await failsWith(wininet.InternetGetCookie(PAGE), 'ERROR_NO_MORE_ITEMS');
  await failsWith(wininet.InternetSetCookie(PAGE, 'a', '2'), 'ERROR_INVALID_OPERATION');
  assert.equal(await wininet.InternetGetCookieEx(PAGE, null, null, flags), 'a=1');
});

test('InternetSetCookie refuses the domains of others and those of everybody', async (t) => {
  const { wininet } = await startEngine(t);
  for (const domain of ['different.com', 'com', 'co.uk']) {
    await failsWith(wininet.InternetSetCookie(PAGE, null, `a=1; domain=${domain}`), 'ERROR_INVALID_PARAMETER');
  }
  await failsWith(wininet.InternetSetCookie('www.example.com', 'a', '1'), 'ERROR_INTERNET_UNRECOGNIZED_SCHEME');
  await failsWith(wininet.InternetGetCookie('http://www.example.com:0/'), 'ERROR_INTERNET_INVALID_URL');
});

test('INTERNET_OPTION_END_BROWSER_SESSION forgets the cookies that have no time to expire', async (t) => {
  const { wininet } = await startEngine(t);
  await wininet.InternetSetCookie(PAGE, null, 'lasting=1; expires=Fri, 01-Jan-2088 00:00:00 GMT');
  await wininet.InternetSetCookie(PAGE, null, 'fleeting=1');
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_END_BROWSER_SESSION, null);
  assert.equal(await wininet.InternetGetCookie(PAGE), 'lasting=1');
});

test('InternetSetCookie and InternetGetCookie leave no value of a cookie in the journal', async (t) => {
  const { wininet, journal } = await startEngine(t);
  await wininet.InternetSetCookie(PAGE, 'a', 'sesame');
  await wininet.InternetSetCookie(PAGE, null, 'b=sesame');
  assert.equal(await wininet.InternetGetCookieEx(PAGE, 'a'), 'a=sesame');
  assert.ok(entriesOf(journal, 'call-begin').length >= 3);
  assert.ok(!JSON.stringify(journal.entries).includes('sesame'));
});
