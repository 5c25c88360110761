import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { ok, serve } from '../drivers/httpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { failsWith, leavesNothingBehind, openRequest, readAll, sendRequest, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('HttpSendRequestEx announces the size, and HttpEndRequest gets the answer to what InternetWriteFile wrote', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
  await wininet.HttpSendRequestEx(request, { lpcszHeader: 'X-Ex: yes\r\n', lpvBuffer: 'ab', dwBufferTotal: 5 });
  await failsWith(wininet.InternetReadFile(request, new Uint8Array(1)), 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
  assert.equal(await wininet.InternetWriteFile(request, Buffer.from('cde')), 3);
  await wininet.HttpEndRequest(request);
  const echo = (await readAll(engine, request)).toString();
  assert.match(echo, /^X-Ex: yes\r?$/m);
  assert.match(echo, /^Content-Length: 5\r?$/m);
  assert.ok(echo.endsWith('abcde'), echo);
  await failsWith(wininet.HttpEndRequest(request), 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
});

test('HttpSendRequestEx with HSR_CHUNKED announces no size', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
  await wininet.HttpSendRequestEx(request, null, null, c.HSR_CHUNKED);
  for (const piece of ['one ', 'two ', 'three']) await wininet.InternetWriteFile(request, Buffer.from(piece));
  await wininet.HttpEndRequest(request);
  const echo = (await readAll(engine, request)).toString();
  assert.match(echo, /^Transfer-Encoding: chunked\r?$/m);
  assert.ok(echo.endsWith('one two three'), echo);
});

test('HttpEndRequest refuses its reserved arguments and leaves the upload as it is', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
  await wininet.HttpSendRequestEx(request, { dwBufferTotal: 2 });
  await failsWith(wininet.HttpEndRequest(request, null, 1), 'ERROR_INVALID_PARAMETER');
  await wininet.InternetWriteFile(request, Buffer.from('ok'));
  assert.equal(await wininet.HttpEndRequest(request), true);
});

test('HttpEndRequest fails where fewer bytes were written than announced', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
  await wininet.HttpSendRequestEx(request, { dwBufferTotal: 5 });
  await wininet.InternetWriteFile(request, Buffer.from('abc'));
  await failsWith(wininet.HttpEndRequest(request), 'ERROR_INVALID_PARAMETER');
});

test('InternetWriteFile refuses more than was announced, and the upload goes on without it', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
  await wininet.HttpSendRequestEx(request, { dwBufferTotal: 3 });
  await wininet.InternetWriteFile(request, Buffer.from('abc'));
  await failsWith(wininet.InternetWriteFile(request, Buffer.from('d')), 'ERROR_INVALID_PARAMETER');
  await wininet.HttpEndRequest(request);
  assert.ok((await readAll(engine, request)).toString().endsWith('abc'));
});

test('InternetCloseHandle in the middle of an upload closes its connection', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
  await wininet.HttpSendRequestEx(request, { dwBufferTotal: 1_000_000 });
  await wininet.InternetWriteFile(request, new Uint8Array(1000));
  await wininet.InternetCloseHandle(request);
  await failsWith(wininet.InternetWriteFile(request, new Uint8Array(1)), 'ERROR_INVALID_HANDLE');
});

test('InternetReadFileEx leaves the number of bytes in dwBufferLength and refuses a wrong dwStructSize', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await sendRequest(engine, playground().http, '/bytes/10');
  const buffers = { lpvBuffer: new Uint8Array(8), dwBufferLength: 8 };
  await failsWith(wininet.InternetReadFileEx(request, { ...buffers, dwStructSize: 5 }), 'ERROR_INVALID_PARAMETER');
  const counts: number[] = [];
  for (let time = 0; time < 3; time += 1) {
    await wininet.InternetReadFileEx(request, buffers, time === 1 ? c.IRF_NO_WAIT : 0);
    counts.push(buffers.dwBufferLength);
    buffers.dwBufferLength = 8;
  }
  assert.deepEqual(counts, [8, 2, 0]);
});

test('InternetSetFilePointer goes back and ahead, in answers kept in memory and in a file', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  for (const size of [1000, 300_000]) {
    const request = await sendRequest(engine, playground().http, `/bytes/${size}`);
    const whole = new Uint8Array(size);
    assert.equal(await wininet.InternetReadFile(request, whole), size);
    assert.equal(await wininet.InternetSetFilePointer(request, -size + 10, null, c.FILE_CURRENT), 10);
    const again = new Uint8Array(size - 10);
    assert.equal(await wininet.InternetReadFile(request, again), size - 10);
    assert.deepEqual(Buffer.from(again), Buffer.from(whole.subarray(10)));
    await failsWith(wininet.InternetSetFilePointer(request, 0, null, 7), 'ERROR_INVALID_PARAMETER');
    await failsWith(wininet.InternetSetFilePointer(request, 0, null, c.FILE_BEGIN, 1), 'ERROR_INVALID_PARAMETER');
    await failsWith(wininet.InternetSetFilePointer(request, -size - 1, null, c.FILE_END), 'ERROR_NEGATIVE_SEEK');
    assert.equal(await wininet.InternetSetFilePointer(request, 0, { high: 0 }, c.FILE_END), size);
    assert.equal(await wininet.InternetReadFile(request, again), 0);
    await failsWith(wininet.InternetSetFilePointer(request, 0), 'ERROR_INTERNET_INVALID_OPERATION');
  }
});

test('InternetSetFilePointer skips what was not read yet', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const straight = await readAll(engine, await sendRequest(engine, playground().http, '/bytes/200000'));
  const request = await sendRequest(engine, playground().http, '/bytes/200000');
  assert.equal(await wininet.InternetSetFilePointer(request, 150_000), 150_000);
  assert.deepEqual(await readAll(engine, request), straight.subarray(150_000));
});

test('InternetUnlockRequestFile frees a lock once, also when its request is closed', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await sendRequest(engine, playground().http, '/bytes/100');
  const lock = await wininet.InternetLockRequestFile(request);
  await wininet.InternetCloseHandle(request);
  assert.equal(await wininet.InternetUnlockRequestFile(lock), true);
  await failsWith(wininet.InternetUnlockRequestFile(lock), 'ERROR_INVALID_HANDLE');
  await failsWith(wininet.InternetUnlockRequestFile(null), 'ERROR_INVALID_HANDLE');
});

test('HttpEndRequest wants an upload again three times at most, and a later one anew', async (t) => {
  const again = ['HTTP/1.1 307 Again\r\nLocation: /in\r\nContent-Length: 0\r\n\r\n'];
  const server = await serve(t, { '/in': [again, again, again, again, again, [ok('taken')]] });
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, new URL(`http://127.0.0.1:${server.port}`), '/in', { verb: 'POST' });
  const upload = async (): Promise<unknown> => {
    await wininet.HttpSendRequestEx(request, { dwBufferTotal: 2 });
    await wininet.InternetWriteFile(request, Buffer.from('ok'));
    return wininet.HttpEndRequest(request);
  };
  for (let time = 0; time < 3; time += 1) await failsWith(upload(), 'ERROR_INTERNET_FORCE_RETRY');
  await failsWith(upload(), 'ERROR_HTTP_REDIRECT_FAILED');
  await failsWith(upload(), 'ERROR_INTERNET_FORCE_RETRY');
  assert.equal(await upload(), true);
  assert.equal((await readAll(engine, request)).toString(), 'taken');
  assert.deepEqual(new Set(server.received.map(({ body }) => body)), new Set(['ok']));
});
