import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { DriverFailure } from '../../extension/wininet/ports/driver.ts';
import { gopherCalls, inPieces, readSource, startGopherFixture } from './gopherFixture.ts';

const MENU = 'iWelcome\tfake\t(NULL)\t0\r\n0A text\t/a\t127.0.0.1\t70\r\n1Down\t/d\thost\t7070\t+\r\n';

test('GopherDriver.menu reads items, with the dot and without it, with CR LF and LF alone', async (t) => {
  const { port } = await startGopherFixture(t, {
    '': `${MENU}.\r\n`,
    bare: MENU,
    lf: `${MENU}.\r\n`.replaceAll('\r', ''),
    open: MENU.trimEnd(),
  });
  for (const line of ['', 'bare', 'lf', 'open']) {
    const entries = await gopherCalls(port).menu(line);
    const items = entries.map(({ item }) => [item.type, item.display, item.selector, item.host, item.port, item.mark]);
    assert.deepEqual(items, [
      ['i', 'Welcome', '', '', 0, ''],
      ['0', 'A text', '/a', '127.0.0.1', 70, ''],
      ['1', 'Down', '/d', 'host', 7070, '+'],
    ]);
  }
});

test('GopherDriver.menu reads a menu that comes byte by byte, and reads nothing behind the dot', async (t) => {
  const { port } = await startGopherFixture(t, { '': inPieces(Buffer.from(`${MENU}.\r\n0no\tno\tno\t70\r\n`), 1) });
  assert.equal((await gopherCalls(port).menu('')).length, 3);
});

test('GopherDriver.menu ends at the dot though the server does not hang up', async (t) => {
  const { port, open } = await startGopherFixture(t, { '': (socket) => socket.write(`${MENU}.\r\n`) });
  assert.equal((await gopherCalls(port).menu('')).length, 3);
  while (open() > 0) await new Promise(setImmediate);
});

test('GopherDriver.menu skips lines that are no items', async (t) => {
  const { port } = await startGopherFixture(t, { '': `\r\n# comment\r\n0x\t/x\r\n${MENU}0y\t/y\thost\tport\r\n.\r\n` });
  assert.equal((await gopherCalls(port).menu('')).length, 3);
});

test('GopherDriver.menu answers an empty menu with no entries', async (t) => {
  const { port } = await startGopherFixture(t, { '': '.\r\n' });
  assert.deepEqual(await gopherCalls(port).menu(''), []);
});

test('GopherDriver.menu reports every step of the connection in its order', async (t) => {
  const { port } = await startGopherFixture(t, { sel: `${MENU}.\r\n` });
  const calls = gopherCalls(port);
  await calls.menu('sel');
  const told = calls.events.filter(({ type }) => type !== 'wire' && type !== 'connection').map(({ type }) => type);
  assert.deepEqual(told, ['connecting', 'connected', 'sending', 'sent', 'receiving', 'received', 'closing', 'closed']);
  assert.deepEqual(
    calls.events.find(({ type }) => type === 'sent'),
    { type: 'sent', bytes: 5 },
  );
});

/** Bad days: what the server does, and what the call fails with. */
const BAD_MENUS: Readonly<Record<string, readonly [act: string | ((socket: Socket) => void), symbol: string]>> = {
  nothing: ['', 'ERROR_GOPHER_END_OF_DATA'],
  'half a line': ['0A text\t/a\t127.0', 'ERROR_GOPHER_DATA_ERROR'],
  'another protocol': ['HTTP/1.1 400 Bad Request\r\n\r\n', 'ERROR_GOPHER_PROTOCOL_ERROR'],
  'a line without an end': [(socket) => flood(socket, 'x'.repeat(4000)), 'ERROR_GOPHER_PROTOCOL_ERROR'],
  'a menu without an end': [(socket) => flood(socket, MENU.repeat(100)), 'ERROR_GOPHER_DATA_ERROR'],
  'a reset': [(socket) => socket.write(MENU, () => socket.resetAndDestroy()), 'ERROR_INTERNET_CONNECTION_RESET'],
  silence: [() => undefined, 'ERROR_INTERNET_TIMEOUT'],
  'silence in the middle': [(socket) => socket.write(MENU), 'ERROR_INTERNET_TIMEOUT'],
  refusal: ['iSorry\t\t\t0\r\n3Not today\t\terror.host\t1\r\n.\r\n', 'ERROR_INTERNET_EXTENDED_ERROR'],
};

