import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { listen, ok } from '../drivers/httpFixture.ts';
import {
  type Engine,
  failsInTime,
  failsWith,
  leavesNothingBehind,
  openRequest,
  pause,
  readAll,
  startEngine,
  until,
} from './engineFixture.ts';
import { BRIEF, shorten } from './scriptedRequest.ts';

leavesNothingBehind();

const LARGE = 30_000_000;
/** A time-out in milliseconds that a busy machine does not reach between two steps of a server. */
const UNHURRIED = 1000;

test('HttpSendRequest fails with ERROR_INTERNET_TIMEOUT when the server stops reading the body', async (t) => {
  const { engine, request, sockets } = await uploadTo(t, (socket) => socket.pause());
  for (let time = 0; time < 2; time += 1) {
    const sending = engine.wininet.HttpSendRequest(request, null, new Uint8Array(LARGE));
    const error = await failsInTime(sending, 'ERROR_INTERNET_TIMEOUT', BRIEF);
    assert.match(error.message, /took nothing for/);
  }
  await endAll(sockets);
  await engine.wininet.InternetCloseHandle(request);
});

test('InternetWriteFile fails with ERROR_INTERNET_TIMEOUT when the server stops reading, and so do all calls after it', async (t) => {
  const { engine, request, sockets } = await uploadTo(t, (socket) => socket.pause());
  const { wininet } = engine;
  await wininet.HttpSendRequestEx(request, { dwBufferTotal: LARGE });
  const writing = async () => {
    for (let sent = 0; sent < LARGE; sent += 100_000) await wininet.InternetWriteFile(request, new Uint8Array(100_000));
  };
  await failsInTime(writing(), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  await failsInTime(wininet.InternetWriteFile(request, Buffer.from('x')), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  await failsInTime(wininet.HttpEndRequest(request), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  await endAll(sockets);
  await wininet.InternetCloseHandle(request);
});

test('InternetWriteFile of one large piece fails with what happens to it, and does not count as written', async (t) => {
  for (const [treat, symbol] of [
    [(socket: Socket) => socket.pause(), 'ERROR_INTERNET_TIMEOUT'],
    [(socket: Socket) => socket.once('data', () => socket.resetAndDestroy()), 'ERROR_INTERNET_CONNECTION_RESET'],
  ] as const) {
    const { engine, request, sockets } = await uploadTo(t, treat);
    await engine.wininet.HttpSendRequestEx(request, { dwBufferTotal: LARGE });
    await failsInTime(engine.wininet.InternetWriteFile(request, new Uint8Array(LARGE)), symbol, BRIEF);
    await failsWith(engine.wininet.HttpEndRequest(request), symbol);
    await endAll(sockets);
  }
});

test('InternetWriteFile may come later than INTERNET_OPTION_SEND_TIMEOUT: only a server can be late', async (t) => {
  const { engine, request } = await uploadTo(t, (socket) => answerAfter(socket, 4));
  const { wininet } = engine;
  await wininet.HttpSendRequestEx(request, { dwBufferTotal: 4 });
  await pause(2 * BRIEF);
  await wininet.InternetWriteFile(request, Buffer.from('ab'));
  await pause(2 * BRIEF);
  await wininet.InternetWriteFile(request, Buffer.from('cd'));
  await pause(2 * BRIEF);
  await wininet.HttpEndRequest(request);
  assert.equal((await readAll(engine, request)).toString(), 'taken');
});

test('InternetWriteFile of one large piece lasts as long as the server goes on reading', async (t) => {
  const { engine, request } = await uploadTo(t, (socket) => readSlowly(socket, LARGE));
  const { wininet } = engine;
  await shorten(engine, request, UNHURRIED);
  await wininet.HttpSendRequestEx(request, { dwBufferTotal: LARGE });
  await wininet.InternetWriteFile(request, new Uint8Array(LARGE));
  await wininet.HttpEndRequest(request);
  assert.equal((await readAll(engine, request)).toString(), 'taken');
});

test('HttpSendRequest fails with ERROR_INTERNET_CONNECTION_RESET when the server resets while it is sent', async (t) => {
  const { engine, request } = await uploadTo(t, (socket) => socket.once('data', () => socket.resetAndDestroy()));
  const sending = engine.wininet.HttpSendRequest(request, null, new Uint8Array(LARGE));
  await failsWith(sending, 'ERROR_INTERNET_CONNECTION_RESET');
  await engine.wininet.HttpSendRequestEx(request, { dwBufferTotal: LARGE });
  const writing = async () => {
    for (;;) await engine.wininet.InternetWriteFile(request, new Uint8Array(100_000));
  };
  await failsWith(writing(), 'ERROR_INTERNET_CONNECTION_RESET');
  await failsWith(engine.wininet.HttpEndRequest(request), 'ERROR_INTERNET_CONNECTION_RESET');
});

test('HttpEndRequest fails with ERROR_INTERNET_TIMEOUT when the whole body is not answered', async (t) => {
  const { engine, request, sockets } = await uploadTo(t, (socket) => socket.resume());
  await engine.wininet.HttpSendRequestEx(request, { dwBufferTotal: 2 });
  await engine.wininet.InternetWriteFile(request, Buffer.from('ab'));
  await failsInTime(engine.wininet.HttpEndRequest(request), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  await failsWith(engine.wininet.HttpEndRequest(request), 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
  await until(() => sockets.every((socket) => socket.destroyed));
});

/** A POST with brief time-outs to a server that treats each connection so. */
async function uploadTo(
  t: TestContext,
  treat: (socket: Socket) => unknown,
): Promise<{ engine: Engine; request: HINTERNET<'http-request'>; sockets: readonly Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    treat(socket);
  });
  const port = await listen(t, server, sockets);
  const engine = await startEngine(t);
  const request = await openRequest(engine, new URL(`http://127.0.0.1:${port}`), '/', { verb: 'POST' });
  await shorten(engine, request);
  return { engine, request, sockets };
}

/** The client has closed; a server that reads nothing learns that only when it reads. */
async function endAll(sockets: readonly Socket[]): Promise<void> {
  for (const socket of sockets) if (!socket.closed) await once(socket.resume(), 'close');
}

/** Answers when so many bytes of a body have come. */
function answerAfter(socket: Socket, size: number): void {
  let head = '';
  let taken = -1;
  socket.on('data', (bytes) => {
    if (taken < 0) head += bytes.toString('latin1');
    taken = taken < 0 ? head.length - head.indexOf('\r\n\r\n') - 4 : taken + bytes.length;
    if (taken === size) socket.end(ok('taken'));
  });
}

/** Reads in steps that are much shorter than the time-out and altogether longer, and then answers. */
function readSlowly(socket: Socket, size: number): void {
  let taken = 0;
  socket.on('data', (bytes: Buffer) => {
    taken += bytes.length;
    if (taken >= size) socket.end(ok('taken'));
    socket.pause();
    setTimeout(() => socket.resume(), UNHURRIED / 250);
  });
}
