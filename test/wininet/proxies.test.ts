import assert from 'node:assert/strict';
import { connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { UncheckedHandle } from '../../extension/wininet/index.ts';
import type { HttpServer } from '../../extension/wininet/ports/http.ts';
import { proxyChoice } from '../../extension/wininet/proxies.ts';
import { listen, ok, serve } from '../drivers/httpFixture.ts';
import { withPeer } from '../peers/peer.ts';
import { startSquid } from '../peers/squid.ts';
import { startTinyproxy } from '../peers/tinyproxy.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectFtp, entriesOf, failsWith, leavesNothingBehind, readAll, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const server = (scheme: HttpServer['scheme'], host: string): HttpServer => ({ scheme, host, port: 80 });

test('proxyChoice reads one proxy for all, one for each scheme, and the default port', () => {
  const choose = (list: string) => proxyChoice(c.INTERNET_OPEN_TYPE_PROXY, list, null);
  assert.deepEqual(choose('proxy:8080')(server('https', 'a')), { host: 'proxy', port: 8080, speaks: 'http' });
  assert.deepEqual(choose('proxy')(server('http', 'a')), { host: 'proxy', port: 80, speaks: 'http' });
  const each = choose('http=one:1; https=http://two:2/');
  assert.deepEqual(each(server('http', 'a')), { host: 'one', port: 1, speaks: 'http' });
  assert.deepEqual(each(server('https', 'a')), { host: 'two', port: 2, speaks: 'http' });
  assert.equal(choose('ftp=three:3')(server('http', 'a')), null);
  assert.deepEqual(choose('ftp=ftp://gate')(server('ftp', 'a')), { host: 'gate', port: 21, speaks: 'ftp' });
  assert.deepEqual(choose('https=https://two:2')(server('https', 'a')), { host: 'two', port: 2, speaks: 'http' });
});

test('proxyChoice leaves out an address of IPv6, with brackets or without', () => {
  for (const bypass of ['[fe80::1]', 'fe80::1']) {
    const choose = proxyChoice(c.INTERNET_OPEN_TYPE_PROXY, 'proxy:1', bypass);
    for (const host of ['fe80::1', '[fe80::1]']) assert.equal(choose(server('http', host)), null, `${bypass} ${host}`);
    assert.ok(choose(server('http', 'fe80::2')));
  }
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
  for (const list of [null, 'a:b:c', 'proxy:99999', 'http=ftp://gate', 'ftp://gate']) {
    await failsWith(wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, list), 'ERROR_INVALID_PARAMETER');
  }
  await failsWith(wininet.InternetOpen('x', 2), 'ERROR_INVALID_PARAMETER');
});

test('InternetOpen takes an empty lpszProxy for a name, and what would pass that proxy fails with ERROR_INTERNET_NAME_NOT_RESOLVED', async (t) => {
  const { wininet, journal } = await startEngine(t);
  for (const list of ['', ' ; ']) {
    const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, list);
    for (const url of [
      'http://origin.example/',
      'https://origin.example/',
      'ftp://files.example/a',
      'gopher://a.example/',
    ]) {
      await failsWith(wininet.InternetOpenUrl(root, url), 'ERROR_INTERNET_NAME_NOT_RESOLVED');
    }
    // A host that is reached directly is not the proxy's business.
    await wininet.InternetOpenUrl(root, playground().http.href);
    const straight = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, list, '<-loopback> 127.0.0.1');
    await wininet.InternetOpenUrl(straight, playground().http.href);
  }
  assert.equal(await wininet.InternetQueryOption(null, c.INTERNET_OPTION_EXTENDED_ERROR), 11_001);
  const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, '', '<-loopback>');
  await failsWith(wininet.InternetOpenUrl(root, playground().http.href), 'ERROR_INTERNET_NAME_NOT_RESOLVED');
  const connected = entriesOf(journal, 'status').filter((one) => one.code === c.INTERNET_STATUS_CONNECTED_TO_SERVER);
  assert.equal(connected.length, 4, 'the direct ones only');
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

