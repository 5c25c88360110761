import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { END, ok, serve } from '../drivers/httpFixture.ts';
import { failsWith, leavesNothingBehind, openRequest, startEngine, until, witness } from './engineFixture.ts';

leavesNothingBehind();

const CLOSED = ['CLOSING_CONNECTION', 'CONNECTION_CLOSED'];
const RECEIVED = ['RECEIVING_RESPONSE', 'RESPONSE_RECEIVED'];
const CLOSE = 'Connection: close\r\n';
const STATUS_NAMES: ReadonlyMap<number, string> = new Map(
  [...CLOSED, ...RECEIVED, 'HANDLE_CLOSING', 'REDIRECT'].map((name) => [
    Number(Reflect.get(c, `INTERNET_STATUS_${name}`)),
    name,
  ]),
);

/** An answer, and what a real WinINet told while it was sent for, read with room to spare, and closed. */
const COURSES: Readonly<Record<string, readonly [answer: readonly (string | typeof END)[], readonly string[][]]>> = {
  'a length, and the connection goes on': [[ok('hello')], [RECEIVED, [], []]],
  'a length, and the connection ends': [
    [ok('hello', CLOSE), END],
    [RECEIVED, [], CLOSED],
  ],
  'a length in HTTP/1.0': [
    ['HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello', END],
    [RECEIVED, [], CLOSED],
  ],
  'a length in HTTP/1.0 that keeps alive': [
    ['HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 5\r\n\r\nhello'],
    [RECEIVED, [], []],
  ],
  'no body': [
    [`HTTP/1.1 204 No Content\r\n${CLOSE}\r\n`, END],
    [[...RECEIVED, ...CLOSED], [], []],
  ],
  'a body that its status forbids': [
    [`HTTP/1.1 204 No Content\r\n${CLOSE}Content-Length: 5\r\n\r\nhello`, END],
    [[...RECEIVED, ...CLOSED], [], []],
  ],
  'a body that its status forbids, and whose end never comes': [
    [`HTTP/1.1 304 Not Modified\r\n${CLOSE}Content-Length: 9\r\n\r\nhello`],
    [[...RECEIVED, ...CLOSED], [], []],
  ],
  'a body of no bytes': [
    [ok('', CLOSE), END],
    [[...RECEIVED, ...CLOSED], [], []],
  ],
  'the end of the connection, announced': [
    [`HTTP/1.1 200 OK\r\n${CLOSE}\r\nhello`, END],
    [RECEIVED, ['RECEIVING_RESPONSE', ...CLOSED, 'RESPONSE_RECEIVED'], []],
  ],
  'the end of the connection, unannounced': [
    ['HTTP/1.1 200 OK\r\n\r\nhello', END],
    [RECEIVED, RECEIVED, []],
  ],
  'a length that is not kept': [
    ['HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello', END],
    [RECEIVED, RECEIVED, []],
  ],
  'chunks that break off': [
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhello', END],
    [RECEIVED, RECEIVED, CLOSED],
  ],
};

for (const [what, [answer, [sent, read, closed]]] of Object.entries(COURSES)) {
  test(`INTERNET_STATUS_CONNECTION_CLOSED is told as recorded where an answer has ${what}`, async (t) => {
    const { wininet, request, names } = await hearing(t, { '/': answer });
    await wininet.HttpSendRequest(request);
    assert.deepEqual(names(), sent);
    await wininet.InternetReadFile(request, new Uint8Array(100));
    assert.deepEqual(names(), read);
    await wininet.InternetCloseHandle(request);
    assert.deepEqual(names(), [...(closed ?? []), 'HANDLE_CLOSING']);
  });
}

test('INTERNET_STATUS_CONNECTION_CLOSED comes before INTERNET_STATUS_REDIRECT where the answer that redirects ends the connection', async (t) => {
  const { wininet, request, names } = await hearing(t, {
    '/': [`HTTP/1.1 302 Found\r\n${CLOSE}Location: /there\r\nContent-Length: 0\r\n\r\n`, END],
    '/there': [ok('arrived')],
  });
  await wininet.HttpSendRequest(request);
  assert.deepEqual(names(), [...RECEIVED, ...CLOSED, 'REDIRECT', ...RECEIVED]);
});

/** Answers that ask for a password, how many connections the sending takes, and what a real WinINet tells of the first one's end. */
const REFUSALS: Readonly<
  Record<string, readonly [answer: readonly (string | typeof END)[], connections: number, closed: readonly string[]]>
> = {
  'a length, and the connection goes on': [[refusal('Content-Length: 2\r\n', 'no')], 1, []],
  'a long body, and the connection goes on': [[refusal('Content-Length: 200000\r\n', 'x'.repeat(200_000))], 1, []],
  'chunks, and the connection goes on': [[refusal('Transfer-Encoding: chunked\r\n', '2\r\nno\r\n0\r\n\r\n')], 1, []],
  'a length, and the connection ends': [[refusal(`${CLOSE}Content-Length: 2\r\n`, 'no'), END], 2, []],
  'a body of no bytes, and the connection ends': [[refusal(`${CLOSE}Content-Length: 0\r\n`, ''), END], 2, CLOSED],
  'the end of the connection': [[refusal(CLOSE, 'no'), END], 2, CLOSED],
};

