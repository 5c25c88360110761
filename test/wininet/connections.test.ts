import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { ConnectionUse } from '../../extension/shared/journal.ts';
import type { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { ok, serve } from '../drivers/httpFixture.ts';
import { withPeer } from '../peers/peer.ts';
import { startTinyproxy } from '../peers/tinyproxy.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  connectHttp,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

function uses(journal: LiveJournal): ConnectionUse[] {
  return entriesOf(journal, 'connection');
}

test('HttpSendRequest tells both ends of its connection, and which handle it was opened for when it is used again', async (t) => {
  const engine = await startEngine(t);
  const first = await sendRequest(engine, playground().http, '/echo');
  await readAll(engine, first);
  // An open request keeps its connection for itself.
  await engine.wininet.InternetCloseHandle(first);
  const second = await sendRequest(engine, playground().http, '/echo');
  await readAll(engine, second);
  const [one, other, ...more] = uses(engine.journal);
  assert.ok(one !== undefined && other !== undefined && more.length === 0);
  const { port } = playground().http;
  assert.deepEqual(one.peer, { address: '127.0.0.1', port: Number(port) });
  assert.equal(one.local?.address, '127.0.0.1');
  assert.ok(one.local !== null && one.local.port > 0 && one.local.port !== one.peer?.port);
  assert.deepEqual([one.serial, one.use, one.openedFor], [first.serial, 1, first.serial]);
  assert.deepEqual([other.serial, other.use, other.openedFor], [second.serial, 2, first.serial]);
  assert.equal(other.connection, one.connection);
  assert.deepEqual(other.local, one.local);
  assert.equal('security' in one || 'proxy' in one, false, 'in the clear, and straight');
  const sender = engine.journal.entries.find((entry) => entry.type === 'call-begin' && entry.call === one.call);
  assert.equal(sender?.type === 'call-begin' && sender.fn, 'HttpSendRequest');
});

test('HttpSendRequest goes over the connection of another open request only where that needs it no more', async (t) => {
  const server = await serve(t, {
    '/none': ['HTTP/1.1 204 No Content\r\n\r\n'],
    '/whole': [ok('with its head')],
    '/later': [
      'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n',
      (socket: Socket) => setTimeout(() => socket.write('and later'), 50),
    ],
    '*': [ok('next')],
  });
  const address = new URL(`http://127.0.0.1:${server.port}`);
  for (const [path, reads, isUsedAgain] of [
    ['/none', false, true],
    ['/whole', false, false],
    // As recorded: a body that came whole with its head is not read from the connection, which nobody then gives back.
    ['/whole', true, false],
    ['/later', false, false],
    ['/later', true, true],
  ] as const) {
    const engine = await startEngine(t);
    const first = await sendRequest(engine, address, path);
    if (reads) await readAll(engine, first);
    await sendRequest(engine, address, '/next');
    const [one, other] = uses(engine.journal);
    assert.equal(other?.connection === one?.connection, isUsedAgain, `${path}, ${reads ? 'read' : 'not read'}`);
  }
});

test('HttpSendRequest goes over the connection that the request has already, also where another one is free', async (t) => {
  const engine = await startEngine(t);
  const { http } = playground();
  const [one, other] = [await sendRequest(engine, http, '/echo'), await sendRequest(engine, http, '/echo')];
  await engine.wininet.InternetCloseHandle(one);
  await engine.wininet.HttpSendRequest(other);
  const [first, second, again] = uses(engine.journal).map(({ connection }) => connection);
  assert.notEqual(first, second);
  assert.equal(again, second);
});

test('HttpSendRequest tells TLS, cipher and certificate of a secured connection', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().https, '/status/200', { flags: c.INTERNET_FLAG_SECURE });
  await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_INTERNET_INVALID_CA');
  assert.deepEqual(uses(engine.journal), [], 'nothing was sent over a connection that is not trusted');
  await engine.wininet.InternetSetOption(request, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
  await engine.wininet.HttpSendRequest(request);
  await readAll(engine, request);
  const security = uses(engine.journal)[0]?.security;
  assert.match(security?.protocol ?? '', /^TLSv1\.[23]$/);
  assert.match(security?.cipher ?? '', /^TLS_\w+$/);
  assert.ok((security?.keyBits ?? 0) >= 128);
  assert.match(security?.subject ?? '', /CN=/);
  assert.match(security?.issuer ?? '', /CN=/);
  assert.match(security?.validTo ?? '', /^20\d\d-\d\d-\d\dT/);
  assert.equal(
    await engine.wininet.InternetQueryOption(request, c.INTERNET_OPTION_SECURITY_KEY_BITNESS),
    security?.keyBits,
  );
});