test('InternetOpenUrl asks a proxy of HTTP for FTP and Gopher addresses, in absolute form', async (t) => {
  const proxy = await serve(t, { '*': [ok('from the proxy')] });
  const engine = await startEngine(t);
  const { wininet, journal } = engine;
  const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, `127.0.0.1:${proxy.port}`);
  for (const [url, asked] of [
    ['ftp://files.example/pub/', 'ftp://files.example:21/pub/'],
    ['gopher://holes.example/1/menu', 'gopher://holes.example:70/1/menu'],
  ] as const) {
    const handle = await wininet.InternetOpenUrl(root, url, null, c.INTERNET_FLAG_RAW_DATA);
    assert.equal(journal.tree.nodes.get(handle.serial)?.kind, 'http-request');
    assert.equal((await readAll(engine, handle)).toString(), 'from the proxy');
    assert.ok(proxy.received.at(-1)?.head.startsWith(`GET ${asked} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n`));
  }
});

test('InternetOpenUrl reads files and folders of FTP through squid', (t) =>
  withPeer(t, startSquid, async (peer) => {
    const engine = await startEngine(t);
    const { wininet } = engine;
    const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, peer.urls.proxy, '<-loopback>');
    const file = await wininet.InternetOpenUrl(root, new URL('/readme.txt', playground().ftp).href);
    const direct = await wininet.InternetOpenUrl(engine.root, new URL('/readme.txt', playground().ftp).href);
    const lines = async (handle: UncheckedHandle) => (await readAll(engine, handle)).toString().split(/\r?\n/);
    // Squid asks for a text as text.
    assert.deepEqual(await lines(file), await lines(direct));
    assert.match(String(await wininet.HttpQueryInfo(file, c.HTTP_QUERY_VIA)), /squid/);
    const folder = await wininet.InternetOpenUrl(root, new URL('/pub/', playground().ftp).href);
    assert.match((await readAll(engine, folder)).toString(), /<html/i);
    const absent = await wininet.InternetOpenUrl(root, new URL('/no-such-file', playground().ftp).href);
    assert.equal(await wininet.HttpQueryInfo(absent, c.HTTP_QUERY_STATUS_CODE), '404');
  }));

test('InternetConnect logs on to an FTP server through a gateway of FTP', async (t) => {
  const gateway = await startFtpGateway(t);
  const engine = await startEngine(t);
  const { wininet } = engine;
  const list = `ftp=ftp://127.0.0.1:${gateway.port}`;
  const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, list, '<-loopback>');
  const passive = c.INTERNET_FLAG_PASSIVE;
  const session = await connectFtp({ ...engine, root }, playground().ftp, {
    user: 'ada',
    password: 'lovelace',
    flags: passive,
  });
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/');
  const url = await wininet.InternetOpenUrl(root, new URL('/readme.txt', playground().ftp).href, null, passive);
  assert.ok((await readAll(engine, url)).length > 0);
  const { host } = playground().ftp;
  assert.deepEqual(gateway.users, [`ada@${host}`, `ada@${host}`]);
});

/** A gateway that connects to the server named behind the user, as the firewalls of the TIS toolkit did. */
async function startFtpGateway(t: TestContext) {
  const users: string[] = [];
  const sockets: Socket[] = [];
  const gateway = createServer((client) => {
    sockets.push(client);
    client.write('220 gateway\r\n');
    client.once('data', (bytes) => {
      const [, user = '', host = '', port = '21'] = /^USER (.+)@([^@:]+)(?::(\d+))?\r\n/.exec(bytes.toString()) ?? [];
      users.push(`${user}@${host}:${port}`);
      const upstream = connect(Number(port), host);
      sockets.push(upstream);
      upstream.once('data', () => {
        upstream.write(`USER ${user}\r\n`);
        client.pipe(upstream).pipe(client);
      });
    });
  });
  return { users, port: await listen(t, gateway, sockets) };
}
