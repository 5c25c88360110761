import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as c from '../../extension/shared/constants.ts';
import { ok, serve } from '../drivers/httpFixture.ts';
import { entriesOf, failsWith, leavesNothingBehind, readAll, startEngine } from './engineFixture.ts';

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

test('InternetGetCookie tells cookies with longer paths first, the others as they were set', async (t) => {
  const { wininet } = await startEngine(t);
  for (const cookie of ['a=1; path=/', 'b=2; path=/', 'c=3; path=/deep/']) {
    await wininet.InternetSetCookie(PAGE, null, cookie);
  }
  assert.equal(await wininet.InternetGetCookie(`${PAGE}deep/x`), 'c=3; a=1; b=2');
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
  assert.equal(await wininet.InternetSetCookieEx(PAGE, 'a', '2'), c.COOKIE_STATE_REJECT);
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

test('InternetGetCookie finds what any host was given, also one with a reserved name or a dot at its end', async (t) => {
  const words = ['test', 'local', 'localhost', 'invalid', 'example', 'onion', 'com', 'co', 'uk', 'shop', 'a_b'];
  const dotted = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
  const name = fc.oneof(dotted, fc.domain());
  const place = fc.oneof(
    fc.tuple(name, fc.constantFrom('', '.')).map(([host, dot]) => ({ host: `${host}${dot}`, domain: '' })),
    name.map((host) => ({ host, domain: `; domain=${host}` })),
    fc
      .oneof(
        fc.ipV4(),
        fc.ipV6().map((address) => `[${address}]`),
      )
      .map((host) => ({ host, domain: '' })),
  );
  const { wininet } = await startEngine(t);
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(place, async ({ host, domain }) => {
      const page = `http://${host}/`;
      kept += 1;
      await wininet.InternetSetCookie(page, null, `c${kept}=1${domain}`);
      assert.equal(await wininet.InternetGetCookieEx(page, `c${kept}`), `c${kept}=1`);
    }),
    { verbose: true },
  );
});

test('InternetSetCookie keeps a cookie from reaching everybody below a reserved name or a public suffix', async (t) => {
  const { wininet } = await startEngine(t);
  for (const [host, above, other] of [
    ['one.local', 'local', 'two.local'],
    ['one.test', 'test', 'two.test'],
    ['one.github.io', 'github.io', 'two.github.io'],
  ] as const) {
    await failsWith(
      wininet.InternetSetCookie(`http://${host}/`, null, `a=1; domain=${above}`),
      'ERROR_INVALID_PARAMETER',
    );
    await wininet.InternetSetCookie(`http://${above}/`, null, `a=1; domain=${above}`);
    await failsWith(wininet.InternetGetCookie(`http://${other}/`), 'ERROR_NO_MORE_ITEMS');
    assert.equal(await wininet.InternetGetCookie(`http://${above}/`), 'a=1');
  }
});

test('InternetOpenUrl carries cookies to and from hosts with reserved names', async (t) => {
  const proxy = await serve(t, { '*': [ok('here', 'Set-Cookie: a=1\r\n')] });
  const engine = await startEngine(t);
  const { wininet } = engine;
  const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, `127.0.0.1:${proxy.port}`);
  for (const host of ['test', 'printer.local']) {
    for (const sent of [false, true]) {
      const request = await wininet.InternetOpenUrl(root, `http://${host}/`);
      assert.equal((await readAll(engine, request)).toString(), 'here');
      assert.equal(/^Cookie: a=1\r$/m.test(proxy.received.at(-1)?.head ?? ''), sent, host);
    }
  }
});

test('HttpSendRequest never carries a cookie that a server sets for a public suffix or a stranger to anybody else', async (t) => {
  const cookies = (domain: string) => `Set-Cookie: bad=1; Domain=${domain}\r\nSet-Cookie: own=1\r\n`;
  for (const [host, domain, others] of [
    ['shop.co.uk', 'co.uk', ['bank.co.uk', 'co.uk']],
    ['one.github.io', 'github.io', ['two.github.io']],
    ['www.example.com', 'com', ['other.com']],
    ['www.example.com', 'example.org', ['example.org', 'www.example.org']],
    ['a.example.com', 'b.example.com', ['b.example.com', 'example.com']],
  ] as const) {
    const proxy = await serve(t, { [`http://${host}:80/`]: [ok('', cookies(domain))], '*': [ok('')] });
    const { wininet } = await startEngine(t);
    const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, `127.0.0.1:${proxy.port}`);
    const sentTo = async (to: string) => {
      await wininet.InternetCloseHandle(await wininet.InternetOpenUrl(root, `http://${to}/`));
      return /^Cookie: (.*)\r$/m.exec(proxy.received.at(-1)?.head ?? '')?.[1];
    };
    assert.equal(await sentTo(host), undefined);
    assert.equal(await sentTo(host), 'own=1', `${host} sets for ${domain}`);
    for (const other of others) assert.equal(await sentTo(other), undefined, `${host} sets for ${domain}`);
  }
});

test('InternetSetCookie reads a path of any length', async (t) => {
  const { wininet } = await startEngine(t);
  const page = `http://www.example.com/${'a'.repeat(1_000_000)}/`;
  await wininet.InternetSetCookie(page, 'a', '1');
  assert.equal(await wininet.InternetGetCookie(page), 'a=1');
});
