import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { serve } from '../drivers/httpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { completion, startAsynchronousEngine } from './asynchronousFixture.ts';
import {
  type Engine,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  startEngine,
  until,
  witness,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

/** The context of every request here. */
const CONTEXT = 2;

/** An answer of ten bytes of which the server has sent four; `goOn` sends the rest. */
async function halfAnswer(t: TestContext, engine: Engine, told: (() => boolean) | null) {
  const held: Socket[] = [];
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123';
  const server = await serve(t, { '*': [answer, (socket) => held.push(socket)] });
  const request = await openRequest(engine, new URL(`http://127.0.0.1:${server.port}`), '/', { context: CONTEXT });
  const sending = engine.wininet.HttpSendRequest(request);
  if (told === null) await sending;
  else {
    await failsWith(sending, 'ERROR_IO_PENDING');
    await until(told);
  }
  return { request, goOn: () => held[0]?.write('456789') };
}

/** An engine with a synchronous root, and what its callback was told. */
async function startSynchronousEngine(t: TestContext) {
  const engine = await startEngine(t);
  const root = await engine.wininet.InternetOpen('sync/1.0');
  const { told, callback } = witness();
  await engine.wininet.InternetSetStatusCallback(root, callback);
  return { ...engine, root, told };
}

function buffers() {
  return { lpvBuffer: new Uint8Array(10), dwBufferLength: 10 };
}

function completions({ told }: { readonly told: Parameters<typeof completion>[0][] }) {
  return told.filter((one) => completion(one) !== null);
}

test('IRF_SYNC makes InternetReadFileEx wait under an asynchronous root, also beside IRF_ASYNC', async (t) => {
  for (const flags of [c.IRF_SYNC, c.IRF_SYNC | c.IRF_ASYNC]) {
    const engine = await startAsynchronousEngine(t);
    const { request, goOn } = await halfAnswer(t, engine, () => completions(engine).length === 1);
    const out = buffers();
    const reading = engine.wininet.InternetReadFileEx(request, out, flags, 7);
    goOn();
    assert.equal(await reading, true);
    assert.equal(Buffer.from(out.lpvBuffer).toString(), '0123456789');
    assert.equal(completions(engine).length, 1, 'only HttpSendRequest has told its end');
  }
});

test('IRF_ASYNC makes InternetReadFileEx pend under a synchronous root where it would have to wait, and only there', async (t) => {
  const engine = await startSynchronousEngine(t);
  const { request, goOn } = await halfAnswer(t, engine, null);
  const out = buffers();
  await failsWith(engine.wininet.InternetReadFileEx(request, out, c.IRF_ASYNC, 7), 'ERROR_IO_PENDING');
  assert.equal(engine.wininet.GetLastError(), 997);
  goOn();
  await until(() => completions(engine).length === 1);
  const [end] = completions(engine);
  assert.deepEqual([end?.handle, end?.context], [request, 7]);
  assert.equal(Buffer.from(out.lpvBuffer).toString(), '0123456789');
  assert.equal(
    await engine.wininet.InternetReadFileEx(request, buffers(), c.IRF_ASYNC),
    true,
    'the end needs no waiting',
  );
  assert.equal(completions(engine).length, 1);
});

test('IRF_NO_WAIT takes what is there, the smaller of that and what was asked for, and waits where nothing is', async (t) => {
  const engine = await startSynchronousEngine(t);
  const { request, goOn } = await halfAnswer(t, engine, null);
  const out = buffers();
  await engine.wininet.InternetReadFileEx(request, { ...out, dwBufferLength: 1 }, c.IRF_NO_WAIT);
  await engine.wininet.InternetReadFileEx(request, out, c.IRF_NO_WAIT);
  assert.equal(Buffer.from(out.lpvBuffer.subarray(0, out.dwBufferLength)).toString(), '123');
  const rest = buffers();
  const waiting = engine.wininet.InternetReadFileEx(request, rest, c.IRF_NO_WAIT);
  goOn();
  await waiting;
  assert.equal(Buffer.from(rest.lpvBuffer.subarray(0, rest.dwBufferLength)).toString(), '456789');
});

test('IRF_USE_CONTEXT tells the end with the context of the call, even with 0, where otherwise 0 means that of the handle', async (t) => {
  for (const [flags, context, expected] of [
    [0, 7, 7],
    [0, 0, CONTEXT],
    [c.IRF_USE_CONTEXT, 7, 7],
    [c.IRF_USE_CONTEXT, 0, null],
  ] as const) {
    const engine = await startAsynchronousEngine(t);
    const { wininet, journal } = engine;
    const { request, goOn } = await halfAnswer(t, engine, () => completions(engine).length === 1);
    // What is there goes first: the flag has the number of IRF_NO_WAIT, which would take it and end.
    await wininet.InternetReadFileEx(request, { ...buffers(), dwBufferLength: 4 });
    const six = { ...buffers(), dwBufferLength: 6 };
    await failsWith(wininet.InternetReadFileEx(request, six, flags, context), 'ERROR_IO_PENDING');
    goOn();
    const ends = () => entriesOf(journal, 'status').filter(({ code }) => code === c.INTERNET_STATUS_REQUEST_COMPLETE);
    await until(() => ends().length === 2);
    assert.equal(ends()[1]?.context, expected ?? 0);
    assert.equal(completions(engine)[1]?.context ?? null, expected);
  }
});

/** A request for an upload of three bytes, begun with these flags. */
async function beginUpload(engine: Engine, flags: number, context = 0) {
  const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST', context: CONTEXT });
  return { request, begun: engine.wininet.HttpSendRequestEx(request, { dwBufferTotal: 3 }, null, flags, context) };
}

async function finishUpload({ wininet }: Engine, request: HINTERNET<'http-request'>) {
  await wininet.InternetWriteFile(request, Buffer.from('abc'));
  await wininet.HttpEndRequest(request);
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
}

test('HSR_SYNC makes HttpSendRequestEx wait under an asynchronous root', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const { begun } = await beginUpload(engine, c.HSR_SYNC);
  assert.equal(await begun, true);
  assert.deepEqual(completions(engine), []);
});

