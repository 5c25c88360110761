import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { completion, startAsynchronousEngine } from './asynchronousFixture.ts';
import {
  connectFtp,
  connectHttp,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  startEngine,
  witness,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('InternetCloseHandle on a root makes every descendant invalid', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const session = await connectHttp(engine, playground().http);
  const request = await wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 0);
  assert.equal(await wininet.InternetCloseHandle(root), true);
  for (const handle of [request, session, root]) {
    await failsWith(wininet.InternetCloseHandle(handle), 'ERROR_INVALID_HANDLE');
  }
});

test('InternetCloseHandle on a request leaves its session and the root open', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const session = await connectHttp(engine, playground().http);
  const request = await wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 0);
  await wininet.InternetCloseHandle(request);
  assert.equal(await wininet.InternetQueryOption(session, c.INTERNET_OPTION_HANDLE_TYPE), 4);
  assert.equal(await wininet.InternetQueryOption(root, c.INTERNET_OPTION_HANDLE_TYPE), 1);
});

test('InternetCloseHandle reports INTERNET_STATUS_HANDLE_CLOSING for children before parents, the newest sibling first', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_CONTEXT_VALUE, 9);
  const names = new Map<HINTERNET, string>([[root, 'root']]);
  for (const session of ['first', 'second']) {
    const connect = await connectHttp(engine, playground().http, { context: 1 });
    names.set(connect, session);
    for (const path of ['/a', '/b']) {
      const request = await wininet.HttpOpenRequest(connect, null, path, null, null, null, 0, 2);
      names.set(request, `${session}${path}`);
    }
  }
  told.length = 0;
  await wininet.InternetCloseHandle(root);
  assert.ok(told.every(({ status, handle, information }) => isClosing(status) && information === handle));
  assert.deepEqual(
    told.map(({ handle }) => names.get(handle)),
    ['second/b', 'second/a', 'second', 'first/b', 'first/a', 'first', 'root'],
  );
});

test('InternetCloseHandle closes in the same order when bodies wait to be read', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root, journal } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const session = await connectHttp(engine, playground().http, { context: 1 });
  const requests: HINTERNET<'http-request'>[] = [];
  for (const path of ['/bytes/1048576', '/hello', '/bytes/1048576']) {
    const request = await wininet.HttpOpenRequest(session, null, path, null, null, null, 0, 2);
    await wininet.HttpSendRequest(request);
    requests.push(request);
  }
  told.length = 0;
  await wininet.InternetCloseHandle(root);
  const closing = told.filter(({ status }) => isClosing(status)).map(({ handle }) => handle);
  assert.deepEqual(closing, [...requests.reverse(), session]);
  const closed = entriesOf(journal, 'handle-close').map(({ serial }) => serial);
  assert.deepEqual(
    closed,
    [...closing, root].map((handle) => handle.serial),
  );
});

test('InternetCloseHandle makes INTERNET_STATUS_HANDLE_CLOSING the last status of a handle', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const request = await openRequest(engine, playground().http, '/bytes/10000000', { context: 3 });
  await wininet.HttpSendRequest(request);
  await wininet.InternetReadFile(request, new Uint8Array(1000));
  await wininet.InternetCloseHandle(request);
  await wininet.InternetCloseHandle(root);
  const last = told.filter(({ handle }) => handle === request).at(-1);
  assert.ok(last !== undefined && isClosing(last.status));
});

test('InternetCloseHandle frees a value only when the handle is gone, and the next handle gets it', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectHttp(engine, playground().http);
  const first = await wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 0);
  const second = await wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 0);
  await wininet.InternetCloseHandle(first);
  const third = await wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 0);
  assert.equal(third.value, first.value);
  assert.ok(third.serial > second.serial);
});

test('InternetCloseHandle from inside INTERNET_STATUS_HANDLE_CLOSING of a child closes the parent as well', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  let session: HINTERNET | undefined;
  const closings: Promise<unknown>[] = [];
  const { told, callback } = witness(({ handle, status }) => {
    if (isClosing(status) && handle !== session && session !== undefined) {
      closings.push(wininet.InternetCloseHandle(session));
    }
  });
  await wininet.InternetSetStatusCallback(root, callback);
  const connect = await connectHttp(engine, playground().http, { context: 1 });
  const request = await wininet.HttpOpenRequest(connect, null, '/', null, null, null, 0, 2);
  session = connect;
  told.length = 0;
  await wininet.InternetCloseHandle(request);
  assert.deepEqual(await Promise.all(closings), [true]);
  assert.deepEqual(
    told.map(({ handle }) => handle),
    [request, connect],
  );
  await failsWith(wininet.InternetQueryOption(connect, c.INTERNET_OPTION_HANDLE_TYPE), 'ERROR_INVALID_HANDLE');
});

