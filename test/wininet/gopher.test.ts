import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { openChildren } from '../../extension/shared/model.ts';
import type { GOPHER_FIND_DATA, HINTERNET } from '../../extension/wininet/index.ts';
import { startGophernicus } from '../peers/gophernicus.ts';
import { type Peer, withPeer } from '../peers/peer.ts';
import { startPygopherd } from '../peers/pygopherd.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { startAsynchronousEngine } from './asynchronousFixture.ts';
import {
  connectGopher,
  type Engine,
  entriesOf,
  failsInTime,
  failsWith,
  leavesNothingBehind,
  readAll,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('InternetConnect opens a Gopher session without asking the server', async (t) => {
  const engine = await startEngine(t);
  const session = await connectGopher(engine, new URL('gopher://127.0.0.1:70/'));
  assert.equal(engine.journal.tree.nodes.get(session.serial)?.state, 'open');
  assert.deepEqual(entriesOf(engine.journal, 'wire'), []);
});

test('GopherFindFirstFile and InternetFindNextFile walk through a menu, to ERROR_NO_MORE_FILES', async (t) => {
  const engine = await startEngine(t);
  const session = await connectGopher(engine, playground().gopher);
  const items = await menu(engine, session, null);
  const readme = items.find(({ DisplayString }) => DisplayString === 'Short text');
  assert.ok(readme !== undefined && (readme.GopherType & c.GOPHER_TYPE_TEXT_FILE) !== 0);
  assert.ok(
    (items.find(({ DisplayString }) => DisplayString === 'Public files')?.GopherType ?? 0) & c.GOPHER_TYPE_DIRECTORY,
  );
  const file = await engine.wininet.GopherOpenFile(session, readme.Locator);
  assert.match((await readAll(engine, file)).toString(), /^HINTERNET playground, Gopher\r?\n/);
  assert.equal(engine.journal.tree.nodes.get(file.serial)?.state, 'drained');
});

test('GopherFindFirstFile searches, and fails with ERROR_NO_MORE_FILES for an empty menu', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const server = playground().gopher;
  const session = await connectGopher(engine, server);
  const search = await locator(engine, '7', '/search');
  const hits = await menu(engine, session, search, 'empty');
  assert.deepEqual(
    hits.map(({ DisplayString }) => DisplayString),
    ['Empty file', 'Empty menu'],
  );
  await failsWith(wininet.GopherFindFirstFile(session, await locator(engine, '1', '/none')), 'ERROR_NO_MORE_FILES');
  const text = await locator(engine, '0', '/readme.txt');
  await failsWith(wininet.GopherFindFirstFile(session, text), 'ERROR_GOPHER_INCORRECT_LOCATOR_TYPE');
  await failsWith(wininet.GopherOpenFile(session, search), 'ERROR_GOPHER_NOT_FILE');
});

test('GopherGetAttribute reads the attributes of an item of Gopher+', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectGopher(engine, playground().gopher);
  const items = await menu(engine, session, null);
  const readme = items.find(({ DisplayString }) => DisplayString === 'Short text');
  assert.ok(readme !== undefined);
  const attributes = await wininet.GopherGetAttribute(session, readme.Locator, null);
  assert.ok(attributes.length > 0);
  const told: number[] = [];
  await wininet.GopherGetAttribute(session, readme.Locator, null, null, (info) => told.push(info.AttributeId) < 1);
  assert.equal(told.length, 1);
  const plain = await locator(engine, '0', '/readme.txt');
  await failsWith(wininet.GopherGetAttribute(session, plain, null), 'ERROR_GOPHER_NOT_GOPHER_PLUS');
});

test('InternetOpenUrl opens a Gopher menu as HTML, as items, or a file', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root, journal } = engine;
  const { href } = playground().gopher;
  const page = await wininet.InternetOpenUrl(root, href);
  assert.equal(journal.tree.nodes.get(page.serial)?.kind, 'gopher-find-html');
  assert.match((await readAll(engine, page)).toString(), /<a href="[^"]*readme\.txt"/);
  const find = await wininet.InternetOpenUrl(root, `${href}1/pub`, null, c.INTERNET_FLAG_RAW_DATA);
  assert.equal(journal.tree.nodes.get(find.serial)?.kind, 'gopher-find');
  const file = await wininet.InternetOpenUrl(root, `${href}9/binary.bin`);
  assert.deepEqual(
    [...(await readAll(engine, file))],
    Array.from({ length: 256 }, (_, value) => value),
  );
});

test('InternetOpenUrl refuses Gopher on ports below 1024, but for 70 and 105', async (t) => {
  const { wininet, root } = await startEngine(t);
  await failsWith(wininet.InternetOpenUrl(root, 'gopher://127.0.0.1:25/'), 'ERROR_INTERNET_INVALID_URL');
  await failsWith(wininet.InternetOpenUrl(root, 'gopher://127.0.0.1:105/'), 'ERROR_INTERNET_CANNOT_CONNECT');
});

