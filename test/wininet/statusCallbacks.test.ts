import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constantName } from '../../extension/shared/constantNames.ts';
import * as c from '../../extension/shared/constants.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  connectHttp,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  pause,
  readAll,
  sendRequest,
  startEngine,
  type Told,
  until,
  witness,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('InternetSetStatusCallback is told the course of a first request in order, with the payloads of the original', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const session = await connectHttp(engine, playground().http, { context: 1 });
  const request = await wininet.HttpOpenRequest(session, null, '/redirect/landing', null, null, null, 0, 2);
  await wininet.HttpSendRequest(request);
  await readAll(engine, request);
  await wininet.InternetCloseHandle(root);
  assert.deepEqual(brief(told), [
    ['HANDLE_CREATED', root, 1, session],
    ['HANDLE_CREATED', session, 2, request],
    ['RESOLVING_NAME', request, 2, '127.0.0.1'],
    ['NAME_RESOLVED', request, 2, '127.0.0.1'],
    ['CONNECTING_TO_SERVER', request, 2, '127.0.0.1'],
    ['CONNECTED_TO_SERVER', request, 2, '127.0.0.1'],
    ['SENDING_REQUEST', request, 2, null],
    ['REQUEST_SENT', request, 2, 'a number'],
    ['RECEIVING_RESPONSE', request, 2, null],
    ['RESPONSE_RECEIVED', request, 2, 'a number'],
    ['HANDLE_CLOSING', request, 2, request],
    ['HANDLE_CLOSING', session, 1, session],
  ]);
});

test('InternetSetStatusCallback hears nothing of a connection that is used again', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const first = await sendRequest(engine, playground().http, '/redirect/landing', { context: 2 });
  await readAll(engine, first);
  await wininet.InternetCloseHandle(first);
  told.length = 0;
  await readAll(engine, await sendRequest(engine, playground().http, '/redirect/landing', { context: 2 }));
  assert.deepEqual(
    brief(told).map(([name]) => name),
    ['HANDLE_CREATED', 'HANDLE_CREATED', 'SENDING_REQUEST', 'REQUEST_SENT', 'RECEIVING_RESPONSE', 'RESPONSE_RECEIVED'],
  );
});

test('InternetSetStatusCallback reports INTERNET_STATUS_REDIRECT with the new URL before each hop', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  await sendRequest(engine, playground().http, '/redirect/chain/3', { context: 2 });
  const redirects = told.filter(({ status }) => status === c.INTERNET_STATUS_REDIRECT);
  const { origin } = playground().http;
  assert.deepEqual(
    redirects.map(({ information }) => information),
    [`${origin}/redirect/chain/2`, `${origin}/redirect/chain/1`, `${origin}/redirect/landing`],
  );
});

test('InternetSetStatusCallback counts the cookies that come and those that go', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const first = await sendRequest(engine, playground().http, '/cookies/set', { context: 2 });
  await readAll(engine, first);
  assert.deepEqual(brief(told).at(-2)?.slice(0, 2), ['RESPONSE_RECEIVED', first]);
  assert.deepEqual(brief(told).at(-1), ['COOKIE_RECEIVED', first, 2, 'a number']);
  assert.equal(told.at(-1)?.information, 5);
  await wininet.InternetCloseHandle(first);
  told.length = 0;
  // Not the one for a folder, nor the one for HTTPS.
  await sendRequest(engine, playground().http, '/cookies/show', { context: 2 });
  const names = brief(told).map(([name]) => name);
  assert.deepEqual(names.slice(2), [
    'COOKIE_SENT',
    'SENDING_REQUEST',
    'REQUEST_SENT',
    'RECEIVING_RESPONSE',
    'RESPONSE_RECEIVED',
  ]);
  assert.equal(told[2]?.information, 3);
});

test('InternetSetStatusCallback reports interim answers', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  await sendRequest(engine, playground().http, '/connection/interim-several', { context: 2 });
  const interim = told.filter(({ status }) => status === c.INTERNET_STATUS_INTERMEDIATE_RESPONSE);
  assert.deepEqual(
    interim.map(({ information }) => information),
    [102, 103],
  );
});

test('InternetSetStatusCallback reports the making of an FTP session on the root, its end on the session', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const session = await connectFtp(engine, playground().ftp, { context: 4 });
  const connecting = brief(told).filter(([name]) => name.startsWith('CONNECT'));
  assert.deepEqual(connecting, [
    ['CONNECTING_TO_SERVER', root, 4, '127.0.0.1'],
    ['CONNECTED_TO_SERVER', root, 4, '127.0.0.1'],
  ]);
  told.length = 0;
  await wininet.InternetCloseHandle(session);
  assert.deepEqual(
    brief(told).filter(([name]) => !/RE(CEIVING|SPONSE)|SENDING|SENT/.test(name)),
    [
      ['CLOSING_CONNECTION', session, 4, null],
      ['CONNECTION_CLOSED', session, 4, null],
      ['HANDLE_CLOSING', session, 4, session],
    ],
  );
});

test('InternetSetStatusCallback ends a failed FTP logon with INTERNET_STATUS_HANDLE_CLOSING', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const logon = connectFtp(engine, playground().ftp, { user: 'nobody', password: 'wrong', context: 4 });
  await failsWith(logon, 'ERROR_INTERNET_LOGIN_FAILURE');
  const names = brief(told).map(([name]) => name);
  assert.equal(names[0], 'HANDLE_CREATED');
  assert.deepEqual(names.slice(-3), ['CLOSING_CONNECTION', 'CONNECTION_CLOSED', 'HANDLE_CLOSING']);
});