for (const [day, [act, symbol]] of Object.entries(BAD_MENUS)) {
  test(`GopherDriver.menu fails with ${symbol} on ${day}, and lets the connection go`, async (t) => {
    const { port, open } = await startGopherFixture(t, { '': act });
    const calls = gopherCalls(port, { receive: day.startsWith('silence') ? 100 : 10_000 });
    await fails(calls.menu(''), symbol);
    while (open() > 0) await new Promise(setImmediate);
    if (day === 'refusal')
      assert.deepEqual(
        calls.events.find(({ type }) => type === 'reply'),
        { type: 'reply', text: 'Not today' },
      );
  });
}

test('GopherDriver.menu fails with ERROR_INTERNET_CANNOT_CONNECT where nobody listens', async () => {
  await fails(gopherCalls(await closedPort()).menu(''), 'ERROR_INTERNET_CANNOT_CONNECT');
});

test('GopherDriver.menu sends no line end inside a request', async (t) => {
  const { port, lines } = await startGopherFixture(t, {});
  await fails(gopherCalls(port).menu('a\r\nb'), 'ERROR_INVALID_PARAMETER');
  assert.deepEqual(lines, []);
});

test('GopherDriver.menu stops when the handle is closed', async (t) => {
  const { port, open } = await startGopherFixture(t, { '': () => undefined });
  const calls = gopherCalls(port);
  const menu = calls.menu('');
  while (!calls.events.some(({ type }) => type === 'receiving')) await new Promise(setImmediate);
  calls.abort.abort();
  await fails(menu, 'ERROR_INTERNET_OPERATION_CANCELLED');
  while (open() > 0) await new Promise(setImmediate);
});

test('GopherDriver.menu reads the blocks of a Gopher+ menu, however its end is told', async (t) => {
  const blocks =
    '+INFO: 0A\t/a\th\t70\t+\r\n+ADMIN:\r\n Admin: Me <me@x>\r\n+INFO: 1B\t/b\th\t70\t+\r\n+VIEWS:\r\n text/plain: <1k>\r\n';
  const { port } = await startGopherFixture(t, {
    dot: `+-1\r\n${blocks}.\r\n`,
    close: `+-2\r\n${blocks}`,
    count: `+${blocks.length}\r\n${blocks}more`,
  });
  for (const line of ['dot', 'close', 'count']) {
    const entries = await gopherCalls(port).menu(line, true);
    assert.deepEqual(
      entries.map(({ item, blocks: own }) => [item.display, own.map(({ name }) => name)]),
      [
        ['A', ['INFO', 'ADMIN']],
        ['B', ['INFO', 'VIEWS']],
      ],
    );
  }
});

test('GopherDriver.blocks tells a server of Gopher+ that refuses from one that speaks none', async (t) => {
  const { port } = await startGopherFixture(t, {
    'no\t!': '--1\r\n1 Keeper <k@x>\r\nNot available\r\n.\r\n',
    'plain\t!': 'A text\r\n',
    'short\t!': '+100\r\n+INFO: x\r\n',
    'none\t!': '',
  });
  const calls = gopherCalls(port);
  await fails(calls.blocks('no\t!'), 'ERROR_INTERNET_EXTENDED_ERROR');
  const reply = { type: 'reply', text: '1 Keeper <k@x>\r\nNot available' };
  assert.deepEqual(
    calls.events.find(({ type }) => type === 'reply'),
    reply,
  );
  await fails(gopherCalls(port).blocks('plain\t!'), 'ERROR_GOPHER_NOT_GOPHER_PLUS');
  await fails(gopherCalls(port).blocks('short\t!'), 'ERROR_GOPHER_DATA_ERROR');
  await fails(gopherCalls(port).blocks('none\t!'), 'ERROR_GOPHER_END_OF_DATA');
  await fails(gopherCalls(port).blocks('absent\t!'), 'ERROR_INTERNET_EXTENDED_ERROR');
});

test('GopherDriver.openRead reads a text to its dot and a binary file to the end of the connection', async (t) => {
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index & 0xff));
  const { port, open } = await startGopherFixture(t, {
    text: 'One\r\n..Two\r\n.\r\n',
    bytes,
    empty: '',
    late: (socket) => socket.write('One\r\n.\r\n'),
    plus: `+5\r\nHello and more`,
  });
  const read = async (line: string, isText: boolean, plus = false) =>
    await readSource(await gopherCalls(port, { receive: 200 }).openRead(line, isText, plus), 999);
  assert.equal((await read('text', true)).toString(), 'One\r\n.Two\r\n');
  assert.deepEqual(await read('bytes', false), bytes);
  assert.equal((await read('empty', true)).length, 0);
  assert.equal((await read('late', true)).toString(), 'One\r\n');
  assert.equal((await read('plus', false, true)).toString(), 'Hello');
  while (open() > 0) await new Promise(setImmediate);
});