for (const [what, [answer, connections, closed]] of Object.entries(REFUSALS)) {
  test(`HttpSendRequest tells of the connection that a 401 leaves as recorded where its body has ${what}`, async (t) => {
    const server = await serve(t, { '/': [answer, [ok('welcome')]] });
    const { wininet, request, names } = await hearingOf(t, server.port, 'GET');
    await wininet.InternetSetOption(request, c.INTERNET_OPTION_USERNAME, 'ada');
    await wininet.HttpSendRequest(request);
    assert.deepEqual(names(), [...RECEIVED, ...closed, ...RECEIVED]);
    assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
    assert.equal(server.sockets.length, connections);
  });
}

test('HttpSendRequest leaves a 401 whose body has no end, and goes on over another connection', async (t) => {
  const server = await serve(t, { '/': [[refusal('Transfer-Encoding: chunked\r\n', '2\r\nno\r\n')], [ok('welcome')]] });
  const { wininet, request, names } = await hearingOf(t, server.port, 'GET');
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_USERNAME, 'ada');
  await wininet.HttpSendRequest(request);
  assert.deepEqual(names(), [...RECEIVED, ...CLOSED, ...RECEIVED]);
  assert.equal(await wininet.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE), '200');
  assert.equal(server.sockets.length, 2);
});

test('InternetCloseHandle ends a sending that waits for the rest of a 401', async (t) => {
  const server = await serve(t, { '/': [[refusal('Content-Length: 9\r\n', 'no')]] });
  const { wininet, request, names } = await hearingOf(t, server.port, 'GET');
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_USERNAME, 'ada');
  const sending = failsWith(wininet.HttpSendRequest(request), 'ERROR_INTERNET_OPERATION_CANCELLED');
  await until(() => names().includes('RESPONSE_RECEIVED'));
  await wininet.InternetCloseHandle(request);
  await sending;
  assert.equal(server.received.length, 1);
});

test('HttpSendRequest waits for the rest of a body that nobody reads, and goes over the same connection again', async (t) => {
  const late = (socket: Socket) => setTimeout(() => socket.write(' world'), 20);
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n';
  const server = await serve(t, { '/': [[`${head}hello`, late], [`${head}hello again`]] });
  const { wininet, request, names } = await hearingOf(t, server.port, 'GET');
  await wininet.HttpSendRequest(request);
  await wininet.HttpSendRequest(request);
  assert.deepEqual(names(), [...RECEIVED, ...RECEIVED]);
  const buffer = new Uint8Array(11);
  await wininet.InternetReadFile(request, buffer);
  assert.equal(Buffer.from(buffer).toString(), 'hello again');
  assert.equal(server.sockets.length, 1);
});

/** Answers that are closed with their end unread, and what a real WinINet tells meanwhile. */
const LEFT: Readonly<Record<string, readonly [answer: readonly (string | typeof END)[], readonly string[]]>> = {
  'chunks go on': [['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'], CLOSED],
  'the end of the connection is yet to come': [['HTTP/1.1 200 OK\r\n\r\nhello'], CLOSED],
  'the end of the connection has come unread': [['HTTP/1.1 200 OK\r\n\r\nhello', END], CLOSED],
  'little is missing before the connection ends': [
    [`HTTP/1.1 200 OK\r\n${CLOSE}Content-Length: 9\r\n\r\nhello`],
    CLOSED,
  ],
  'all is there before the connection ends': [[ok('hello', CLOSE), END], CLOSED],
  'all is there and the connection goes on': [[ok('hello')], []],
};

for (const [what, [answer, closed]] of Object.entries(LEFT)) {
  test(`InternetCloseHandle tells CLOSING_CONNECTION and CONNECTION_CLOSED, if either, before HANDLE_CLOSING where ${what}`, async (t) => {
    const { wininet, request, names } = await hearing(t, { '/': answer });
    await wininet.HttpSendRequest(request);
    await wininet.InternetReadFile(request, new Uint8Array(3));
    names();
    await wininet.InternetCloseHandle(request);
    assert.deepEqual(names(), [...closed, 'HANDLE_CLOSING']);
  });
}

test('InternetReadFile tells RECEIVING_RESPONSE before RESPONSE_RECEIVED after HttpEndRequest as well', async (t) => {
  const answer = [`HTTP/1.1 200 OK\r\n${CLOSE}\r\nhello`, END];
  const { wininet, request, names } = await hearing(t, { '/': answer }, 'POST');
  await wininet.HttpSendRequestEx(request, { dwBufferTotal: 3 });
  await wininet.InternetWriteFile(request, Buffer.from('abc'));
  assert.deepEqual(names(), []);
  await wininet.HttpEndRequest(request);
  assert.deepEqual(names(), RECEIVED);
  await wininet.InternetReadFile(request, new Uint8Array(100));
  assert.deepEqual(names(), ['RECEIVING_RESPONSE', ...CLOSED, 'RESPONSE_RECEIVED']);
});

function refusal(headers: string, body: string): string {
  return `HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="x"\r\n${headers}\r\n${body}`;
}

/** A request to a server with these answers, and the names of the statuses that it was told since they were asked for last. */
async function hearing(t: TestContext, routes: Parameters<typeof serve>[1], verb = 'GET') {
  const { port } = await serve(t, routes);
  return hearingOf(t, port, verb);
}

async function hearingOf(t: TestContext, port: number, verb: string) {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const { told, callback } = witness();
  await wininet.InternetSetStatusCallback(root, callback);
  const request = await openRequest(engine, new URL(`http://127.0.0.1:${port}/`), '/', { verb, context: 2 });
  const names = (): readonly string[] => told.splice(0).flatMap(({ status }) => STATUS_NAMES.get(status) ?? []);
  return { wininet, request, names };
}
