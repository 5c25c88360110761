import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constantName } from '../../extension/shared/constantNames.ts';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  connectHttp,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  startEngine,
  type Told,
  until,
  witness,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('InternetCloseHandle in INTERNET_STATUS_HANDLE_CREATED cancels InternetOpenUrl and frees its connection', async (t) => {
  for (const url of [new URL('/bytes/10000000', playground().http), new URL('/readme.txt', playground().ftp)]) {
    const engine = await startEngine(t);
    const { wininet, root, journal } = engine;
    const closings: Promise<unknown>[] = [];
    const { callback } = witness((told) => closings.push(...closeCreated(told, wininet.InternetCloseHandle)));
    await wininet.InternetSetStatusCallback(root, callback);
    const opening = wininet.InternetOpenUrl(root, url.href, null, c.INTERNET_FLAG_PASSIVE, 5);
    await failsWith(opening, 'ERROR_INTERNET_OPERATION_CANCELLED');
    assert.deepEqual(await Promise.all(closings), [true]);
    assert.equal(journal.tree.byValue.size, 1);
  }
});

test('InternetCloseHandle in INTERNET_STATUS_HANDLE_CREATED cancels InternetConnect for FTP', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root, journal } = engine;
  const closings: Promise<unknown>[] = [];
  const { callback } = witness((told) => closings.push(...closeCreated(told, wininet.InternetCloseHandle)));
  await wininet.InternetSetStatusCallback(root, callback);
  await failsWith(connectFtp(engine, playground().ftp, { context: 5 }), 'ERROR_INTERNET_OPERATION_CANCELLED');
  assert.deepEqual(await Promise.all(closings), [true]);
  assert.deepEqual([...journal.tree.byValue.values()], [root.serial]);
});

for (const status of [
  c.INTERNET_STATUS_RESOLVING_NAME,
  c.INTERNET_STATUS_NAME_RESOLVED,
  c.INTERNET_STATUS_CONNECTING_TO_SERVER,
  c.INTERNET_STATUS_CONNECTED_TO_SERVER,
  c.INTERNET_STATUS_SENDING_REQUEST,
  c.INTERNET_STATUS_REQUEST_SENT,
  c.INTERNET_STATUS_RECEIVING_RESPONSE,
  c.INTERNET_STATUS_RESPONSE_RECEIVED,
]) {
  const name = constantName('INTERNET_STATUS_', status);
  for (const target of ['request', 'root'] as const) {
    test(`InternetCloseHandle on the ${target} inside ${name} cancels HttpSendRequest and leaks nothing`, async (t) => {
      const engine = await startEngine(t);
      const { wininet, root } = engine;
      let request: HINTERNET | undefined;
      const closings: Promise<unknown>[] = [];
      const { told, callback } = witness((one) => {
        if (one.status !== status || closings.length > 0 || request === undefined) return;
        closings.push(wininet.InternetCloseHandle(target === 'root' ? root : request));
      });
      await wininet.InternetSetStatusCallback(root, callback);
      request = await openRequest(engine, playground().http, '/bytes/50000000', { context: 3 });
      await failsWith(
        wininet.HttpSendRequest(request as HINTERNET<'http-request'>),
        'ERROR_INTERNET_OPERATION_CANCELLED',
      );
      assert.deepEqual(await Promise.all(closings), [true]);
      const last = told.filter(({ handle }) => handle === request).at(-1);
      assert.ok(last !== undefined && isClosing(last.status), 'HANDLE_CLOSING is last');
    });
  }
}

for (const [what, path] of [
  ['the head never comes', '/slow/never'],
  ['the head is late', '/slow/headers/60000'],
] as const) {
  test(`InternetCloseHandle settles HttpSendRequest at once where ${what}`, async (t) => {
    const engine = await startEngine(t);
    const { wininet, root } = engine;
    const request = await openRequest(engine, playground().http, path);
    const sending = failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_OPERATION_CANCELLED');
    await until(() => engine.journal.entries.some((one) => one.type === 'wire'));
    await wininet.InternetCloseHandle(root);
    const error = await sending;
    assert.equal(error.handle, request);
    assert.equal(wininet.GetLastError(), 12017);
  });
}