test('InternetSetStatusCallback is told nothing for a context of 0, yet the journal keeps the statuses', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root, journal } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  await sendRequest(engine, playground().http, '/');
  assert.deepEqual(told, []);
  assert.ok(entriesOf(journal, 'status').some(({ code }) => code === c.INTERNET_STATUS_RESPONSE_RECEIVED));
});

test('InternetSetStatusCallback is inherited by copy when a handle is made: later changes above do not reach it', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const early = witness();
  const late = witness();
  await wininet.InternetSetStatusCallback(root, early.callback);
  const session = await connectHttp(engine, playground().http, { context: 1 });
  await wininet.InternetSetStatusCallback(root, late.callback);
  await wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 2);
  assert.equal(early.told.length, 2);
  await connectHttp(engine, playground().http, { context: 3 });
  assert.equal(late.told.length, 1);
});

test('InternetSetStatusCallback set on the root after its children exist does not hear of them', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const request = await openRequest(engine, playground().http, '/', { context: 2 });
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  await wininet.HttpSendRequest(request);
  await wininet.InternetCloseHandle(root);
  assert.deepEqual(told, []);
});

test('InternetSetStatusCallback returns the previous callback, and null removes it', async (t) => {
  const { wininet, root } = await startEngine(t);
  const { callback } = witness();
  assert.equal(await wininet.InternetSetStatusCallback(root, callback), null);
  assert.equal(await wininet.InternetSetStatusCallback(root, null), callback);
  assert.equal(await wininet.InternetSetStatusCallback(root, callback), null);
});

test('InternetSetStatusCallback removed before closing silences INTERNET_STATUS_HANDLE_CLOSING', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const session = await connectHttp(engine, playground().http, { context: 1 });
  await wininet.InternetSetStatusCallback(session, null);
  told.length = 0;
  await wininet.InternetCloseHandle(session);
  assert.deepEqual(told, []);
});

test('InternetSetStatusCallback replaces the callback while a call pends, and the new one is told its end', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const root = await wininet.InternetOpen('test/1.0', undefined, null, null, c.INTERNET_FLAG_ASYNC);
  const [first, second] = [witness(), witness()];
  await wininet.InternetSetStatusCallback(root, first.callback);
  const session = await connectHttp({ ...engine, root }, playground().http, { context: 1 });
  const request = await wininet.HttpOpenRequest(session, null, '/slow/headers/50', null, null, null, 0, 1);
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_IO_PENDING');
  assert.equal(await wininet.InternetSetStatusCallback(request, second.callback), first.callback);
  const ends = (told: readonly Told[]) => told.filter(({ status }) => status === c.INTERNET_STATUS_REQUEST_COMPLETE);
  await until(() => ends(second.told).length === 1);
  assert.deepEqual(ends(first.told), []);
});

test('InternetSetStatusCallback may throw, at once or later: the call goes on and the journal notes it', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root, journal } = engine;
  let sync = true;
  const { callback } = witness(() => {
    sync = !sync;
    if (sync) throw new Error('thrown on purpose');
    return Promise.reject(new Error('rejected on purpose'));
  });
  await wininet.InternetSetStatusCallback(root, callback);
  const request = await sendRequest(engine, playground().http, '/', { context: 2 });
  assert.ok((await readAll(engine, request)).length > 0);
  await pause(1);
  const notes = entriesOf(journal, 'note');
  assert.ok(notes.every(({ topic }) => topic === 'callback-threw'));
  assert.ok(notes.some(({ text }) => text.includes('thrown on purpose')));
  assert.ok(notes.some(({ text }) => text.includes('rejected on purpose')));
});

test('InternetSetStatusCallback may call back in: statuses of the inner call wait for their turn', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  let depth = 0;
  let deepest = 0;
  const inner: Promise<unknown>[] = [];
  const { told, callback } = witness(({ status, handle, context }) => {
    depth += 1;
    deepest = Math.max(deepest, depth);
    if (status === c.INTERNET_STATUS_HANDLE_CREATED && context === 1) {
      inner.push(connectHttp(engine, playground().http, { context: 7 }));
      inner.push(wininet.InternetQueryOption(handle, c.INTERNET_OPTION_HANDLE_TYPE));
    }
    depth -= 1;
  });
  await wininet.InternetSetStatusCallback(root, callback);
  await connectHttp(engine, playground().http, { context: 1 });
  const [, type] = await Promise.all(inner);
  assert.equal(type, 1);
  assert.equal(deepest, 1);
  assert.deepEqual(
    told.map(({ context }) => context),
    [1, 7],
  );
});

test('InternetSetStatusCallback of one engine does not hear of another', async (t) => {
  const [one, other] = [await startEngine(t), await startEngine(t)];
  const { told, callback } = witness();
  await one.wininet.InternetSetStatusCallback(one.root, callback);
  await sendRequest(other, playground().http, '/', { context: 5 });
  await failsWith(one.wininet.InternetCloseHandle(other.root), 'ERROR_INVALID_HANDLE');
  assert.deepEqual(told, []);
});

test('InternetSetStatusCallback is told that a connection was refused only up to the attempt', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const request = await openRequest(engine, new URL('http://127.0.0.1:1/'), '/', { context: 2 });
  await failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_CANNOT_CONNECT');
  const names = brief(told).map(([name]) => name);
  assert.deepEqual(names.slice(2), ['RESOLVING_NAME', 'NAME_RESOLVED', 'CONNECTING_TO_SERVER']);
});

function brief(told: readonly Told[]): [name: string, handle: unknown, context: number, information: unknown][] {
  return told.map(({ status, handle, context, information }) => [
    (constantName('INTERNET_STATUS_', status) ?? '').replace('INTERNET_STATUS_', ''),
    handle,
    context,
    typeof information === 'number' ? 'a number' : information,
  ]);
}
