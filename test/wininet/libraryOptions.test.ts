import assert from 'node:assert/strict';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { Library } from '../../extension/wininet/library.ts';
import { writeOption } from '../../extension/wininet/optionAccess.ts';
import { ok, serve } from '../drivers/httpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  startEngine,
  until,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const urlOf = ({ port }: { readonly port: number }) => new URL(`http://127.0.0.1:${port}/`);

test('InternetSetOption on NULL changes what roots made later start from', async (t) => {
  const { wininet, root } = await startEngine(t);
  assert.equal(await wininet.InternetQueryOption(null, c.INTERNET_OPTION_CONNECT_TIMEOUT), 60_000);
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_CONNECT_TIMEOUT, 4321);
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_CONNECT_TIMEOUT), 60_000);
  const later = await wininet.InternetOpen('later');
  assert.equal(await wininet.InternetQueryOption(later, c.INTERNET_OPTION_CONNECT_TIMEOUT), 4321);
});

test('InternetSetOption refuses a time of 0 for connecting on NULL and on roots, and takes it below', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const request = await openRequest(engine, playground().http, '/status/200');
  for (const handle of [null, root]) {
    const setting = wininet.InternetSetOption(handle, c.INTERNET_OPTION_CONNECT_TIMEOUT, 0);
    await failsWith(setting, 'ERROR_BAD_ARGUMENTS');
  }
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_CONNECT_TIMEOUT, 0);
  await wininet.HttpSendRequest(request);
});

test('InternetSetOption suppresses behavior on NULL only, and forbids Passport on any handle', async (t) => {
  const { wininet, root } = await startEngine(t);
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_SUPPRESS_BEHAVIOR, 3);
  const suppressing = wininet.InternetSetOption(root, c.INTERNET_OPTION_SUPPRESS_BEHAVIOR, 3);
  await failsWith(suppressing, 'ERROR_INTERNET_INVALID_OPTION');
  for (const handle of [null, root]) {
    assert.equal(await wininet.InternetSetOption(handle, c.INTERNET_OPTION_DISABLE_PASSPORT_AUTH, null), true);
  }
});

test('InternetQueryOption on NULL fails with ERROR_INTERNET_INCORRECT_HANDLE_TYPE for what only handles have', async (t) => {
  const { wininet } = await startEngine(t);
  for (const option of [
    c.INTERNET_OPTION_HANDLE_TYPE,
    c.INTERNET_OPTION_PARENT_HANDLE,
    c.INTERNET_OPTION_URL,
    c.INTERNET_OPTION_USER_AGENT,
    c.INTERNET_OPTION_REQUEST_FLAGS,
    c.INTERNET_OPTION_CONTEXT_VALUE,
  ]) {
    await failsWith(wininet.InternetQueryOption(null, option), 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE');
  }
  const setting = wininet.InternetSetOption(null, c.INTERNET_OPTION_CONTEXT_VALUE, 77);
  await failsWith(setting, 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE');
});

test('InternetSetOption takes limits of connections on NULL only', async (t) => {
  const { wininet, root } = await startEngine(t);
  for (const [option, initial, changed, refused] of [
    [c.INTERNET_OPTION_MAX_CONNS_PER_SERVER, 6, 3, 0],
    [c.INTERNET_OPTION_MAX_CONNS_PER_1_0_SERVER, 6, 4, 0],
    [c.INTERNET_OPTION_MAX_CONNS_PER_PROXY, 6, 128, 129],
  ] as const) {
    assert.equal(await wininet.InternetQueryOption(null, option), initial);
    await wininet.InternetSetOption(null, option, changed);
    assert.equal(await wininet.InternetQueryOption(null, option), changed);
    await failsWith(wininet.InternetSetOption(null, option, refused), 'ERROR_BAD_ARGUMENTS');
    await failsWith(wininet.InternetQueryOption(root, option), 'ERROR_INTERNET_INVALID_OPERATION');
    await failsWith(wininet.InternetSetOption(root, option, 2), 'ERROR_INTERNET_INVALID_OPERATION');
  }
});

test('InternetSetOption of INTERNET_OPTION_MAX_CONNS_PER_SERVER holds for every request', async (t) => {
  const server = await serve(t, { '*': [() => undefined] });
  const engine = await startEngine(t);
  const { wininet } = engine;
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_MAX_CONNS_PER_SERVER, 2);
  const sends = ['/1', '/2', '/3'].map(async (path) =>
    wininet.HttpSendRequest(await openRequest(engine, urlOf(server), path)),
  );
  await until(() => server.received.length === 2);
  // The answer to one lets the third go, on the same connection.
  server.sockets[0]?.write(ok(''));
  await until(() => server.received.length === 3);
  for (const socket of server.sockets) socket.write(ok(''));
  await Promise.all(sends);
  assert.equal(server.sockets.length, 2);
});

test('InternetSetOption of INTERNET_OPTION_MAX_CONNS_PER_PROXY holds for every request through a proxy', async (t) => {
  const proxy = await serve(t, { '*': [() => undefined] });
  const engine = await startEngine(t);
  const { wininet } = engine;
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_MAX_CONNS_PER_SERVER, 1);
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_MAX_CONNS_PER_PROXY, 2);
  const root = await wininet.InternetOpen('x', c.INTERNET_OPEN_TYPE_PROXY, `127.0.0.1:${proxy.port}`);
  const origin = new URL('http://origin.example/');
  const sends = ['/1', '/2', '/3'].map(async (path) =>
    wininet.HttpSendRequest(await openRequest({ ...engine, root }, origin, path)),
  );
  await until(() => proxy.received.length === 2);
  proxy.sockets[0]?.write(ok(''));
  await until(() => proxy.received.length === 3);
  for (const socket of proxy.sockets) socket.write(ok(''));
  await Promise.all(sends);
  assert.equal(proxy.sockets.length, 2);
});