test('InternetCloseHandle on any ancestor settles every read that hangs, in order', async (t) => {
  for (const level of [0, 1, 2]) {
    const engine = await startEngine(t);
    const { wininet, root, journal } = engine;
    const session = await connectHttp(engine, playground().http);
    const request = await wininet.HttpOpenRequest(session, null, '/slow/stall', null, null, null, 0, 0);
    await wininet.HttpSendRequest(request);
    assert.equal(await wininet.InternetReadFile(request, new Uint8Array(1000)), 1000);
    const settled: number[] = [];
    const reads = [0, 1, 2].map((number) =>
      failsWith(wininet.InternetReadFile(request, new Uint8Array(10)), 'ERROR_INTERNET_OPERATION_CANCELLED').then(() =>
        settled.push(number),
      ),
    );
    await wininet.InternetCloseHandle([request, session, root][level] ?? root);
    await Promise.all(reads);
    assert.deepEqual(settled, [0, 1, 2]);
    const failed = entriesOf(journal, 'call-end').filter((one) => one.error !== undefined);
    assert.equal(failed.length, 3);
  }
});

test('InternetCloseHandle settles a hanging read and a logon of FTP when the root goes', async (t) => {
  for (const flags of [0, c.INTERNET_FLAG_PASSIVE]) {
    const engine = await startEngine(t);
    const { wininet, root } = engine;
    const session = await connectFtp(engine, playground().ftp, { flags });
    const file = await wininet.FtpOpenFile(session, '/faults/stalls.bin', c.GENERIC_READ);
    const buffer = new Uint8Array(10_000);
    assert.equal(await wininet.InternetReadFile(file, buffer), 10_000);
    const read = failsWith(wininet.InternetReadFile(file, buffer), 'ERROR_INTERNET_OPERATION_CANCELLED');
    const logon = failsWith(connectFtp(engine, playground().ftp, { flags }), 'ERROR_INTERNET_OPERATION_CANCELLED');
    await wininet.InternetCloseHandle(root);
    await Promise.all([read, logon]);
  }
});

test('InternetCloseHandle on a stalled FTP file gives its session back for other calls', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectFtp(engine, playground().ftp, { flags: c.INTERNET_FLAG_PASSIVE });
  const file = await wininet.FtpOpenFile(session, '/faults/stalls.bin', c.GENERIC_READ);
  const buffer = new Uint8Array(20_000);
  const read = failsWith(wininet.InternetReadFile(file, buffer), 'ERROR_INTERNET_OPERATION_CANCELLED');
  await wininet.InternetCloseHandle(file);
  await read;
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/');
});

test('InternetOpenUrl gives no handle when the root is closed while it works', async (t) => {
  const urls = [
    new URL('/slow/never', playground().http),
    new URL('/slow/never', playground().https),
    new URL('/readme.txt', playground().ftp),
    new URL('/pub/', playground().ftp),
  ];
  for (const url of urls) {
    const engine = await startEngine(t);
    const { wininet, root, journal } = engine;
    const opening = failsWith(wininet.InternetOpenUrl(root, url.href), 'ERROR_INTERNET_OPERATION_CANCELLED');
    await wininet.InternetCloseHandle(root);
    await opening;
    assert.equal(journal.tree.byValue.size, 0);
  }
});

function isClosing(status: number): boolean {
  return status === c.INTERNET_STATUS_HANDLE_CLOSING;
}

function closeCreated(told: Told, close: (handle: HINTERNET) => Promise<unknown>): Promise<unknown>[] {
  if (told.status !== c.INTERNET_STATUS_HANDLE_CREATED) return [];
  return [close(told.information as HINTERNET)];
}

test('InternetCloseHandle ends an upload on a connection that is used again, in whatever moment it comes', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  for (let turns = 0; turns < 30; turns += 1) {
    const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
    // The first answer leaves a connection behind, which stands when the next request begins.
    await wininet.HttpSendRequest(request);
    while ((await wininet.InternetReadFile(request, new Uint8Array(10_000))) > 0);
    const sending = wininet.HttpSendRequestEx(request, { dwBufferTotal: 100 }).catch(() => undefined);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    await wininet.InternetCloseHandle(request);
    await sending;
  }
  await wininet.dispose();
});
