import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { driverFor, END, failsWith, get, listen, ok, RESET, readAll, serve, until, witness } from './httpFixture.ts';

const partial = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789';

test('HttpDriver.send fails by symbol for each way of not answering', async (t) => {
  const cases: Record<string, readonly [symbol: string, steps: readonly string[]]> = {
    '/premature': ['ERROR_HTTP_INVALID_SERVER_RESPONSE', [END]],
    '/in-head': ['ERROR_HTTP_INVALID_SERVER_RESPONSE', ['HTTP/1.1 200 OK\r\nContent-Type: te', END]],
    '/half': ['ERROR_HTTP_INVALID_SERVER_RESPONSE', ['HTTP/1.1 \r\n\r\n']],
    '/lengths': [
      'ERROR_HTTP_INVALID_SERVER_RESPONSE',
      ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc'],
    ],
    '/switch': [
      'ERROR_HTTP_INVALID_SERVER_RESPONSE',
      ['HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
    ],
    '/endless': ['ERROR_HTTP_INVALID_SERVER_RESPONSE', [`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(300_000)}`]],
    '/interim': ['ERROR_HTTP_INVALID_SERVER_RESPONSE', ['HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(200)]],
    '/reset': ['ERROR_INTERNET_CONNECTION_RESET', [RESET]],
  };
  const server = await serve(t, Object.fromEntries(Object.entries(cases).map(([path, [, steps]]) => [path, steps])));
  const driver = driverFor(t);
  for (const [path, [symbol]] of Object.entries(cases)) {
    const { context, told } = witness();
    const failure = await failsWith(driver.send(get(server.port, path), context), symbol);
    assert.match(failure.message, new RegExp(`127.0.0.1:${server.port}`), path);
    assert.deepEqual(told().slice(-2), ['closing', 'closed'], path);
  }
});

test('ByteSource.read delivers what came of a broken body and then says how it broke', async (t) => {
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  const cases: Record<string, readonly [symbol: string, text: string, steps: readonly string[]]> = {
    '/short': ['ERROR_INTERNET_CONNECTION_ABORTED', '0123456789', [partial, END]],
    '/short-close': [
      'ERROR_INTERNET_CONNECTION_ABORTED',
      '01',
      ['HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\n01', END],
    ],
    '/chunk-cut': ['ERROR_INTERNET_CONNECTION_ABORTED', 'hello', [`${chunked}a\r\nhello`, END]],
    '/chunk-cut-close': [
      'ERROR_INTERNET_CONNECTION_ABORTED',
      'hello',
      ['HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhello', END],
    ],
    '/chunk-bad': ['ERROR_INTERNET_CONNECTION_ABORTED', '', [`${chunked}zz\r\nhello\r\n0\r\n\r\n`]],
    '/chunk-bad-later': ['ERROR_INTERNET_CONNECTION_ABORTED', 'hello', [`${chunked}5\r\nhello\r\nzz\r\n`]],
    '/reset': ['ERROR_INTERNET_CONNECTION_RESET', '0123456789', [partial, RESET]],
    '/reset-close': [
      'ERROR_INTERNET_CONNECTION_RESET',
      '01',
      ['HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\n01', RESET],
    ],
    '/reset-endless': ['ERROR_INTERNET_CONNECTION_RESET', '01', ['HTTP/1.1 200 OK\r\n\r\n01', RESET]],
  };
  const server = await serve(t, Object.fromEntries(Object.entries(cases).map(([path, [, , steps]]) => [path, steps])));
  const driver = driverFor(t);
  const buffer = new Uint8Array(64);
  for (const [path, [symbol, text]] of Object.entries(cases)) {
    const { body } = await driver.send(get(server.port, path), witness().context);
    if (text !== '') {
      const count = await body.read(buffer);
      assert.equal(Buffer.from(buffer.subarray(0, count)).toString(), text, path);
    }
    await failsWith(
      Promise.resolve().then(() => body.read(buffer)),
      symbol,
    );
    await failsWith(
      Promise.resolve().then(() => body.read(buffer)),
      symbol,
    );
  }
});

test('HttpDriver.send fails with CANNOT_CONNECT and NAME_NOT_RESOLVED, naming the peer', async (t) => {
  const gone = createServer();
  const port = await listen(t, gone, []);
  gone.close();
  const driver = driverFor(t);
  const refused = witness();
  await failsWith(driver.send(get(port, '/'), refused.context), 'ERROR_INTERNET_CANNOT_CONNECT');
  assert.deepEqual(refused.told(), ['resolving 127.0.0.1', 'resolved 127.0.0.1', 'connecting 127.0.0.1']);
  const unknown = witness();
  const nowhere = { scheme: 'http', host: 'no-such-host.invalid', port } as const;
  const failure = await failsWith(
    driver.send(get(port, '/', { server: nowhere }), unknown.context),
    'ERROR_INTERNET_NAME_NOT_RESOLVED',
  );
  assert.match(failure.message, /no-such-host\.invalid/);
  assert.deepEqual(unknown.told(), ['resolving no-such-host.invalid']);
  await failsWith(
    driver.send(get(1, '/', { proxy: { host: '127.0.0.1', port } }), witness().context),
    'ERROR_INTERNET_CANNOT_CONNECT',
  );
});

test('HttpDriver.send sends again, once, over a new connection when an idle one was dead', async (t) => {
  const server = await serve(t, {
    '/warm': [ok('warm')],
    '/get': [[RESET], [ok('second')]],
    '/post': [[RESET], [ok('second')]],
    '/streamed': [[RESET], [ok('never')]],
    '/always': [RESET],
    '/partly': [['HTTP/1.1 2', RESET], [ok('never')]],
  });
  const driver = driverFor(t);
  const send = async (path: string, changes = {}) => {
    await readAll((await driver.send(get(server.port, '/warm'), witness().context)).body);
    const noted = witness();
    const answer = await driver.send(get(server.port, path, changes), noted.context);
    return { text: (await readAll(answer.body)).toString(), told: noted.told().map((event) => event.split(' ')[0]) };
  };
  const { text, told } = await send('/get');
  assert.equal(text, 'second');
  const first = ['sending', 'sent', 'receiving', 'closing', 'closed'];
  const second = ['resolving', 'resolved', 'connecting', 'connected', 'sending', 'sent', 'receiving', 'received'];
  assert.deepEqual(told, [...first, ...second]);
  const body = Buffer.from('abc');
  assert.equal((await send('/post', { method: 'POST', body })).text, 'second');
  async function* pieces() {
    yield body;
  }
  const streamed = { method: 'POST', body: pieces(), headers: [['Content-Length', '3']] };
  await failsWith(send('/streamed', streamed), 'ERROR_INTERNET_CONNECTION_RESET');
  await failsWith(send('/always'), 'ERROR_INTERNET_CONNECTION_RESET');
  await failsWith(send('/partly'), 'ERROR_INTERNET_CONNECTION_RESET');
  assert.equal(server.received.filter((request) => request.head.includes('/always')).length, 2);
  assert.equal(server.received.filter((request) => request.head.includes('/partly')).length, 1);
});

test('HttpDriver.send fails with TIMEOUT where the server does not connect, take or answer in time', async (t) => {
  const silent = createServer();
  const sockets: import('node:net').Socket[] = [];
  silent.on('connection', (socket) => {
    sockets.push(socket.pause().on('error', () => undefined));
  });
  const port = await listen(t, silent, sockets);
  const driver = driverFor(t);
  const timeouts = { connect: 0, send: 0, receive: 0 };
  const secure = { scheme: 'https', host: '127.0.0.1', port } as const;
  const slow = [
    get(port, '/', { server: secure, timeouts: { ...timeouts, connect: 60 } }),
    get(port, '/', { timeouts: { ...timeouts, receive: 60 } }),
    get(port, '/', { method: 'PUT', body: Buffer.alloc(30_000_000), timeouts: { ...timeouts, send: 60 } }),
  ];
  for (const exchange of slow) {
    const { context, told } = witness();
    await failsWith(driver.send(exchange, context), 'ERROR_INTERNET_TIMEOUT');
    assert.deepEqual(told().slice(-2), ['closing', 'closed']);
  }
});

test('ByteSource.read fails with TIMEOUT only while it waits', async (t) => {
  const server = await serve(t, { '/': [partial] });
  const timeouts = { connect: 0, send: 0, receive: 60 };
  const { body } = await driverFor(t).send(get(server.port, '/', { timeouts }), witness().context);
  await new Promise((resolve) => setTimeout(resolve, 150));
  const buffer = new Uint8Array(64);
  assert.equal(await body.read(buffer), 10);
  await failsWith(Promise.resolve(body.read(buffer)), 'ERROR_INTERNET_TIMEOUT');
});

test('HttpDriver.send stops at once at every stage when the handle is closed', async (t) => {
  const server = await serve(t, { '/never': [], '/body': [partial] });
  const driver = driverFor(t);
  const stages = ['resolving', 'connecting', 'connected', 'sending', 'sent', 'receiving'];
  for (const stage of stages) {
    const { context, abort, told } = witness();
    const observer: typeof context.observer = (event) => {
      context.observer(event);
      if (event.type === stage) queueMicrotask(abort);
    };
    const pending = driver.send(get(server.port, '/never', { keepAlive: false }), { ...context, observer });
    await failsWith(pending, 'ERROR_INTERNET_OPERATION_CANCELLED');
    if (told().some((event) => event.startsWith('connected'))) {
      assert.deepEqual(told().slice(-2), ['closing', 'closed'], stage);
    }
  }
  const aborted = witness();
  aborted.abort();
  await failsWith(driver.send(get(server.port, '/never'), aborted.context), 'ERROR_INTERNET_OPERATION_CANCELLED');
  assert.deepEqual(aborted.events, []);
  const reading = witness();
  const { body } = await driver.send(get(server.port, '/body'), reading.context);
  assert.equal(await body.read(new Uint8Array(64)), 10);
  const waiting = Promise.resolve(body.read(new Uint8Array(64)));
  reading.abort();
  await failsWith(waiting, 'ERROR_INTERNET_OPERATION_CANCELLED');
  await until(() => server.sockets.every((socket) => socket.destroyed));
});

test('HttpDriver.close ends every connection and fails what is under way', async (t) => {
  const server = await serve(t, { '/': [ok('x')], '/never': [] });
  const driver = driverFor(t);
  await readAll((await driver.send(get(server.port, '/'), witness().context)).body);
  const limited = { maxConnectionsPerServer: 2 };
  const pending = [1, 2, 3].map(() => driver.send(get(server.port, '/never', limited), witness().context));
  const failed = pending.map((each) => failsWith(each, 'ERROR_INTERNET_OPERATION_CANCELLED'));
  await until(() => server.received.length === 3);
  await driver.close();
  await Promise.all(failed);
  await until(() => server.sockets.every((socket) => socket.destroyed));
});
