import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { HttpServer } from '../../extension/wininet/ports.ts';
import { proxyChoice } from '../../extension/wininet/proxies.ts';
import { ok, serve } from '../drivers/httpFixture.ts';
import { withPeer } from '../peers/peer.ts';
import { startTinyproxy } from '../peers/tinyproxy.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { failsWith, leavesNothingBehind, readAll, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const server = (scheme: 'http' | 'https', host: string): HttpServer => ({ scheme, host, port: 80 });

test('proxyChoice reads one proxy for all, one for each scheme, and the default port', () => {
  const choose = (list: string) => proxyChoice(c.INTERNET_OPEN_TYPE_PROXY, list, null);
  assert.deepEqual(choose('proxy:8080')(server('https', 'a')), { host: 'proxy', port: 8080 });
  assert.deepEqual(choose('proxy')(server('http', 'a')), { host: 'proxy', port: 80 });
  const each = choose('http=one:1; https=http://two:2/');
  assert.deepEqual(each(server('http', 'a')), { host: 'one', port: 1 });
  assert.deepEqual(each(server('https', 'a')), { host: 'two', port: 2 });
  assert.equal(choose('ftp=three:3')(server('http', 'a')), null);
});

test('proxyChoice leaves out hosts of the bypass list', () => {
  const choose = proxyChoice(c.INTERNET_OPEN_TYPE_PROXY, 'proxy:1', '<local> *.example.org;10.0.0.1');
  for (const host of ['printer', 'www.example.org', '10.0.0.1']) assert.equal(choose(server('http', host)), null, host);
  for (const host of ['example.org', 'example.com', '10.0.0.12']) assert.ok(choose(server('http', host)), host);
});

test('proxyChoice leaves out this machine unless <-loopback> says otherwise, and entries of one scheme or port elsewhere', () => {
  const choose = (bypass: string | null) => proxyChoice(c.INTERNET_OPEN_TYPE_PROXY, 'proxy:1', bypass);
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    assert.equal(choose(null)(server('http', host)), null, host);
    assert.ok(choose('<-loopback>')(server('http', host)), host);
  }
  assert.equal(choose('https://a.example')(server('https', 'a.example')), null);
  assert.ok(choose('https://a.example')(server('http', 'a.example')));
  assert.equal(choose('a.example:80')(server('http', 'a.example')), null);
  assert.ok(choose('a.example:8080')(server('http', 'a.example')));
});

test('proxyChoice goes straight unless INTERNET_OPEN_TYPE_PROXY is asked for', () => {
  assert.equal(proxyChoice(c.INTERNET_OPEN_TYPE_DIRECT, 'proxy:1', null)(server('http', 'a')), null);
  assert.equal(proxyChoice(c.INTERNET_OPEN_TYPE_PRECONFIG, null, null)(server('http', 'a')), null);
});

test('InternetOpen fails with ERROR_INVALID_PARAMETER without a proxy, or with one that cannot be read', async (t) => {
  const { wininet } = await startEngine(t);
  for (const list of [null, 'a:b:c', 'proxy:99999']) {
    await failsWith(wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, list), 'ERROR_INVALID_PARAMETER');
  }
});

test('HttpSendRequest goes through the proxy of InternetOpen, in absolute form', async (t) => {
  const proxy = await serve(t, { '*': [ok('from the proxy')] });
  const engine = await startEngine(t);
  const { wininet } = engine;
  const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, `127.0.0.1:${proxy.port}`);
  const request = await wininet.InternetOpenUrl(root, 'http://origin.example/echo');
  assert.equal((await readAll(engine, request)).toString(), 'from the proxy');
  assert.match(proxy.received[0]?.head ?? '', /^GET http:\/\/origin\.example(:80)?\/echo HTTP\/1\.1\r\n/);
});

test('HttpSendRequest through tinyproxy reaches http servers, and https ones by CONNECT', (t) =>
  withPeer(t, startTinyproxy, async (peer) => {
    const engine = await startEngine(t);
    const { wininet } = engine;
    const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, peer.urls.proxy, '<-loopback>');
    const plain = await wininet.InternetOpenUrl(root, new URL('/status/200', playground().http).href);
    assert.equal(await wininet.HttpQueryInfo(plain, c.HTTP_QUERY_STATUS_CODE), '200');
    const { hostname, port } = playground().https;
    const flags = c.INTERNET_FLAG_SECURE;
    const session = await wininet.InternetConnect(
      root,
      hostname,
      Number(port),
      null,
      null,
      c.INTERNET_SERVICE_HTTP,
      flags,
    );
    const secure = await wininet.HttpOpenRequest(session, 'GET', '/status/404', null, null, null, 0, 0);
    await wininet.InternetSetOption(secure, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
    await wininet.HttpSendRequest(secure);
    assert.equal(await wininet.HttpQueryInfo(secure, c.HTTP_QUERY_STATUS_CODE), '404');
  }));
