import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { withPlayground } from '../withPlayground.ts';
import { exchange } from './exchange.ts';

const playground = withPlayground();
const at = (path: string): URL => new URL(path, playground().http);

/** Everything the server sends for one request, byte by byte, and the error that ended it, if one did. */
async function raw(bytes: string): Promise<{ readonly text: string; readonly error: string | undefined }> {
  const socket = connect({ host: playground().http.hostname, port: Number(playground().http.port) });
  let text = '';
  let error: string | undefined;
  socket.on('data', (part: Buffer) => {
    text += part.toString('latin1');
  });
  socket.on('error', (cause: NodeJS.ErrnoException) => {
    error = cause.code;
  });
  socket.write(bytes);
  await new Promise((resolve) => socket.once('close', resolve));
  return { text, error };
}

const ask = (path: string) => raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);

test('faultRoutes send less than they announce and close', async () => {
  const { text, error } = await ask('/fault/truncated');
  assert.match(text, /Content-Length: 10000\r\n/);
  assert.ok(text.endsWith(`\r\n\r\n${'.'.repeat(1000)}`));
  assert.equal(error, undefined);
  await assert.rejects((await fetch(at('/fault/truncated'))).text(), /terminated/);
});

test('faultRoutes reset the connection, also beneath TLS', async () => {
  const { text, error } = await ask('/fault/reset');
  assert.ok(text.endsWith('.'.repeat(1000)));
  assert.equal(error, 'ECONNRESET');
  assert.deepEqual(await ask('/fault/reset-at-once'), { text: '', error: 'ECONNRESET' });
  const { https, certificate } = playground();
  await assert.rejects(exchange(new URL('/fault/reset-at-once', https), { ca: certificate }), { code: 'ECONNRESET' });
});

test('faultRoutes send what is not HTTP', async () => {
  assert.deepEqual(await ask('/fault/silence'), { text: '', error: undefined });
  assert.match((await ask('/fault/garbage')).text, /^Good day to you!\r\n/);
  assert.match((await ask('/fault/half-headers')).text, /\r\nX-Unfin$/);
  assert.match((await ask('/fault/bad-chunk')).text, /\r\nZZ\r\n/);
  assert.ok((await ask('/fault/missing-chunk')).text.endsWith('\r\n\r\n5\r\nHello\r\n'));
  assert.match((await ask('/fault/two-lengths')).text, /Content-Length: 5\r\nContent-Length: 8\r\n/);
  assert.ok((await ask('/fault/excess')).text.endsWith('\r\n\r\nHello and too much'));
  await assert.rejects(exchange(at('/fault/garbage')), { code: 'HPE_INVALID_CONSTANT' });
});

test('connectionRoutes close, speak HTTP/1.0 and send interim answers', async () => {
  assert.equal((await exchange(at('/connection/close'))).headers.connection, 'close');
  assert.equal((await exchange(at('/connection/http-1.0'))).version, '1.0');
  assert.deepEqual((await exchange(at('/connection/interim-100'))).interim, [100, 100]);
  assert.deepEqual((await exchange(at('/connection/interim-103'))).interim, [103]);
  assert.deepEqual((await exchange(at('/connection/interim-several'))).interim, [102, 103]);
});

test('slowRoutes read the wait from the path', async () => {
  assert.match((await exchange(at('/slow/headers/200'))).body.toString(), /200 milliseconds/);
  assert.equal((await exchange(at('/slow/headers/forever'))).status, 400);
});

test('slowRoutes send a body in pieces', async () => {
  const [incoming] = await once(get(at('/slow/drip/3'), { agent: false }), 'response');
  const parts: string[] = [];
  for await (const part of incoming) {
    parts.push(String(part));
  }
  assert.equal(parts.join(''), 'drop 1 of 3\ndrop 2 of 3\ndrop 3 of 3\n');
  assert.ok(parts.length > 1);
});

test('slowRoutes stall after the announced beginning and survive the client that leaves', async () => {
  const outgoing = get(at('/slow/stall'), { agent: false });
  const [incoming] = await once(outgoing, 'response');
  const [part] = await once(incoming, 'data');
  assert.equal(part.length, 1000);
  incoming.on('error', () => undefined);
  incoming.destroy();
  const silent = get(at('/slow/never'), { agent: false });
  silent.on('error', () => undefined);
  await once(silent, 'socket');
  silent.destroy();
  assert.equal((await exchange(at('/status/200'))).status, 200);
});

test('startWebServer answers malformed requests with 400 and 431 or drops them', async () => {
  assert.match((await raw('NONSENSE\r\n\r\n')).text, /^HTTP\/1\.1 400 /);
  assert.match((await raw('GET / HTTP/9.9\r\n\r\n')).text, /^HTTP\/1\.1 400 /);
  assert.match((await raw(`GET / HTTP/1.1\r\nX: ${'y'.repeat(70_000)}\r\n\r\n`)).text, /^HTTP\/1\.1 431 /);
  assert.match(
    (await raw('GET http://[bad/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).text,
    /^HTTP\/1\.1 400 /,
  );
  assert.match((await raw('GET / HTTP/1.1\r\nHost: ][\r\nConnection: close\r\n\r\n')).text, /^HTTP\/1\.1 200 /);
  assert.equal((await exchange(at('/status/200'))).status, 200);
});
