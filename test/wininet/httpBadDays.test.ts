import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { type ErrorSymbol, errorCode } from '../../extension/shared/errorCodes.ts';
import { END, ok, RESET, type Step, serve } from '../drivers/httpFixture.ts';
import { completion, startAsynchronousEngine } from './asynchronousFixture.ts';
import { failsInTime, failsWith, leavesNothingBehind, openRequest, startEngine, until } from './engineFixture.ts';
import { portThatAcceptsNobody } from './portThatAcceptsNobody.ts';
import { BRIEF, scriptedRequest, shorten } from './scriptedRequest.ts';

leavesNothingBehind();

const INVALID = 'ERROR_HTTP_INVALID_SERVER_RESPONSE';
const HEAD = 'HTTP/1.1 200 OK\r\n';

const days: readonly (readonly [day: string, symbol: string, steps: readonly Step[]])[] = [
  ['the server accepts and is silent', 'ERROR_INTERNET_TIMEOUT', []],
  ['bytes of a head drip without end', 'ERROR_INTERNET_TIMEOUT', [drip(`${HEAD}X-Drip: `, 'x')]],
  ['header lines drip without end', 'ERROR_INTERNET_TIMEOUT', [drip(HEAD, 'X-Drip: y\r\n')]],
  ['interim answers drip without end', 'ERROR_INTERNET_TIMEOUT', [drip('', 'HTTP/1.1 100 Continue\r\n\r\n')]],
  ['early hints drip without end', 'ERROR_INTERNET_TIMEOUT', [drip('', 'HTTP/1.1 103 Early Hints\r\n\r\n')]],
  ['a status line stops half way', 'ERROR_INTERNET_TIMEOUT', ['HTTP/1.1 20']],
  ['the connection ends without an answer', INVALID, [END]],
  ['the connection ends within the head', INVALID, [`${HEAD}Content-Le`, END]],
  ['the status line stops at its version', INVALID, ['HTTP/1.1', END]],
  ['the status is absent', INVALID, ['HTTP/1.1 \r\n\r\nbody', END]],
  ['the status is no number', INVALID, ['HTTP/1.1 OK 200\r\n\r\n', END]],
  ['two Content-Lengths differ', INVALID, [`${HEAD}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`]],
  ['a Content-Length is negative', INVALID, [`${HEAD}Content-Length: -1\r\n\r\n`]],
  ['interim answers have no end', INVALID, ['HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1000)]],
  ['the protocol is switched unasked', INVALID, ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n']],
  ['the connection is reset', 'ERROR_INTERNET_CONNECTION_RESET', [RESET]],
  ['the connection is reset within the head', 'ERROR_INTERNET_CONNECTION_RESET', [HEAD, RESET]],
];

for (const [day, symbol, steps] of days) {
  test(`HttpSendRequest fails with ${symbol} when ${day}, and the handle may be sent again`, async (t) => {
    const { engine, request, sockets } = await scriptedRequest(t, { '/': [steps, steps, [ok('better')]] });
    for (let time = 0; time < 2; time += 1) {
      const error = await failsInTime(engine.wininet.HttpSendRequest(request), symbol, BRIEF);
      assert.match(error.message, /127\.0\.0\.1:\d+/);
      assert.equal(engine.wininet.GetLastError(), error.code);
      assert.equal(engine.journal.tree.nodes.get(request.serial)?.state, 'unsent');
    }
    await until(() => sockets.every((socket) => socket.destroyed));
    await engine.wininet.HttpSendRequest(request);
    assert.equal(await engine.wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
    await engine.wininet.InternetCloseHandle(request);
  });
}

test('HttpSendRequest fails with ERROR_INTERNET_CANNOT_CONNECT when nobody listens, and finds who does later', async (t) => {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const server = addressOf(gone.address());
  gone.close();
  const engine = await startEngine(t);
  const request = await openRequest(engine, server, '/');
  for (let time = 0; time < 2; time += 1) {
    const error = await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_INTERNET_CANNOT_CONNECT');
    assert.ok(error.message.includes(server.host), error.message);
  }
  const back = createServer((socket) => {
    socket.on('error', () => undefined).once('data', () => socket.end(ok('back')));
  }).listen(Number(server.port), '127.0.0.1');
  t.after(() => back.close());
  await once(back, 'listening');
  await engine.wininet.HttpSendRequest(request);
});

test('HttpSendRequest fails with ERROR_INTERNET_NAME_NOT_RESOLVED when nobody knows the host', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, new URL('http://no-such-host.invalid:81'), '/');
  const error = await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_INTERNET_NAME_NOT_RESOLVED');
  assert.match(error.message, /no-such-host\.invalid:81/);
  await engine.wininet.InternetCloseHandle(request);
});

for (const flags of [0, c.INTERNET_FLAG_SECURE]) {
  test(`HttpSendRequest with flags ${flags} fails with ERROR_INTERNET_TIMEOUT when a connection is not answered`, {
    skip: process.platform === 'linux' ? false : 'other systems refuse where the queue is full',
  }, async (t) => {
    const port = await portThatAcceptsNobody(t);
    const engine = await startEngine(t);
    const request = await openRequest(engine, new URL(`http://127.0.0.1:${port}`), '/', { requestFlags: flags });
    await shorten(engine, request);
    for (let time = 0; time < 2; time += 1) {
      const error = await failsInTime(engine.wininet.HttpSendRequest(request), 'ERROR_INTERNET_TIMEOUT', BRIEF);
      assert.match(error.message, new RegExp(`127\\.0\\.0\\.1:${port}.*within ${BRIEF} ms`));
    }
    await engine.wininet.InternetCloseHandle(request);
  });
}

test('HttpSendRequest holds no more than a head may have of 100 MB of headers', async (t) => {
  const line = Buffer.from(`X-Long: ${'x'.repeat(1000)}\r\n`.repeat(64));
  let sent = 0;
  const { engine, request, sockets } = await scriptedRequest(t, {
    '/': [
      HEAD,
      async (socket) => {
        for (sent = 0; sent < 100_000_000 && !socket.destroyed; sent += line.length) {
          if (!socket.write(line)) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
        }
      },
    ],
  });
  const before = process.memoryUsage().arrayBuffers;
  const error = await failsWith(engine.wininet.HttpSendRequest(request), INVALID);
  assert.match(error.message, /head without an end/);
  await until(() => sockets.every((socket) => socket.destroyed));
  // What the server got rid of lies in the buffers of the system; it never could send all.
  assert.ok(sent < 50_000_000, `${sent} bytes were taken`);
  assert.ok(process.memoryUsage().arrayBuffers - before < 20_000_000);
});

const pending: readonly (readonly [day: string, symbol: ErrorSymbol, steps: readonly Step[]])[] = [
  ['the server is silent', 'ERROR_INTERNET_TIMEOUT', []],
  ['the server hangs up', INVALID, [END]],
  ['the connection is reset', 'ERROR_INTERNET_CONNECTION_RESET', [RESET]],
];

for (const [day, symbol, steps] of pending) {
  test(`HttpSendRequest under an asynchronous root completes with ${symbol} when ${day}`, async (t) => {
    const engine = await startAsynchronousEngine(t);
    const { wininet, told } = engine;
    const { port, sockets } = await serve(t, { '/': steps });
    const request = await openRequest(engine, new URL(`http://127.0.0.1:${port}`), '/', { context: 7 });
    await shorten(engine, request);
    for (let time = 1; time <= 2; time += 1) {
      await failsWith(wininet.HttpSendRequest(request), 'ERROR_IO_PENDING');
      const results = () => told.filter(({ context }) => context === 7).flatMap((one) => completion(one) ?? []);
      await until(() => results().length === time);
      assert.equal(results().at(-1)?.dwError, errorCode(symbol));
    }
    await until(() => sockets.every((socket) => socket.destroyed));
    await wininet.InternetCloseHandle(request);
  });
}

/** Writes the start, and then the same again and again as long as the client stays. */
function drip(start: string, again: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(start);
    const timer = setInterval(() => socket.write(again), 20);
    socket.once('close', () => clearInterval(timer));
  };
}

function addressOf(address: ReturnType<Server['address']>): URL {
  assert.ok(address !== null && typeof address === 'object');
  return new URL(`http://127.0.0.1:${address.port}`);
}
