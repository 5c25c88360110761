import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { openChildren } from '../../extension/shared/model.ts';
import { type GopherAct, startGopherFixture } from '../drivers/gopherFixture.ts';
import { completion, startAsynchronousEngine } from './asynchronousFixture.ts';
import {
  connectGopher,
  type Engine,
  failsInTime,
  failsWith,
  leavesNothingBehind,
  startEngine,
  until,
} from './engineFixture.ts';
import { portThatAcceptsNobody } from './portThatAcceptsNobody.ts';

leavesNothingBehind();

const BRIEF = 200;
const GARBAGE = Buffer.from(Array.from({ length: 60_000 }, (_, index) => (index * 7919) & 0xff));
const LINE = '0item\t/item\t127.0.0.1\t7070\r\n';

for (const [day, host, port, symbol] of [
  ['nobody listens', '127.0.0.1', 105, 'ERROR_INTERNET_CANNOT_CONNECT'],
  ['nobody knows the host', 'no-such-host.invalid', 7070, 'ERROR_INTERNET_NAME_NOT_RESOLVED'],
] as const) {
  test(`GopherFindFirstFile, GopherOpenFile and InternetOpenUrl fail with ${symbol} when ${day}`, async (t) => {
    const engine = await startEngine(t);
    const { wininet, root, journal } = engine;
    const session = await connectGopher(engine, new URL(`gopher://${host}:${port}/`));
    const text = await wininet.GopherCreateLocator(host, port, 'a', '/a', c.GOPHER_TYPE_TEXT_FILE);
    await failsWith(wininet.GopherFindFirstFile(session, null), symbol);
    const error = await failsWith(wininet.GopherOpenFile(session, text), symbol);
    assert.match(error.message, new RegExp(`${host}:${port}`));
    await failsWith(wininet.InternetOpenUrl(root, `gopher://${host}:${port}/`), symbol);
    assert.deepEqual(openChildren(journal.tree, session.serial), []);
  });
}