test('HSR_ASYNC makes HttpSendRequestEx pend under a synchronous root, and the rest of the upload waits as ever', async (t) => {
  const engine = await startSynchronousEngine(t);
  const { request, begun } = await beginUpload(engine, c.HSR_ASYNC, 7);
  await failsWith(begun, 'ERROR_IO_PENDING');
  await until(() => completions(engine).length === 1);
  assert.equal(completions(engine)[0]?.context, 7);
  await finishUpload(engine, request);
});

test('HSR_USE_CONTEXT tells the end of HttpSendRequestEx with the context of the call, even with 0', async (t) => {
  for (const [flags, expected] of [
    [0, [CONTEXT]],
    [c.HSR_USE_CONTEXT, []],
  ] as const) {
    const engine = await startAsynchronousEngine(t);
    const { request, begun } = await beginUpload(engine, flags);
    await failsWith(begun, 'ERROR_IO_PENDING');
    await until(() => engine.journal.tree.nodes.get(request.serial)?.state === 'upload');
    assert.deepEqual(
      completions(engine).map(({ context }) => context),
      expected,
    );
  }
});

test('HSR_INITIATE and HSR_DOWNLOAD change nothing of HttpSendRequestEx, which is noted of the second, and what is no HSR_* is refused', async (t) => {
  const engine = await startSynchronousEngine(t);
  for (const flags of [c.HSR_INITIATE, c.HSR_DOWNLOAD]) {
    const { request, begun } = await beginUpload(engine, flags);
    assert.equal(await begun, true);
    await finishUpload(engine, request);
    const notes = entriesOf(engine.journal, 'note').filter(({ serial }) => serial === request.serial);
    assert.deepEqual(
      notes.map(({ topic, text }) => [topic, text.split(' ')[0]]),
      flags === c.HSR_DOWNLOAD ? [['flag-without-effect', 'HSR_DOWNLOAD']] : [],
    );
  }
  await failsWith((await beginUpload(engine, 0x40)).begun, 'ERROR_INVALID_PARAMETER');
});
