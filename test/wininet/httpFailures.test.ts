import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectHttp, failsWith, leavesNothingBehind, openRequest, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('HttpSendRequest fails with the right code and names host and port, for every way in which a server can fail', async (t) => {
  const engine = await startEngine(t);
  const { http } = playground();
  const closed = new URL(`http://127.0.0.1:${await freePort()}`);
  const rows: readonly (readonly [URL, string, string])[] = [
    [closed, '/', 'ERROR_INTERNET_CANNOT_CONNECT'],
    [new URL('http://no-such-host.invalid:81'), '/', 'ERROR_INTERNET_NAME_NOT_RESOLVED'],
    [http, '/fault/reset-at-once', 'ERROR_INTERNET_CONNECTION_RESET'],
    [http, '/fault/silence', 'ERROR_HTTP_INVALID_SERVER_RESPONSE'],
    [http, '/fault/two-lengths', 'ERROR_HTTP_INVALID_SERVER_RESPONSE'],
  ];
  for (const [server, path, symbol] of rows) {
    const request = await openRequest(engine, server, path);
    const error = await failsWith(engine.wininet.HttpSendRequest(request), symbol);
    assert.ok(error.message.includes(server.hostname) && error.message.includes(server.port), error.message);
    assert.equal(engine.wininet.GetLastError(), error.code);
    assert.equal(engine.journal.tree.nodes.get(request.serial)?.state, 'unsent');
  }
});

test('HttpSendRequest fails with ERROR_INTERNET_TIMEOUT once INTERNET_OPTION_RECEIVE_TIMEOUT has passed, and may be repeated', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().http, '/slow/never');
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_RECEIVE_TIMEOUT, 150);
  for (let time = 0; time < 2; time += 1) {
    const error = await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_TIMEOUT');
    assert.ok(error.message.includes(playground().http.port), error.message);
  }
});

test('HttpSendRequest without limit waits for a slow answer', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().http, '/slow/headers/400');
  await engine.wininet.InternetSetOption(request, c.INTERNET_OPTION_RECEIVE_TIMEOUT, 0xffffffff);
  assert.equal(await engine.wininet.HttpSendRequest(request), true);
});

test('HttpOpenRequest refuses methods that cannot be sent and keeps line ends out of the request line', async (t) => {
  const engine = await startEngine(t);
  const session = await connectHttp(engine, playground().http);
  for (const verb of ['GE T', 'GET\r\nX: y', 'CONNECT', 'Ä']) {
    const opening = engine.wininet.HttpOpenRequest(session, verb, '/', null, null, null, 0, 0);
    await failsWith(opening, 'ERROR_INVALID_PARAMETER');
  }
  const request = await engine.wininet.HttpOpenRequest(session, null, '/echo\r\nX-Evil: 1', null, null, null, 0, 0);
  await engine.wininet.HttpSendRequest(request);
  const level = c.HTTP_QUERY_STATUS_CODE;
  assert.equal(await engine.wininet.HttpQueryInfo(request, level), '404');
});

test('InternetConnect refuses names and ports that are none', async (t) => {
  const { wininet, root } = await startEngine(t);
  for (const [host, port] of [
    ['', 80],
    ['http://host', 80],
    ['host/path', 80],
    ['a b', 80],
    ['host', -1],
    ['host', 65_536],
    ['host', 1.5],
  ] as const) {
    const connecting = wininet.InternetConnect(root, host, port, null, null, c.INTERNET_SERVICE_HTTP);
    await failsWith(connecting, 'ERROR_INVALID_PARAMETER');
  }
  await failsWith(wininet.InternetConnect(root, 'host', 0, null, null, 77), 'ERROR_INVALID_PARAMETER');
});

/** A port on which nobody listens any more. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  server.close();
  await once(server, 'close');
  return address.port;
}
