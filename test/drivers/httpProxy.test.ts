import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { makeAuthority, makeServerCertificate } from './httpCertificates.ts';
import { driverFor, failsWith, get, ok, readAll, type Step, serve, until, witness } from './httpFixture.ts';

const authority = await makeAuthority();

/** Makes a tunnel to the port that the proxy is asked for. */
function tunnel(port: number): Step {
  return (socket: Socket) => {
    socket.removeAllListeners('data');
    const far = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(far).pipe(socket);
    });
    far.on('error', () => socket.destroy());
  };
}

test('HttpDriver.send asks a proxy in absolute form and shares its connection between servers', async (t) => {
  const proxy = await serve(t, { '*': [ok('by proxy')] });
  const driver = driverFor(t);
  const via = { host: '127.0.0.1', port: proxy.port };
  const targets = [
    ['origin.example', 80, '/echo?q'],
    ['other.example', 8080, '/'],
    ['::1', 80, '/'],
    ['origin.example', 80, '*'],
  ] as const;
  for (const [host, port, target] of targets) {
    const exchange = get(0, target, { server: { scheme: 'http', host, port }, proxy: via, headers: [['Host', host]] });
    assert.equal((await readAll((await driver.send(exchange, witness().context)).body)).toString(), 'by proxy');
  }
  assert.deepEqual(
    proxy.received.map((request) => request.head.split('\r\n')[0]),
    [
      'GET http://origin.example:80/echo?q HTTP/1.1',
      'GET http://other.example:8080/ HTTP/1.1',
      'GET http://[::1]:80/ HTTP/1.1',
      'GET http://origin.example:80 HTTP/1.1',
    ],
  );
  assert.equal(proxy.sockets.length, 1);
});

test('HttpDriver.send reaches https through CONNECT with the proxy’s headers and keeps the tunnel', async (t) => {
  const certificate = await makeServerCertificate({ authority });
  const server = await serve(t, { '/': [ok('through')] }, certificate);
  const target = `localhost:${server.port}`;
  const proxy = await serve(t, { [target]: [tunnel(server.port)] });
  const driver = driverFor(t, { authorities: [authority.cert] });
  const exchange = get(server.port, '/', {
    server: { scheme: 'https', host: 'localhost', port: server.port },
    proxy: { host: '127.0.0.1', port: proxy.port },
    proxyHeaders: [['Proxy-Authorization', 'Basic eA==']],
  });
  const { context, events, told } = witness();
  assert.equal((await readAll((await driver.send(exchange, context)).body)).toString(), 'through');
  assert.equal((await readAll((await driver.send(exchange, witness().context)).body)).toString(), 'through');
  assert.deepEqual(
    proxy.received.map((request) => request.head),
    [`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nProxy-Authorization: Basic eA==`],
  );
  assert.equal(server.received[0]?.head, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}`);
  assert.deepEqual(told().slice(0, 5), [
    'resolving 127.0.0.1',
    'resolved 127.0.0.1',
    'connecting 127.0.0.1',
    'connected 127.0.0.1',
    'sending',
  ]);
  const wire = events.flatMap((event) => (event.type === 'wire' ? [event.text.split('\r\n')[0]] : []));
  assert.deepEqual(wire, [
    `CONNECT ${target} HTTP/1.1`,
    'HTTP/1.1 200 Connection established',
    'GET / HTTP/1.1',
    'HTTP/1.1 200 OK',
  ]);
});

test('HttpDriver.send resolves with the proxy’s own answer where it opens no tunnel', async (t) => {
  const refusal =
    'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="p"\r\nContent-Length: 6\r\n\r\n';
  const proxy = await serve(t, {
    'far.example:443': [refusal, (socket) => setTimeout(() => socket.write('log on'), 20)],
  });
  const driver = driverFor(t);
  const exchange = get(443, '/secret', {
    server: { scheme: 'https', host: 'far.example', port: 443 },
    proxy: { host: '127.0.0.1', port: proxy.port },
    method: 'POST',
    body: Buffer.from('not for the proxy'),
  });
  for (let count = 0; count < 2; count += 1) {
    const { context, told } = witness();
    const answer = await driver.send(exchange, context);
    assert.equal(answer.status, 407);
    assert.deepEqual(answer.headers[0], ['Proxy-Authenticate', 'Basic realm="p"']);
    const connectBytes = 'CONNECT far.example:443 HTTP/1.1\r\nHost: far.example:443\r\n\r\n'.length;
    assert.deepEqual(told().slice(4), ['sending', `sent ${connectBytes}`, 'receiving', `received ${refusal.length}`]);
    assert.equal((await readAll(answer.body)).toString(), 'log on');
  }
  await until(() => proxy.sockets.every((socket) => socket.destroyed));
  assert.equal(proxy.received.length, 2);
  assert.ok(proxy.received.every((request) => request.head.startsWith('CONNECT')));
});

test('HttpDriver.send fails by symbol where a proxy hangs up, babbles or is asked with a bad header', async (t) => {
  const proxy = await serve(t, { 'a.example:443': ['end'], 'b.example:443': ['what?\r\n\r\n'] });
  const driver = driverFor(t);
  const ask = (host: string, proxyHeaders: readonly (readonly [string, string])[] = []) =>
    driver.send(
      get(443, '/', {
        server: { scheme: 'https', host, port: 443 },
        proxy: { host: '127.0.0.1', port: proxy.port },
        proxyHeaders,
      }),
      witness().context,
    );
  await failsWith(ask('a.example'), 'ERROR_HTTP_INVALID_SERVER_RESPONSE');
  await failsWith(ask('b.example'), 'ERROR_HTTP_INVALID_SERVER_RESPONSE');
  await failsWith(ask('c.example', [['X', 'a\r\nb']]), 'ERROR_HTTP_INVALID_HEADER');
});