test('GopherFindFirstFile under an asynchronous root pends and hands its handle over', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const session = await connectGopher(engine, playground().gopher, { context: 4 });
  const first = emptyItem();
  const find = await engine.complete(5, engine.wininet.GopherFindFirstFile(session, null, null, first, 0, 5));
  assert.equal(engine.journal.tree.nodes.get(find.serial)?.kind, 'gopher-find');
  assert.equal(first.DisplayString, 'HINTERNET playground');
});

for (const [what, behave, symbol] of [
  ['a menu without an end', (socket: Socket) => endless(socket), 'ERROR_GOPHER_DATA_ERROR'],
  ['a menu that drips without an end', (socket: Socket) => drip(socket), 'ERROR_INTERNET_TIMEOUT'],
  ['silence', () => undefined, 'ERROR_INTERNET_TIMEOUT'],
  ['a reset', (socket: Socket) => socket.resetAndDestroy(), 'ERROR_INTERNET_CONNECTION_RESET'],
] as const) {
  test(`GopherFindFirstFile meets ${what} with ${symbol}, and leaves nothing open`, async (t) => {
    const engine = await startEngine(t);
    const port = await serveGopher(t, behave);
    const session = await connectGopher(engine, new URL(`gopher://127.0.0.1:${port}/`));
    // Where something else is to end it, the time-out must not come first on a busy machine.
    const timeout = symbol === 'ERROR_INTERNET_TIMEOUT' ? 200 : 20_000;
    await engine.wininet.InternetSetOption(session, c.INTERNET_OPTION_RECEIVE_TIMEOUT, timeout);
    await failsInTime(engine.wininet.GopherFindFirstFile(session, null), symbol, timeout);
    assert.deepEqual(openChildren(engine.journal.tree, session.serial), []);
  });
}

for (const [name, start] of [
  ['pygopherd', startPygopherd],
  ['gophernicus', startGophernicus],
] as const) {
  test(`GopherFindFirstFile, GopherOpenFile and InternetOpenUrl work with ${name}`, (t) =>
    withPeer<Peer>(t, start, async ({ urls }) => {
      const engine = await startEngine(t);
      const server = new URL(urls.gopher ?? '');
      const session = await connectGopher(engine, server);
      const items = await menu(engine, session, null);
      const text = items.find(({ GopherType }) => (GopherType & c.GOPHER_TYPE_TEXT_FILE) !== 0);
      assert.ok(text !== undefined, JSON.stringify(items));
      const file = await engine.wininet.GopherOpenFile(session, text.Locator);
      assert.ok((await readAll(engine, file)).length > 0);
      const page = await engine.wininet.InternetOpenUrl(engine.root, server.href);
      assert.match((await readAll(engine, page)).toString(), /<a href=/);
    }));
}

async function menu(
  { wininet }: Engine,
  session: HINTERNET<'gopher-connect'>,
  where: string | null,
  words: string | null = null,
): Promise<readonly GOPHER_FIND_DATA[]> {
  const first = emptyItem();
  const find = await wininet.GopherFindFirstFile(session, where, words, first);
  const items = [first];
  try {
    for (;;) items.push(await wininet.InternetFindNextFile(find));
  } catch (error) {
    assert.equal((error as { symbol?: string }).symbol, 'ERROR_NO_MORE_FILES');
  }
  await wininet.InternetCloseHandle(find);
  return items;
}

function locator({ wininet }: Engine, type: '0' | '1' | '7', selector: string): Promise<string> {
  const types = { 0: c.GOPHER_TYPE_TEXT_FILE, 1: c.GOPHER_TYPE_DIRECTORY, 7: c.GOPHER_TYPE_INDEX_SERVER };
  const { hostname, port } = playground().gopher;
  return wininet.GopherCreateLocator(hostname, Number(port), 'item', selector, types[type]);
}

function emptyItem(): GOPHER_FIND_DATA {
  return { DisplayString: '', GopherType: 0, SizeLow: 0, SizeHigh: 0, LastModificationTime: null, Locator: '' };
}

function endless(socket: Socket): void {
  const lines = '0item\t/item\t127.0.0.1\t70\r\n'.repeat(1000);
  const more = () => {
    while (!socket.destroyed && socket.write(lines));
  };
  socket.on('drain', more);
  more();
}

function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write('0item\t/item\t127.0.0.1\t70\r\n'), 20);
  socket.on('close', () => clearInterval(timer));
}

async function serveGopher(t: TestContext, behave: (socket: Socket) => unknown): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => behave(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
