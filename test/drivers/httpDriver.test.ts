import assert from 'node:assert/strict';
import { test } from 'node:test';
import { driverFor, END, failsWith, get, ok, readAll, serve, witness } from './httpFixture.ts';

const connecting = (host: string) => [
  `resolving ${host}`,
  'resolved 127.0.0.1',
  'connecting 127.0.0.1',
  'connected 127.0.0.1',
];

test('HttpDriver.send reports each step of a first request in the recorded order', async (t) => {
  const server = await serve(t, { '/hello': [ok('Hello, world!')] });
  for (const host of ['127.0.0.1', 'localhost']) {
    const { context, told } = witness();
    const exchange = get(server.port, '/hello', { server: { scheme: 'http', host, port: server.port } });
    const answer = await driverFor(t).send(exchange, context);
    assert.equal((await readAll(answer.body)).toString(), 'Hello, world!');
    const sent = `GET /hello HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`.length;
    assert.deepEqual(told(), [...connecting(host), 'sending', `sent ${sent}`, 'receiving', 'received 39']);
  }
});

test('HttpDriver.send uses an idle connection again and then reports no connecting', async (t) => {
  const server = await serve(t, { '/': [ok('one')] });
  const driver = driverFor(t);
  const buffer = new Uint8Array(16);
  for (let count = 0; count < 5; count += 1) {
    const { context, told } = witness();
    const answer = await driver.send(get(server.port, '/'), context);
    assert.equal(await answer.body.read(buffer), 3);
    assert.equal(await answer.body.read(buffer), 0);
    assert.equal(told()[0], count === 0 ? 'resolving 127.0.0.1' : 'sending');
  }
  assert.equal(server.sockets.length, 1);
});

test('HttpDriver.send uses the connection again when the body before was not read', async (t) => {
  const server = await serve(t, { '/': [ok('short')] });
  const driver = driverFor(t);
  await driver.send(get(server.port, '/'), witness().context);
  await driver.send(get(server.port, '/'), witness().context);
  assert.deepEqual(
    server.received.map((request) => request.connection),
    [0, 0],
  );
});

test('HttpDriver.send puts the head on the wire exactly as it is told', async (t) => {
  const server = await serve(t, { '/a?b=%20': [ok('')] });
  const { context, events } = witness();
  const headers = [
    ['x-First', '1'],
    ['HOST', 'example'],
    ['X-Twice', 'a'],
    ['X-Twice', 'b'],
    ['cOnTeNt-LeNgTh', '3'],
    ['X-Latin', 'caf\xe9'],
    ['X-Empty', ''],
    ['Expect', '100-continue'],
    ['Accept', '*/*'],
  ] as const;
  const body = Buffer.from('abc');
  await driverFor(t).send(get(server.port, '/a?b=%20', { method: 'lower-Case', headers, body }), context);
  const expected = [
    'lower-Case /a?b=%20 HTTP/1.1',
    ...headers.filter(([name]) => name !== 'Expect').map(([name, value]) => `${name}: ${value}`),
  ].join('\r\n');
  assert.deepEqual(server.received, [{ connection: 0, head: expected, body: 'abc' }]);
  assert.deepEqual(
    events.find((event) => event.type === 'wire'),
    { type: 'wire', direction: 'out', text: expected },
  );
});