test('InternetSetOption of INTERNET_OPTION_CONNECT_RETRIES counts the addresses of a host that are tried', async (t) => {
  const server = await serve(t, { '*': [ok('here')] });
  // A host with two addresses, at the first of which nobody listens.
  const addresses = [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ];
  t.mock.method(dns, 'lookup', (...args: readonly unknown[]) => {
    const answer = args.at(-1);
    assert.ok(typeof answer === 'function');
    process.nextTick(() => answer(null, addresses));
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  const engine = await startEngine(t);
  const request = await openRequest(engine, new URL(`http://two.example:${server.port}/`), '/');
  await engine.wininet.InternetSetOption(request, c.INTERNET_OPTION_CONNECT_RETRIES, 1);
  await failsWith(engine.wininet.HttpSendRequest(request), 'ERROR_INTERNET_CANNOT_CONNECT');
  await engine.wininet.InternetSetOption(request, c.INTERNET_OPTION_CONNECT_RETRIES, 2);
  await engine.wininet.HttpSendRequest(request);
  assert.equal((await readAll(engine, request)).toString(), 'here');
});

test('InternetSetOption of INTERNET_OPTION_HTTP_VERSION counts for requests that name no version', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const initial = await wininet.InternetQueryOption(null, c.INTERNET_OPTION_HTTP_VERSION);
  assert.deepEqual(initial, { dwMajorVersion: 1, dwMinorVersion: 1 });
  const old = { dwMajorVersion: 1, dwMinorVersion: 0 };
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_HTTP_VERSION, old);
  const two = wininet.InternetSetOption(null, c.INTERNET_OPTION_HTTP_VERSION, { dwMajorVersion: 2, dwMinorVersion: 0 });
  await failsWith(two, 'ERROR_INVALID_PARAMETER');
  const server = await serve(t, { '*': [ok('')] });
  const request = await openRequest(engine, urlOf(server), '/');
  assert.deepEqual(await wininet.InternetQueryOption(request, c.INTERNET_OPTION_HTTP_VERSION), old);
  const setting = wininet.InternetSetOption(request, c.INTERNET_OPTION_HTTP_VERSION, old);
  await failsWith(setting, 'ERROR_INTERNET_INVALID_OPTION');
  const line = c.HTTP_QUERY_VERSION | c.HTTP_QUERY_FLAG_REQUEST_HEADERS;
  assert.equal(await wininet.HttpQueryInfo(request, line), 'HTTP/1.0');
  await wininet.HttpSendRequest(request);
  assert.match(server.received[0]?.head ?? '', /^GET \/ HTTP\/1\.0\r\n/);
});