test('InternetCloseHandle has made the handle invalid when INTERNET_STATUS_HANDLE_CLOSING comes', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const answers: Promise<unknown>[] = [];
  const { callback } = witness(({ handle, status }) => {
    if (isClosing(status)) {
      answers.push(failsWith(wininet.InternetQueryOption(handle, c.INTERNET_OPTION_URL), 'ERROR_INVALID_HANDLE'));
    }
  });
  await wininet.InternetSetStatusCallback(root, callback);
  const request = await openRequest(engine, playground().http, '/', { context: 3 });
  await wininet.InternetCloseHandle(request);
  assert.equal(answers.length, 1);
  await Promise.all(answers);
});

test('InternetCloseHandle twice on the same handle fails the second time, also while the first is under way', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal } = engine;
  const session = await connectFtp(engine, playground().ftp);
  const closing = wininet.InternetCloseHandle(session);
  await failsWith(wininet.InternetCloseHandle(session), 'ERROR_INVALID_HANDLE');
  assert.equal(await closing, true);
  assert.equal(entriesOf(journal, 'note')[0]?.topic, 'double-close');
});

test('InternetCloseHandle on a session waits for an upload whose handle is closing already', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectFtp(engine, playground().ftp, { flags: c.INTERNET_FLAG_PASSIVE });
  const file = await wininet.FtpOpenFile(session, '/incoming/late.txt', c.GENERIC_WRITE);
  await wininet.InternetWriteFile(file, Buffer.alloc(300_000, 'x'));
  const upload = wininet.InternetCloseHandle(file);
  const logoff = wininet.InternetCloseHandle(session);
  assert.deepEqual(await Promise.all([upload, logoff]), [true, true]);
  const url = new URL('/incoming/late.txt', playground().ftp);
  const handle = await wininet.InternetOpenUrl(engine.root, url.href, null, c.INTERNET_FLAG_PASSIVE);
  assert.equal((await readAll(engine, handle)).length, 300_000);
});

test('dispose waits for a root that is closing already and frees its value only once', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  await connectFtp(engine, playground().ftp);
  const closing = wininet.InternetCloseHandle(root);
  await wininet.dispose();
  assert.equal(await closing, true);
  const values = [await wininet.InternetOpen('one'), await wininet.InternetOpen('two')].map(({ value }) => value);
  assert.deepEqual(values, [0x00cc0004, 0x00cc0008]);
});

function isClosing(status: number): boolean {
  return status === c.INTERNET_STATUS_HANDLE_CLOSING;
}

test('INTERNET_STATUS_REQUEST_COMPLETE of a call that closing cuts off finds every handle of that closing closed', async (t) => {
  const open: (readonly string[])[] = [];
  const engine = await startAsynchronousEngine(t, (one) => {
    if (completion(one)?.dwError === 12017) {
      open.push(
        [...engine.journal.tree.byValue.values()].map((serial) => engine.journal.tree.nodes.get(serial)?.kind ?? ''),
      );
    }
  });
  const { wininet, root } = engine;
  const session = await connectHttp(engine, playground().http, { context: 1 });
  const request = await wininet.HttpOpenRequest(session, null, '/slow/stall', null, null, null, 0, 2);
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_IO_PENDING');
  await wininet.InternetCloseHandle(root);
  // The engine's own synchronous root is another.
  assert.deepEqual(open, [['root']]);
});

test('InternetOpen fails with ERROR_INTERNET_SHUTDOWN while everything is closed, and works again afterwards', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root, journal } = engine;
  const opened: Promise<unknown>[] = [];
  await wininet.InternetSetStatusCallback(root, (_handle, _context, status) => {
    if (status !== c.INTERNET_STATUS_HANDLE_CLOSING) return;
    opened.push(failsWith(wininet.InternetOpen('late/1.0'), 'ERROR_INTERNET_SHUTDOWN'));
  });
  await connectHttp(engine, playground().http, { context: 1 });
  await wininet.dispose();
  assert.equal(opened.length, 1);
  await Promise.all(opened);
  assert.equal(journal.tree.byValue.size, 0);
  await wininet.InternetCloseHandle(await wininet.InternetOpen('again/1.0'));
});