test('HttpSendRequest tells the proxy that it goes through, and whether by a tunnel', async (t) => {
  const proxy = await serve(t, { '*': [ok('from the proxy')] });
  const engine = await startEngine(t);
  const { wininet } = engine;
  const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, `127.0.0.1:${proxy.port}`);
  await readAll(engine, await wininet.InternetOpenUrl(root, 'http://origin.example/echo'));
  assert.deepEqual(uses(engine.journal)[0]?.proxy, { host: '127.0.0.1', port: proxy.port, tunnel: false });
});

test('HttpSendRequest tells of a tunnel through tinyproxy with the TLS inside it', (t) =>
  withPeer(t, startTinyproxy, async (peer) => {
    const engine = await startEngine(t);
    const { wininet } = engine;
    const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, peer.urls.proxy, '<-loopback>');
    const session = await connectHttp({ ...engine, root }, playground().https);
    const flags = c.INTERNET_FLAG_SECURE;
    const request = await wininet.HttpOpenRequest(session, null, '/status/200', null, null, null, flags, 0);
    await wininet.InternetSetOption(request, c.INTERNET_OPTION_SECURITY_FLAGS, c.SECURITY_FLAG_IGNORE_UNKNOWN_CA);
    await wininet.HttpSendRequest(request);
    await readAll(engine, request);
    const [use] = uses(engine.journal);
    assert.equal(use?.proxy?.tunnel, true);
    assert.equal(use?.peer?.port, Number(new URL(peer.urls.proxy).port));
    assert.match(use?.security?.protocol ?? '', /^TLS/);
  }));

for (const [mode, flags, command] of [
  ['passive', c.INTERNET_FLAG_PASSIVE, /^PASV$/],
  ['active', 0, /^PORT /],
] as const) {
  test(`FtpOpenFile tells a ${mode} data connection, made by its call on the session’s control connection`, async (t) => {
    const engine = await startEngine(t);
    const { wininet, journal } = engine;
    const session = await connectFtp(engine, playground().ftp, { flags });
    const file = await wininet.FtpOpenFile(session, 'readme.txt', c.GENERIC_READ, c.FTP_TRANSFER_TYPE_BINARY, 0);
    await readAll(engine, file);
    const [control, data, ...more] = uses(journal);
    assert.deepEqual([control?.purpose, control?.serial], ['ftp-control', session.serial]);
    assert.equal(control?.peer?.port, Number(playground().ftp.port));
    assert.deepEqual([data?.purpose, data?.serial, more.length], [`ftp-${mode}`, session.serial, 0]);
    assert.equal(data?.call, journal.tree.nodes.get(file.serial)?.call);
    assert.notEqual(data?.connection, control?.connection);
    assert.ok(entriesOf(journal, 'wire').some(({ text }) => command.test(text)));
    // The port of the PASV reply, or of the PORT command, is the one that was used.
    const words = entriesOf(journal, 'wire').find(({ text }) => /^227|^PORT/.test(text))?.text ?? '';
    const [high, low] = (/(\d+),(\d+)\)?\.?$/.exec(words) ?? []).slice(1).map(Number);
    assert.equal((mode === 'passive' ? data?.peer : data?.local)?.port, (high ?? 0) * 256 + (low ?? 0));
    await wininet.InternetCloseHandle(file);
  });
}

test('InternetOpenUrl tells the connection of Gopher, a new one for each request', async (t) => {
  const engine = await startEngine(t);
  for (let count = 0; count < 2; count += 1) {
    await readAll(engine, await engine.wininet.InternetOpenUrl(engine.root, playground().gopher.href));
  }
  assert.deepEqual(
    uses(engine.journal).map(({ purpose, connection, use, peer }) => [purpose, connection, use, peer?.port]),
    [1, 2].map((number) => ['gopher', number, 1, Number(playground().gopher.port)]),
  );
});

test('HttpSendRequest tells of no connection where none was made', async (t) => {
  const engine = await startEngine(t);
  const session = await connectHttp(engine, new URL('http://127.0.0.1:1/'));
  const request = await engine.wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 0);
  await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_INTERNET_CANNOT_CONNECT');
  assert.deepEqual(uses(engine.journal), []);
});