test('HttpDriver.send keeps spelling and order of the answer’s headers and its reason', async (t) => {
  const head =
    'HTTP/1.1 299 Fine \xe9\r\ncONTENT-tYPE: a/b\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nX: \xff\r\nContent-Length: 1';
  const server = await serve(t, { '/': [`${head}\r\n\r\nx`] });
  const { context, events } = witness();
  const answer = await driverFor(t).send(get(server.port, '/'), context);
  assert.equal(answer.version, 'HTTP/1.1');
  assert.equal(answer.status, 299);
  assert.equal(answer.reason, 'Fine \xe9');
  assert.deepEqual(answer.headers, [
    ['cONTENT-tYPE', 'a/b'],
    ['Set-Cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['X', '\xff'],
    ['Content-Length', '1'],
  ]);
  assert.deepEqual(events.filter((event) => event.type === 'wire')[1], { type: 'wire', direction: 'in', text: head });
});

test('HttpDriver.send takes what WinINet takes: bare line feeds, no reason, no colon, folding, dull heads', async (t) => {
  const cases: Record<string, readonly [string, number, string, readonly (readonly [string, string])[]]> = {
    '/lf': ['HTTP/1.1 200 OK\nA: b\nContent-Length: 2\n\nok', 200, 'OK', [['A', 'b']]],
    '/noreason': ['HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok', 200, '', []],
    '/blank': ['HTTP/1.1 410 \r\nContent-Length: 2\r\n\r\nok', 410, '', []],
    '/nocolon': ['HTTP/1.1 200 OK\r\nBroken\r\nGood: yes\r\nContent-Length: 2\r\n\r\nok', 200, 'OK', [['Good', 'yes']]],
    '/folded': [
      'HTTP/1.1 200 OK\r\nFolded: one\r\n two\r\nContent-Length: 2\r\n\r\nok',
      200,
      'OK',
      [['Folded', 'one']],
    ],
    '/length-twice': [
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok',
      200,
      'OK',
      [['Content-Length', '2']],
    ],
    '/space': ['HTTP/1.1 200 OK\r\nA : b\r\nContent-Length: 2\r\n\r\nok', 200, 'OK', [['A', 'b']]],
  };
  const script = Object.fromEntries(Object.entries(cases).map(([path, [text]]) => [path, [text]]));
  const server = await serve(t, script);
  const driver = driverFor(t);
  for (const [path, [, status, reason, headers]] of Object.entries(cases)) {
    const answer = await driver.send(get(server.port, path), witness().context);
    assert.equal(answer.status, status, path);
    assert.equal(answer.reason, reason, path);
    assert.deepEqual(answer.headers, [...headers, ['Content-Length', '2']], path);
    assert.equal((await readAll(answer.body)).toString(), 'ok', path);
  }
  assert.equal(server.sockets.length, 1);
});

test('HttpDriver.send reads a head whose bytes come one by one', async (t) => {
  const text = `HTTP/1.1 102 Processing\r\nX: y\r\n\r\n${ok('body', 'A: b\r\n')}`;
  const server = await serve(t, {
    '/': [
      async (socket) => {
        for (const letter of text) {
          socket.write(letter);
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
    ],
  });
  const answer = await driverFor(t).send(get(server.port, '/'), witness().context);
  assert.equal(answer.status, 200);
  assert.equal((await readAll(answer.body)).toString(), 'body');
});

test('HttpDriver.send reports 1xx answers, 100 among them, and goes on to the final one', async (t) => {
  const first = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
  const server = await serve(t, { '/': [first + ok('after')] });
  const { context, told } = witness();
  const answer = await driverFor(t).send(get(server.port, '/'), context);
  assert.equal((await readAll(answer.body)).toString(), 'after');
  assert.deepEqual(told().slice(-4), ['receiving', 'intermediate 100', 'intermediate 103', 'received 38']);
});

test('HttpDriver.send delivers bodies by length, in chunks, to the end of the connection, none, and against the status', async (t) => {
  const server = await serve(t, {
    '/length': [ok('by length')],
    '/chunked': [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;ext=1\r\nin ch\r\n4\r\nunks\r\n0\r\nTrailer: x\r\n\r\n',
    ],
    '/close': ['HTTP/1.1 200 OK\r\n\r\nuntil close', END],
    '/none': ['HTTP/1.1 204 No Content\r\n\r\n'],
    '/same': ['HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
    '/against': ['HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nall', END],
  });
  const driver = driverFor(t);
  const expected = {
    '/length': 'by length',
    '/chunked': 'in chunks',
    '/close': 'until close',
    '/none': '',
    '/same': '',
    '/against': 'all',
  };
  const sizes = { '/length': 9, '/chunked': undefined, '/close': undefined, '/none': 0, '/same': 0, '/against': 3 };
  for (const path of ['/length', '/chunked', '/close', '/none', '/same', '/against'] as const) {
    const answer = await driver.send(get(server.port, path), witness().context);
    assert.equal(answer.body.size, sizes[path], path);
    assert.equal((await readAll(answer.body)).toString(), expected[path], path);
  }
  const head = await driver.send(get(server.port, '/length', { method: 'HEAD' }), witness().context);
  assert.equal(head.body.size, 0);
  assert.equal((await readAll(head.body)).length, 0);
});

test('HttpDriver.send ends the connection with the answer unless it is kept alive', async (t) => {
  const server = await serve(t, { '/': [ok('x')], '/close': [ok('x', 'Connection: close\r\n')] });
  const driver = driverFor(t);
  const send = async (path: string, changes: Parameters<typeof get>[2]) => {
    const { context, told } = witness();
    await readAll((await driver.send(get(server.port, path, changes), context)).body);
    assert.ok(!told().includes('closing'));
  };
  await send('/', { keepAlive: false });
  await send('/close', {});
  // Without being asked to keep the connection, a server ends it after an answer to HTTP/1.0.
  await send('/', { version: 'HTTP/1.0' });
  await send('/', { version: 'HTTP/1.0', headers: [['Connection', 'Keep-Alive']] });
  await send('/', {});
  assert.deepEqual(
    server.received.map((request) => request.connection),
    [0, 1, 2, 3, 3],
  );
  assert.match(server.received[0]?.head ?? '', /\r\nConnection: close$/);
});

test('HttpDriver.send writes small and large bodies whole, and GET with a body', async (t) => {
  const server = await serve(t, { '/': [ok('done')] });
  const driver = driverFor(t);
  for (const [method, size] of [
    ['POST', 10],
    ['GET', 3],
    ['PUT', 1_000_000],
    ['DELETE', 70_000],
  ] as const) {
    const body = Buffer.alloc(size, 'z');
    const { context, told } = witness();
    const headers = [['Content-Length', String(size)]] as const;
    const answer = await driver.send(get(server.port, '/', { method, headers, body }), context);
    assert.equal((await readAll(answer.body)).toString(), 'done');
    assert.equal(server.received.at(-1)?.body.length, size);
    const head = `${method} / HTTP/1.1\r\nContent-Length: ${size}\r\n\r\n`.length;
    assert.ok(told().includes(`sent ${head + size}`));
  }
  assert.equal(server.sockets.length, 1);
});

test('HttpDriver.send sends the head of a streamed request before its first piece', async (t) => {
  const server = await serve(t, { '/': [ok('done')] });
  const { context, told } = witness();
  let give: (piece: Uint8Array) => void = () => undefined;
  const first = new Promise<Uint8Array>((resolve) => {
    give = resolve;
  });
  async function* body() {
    yield await first;
    yield Buffer.from('def');
  }
  const pending = driverFor(t).send(
    get(server.port, '/', { method: 'POST', headers: [['Content-Length', '6']], body: body() }),
    context,
  );
  while (!told().some((event) => event.startsWith('sent'))) await new Promise((resolve) => setImmediate(resolve));
  give(Buffer.from('abc'));
  await readAll((await pending).body);
  assert.equal(server.received[0]?.body, 'abcdef');
  assert.deepEqual(told().slice(4), [
    'sending',
    'sent 38',
    'sending',
    'sent 3',
    'sending',
    'sent 3',
    'receiving',
    'received 38',
  ]);
});

test('HttpDriver.send streams a body of unknown size in chunks, even an empty one', async (t) => {
  const server = await serve(t, { '/': [ok('done')] });
  const driver = driverFor(t);
  async function* two() {
    yield Buffer.from('one');
    yield Buffer.from('three');
  }
  async function* nothing() {
    // yields nothing
  }
  for (const body of [two(), nothing()]) {
    await readAll((await driver.send(get(server.port, '/', { method: 'POST', body }), witness().context)).body);
  }
  assert.deepEqual(
    server.received.map((request) => request.body),
    ['3\r\none\r\n5\r\nthree\r\n0\r\n\r\n', '0\r\n\r\n'],
  );
});

test('HttpDriver.send refuses what would break the head before anything is sent', async (t) => {
  const server = await serve(t, {});
  const driver = driverFor(t);
  const refused: readonly (readonly [string, Parameters<typeof get>[2]])[] = [
    ['ERROR_HTTP_INVALID_HEADER', { headers: [['X', 'a\r\nY: b']] }],
    ['ERROR_HTTP_INVALID_HEADER', { headers: [['X', 'a\0b']] }],
    ['ERROR_HTTP_INVALID_HEADER', { headers: [['X\n', 'a']] }],
    ['ERROR_HTTP_INVALID_HEADER', { headers: [['X', '\u20ac']] }],
    ['ERROR_INVALID_PARAMETER', { method: 'CONNECT' }],
    ['ERROR_INVALID_PARAMETER', { method: 'GET /x' }],
    ['ERROR_INTERNET_INVALID_URL', { target: '/a b' }],
    ['ERROR_INTERNET_INVALID_URL', { target: '/a\r\nX: y' }],
  ];
  for (const [symbol, changes] of refused) {
    const { context, events } = witness();
    await failsWith(driver.send(get(server.port, '/', changes), context), symbol);
    assert.deepEqual(events, []);
  }
  assert.equal(server.sockets.length, 0);
});