test('GopherFindFirstFile and GopherOpenFile fail with ERROR_INTERNET_TIMEOUT when a connection is not answered', {
  skip: process.platform === 'linux' ? false : 'other systems refuse where the queue is full',
}, async (t) => {
  const port = await portThatAcceptsNobody(t);
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectGopher(engine, new URL(`gopher://127.0.0.1:${port}/`));
  await wininet.InternetSetOption(session, c.INTERNET_OPTION_CONNECT_TIMEOUT, BRIEF);
  await failsInTime(wininet.GopherFindFirstFile(session, null), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  const text = await wininet.GopherCreateLocator('127.0.0.1', port, 'a', '/a', c.GOPHER_TYPE_TEXT_FILE);
  await failsInTime(wininet.GopherOpenFile(session, text), 'ERROR_INTERNET_TIMEOUT', BRIEF);
});

const menus: Readonly<Record<string, readonly [act: GopherAct, symbol: string]>> = {
  'it ends without an answer': ['', 'ERROR_GOPHER_END_OF_DATA'],
  'it ends within a line': [`${LINE}0item\t/it`, 'ERROR_GOPHER_DATA_ERROR'],
  'it is garbage': [Buffer.concat([GARBAGE, Buffer.from('\n')]), 'ERROR_GOPHER_PROTOCOL_ERROR'],
  'a line has no end': [(socket) => flood(socket, 'x'.repeat(4096)), 'ERROR_GOPHER_PROTOCOL_ERROR'],
  'the menu has no end': [(socket) => flood(socket, LINE.repeat(1000)), 'ERROR_GOPHER_DATA_ERROR'],
  'it resets': [(socket) => socket.write(LINE, () => socket.resetAndDestroy()), 'ERROR_INTERNET_CONNECTION_RESET'],
  'it is silent': [() => undefined, 'ERROR_INTERNET_TIMEOUT'],
  'it is silent after a part': [(socket) => socket.write(LINE), 'ERROR_INTERNET_TIMEOUT'],
};

for (const [day, [act, symbol]] of Object.entries(menus)) {
  test(`GopherFindFirstFile fails with ${symbol} when ${day}, synchronous or not, and leaves nothing open`, async (t) => {
    const server = await startGopherFixture(t, { '': act });
    const address = new URL(`gopher://127.0.0.1:${server.port}/`);
    const engine = await startEngine(t);
    // Where something else is to end it, the time-out must not come first on a busy machine.
    const timeout = symbol === 'ERROR_INTERNET_TIMEOUT' ? BRIEF : 20_000;
    const session = await withReceiveTimeout(engine, address, timeout);
    await failsInTime(engine.wininet.GopherFindFirstFile(session, null), symbol, timeout);
    assert.deepEqual(openChildren(engine.journal.tree, session.serial), []);
    const asynchronous = await startAsynchronousEngine(t);
    const other = await withReceiveTimeout(asynchronous, address, timeout);
    await failsWith(asynchronous.wininet.GopherFindFirstFile(other, null, null, null, 0, 9), 'ERROR_IO_PENDING');
    const ends = () => asynchronous.told.flatMap((one) => (one.context === 9 ? (completion(one) ?? []) : []));
    await until(() => ends().length > 0);
    const symbolOf = await failsWith(engine.wininet.GopherFindFirstFile(session, null), symbol);
    assert.deepEqual(
      ends().map(({ dwError }) => dwError),
      [symbolOf.code],
    );
    await until(() => server.open() === 0);
  });
}

const files: Readonly<Record<string, readonly [act: GopherAct, plus: boolean, text: string, symbol: string | null]>> = {
  'the connection ends within a text': ['some', false, 'some', null],
  'the connection ends before the announced length': ['+10\r\nsome', true, 'some', 'ERROR_GOPHER_DATA_ERROR'],
  'it resets in the middle': [
    (socket) => socket.write('some', () => setTimeout(() => socket.resetAndDestroy(), 20)),
    false,
    'some',
    'ERROR_INTERNET_CONNECTION_RESET',
  ],
  'nothing more comes': [(socket) => socket.write('some'), false, 'some', 'ERROR_INTERNET_TIMEOUT'],
};

for (const [day, [act, plus, text, symbol]] of Object.entries(files)) {
  test(`InternetReadFile gives what came of a Gopher file and then ${symbol ?? 'its end'} when ${day}`, async (t) => {
    const server = await startGopherFixture(t, { '/a': act, '/a\t+': act });
    const engine = await startEngine(t);
    const { wininet } = engine;
    const session = await withReceiveTimeout(engine, new URL(`gopher://127.0.0.1:${server.port}/`));
    const type = c.GOPHER_TYPE_TEXT_FILE | (plus ? c.GOPHER_TYPE_GOPHER_PLUS : 0);
    const locator = await wininet.GopherCreateLocator('127.0.0.1', server.port, 'a', '/a', type);
    const file = await wininet.GopherOpenFile(session, locator);
    const buffer = Buffer.alloc(100);
    const count = await wininet.InternetReadFile(file, buffer);
    assert.equal(buffer.toString('latin1', 0, count), text);
    const next = wininet.InternetReadFile(file, buffer);
    if (symbol === null) assert.equal(await next, 0);
    else await failsInTime(next, symbol, BRIEF);
    await wininet.InternetCloseHandle(file);
    await until(() => server.open() === 0);
  });
}

async function withReceiveTimeout(engine: Engine, address: URL, milliseconds = BRIEF) {
  const session = await connectGopher(engine, address, { context: 4 });
  await engine.wininet.InternetSetOption(session, c.INTERNET_OPTION_RECEIVE_TIMEOUT, milliseconds);
  return session;
}

function flood(socket: Socket, text: string): void {
  const more = () => {
    while (!socket.destroyed && socket.write(text));
  };
  socket.on('drain', more);
  more();
}
