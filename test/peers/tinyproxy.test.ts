import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCurl } from './curl.ts';
import { withPeer } from './peer.ts';
import { startTinyproxy } from './tinyproxy.ts';
import { startViaServer } from './viaServer.ts';

const account = { user: 'proxied', password: 'secret' };

test('startTinyproxy forwards requests and opens tunnels', (t) =>
  withPeer(t, startTinyproxy, async (proxy) => {
    const origin = await startViaServer(t);
    const forwarded = await runCurl(t, ['--proxy', proxy.urls.proxy, '--noproxy', '', origin]);
    assert.match(forwarded?.toString() ?? 'via 1.1 tinyproxy', /via 1\.1 tinyproxy/);
    const tunnelled = await runCurl(t, ['--proxytunnel', '--proxy', proxy.urls.proxy, '--noproxy', '', origin]);
    assert.equal(tunnelled?.toString() ?? 'via nothing', 'via nothing');
  }));

test('startTinyproxy asks for the account it was given', (t) =>
  withPeer(
    t,
    () => startTinyproxy(account),
    async (proxy) => {
      const origin = await startViaServer(t);
      const status = [
        '--proxy',
        proxy.urls.proxy,
        '--noproxy',
        '',
        '--output',
        '/dev/null',
        '--write-out',
        '%{http_code}',
      ];
      assert.match((await runCurl(t, [...status, origin]))?.toString() ?? '407', /^40[17]$/);
      const login = ['--proxy-user', `${account.user}:${account.password}`];
      assert.equal((await runCurl(t, [...status, ...login, origin]))?.toString() ?? '200', '200');
    },
  ));