test('GopherDriver.openRead takes an error menu in place of a file for a refusal, and a text that begins with 3 for a text', async (t) => {
  const { port } = await startGopherFixture(t, {
    pigs: '3 little pigs\r\nand a wolf\r\n',
    menu: '3 little\t/pigs\thost\t70\r\n0And\t/more\thost\t70\r\n',
    slow: inPieces(Buffer.from('3No such file\t\terror.host\t1\r\niSorry\t\t\t0\r\n.\r\n'), 3),
  });
  const pigs = await gopherCalls(port).openRead('pigs', true);
  assert.equal((await readSource(pigs)).toString(), '3 little pigs\r\nand a wolf\r\n');
  assert.match(
    (await readSource(await gopherCalls(port).openRead('menu', true))).toString(),
    /^3 little\t.*\t70\r\n$/s,
  );
  await fails(gopherCalls(port).openRead('slow', false), 'ERROR_INTERNET_EXTENDED_ERROR');
  await fails(gopherCalls(port).openRead('absent', true), 'ERROR_INTERNET_EXTENDED_ERROR');
});

test('GopherDriver.openRead hands out what came before a break, then fails', async (t) => {
  const { port } = await startGopherFixture(t, {
    reset: (socket) => socket.write('half', () => setTimeout(() => socket.resetAndDestroy(), 50)),
    short: '+10\r\nhalf',
    silent: (socket) => socket.write('half'),
  });
  const expected = {
    reset: 'ERROR_INTERNET_CONNECTION_RESET',
    short: 'ERROR_GOPHER_DATA_ERROR',
    silent: 'ERROR_INTERNET_TIMEOUT',
  };
  for (const [line, symbol] of Object.entries(expected)) {
    const source = await gopherCalls(port, { receive: 200 }).openRead(line, false, line === 'short');
    const buffer = new Uint8Array(10);
    assert.equal(await source.read(buffer), 4, line);
    await fails(
      Promise.resolve().then(() => source.read(buffer)),
      symbol,
    );
    await source.cancel();
  }
});

test('GopherDriver.openRead slows the server when nobody reads', async (t) => {
  let sent = 0;
  const { port } = await startGopherFixture(t, {
    big: (socket) => {
      const chunk = Buffer.alloc(65_536);
      const push = () => {
        while (sent < 100_000_000 && socket.write(chunk)) sent += chunk.length;
      };
      socket.on('drain', push);
      push();
    },
  });
  const source = await gopherCalls(port).openRead('big', false);
  let before = -1;
  while (before !== sent) {
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(sent < 50_000_000, String(sent));
  await source.cancel();
  await source.cancel();
});

test('GopherDriver.openRead ends a read under way when it is cancelled', async (t) => {
  const { port } = await startGopherFixture(t, { half: (socket) => socket.write('half') });
  const source = await gopherCalls(port).openRead('half', false);
  await source.read(new Uint8Array(4));
  const read = fails(Promise.resolve(source.read(new Uint8Array(4))), 'ERROR_INTERNET_OPERATION_CANCELLED');
  await source.cancel();
  await read;
});

test('GopherDriver.phoneBook reads what a CSO name server finds', async (t) => {
  const { port, lines } = await startGopherFixture(t, {
    'query smith': '-200:1:   name: Ann Smith\r\n-200:1:  email: ann@x\r\n200:Ok.\r\n200:Bye\r\n',
    'query nobody': '501:No matches to your query.\r\n200:Bye\r\n',
    'query *': '502:Too many matches to your query.\r\n',
    'query noise': 'hello\r\n',
  });
  const found = await gopherCalls(port).phoneBook('smith');
  assert.deepEqual(
    found.map(({ item }) => item.display),
    ['name: Ann Smith', 'email: ann@x'],
  );
  assert.deepEqual(await gopherCalls(port).phoneBook('nobody'), []);
  await fails(gopherCalls(port).phoneBook('*'), 'ERROR_INTERNET_EXTENDED_ERROR');
  await fails(gopherCalls(port).phoneBook('noise'), 'ERROR_GOPHER_PROTOCOL_ERROR');
  assert.deepEqual(lines, ['query smith', 'query nobody', 'query *', 'query noise']);
});

async function fails(call: Promise<unknown>, symbol: string): Promise<void> {
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof DriverFailure, String(error));
    assert.equal(error.symbol, symbol, error.message);
    assert.match(error.message, /^Gopher server 127\.0\.0\.1:\d+ .*; [a-z].*\.$/s);
    return true;
  });
}

function flood(socket: Socket, text: string): void {
  const push = () => {
    while (!socket.destroyed && socket.write(text));
  };
  socket.on('drain', push);
  push();
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
