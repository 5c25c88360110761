import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { type FtpAct, startFtpFixture } from '../drivers/ftpFixture.ts';
import { startGopherFixture } from '../drivers/gopherFixture.ts';
import { listen } from '../drivers/httpFixture.ts';
import { connectFtp, connectGopher, failsInTime, leavesNothingBehind, startEngine, until } from './engineFixture.ts';
import { BRIEF, shorten } from './scriptedRequest.ts';

// A server that sends a byte now and then keeps every wait for the next piece short: only the whole can be late.

leavesNothingBehind();

/** Sends the beginning, and then the same again and again as long as the client stays. */
function drip(socket: Socket, start: string, again: string): void {
  socket.write(start);
  const timer = setInterval(() => socket.write(again), 20);
  socket.once('close', () => clearInterval(timer));
}

const dripped: Readonly<Record<string, FtpAct>> = {
  'a line, byte by byte': (_, { control }) => drip(control, '257 "', 'x'),
  'the lines of a reply': (_, { control }) => drip(control, '257-Here\r\n', ' it comes\r\n'),
  'preliminary replies': (_, { control }) => drip(control, '', '150 Soon\r\n'),
};

for (const [what, act] of Object.entries(dripped)) {
  test(`FtpGetCurrentDirectory fails with ERROR_INTERNET_TIMEOUT when ${what} drips without an end`, async (t) => {
    const engine = await startEngine(t);
    const server = await startFtpFixture(t, { acts: { PWD: act } });
    const session = await connectFtp(engine, new URL(`ftp://127.0.0.1:${server.port}`));
    await engine.wininet.InternetSetOption(session, c.INTERNET_OPTION_RECEIVE_TIMEOUT, BRIEF);
    await failsInTime(engine.wininet.FtpGetCurrentDirectory(session), 'ERROR_INTERNET_TIMEOUT', BRIEF);
    await until(() => server.openControls() === 0);
  });
}

test('InternetConnect fails with ERROR_INTERNET_TIMEOUT when the greeting drips without an end', async (t) => {
  const engine = await startEngine(t);
  const port = await serveRaw(t, (socket) => drip(socket, '220-', 'welcome\r\n'));
  await engine.wininet.InternetSetOption(engine.root, c.INTERNET_OPTION_RECEIVE_TIMEOUT, BRIEF);
  const session = connectFtp(engine, new URL(`ftp://127.0.0.1:${port}`));
  await failsInTime(session, 'ERROR_INTERNET_TIMEOUT', BRIEF);
});

for (const [what, piece] of [
  ['bytes', 'x'],
  ['lines', '-rw-r--r-- 1 o g 3 Jan 02  2020 name\r\n'],
] as const) {
  test(`FtpFindFirstFile and InternetOpenUrl fail with ERROR_INTERNET_TIMEOUT when the ${what} of a listing drip without an end`, async (t) => {
    const engine = await startEngine(t);
    const { wininet } = engine;
    const server = await startFtpFixture(t, {
      acts: {
        LIST: async (_, client) => {
          client.reply('150 Here it comes');
          const data = await client.data();
          drip(data, '', piece);
          await once(data, 'close');
          client.reply('426 Gone');
        },
      },
    });
    const address = new URL(`ftp://127.0.0.1:${server.port}`);
    const session = await connectFtp(engine, address, { flags: c.INTERNET_FLAG_PASSIVE });
    await wininet.InternetSetOption(session, c.INTERNET_OPTION_DATA_RECEIVE_TIMEOUT, BRIEF);
    await failsInTime(wininet.FtpFindFirstFile(session, null), 'ERROR_INTERNET_TIMEOUT', BRIEF);
    // The data connection was given up, so the session goes on.
    await wininet.FtpGetCurrentDirectory(session);
    await wininet.InternetSetOption(engine.root, c.INTERNET_OPTION_DATA_RECEIVE_TIMEOUT, BRIEF);
    const opening = wininet.InternetOpenUrl(engine.root, `${address.href}/`, null, c.INTERNET_FLAG_PASSIVE);
    await failsInTime(opening, 'ERROR_INTERNET_TIMEOUT', BRIEF);
  });
}

test('GopherFindFirstFile fails with ERROR_INTERNET_TIMEOUT when a menu drips without an end', async (t) => {
  const engine = await startEngine(t);
  const server = await startGopherFixture(t, { '': (socket) => drip(socket, '', '0item\t/item\t127.0.0.1\t70\r\n') });
  const session = await connectGopher(engine, new URL(`gopher://127.0.0.1:${server.port}`));
  await engine.wininet.InternetSetOption(session, c.INTERNET_OPTION_RECEIVE_TIMEOUT, BRIEF);
  await failsInTime(engine.wininet.GopherFindFirstFile(session, null), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  await until(() => server.open() === 0);
});

for (const [what, act, symbol] of [
  ['the head of an answer of Gopher+', (socket: Socket) => drip(socket, '+', '1'), 'ERROR_INTERNET_TIMEOUT'],
  ['what looks like an error', (socket: Socket) => drip(socket, '3', 'x'), 'ERROR_INTERNET_TIMEOUT'],
  // The first line has said all that counts.
  ['a refusal', (socket: Socket) => drip(socket, '--1\r\n', 'no\r\n'), 'ERROR_INTERNET_EXTENDED_ERROR'],
] as const) {
  test(`GopherOpenFile fails with ${symbol} when ${what} drips without an end`, async (t) => {
    const engine = await startEngine(t);
    const { wininet } = engine;
    const server = await startGopherFixture(t, { '/a\t+': act, '/a': act });
    const session = await connectGopher(engine, new URL(`gopher://127.0.0.1:${server.port}`));
    await wininet.InternetSetOption(session, c.INTERNET_OPTION_RECEIVE_TIMEOUT, BRIEF);
    const plus = what.startsWith('what') ? 0 : c.GOPHER_TYPE_GOPHER_PLUS;
    const type = c.GOPHER_TYPE_TEXT_FILE | plus;
    const locator = await wininet.GopherCreateLocator('127.0.0.1', server.port, 'a', '/a', type);
    await failsInTime(wininet.GopherOpenFile(session, locator), symbol, BRIEF);
    await until(() => server.open() === 0);
  });
}

test('HttpSendRequest fails with ERROR_INTERNET_TIMEOUT when the answer of a proxy to CONNECT drips without an end', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const port = await serveRaw(t, (socket) => drip(socket, 'HTTP/1.1 200 OK\r\nX-Drip: ', 'x'));
  const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, `127.0.0.1:${port}`);
  const service = c.INTERNET_SERVICE_HTTP;
  const session = await wininet.InternetConnect(root, 'origin.example', 443, null, null, service, 0, 0);
  const flags = c.INTERNET_FLAG_SECURE;
  const request = await wininet.HttpOpenRequest(session, 'GET', '/', null, null, null, flags, 0);
  await shorten(engine, request);
  await failsInTime(wininet.HttpSendRequest(request), 'ERROR_INTERNET_TIMEOUT', BRIEF);
});

/** A server that says its piece to whoever comes. */
function serveRaw(t: TestContext, act: (socket: Socket) => void): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    act(socket);
  });
  return listen(t, server, sockets);
}
