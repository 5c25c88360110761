import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { HandleTree } from '../../extension/shared/model.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { asRequest, completion, startAsynchronousEngine } from './asynchronousFixture.ts';
import {
  connectFtp,
  connectHttp,
  type Engine,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  pause,
  startEngine,
  until,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('HttpSendRequest under an asynchronous root answers ERROR_IO_PENDING, then INTERNET_STATUS_REQUEST_COMPLETE with 1', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const { wininet, told, journal } = engine;
  const request = await openRequest(engine, playground().http, '/', { context: 2 });
  const pending = await failsWith(wininet.HttpSendRequest(request), 'ERROR_IO_PENDING');
  assert.equal(pending.code, 997);
  assert.equal(wininet.GetLastError(), 997);
  await until(() => told.some((one) => completion(one) !== null));
  const last = told.at(-1);
  assert.ok(last !== undefined);
  assert.equal(last.handle, request);
  assert.equal(last.context, 2);
  assert.deepEqual(completion(last), { dwResult: 1, dwError: 0, value: true });
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
  const call = entriesOf(journal, 'call-begin').find(({ fn }) => fn === 'HttpSendRequest')?.call;
  assert.deepEqual(
    journal.entries.filter((one) => 'call' in one && one.call === call).map(({ type }) => type),
    ['call-begin', 'call-pending', 'connection', 'call-end'],
  );
});

test('HttpSendRequest and HttpSendRequestEx fail with ERROR_INTERNET_REQUEST_PENDING while the request is under way', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const { wininet, told } = engine;
  const request = await openRequest(engine, playground().http, '/slow/headers/100', { context: 2 });
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_IO_PENDING');
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_REQUEST_PENDING');
  await failsWith(wininet.HttpSendRequestEx(request), 'ERROR_INTERNET_REQUEST_PENDING');
  await until(() => told.some((one) => completion(one) !== null));
  assert.deepEqual(told.map(completion).filter(Boolean), [{ dwResult: 1, dwError: 0, value: true }]);
});

test('HttpSendRequest that fails later tells so in dwError and leaves GetLastError alone', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const { wininet, told } = engine;
  const request = await openRequest(engine, new URL('http://127.0.0.1:1'), '/', { context: 2 });
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_IO_PENDING');
  await until(() => told.some((one) => completion(one) !== null));
  assert.deepEqual(told.map(completion).filter(Boolean), [{ dwResult: 0, dwError: 12029, value: null }]);
  assert.equal(wininet.GetLastError(), 997);
});

test('InternetReadFile under an asynchronous root answers at once what has come, and later what has to be waited for', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const { wininet, complete } = engine;
  const request = await openRequest(engine, playground().http, '/bytes/1000000', { context: 2 });
  await complete(2, wininet.HttpSendRequest(request));
  const buffer = new Uint8Array(65_536);
  let total = 0;
  for (let count = -1; count !== 0; total += count)
    count = await complete(2, wininet.InternetReadFile(request, buffer));
  assert.equal(total, 1_000_000);
});

test('InternetOpenUrl under an asynchronous root announces its handle early and hands it over in dwResult', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const { wininet, told, root } = engine;
  await failsWith(wininet.InternetOpenUrl(root, playground().http.href, null, 0, 7), 'ERROR_IO_PENDING');
  await until(() => told.some((one) => completion(one) !== null));
  const created = told.find(({ status }) => status === c.INTERNET_STATUS_HANDLE_CREATED);
  const end = told.at(-1);
  assert.ok(end !== undefined);
  assert.deepEqual([end.handle, end.context], [created?.information, 7]);
  assert.equal(completion(end)?.dwResult, created?.information);
  const read = new Uint8Array(4);
  assert.equal(await engine.complete(7, wininet.InternetReadFile(asRequest(created?.information), read)), 4);
});

test('InternetConnect for FTP and the FTP functions pend under an asynchronous root', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const { wininet, complete } = engine;
  const session = await complete(
    5,
    connectFtp(engine, playground().ftp, { context: 5, flags: c.INTERNET_FLAG_PASSIVE }),
  );
  assert.equal(await complete(5, wininet.FtpGetCurrentDirectory(session)), '/');
  const file = await complete(
    6,
    wininet.FtpOpenFile(session, 'readme.txt', c.GENERIC_READ, c.FTP_TRANSFER_TYPE_BINARY, 6),
  );
  assert.ok((await complete(6, wininet.InternetReadFile(file, new Uint8Array(100)))) > 0);
  await wininet.InternetCloseHandle(session);
});

test('INTERNET_STATUS_REQUEST_COMPLETE of FtpOpenFile and FtpFindFirstFile is told on the handle with its context, on the session without', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const { wininet, told, complete } = engine;
  const logon = connectFtp(engine, playground().ftp, { context: 5, flags: c.INTERNET_FLAG_PASSIVE });
  const session = await complete(5, logon);
  const ends = () => told.filter((one) => completion(one) !== null).map(({ handle, context }) => [handle, context]);
  assert.deepEqual(ends(), [[engine.root, 5]]);
  const file = await complete(6, wininet.FtpOpenFile(session, 'readme.txt', c.GENERIC_READ, 0, 6));
  await wininet.InternetCloseHandle(file);
  const search = await complete(7, wininet.FtpFindFirstFile(session, null, null, 0, 7));
  await wininet.InternetCloseHandle(search);
  await complete(5, wininet.FtpOpenFile(session, 'readme.txt', c.GENERIC_READ));
  await wininet.InternetCloseHandle(session);
  assert.deepEqual(ends().slice(1), [
    [file, 6],
    [search, 7],
    [session, 5],
  ]);
});

