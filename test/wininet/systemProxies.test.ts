import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as c from '../../extension/shared/constants.ts';
import { createWinInet, type SystemProxies, type WinInet } from '../../extension/wininet/index.ts';
import { proxiesOfEnvironment, systemProxies } from '../../extension/wininet/systemProxies.ts';
import { ok, serve } from '../drivers/httpFixture.ts';
import { withPeer } from '../peers/peer.ts';
import { startTinyproxy } from '../peers/tinyproxy.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { failsWith, leavesNothingBehind } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('proxiesOfEnvironment reads one variable for each scheme, and the exceptions', () => {
  assert.deepEqual(
    proxiesOfEnvironment({
      http_proxy: 'http://one.example:3128/',
      HTTP_PROXY: 'http://never.example:1',
      HTTPS_PROXY: 'two.example',
      ftp_proxy: 'http://[::1]:2121',
      all_proxy: 'http://ada:a%40b@all.example:8080',
      no_proxy: 'localhost, .inside.example 10.0.0.1,host.example:81',
    }),
    {
      list: 'http=one.example:3128 https=two.example:80 ftp=[::1]:2121 all.example:8080',
      bypass: 'localhost;*.localhost;inside.example;*.inside.example;10.0.0.1;host.example:81;*.host.example:81',
      account: { user: 'ada', password: 'a@b' },
    },
  );
});

test('proxiesOfEnvironment finds none where nothing usable is named, or all goes straight', () => {
  for (const environment of [
    {},
    { http_proxy: '' },
    { http_proxy: 'socks5://proxy.example:1080' },
    { http_proxy: 'http://' },
    { http_proxy: 'http://proxy.example', no_proxy: '*' },
  ]) {
    assert.equal(proxiesOfEnvironment(environment), null, JSON.stringify(environment));
  }
});

test('InternetOpen takes the proxies of the system with INTERNET_OPEN_TYPE_PRECONFIG, and only then', async (t) => {
  const proxy = await serve(t, { '*': [ok('from the proxy')] });
  const wininet = start(t, () => systemProxies([['', `http://127.0.0.1:${proxy.port}`]], ['straight.example']));
  for (const [accessType, times] of [
    [c.INTERNET_OPEN_TYPE_PRECONFIG, 1],
    [c.INTERNET_OPEN_TYPE_PRECONFIG_WITH_NO_AUTOPROXY, 2],
  ] as const) {
    const root = await wininet.InternetOpen('x', accessType);
    await wininet.InternetOpenUrl(root, 'http://origin.invalid/');
    assert.equal(proxy.received.length, times);
  }
  const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_DIRECT);
  await failsWith(wininet.InternetOpenUrl(root, 'http://origin.invalid/'), 'ERROR_INTERNET_NAME_NOT_RESOLVED');
  assert.deepEqual(await wininet.InternetQueryOption(null, c.INTERNET_OPTION_PROXY), {
    dwAccessType: c.INTERNET_OPEN_TYPE_PROXY,
    lpszProxy: `127.0.0.1:${proxy.port}`,
    lpszProxyBypass: 'straight.example;*.straight.example',
  });
});

test('INTERNET_OPTION_REFRESH takes the proxies of the system anew, and those set for the library outrank them', async (t) => {
  let system: SystemProxies | null = null;
  const wininet = start(t, () => system);
  const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PRECONFIG);
  const proxyOf = async (handle: typeof root | null) =>
    (await wininet.InternetQueryOption(handle, c.INTERNET_OPTION_PROXY)) as { readonly lpszProxy: string | null };
  assert.equal((await proxyOf(root)).lpszProxy, null);
  system = systemProxies([['', 'one.example:1']], []);
  assert.equal((await proxyOf(root)).lpszProxy, null);
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_REFRESH, null);
  assert.equal((await proxyOf(root)).lpszProxy, 'one.example:1');
  const own = { dwAccessType: c.INTERNET_OPEN_TYPE_PROXY, lpszProxy: 'two.example:2', lpszProxyBypass: null };
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_PROXY, own);
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_REFRESH, null);
  assert.equal((await proxyOf(root)).lpszProxy, 'two.example:2');
  const preconfigured = { dwAccessType: c.INTERNET_OPEN_TYPE_PRECONFIG, lpszProxy: null, lpszProxyBypass: null };
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_PROXY, preconfigured);
  assert.equal((await proxyOf(null)).lpszProxy, 'one.example:1');
});

test('InternetOpen takes the account of the system for its proxy, and servers never see it', (t) =>
  withPeer(
    t,
    () => startTinyproxy({ user: 'ada', password: 'of-the-proxy' }),
    async (peer) => {
      const proxy = new URL(peer.urls.proxy);
      const servers = await serve(t, { '*': [ok('here')] });
      const address = (password: string) => `http://ada:${password}@${proxy.host}`;
      const open = async (password: string) => {
        const wininet = start(t, () => {
          const system = systemProxies([['', address(password)]], []);
          return system && { ...system, bypass: '<-loopback>' };
        });
        const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PRECONFIG);
        const handle = await wininet.InternetOpenUrl(root, `http://127.0.0.1:${servers.port}/`);
        const secure = await wininet
          .InternetOpenUrl(root, playground().https.href)
          .catch((error: { symbol?: string }) => error.symbol);
        return [await wininet.HttpQueryInfo(handle, c.HTTP_QUERY_STATUS_CODE), secure];
      };
      // The certificate is looked at behind the proxy only.
      assert.deepEqual(await open('of-the-proxy'), ['200', 'ERROR_INTERNET_INVALID_CA']);
      assert.equal(servers.received.length, 1);
      assert.doesNotMatch(servers.received[0]?.head ?? '', /authorization/i);
      assert.match(String((await open('another'))[0]), /^40[17]$/);
      assert.equal(servers.received.length, 1);
    },
  ));

function start(t: TestContext, proxies: () => SystemProxies | null): WinInet {
  const wininet = createWinInet({ drivers: createDrivers(), systemProxies: proxies });
  t.after(() => wininet.dispose());
  return wininet;
}
