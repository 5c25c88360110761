import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCurl } from './curl.ts';
import { withPeer } from './peer.ts';
import { startSquid } from './squid.ts';
import { startViaServer } from './viaServer.ts';

const account = { user: 'proxied', password: 'secret' };

test('startSquid forwards requests', (t) =>
  withPeer(t, startSquid, async (proxy) => {
    const forwarded = await runCurl(t, ['--proxy', proxy.urls.proxy, '--noproxy', '', await startViaServer(t)]);
    assert.match(forwarded?.toString() ?? 'via squid', /via .*squid/);
  }));

test('startSquid asks for the account it was given, by Digest', (t) =>
  withPeer(
    t,
    () => startSquid(account),
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
      assert.equal((await runCurl(t, [...status, origin]))?.toString() ?? '407', '407');
      const login = ['--proxy-digest', '--proxy-user', `${account.user}:${account.password}`];
      assert.equal((await runCurl(t, [...status, ...login, origin]))?.toString() ?? '200', '200');
    },
  ));