test('InternetSetOption of INTERNET_OPTION_CONNECTED_STATE takes the library offline, but for requests that ignore it', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectFtp(engine, playground().ftp);
  assert.equal(await wininet.InternetQueryOption(null, c.INTERNET_OPTION_CONNECTED_STATE), c.INTERNET_STATE_CONNECTED);
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_CONNECTED_STATE, {
    dwConnectedState: c.INTERNET_STATE_DISCONNECTED_BY_USER,
    dwFlags: c.ISO_FORCE_DISCONNECTED,
  });
  const state = await wininet.InternetQueryOption(null, c.INTERNET_OPTION_CONNECTED_STATE);
  assert.equal(state, c.INTERNET_STATE_DISCONNECTED_BY_USER);
  const request = await openRequest(engine, playground().http, '/status/200');
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_DISCONNECTED');
  await failsWith(connectFtp(engine, playground().ftp), 'ERROR_INTERNET_DISCONNECTED');
  // A session that is open stays so, but nothing goes over it.
  for (const call of [() => wininet.FtpGetCurrentDirectory(session), () => wininet.FtpFindFirstFile(session, '*')]) {
    await failsWith(call(), 'ERROR_INTERNET_DISCONNECTED');
  }
  // The page of FtpCommand names an error of its own.
  for (const expects of [false, true]) {
    const command = wininet.FtpCommand(session, expects, c.FTP_TRANSFER_TYPE_ASCII, 'LIST');
    await failsWith(command, 'ERROR_INTERNET_NO_DIRECT_ACCESS');
  }
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_IGNORE_OFFLINE, null);
  await wininet.HttpSendRequest(request);
  await readAll(engine, request);
  await wininet.InternetSetOption(null, c.INTERNET_OPTION_CONNECTED_STATE, c.INTERNET_STATE_CONNECTED);
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/');
  const other = await openRequest(engine, playground().http, '/status/200');
  await wininet.HttpSendRequest(other);
  await readAll(engine, other);
});

test('InternetQueryOption of INTERNET_OPTION_EXTENDED_ERROR tells what befell the last socket', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  assert.equal(await wininet.InternetQueryOption(null, c.INTERNET_OPTION_EXTENDED_ERROR), 0);
  const refused = await openRequest(engine, new URL('http://127.0.0.1:1/'), '/');
  await failsWith(wininet.HttpSendRequest(refused), 'ERROR_INTERNET_CANNOT_CONNECT');
  assert.equal(await wininet.InternetQueryOption(null, c.INTERNET_OPTION_EXTENDED_ERROR), 10_061);
  // Another failure, of which no socket knows, leaves it.
  await failsWith(wininet.InternetQueryOption(null, 54_321), 'ERROR_INTERNET_INVALID_OPTION');
  assert.equal(await wininet.InternetQueryOption(null, c.INTERNET_OPTION_EXTENDED_ERROR), 10_061);
});

test('InternetSetOption takes the commands that need no value', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const request = await openRequest(engine, playground().http, '/');
  for (const handle of [null, root, request]) {
    assert.equal(await wininet.InternetSetOption(handle, c.INTERNET_OPTION_SETTINGS_CHANGED, null), true);
    assert.equal(await wininet.InternetSetOption(handle, c.INTERNET_OPTION_END_BROWSER_SESSION, null), true);
  }
  assert.equal(await wininet.InternetSetOption(root, c.INTERNET_OPTION_REFRESH, null), true);
});

test('Library.onSessionEnd is called by INTERNET_OPTION_END_BROWSER_SESSION', () => {
  const library = new Library();
  let ends = 0;
  library.onSessionEnd.add(() => {
    ends += 1;
  });
  writeOption({ library, record: null }, c.INTERNET_OPTION_END_BROWSER_SESSION, null);
  assert.equal(ends, 1);
});

test("InternetQueryOption gives records away, and not the engine's own", async (t) => {
  const { wininet } = await startEngine(t);
  for (const option of [c.INTERNET_OPTION_VERSION, c.INTERNET_OPTION_HTTP_VERSION, c.INTERNET_OPTION_PROXY]) {
    const first = await wininet.InternetQueryOption(null, option);
    const before = structuredClone(first);
    assert.ok(first !== null && typeof first === 'object');
    for (const field of Object.keys(first)) Reflect.set(first, field, 99);
    assert.deepEqual(await wininet.InternetQueryOption(null, option), before);
  }
});

test('InternetSetOptionEx does what InternetSetOption does and refuses flags that nobody knows', async (t) => {
  const { wininet, root } = await startEngine(t);
  await wininet.InternetSetOptionEx(root, c.INTERNET_OPTION_SEND_TIMEOUT, 777, c.ISO_GLOBAL | c.ISO_REGISTRY);
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_SEND_TIMEOUT), 777);
  await wininet.InternetSetOptionEx(null, c.INTERNET_OPTION_SEND_TIMEOUT, 778, 0);
  assert.equal(await wininet.InternetQueryOption(null, c.INTERNET_OPTION_SEND_TIMEOUT), 778);
  const odd = wininet.InternetSetOptionEx(root, c.INTERNET_OPTION_SEND_TIMEOUT, 1, 4);
  await failsWith(odd, 'ERROR_INVALID_PARAMETER');
  const closed = await wininet.InternetOpen('closed');
  await wininet.InternetCloseHandle(closed);
  const late = wininet.InternetSetOptionEx(closed, c.INTERNET_OPTION_SEND_TIMEOUT, 1, 0);
  await failsWith(late, 'ERROR_INVALID_HANDLE');
});
