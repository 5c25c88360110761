import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import { runCurl } from './curl.ts';
import { withPeer } from './peer.ts';
import { startTinyproxy } from './tinyproxy.ts';

const account = { user: 'proxied', password: 'secret' };

test('startTinyproxy forwards requests and opens tunnels', (t) =>
  withPeer(t, startTinyproxy, async (proxy) => {
    const origin = await startOrigin(t);
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
      const origin = await startOrigin(t);
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

/** A server that answers with the Via header it received; closed after the test. */
async function startOrigin(t: TestContext): Promise<string> {
  const server = createServer((request, response) => {
    response.end(`via ${request.headers.via ?? 'nothing'}`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return `http://127.0.0.1:${address.port}/`;
}