test('InternetCloseHandle cancels a pending call: REQUEST_COMPLETE with ERROR_INTERNET_OPERATION_CANCELLED, then HANDLE_CLOSING', async (t) => {
  for (const target of ['request', 'session', 'root'] as const) {
    const engine = await startAsynchronousEngine(t);
    const { wininet, told, root } = engine;
    const session = await connectHttp(engine, playground().http, { context: 1 });
    const request = await wininet.HttpOpenRequest(session, null, '/slow/headers/1000', null, null, null, 0, 2);
    await failsWith(wininet.HttpSendRequest(request), 'ERROR_IO_PENDING');
    await until(() => told.some(({ status }) => status === c.INTERNET_STATUS_RECEIVING_RESPONSE));
    await wininet.InternetCloseHandle({ request, session, root }[target]);
    const ofRequest = told.filter(({ handle }) => handle === request).slice(-2);
    const [complete, closing] = ofRequest;
    assert.ok(complete !== undefined);
    assert.deepEqual(completion(complete), { dwResult: 0, dwError: 12017, value: null });
    assert.equal(closing?.status, c.INTERNET_STATUS_HANDLE_CLOSING);
    const before = told.length;
    await pause(50);
    assert.equal(told.length, before, 'nothing comes after HANDLE_CLOSING');
  }
});

test('INTERNET_STATUS_REQUEST_COMPLETE may start the next call, and calls end in the order in which their answers come', async (t) => {
  const ends: number[] = [];
  const read: Promise<unknown>[] = [];
  const engine = await startAsynchronousEngine(t, (one) => {
    if (completion(one) === null || ends.includes(one.context)) return;
    ends.push(one.context);
    read.push(engine.complete(one.context + 100, engine.wininet.InternetReadFile(asRequest(one.handle), buffer)));
  });
  const buffer = new Uint8Array(8);
  const session = await connectHttp(engine, playground().http, { context: 1 });
  const { wininet } = engine;
  for (const [context, path] of [
    [11, '/slow/headers/300'],
    [12, '/slow/headers/10'],
  ] as const) {
    const request = await wininet.HttpOpenRequest(session, null, path, null, null, null, 0, context);
    await failsWith(wininet.HttpSendRequest(request), 'ERROR_IO_PENDING');
  }
  await until(() => ends.length === 2);
  assert.deepEqual(ends, [12, 11]);
  await Promise.allSettled(read);
  assert.equal(read.length, 2);
});

test('A call with context 0 pends as well, and nobody hears of its end', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const { wininet, told, journal } = engine;
  const request = await openRequest(engine, playground().http, '/');
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_IO_PENDING');
  await until(() => journal.tree.nodes.get(request.serial)?.state === 'answered');
  assert.deepEqual(told, []);
});

test('A refusal comes at once under an asynchronous root', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const { wininet, root } = engine;
  await failsWith(wininet.InternetOpenUrl(root, '', null, 0, 1), 'ERROR_INVALID_PARAMETER');
  const request = await openRequest(engine, playground().http, '/', { context: 2 });
  await failsWith(wininet.InternetReadFile(request, new Uint8Array(1)), 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
});

test('Synchronous and asynchronous runs of one scenario leave the same tree', async (t) => {
  const asynchronous = await startAsynchronousEngine(t);
  const synchronous = await startEngine(t);
  await scenario(asynchronous, asynchronous.root, asynchronous.complete);
  const root = await synchronous.wininet.InternetOpen('async/1.0');
  await scenario(synchronous, root, (_context, call) => call);
  assert.deepEqual(shape(asynchronous.journal.tree), shape(synchronous.journal.tree));
});

async function scenario(
  { wininet }: Engine,
  root: HINTERNET<'root'>,
  complete: <T>(context: number, call: Promise<T>) => Promise<T>,
): Promise<void> {
  const { http, ftp } = playground();
  const engine = { wininet, root } as Engine;
  const session = await connectHttp(engine, http, { context: 1 });
  const request = await wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 2);
  await complete(2, wininet.HttpSendRequest(request));
  while ((await complete(2, wininet.InternetReadFile(request, new Uint8Array(4096)))) > 0);
  const files = await complete(3, connectFtp(engine, ftp, { context: 3, flags: c.INTERNET_FLAG_PASSIVE }));
  const search = await complete(4, wininet.FtpFindFirstFile(files, null, null, 0, 4));
  await complete(4, wininet.InternetFindNextFile(search));
  await complete(6, wininet.InternetOpenUrl(root, new URL('/content/data.json', http).href, null, 0, 6));
}

/** The tree without times: what hangs below what, of which kind, in which state, and which calls were made on it. */
function shape({ nodes, calls }: HandleTree): unknown {
  assert.equal(calls.size, 0);
  const open = [...nodes.values()].filter(({ closed, target }) => closed === null && target !== 'test/1.0');
  const first = Math.min(...open.map(({ serial }) => serial));
  return open.map(({ serial, parent, kind, state, target, bytesIn, tallies }) => ({
    serial: serial - first,
    parent: parent === null ? null : parent - first,
    kind,
    state,
    target,
    bytesIn,
    calls: Object.fromEntries(
      Object.entries(tallies)
        .filter(([fn]) => fn !== 'InternetSetStatusCallback')
        .map(([fn, { count, lastError }]) => [fn, count, lastError]),
    ),
  }));
}
