import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { serve } from '../drivers/httpFixture.ts';
import { failsWith, leavesNothingBehind, openRequest, readAll, startEngine } from './engineFixture.ts';

leavesNothingBehind();

const EMPTY = 'Content-Length: 0\r\n\r\n';

test('HttpSendRequest fails with ERROR_HTTP_REDIRECT_FAILED in a circle of redirects, and again', async (t) => {
  const to = (path: string) => [`HTTP/1.1 302 Found\r\nLocation: ${path}\r\n${EMPTY}`];
  const server = await serve(t, { '/': to('/a'), '/a': to('/b'), '/b': to('/') });
  const engine = await startEngine(t);
  const request = await openRequest(engine, new URL(`http://127.0.0.1:${server.port}`), '/');
  for (let time = 1; time <= 2; time += 1) {
    const error = await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_HTTP_REDIRECT_FAILED');
    assert.match(error.message, /loop/);
  }
  assert.equal(server.sockets.length, 1, 'the connection is kept');
  await engine.wininet.InternetCloseHandle(request);
});

const challenges: readonly (readonly [scheme: string, challenge: (turn: number) => string])[] = [
  ['Basic', () => 'Basic realm="r"'],
  ['Basic with another realm each time', (turn) => `Basic realm="r${turn}"`],
  ['Digest', () => 'Digest realm="r", nonce="n", qop="auth"'],
  ['Digest that is stale for ever', (turn) => `Digest realm="r", nonce="n${turn}", qop="auth", stale=true`],
];

for (const [scheme, challenge] of challenges) {
  for (const [status, header] of [
    [401, 'WWW-Authenticate'],
    [407, 'Proxy-Authenticate'],
  ] as const) {
    test(`HttpSendRequest gives up on a ${status} without end (${scheme}) and hands it to the program`, async (t) => {
      const turns = Array.from({ length: 50 }, (_, turn) => [
        `HTTP/1.1 ${status} Prove it\r\n${header}: ${challenge(turn)}\r\nContent-Length: 4\r\n\r\nno!\n`,
      ]);
      const server = await serve(t, { '*': turns });
      const engine = await startEngine(t);
      const { wininet } = engine;
      const proxy = `127.0.0.1:${server.port}`;
      const root = status === 407 ? await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, proxy) : engine.root;
      const url = new URL(status === 407 ? 'http://behind.example:80' : `http://${proxy}`);
      const request = await openRequest({ ...engine, root }, url, '/');
      const [user, password] =
        status === 407
          ? [c.INTERNET_OPTION_PROXY_USERNAME, c.INTERNET_OPTION_PROXY_PASSWORD]
          : [c.INTERNET_OPTION_USERNAME, c.INTERNET_OPTION_PASSWORD];
      await wininet.InternetSetOption(request, user, 'user');
      await wininet.InternetSetOption(request, password, 'secret');
      await wininet.HttpSendRequest(request);
      assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), String(status));
      assert.equal((await readAll(engine, request)).toString(), 'no!\n');
      const asked = server.received.length;
      assert.ok(asked > 1 && asked < 10, `${asked} requests`);
      await wininet.InternetCloseHandle(request);
    });
  }
}
