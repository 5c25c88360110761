import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { ok, type RawServer, serve } from '../drivers/httpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectHttp,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('HttpSendRequest sends the request line and the headers of the original, those of the program last', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectHttp(engine, playground().http);
  const request = await wininet.HttpOpenRequest(
    session,
    'POST',
    'echo?a=b c',
    null,
    'http://from.example/',
    ['text/plain', 'text/*'],
    c.INTERNET_FLAG_KEEP_CONNECTION | c.INTERNET_FLAG_PRAGMA_NOCACHE,
    0,
  );
  await wininet.HttpAddRequestHeaders(request, 'X-One: 1\r\nX-Two: 2', c.HTTP_ADDREQ_FLAG_ADD);
  await wininet.HttpSendRequest(request, 'X-Three: 3', 'häuser');
  const echo = (await readAll(engine, request)).toString('utf8');
  const [line, ...rest] = echo.split('\r\n');
  assert.equal(line, 'POST /echo?a=b%20c HTTP/1.1');
  for (const header of [
    `Host: ${playground().http.host}`,
    'User-Agent: test/1.0',
    'Connection: Keep-Alive',
    'Pragma: no-cache',
    'Content-Length: 7',
    'Referer: http://from.example/',
    'Accept: text/plain, text/*',
    'X-One: 1',
    'X-Two: 2',
    'X-Three: 3',
  ]) {
    assert.ok(
      rest.some((one) => one.toLowerCase() === header.toLowerCase()),
      `${header} in ${echo}`,
    );
  }
  assert.ok(echo.endsWith('\r\n\r\nhäuser'));
});

test('HttpSendRequest sends a GET without a length where the body has no bytes, as if it had been given none', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().http, '/echo');
  await wininet.HttpSendRequest(request, null, '');
  assert.doesNotMatch((await readAll(engine, request)).toString('utf8'), /content-length/i);
});

test('HttpSendRequest sends a large body whole and counts it', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal } = engine;
  const body = Buffer.alloc(5_000_000, 'body of many parts ');
  const request = await openRequest(engine, playground().http, '/upload', { verb: 'PUT' });
  await wininet.HttpSendRequest(request, 'Content-Type: x/y', body);
  const answer: unknown = JSON.parse((await readAll(engine, request)).toString());
  const sha256 = createHash('sha256').update(body).digest('hex');
  assert.deepEqual(answer, { method: 'PUT', type: 'x/y', bytes: body.length, sha256 });
  assert.equal(journal.tree.nodes.get(request.serial)?.bytesOut, body.length);
});

test('HttpSendRequest takes 404 and 500 as answers', async (t) => {
  const engine = await startEngine(t);
  for (const [path, status] of [
    ['/no/such/page', 404],
    ['/status/500', 500],
    ['/status/204', 204],
  ] as const) {
    const request = await sendRequest(engine, playground().http, path);
    const level = c.HTTP_QUERY_STATUS_CODE | c.HTTP_QUERY_FLAG_NUMBER;
    assert.equal(await engine.wininet.HttpQueryInfo(request, level), status);
    await readAll(engine, request);
  }
});

test('HttpSendRequest may be repeated on the same handle, and each answer is fresh', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await sendRequest(engine, playground().http, '/bytes/5000000');
  await wininet.InternetReadFile(request, new Uint8Array(10));
  for (let time = 0; time < 3; time += 1) {
    await wininet.HttpSendRequest(request);
    assert.equal((await readAll(engine, request)).length, 5_000_000);
  }
});

test('HttpSendRequest uses a kept connection again, as the server sees, and not one of another root', async (t) => {
  const server = await serve(t, { '*': [ok('hello')] });
  const url = new URL(`http://127.0.0.1:${server.port}`);
  const engine = await startEngine(t);
  for (let time = 0; time < 3; time += 1) {
    const request = await sendRequest(engine, url, `/${time}`);
    await readAll(engine, request);
    await engine.wininet.InternetCloseHandle(request);
  }
  assert.deepEqual(connections(server), [0, 0, 0]);
  const other = await startEngine(t);
  await readAll(other, await sendRequest(other, url, '/other'));
  assert.deepEqual(connections(server), [0, 0, 0, 1]);
});

test('HttpSendRequest leaves the connection of an open request alone while more may be opened', async (t) => {
  const server = await serve(t, { '*': [ok('hello')] });
  const engine = await startEngine(t);
  await engine.wininet.InternetSetOption(null, c.INTERNET_OPTION_MAX_CONNS_PER_SERVER, 2);
  const url = new URL(`http://127.0.0.1:${server.port}`);
  for (let time = 0; time < 3; time += 1) await readAll(engine, await sendRequest(engine, url, `/${time}`));
  assert.deepEqual(connections(server), [0, 1, 0]);
});

test('HttpSendRequest does not use a connection again whose body was not read', async (t) => {
  const server = await serve(t, {
    '/long': [`HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc`],
    '*': [ok('hello')],
  });
  const url = new URL(`http://127.0.0.1:${server.port}`);
  const engine = await startEngine(t);
  const request = await sendRequest(engine, url, '/long');
  await engine.wininet.InternetCloseHandle(request);
  assert.equal((await readAll(engine, await sendRequest(engine, url, '/'))).toString(), 'hello');
  assert.deepEqual(connections(server), [0, 1]);
});

test('HttpSendRequest sends "Connection: close" as the program asks, and the connection ends', async (t) => {
  const server = await serve(t, { '*': [ok('hello')] });
  const url = new URL(`http://127.0.0.1:${server.port}`);
  const engine = await startEngine(t);
  for (let time = 0; time < 2; time += 1) {
    const request = await openRequest(engine, url, '/');
    await engine.wininet.HttpSendRequest(request, 'Connection: close');
    await readAll(engine, request);
  }
  assert.deepEqual(connections(server), [0, 1]);
});

function connections(server: RawServer): number[] {
  return server.received.map(({ connection }) => connection);
}

test('HttpOpenRequest takes HTTP/1.0 and HTTP/1.1 as versions, and refuses a text that is neither', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectHttp(engine, playground().http);
  const of = (version: string | null) => wininet.HttpOpenRequest(session, null, '/echo', version);
  for (const [version, sent] of [
    [null, 'HTTP/1.1'],
    ['', 'HTTP/1.1'],
    ['HTTP/1.1', 'HTTP/1.1'],
    ['HTTP/1.0', 'HTTP/1.0'],
  ] as const) {
    const request = await of(version);
    await wininet.HttpSendRequest(request);
    assert.equal((await readAll(engine, request)).toString().split('\r\n')[0], `GET /echo ${sent}`);
  }
  for (const version of ['HTTP/x', 'http/1.0', '1.0', 'HTTP/2.0', 'HTTP/1.1\r\nX-One: 1']) {
    const { message } = await failsWith(of(version), 'ERROR_INVALID_PARAMETER');
    assert.match(message, /Pass "HTTP\/1\.0", "HTTP\/1\.1" or null as lpszVersion/);
  }
});
