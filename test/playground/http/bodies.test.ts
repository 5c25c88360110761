import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { withPlayground } from '../withPlayground.ts';
import { exchange } from './exchange.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const playground = withPlayground();
const at = (path: string): URL => new URL(path, playground().http);

async function begin(url: URL): Promise<IncomingMessage> {
  const [incoming] = await once(get(url, { agent: false }), 'response');
  assert.ok(incoming && typeof incoming === 'object' && 'statusCode' in incoming);
  return incoming;
}

test('bodyRoutes send any size with deterministic content and answer HEAD with its length', async () => {
  const whole = await exchange(at('/bytes/200001'));
  assert.equal(whole.body.length, 200_001);
  assert.deepEqual(whole.body.subarray(65_536, 131_072), whole.body.subarray(0, 65_536));
  const head = await exchange(at(`/bytes/${8 * GIB}`), { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(head.headers['content-length'], '8589934592');
  assert.equal(head.body.length, 0);
});

test('bodyRoutes refuse sizes that are no numbers or beyond 8 GiB', async () => {
  for (const size of ['x', '-1', '1e3', '', String(8 * GIB + 1), '9'.repeat(30)]) {
    assert.equal((await exchange(at(`/bytes/${size}`))).status, 400, size);
  }
});

test('bodyRoutes answer ranges at every kind of border', async () => {
  const whole = (await exchange(at('/bytes/1000'))).body;
  const range = (value: string) => exchange(at('/bytes/1000'), { headers: { Range: value } });
  for (const [value, start, end] of [
    ['bytes=0-0', 0, 1],
    ['bytes=10-', 10, 1000],
    ['bytes=-10', 990, 1000],
    ['bytes=-5000', 0, 1000],
    ['bytes=990-5000', 990, 1000],
  ] as const) {
    const part = await range(value);
    assert.equal(part.status, 206, value);
    assert.equal(part.headers['content-range'], `bytes ${start}-${end - 1}/1000`);
    assert.deepEqual(part.body, whole.subarray(start, end));
  }
  for (const ignored of ['bytes=5-1', 'lines=1-2', 'bytes=0-1,3-4', 'bytes=-']) {
    assert.equal((await range(ignored)).status, 200, ignored);
  }
  const outside = await range('bytes=1000-');
  assert.equal(outside.status, 416);
  assert.equal(outside.headers['content-range'], 'bytes */1000');
});

test('bodyRoutes send a part from beyond 4 GiB', async () => {
  const start = 5 * GIB + 64;
  const part = await exchange(at(`/bytes/${8 * GIB}`), { headers: { Range: `bytes=${start}-${start + 63}` } });
  assert.match(part.body.toString(), /^Line 0001 /);
});

test('bodyRoutes honour If-Range', async () => {
  const ask = (tag: string) => exchange(at('/bytes/1000'), { headers: { Range: 'bytes=0-9', 'If-Range': tag } });
  assert.equal((await ask('"bytes-1000"')).status, 206);
  assert.equal((await ask('"another"')).status, 200);
});

test('bodyRoutes send chunks with trailers, and bodies that end with the connection', async () => {
  const chunked = await exchange(at('/body/chunked'));
  assert.equal(chunked.headers['transfer-encoding'], 'chunked');
  assert.deepEqual({ ...chunked.trailers }, { 'x-lines': '10', 'x-verdict': 'complete' });
  const open = await exchange(at('/body/until-close'));
  assert.equal(open.headers['content-length'], undefined);
  assert.equal(open.headers['transfer-encoding'], undefined);
  assert.match(open.body.toString(), /is the end of the connection\.\n$/);
  assert.equal((await exchange(at('/body/empty'))).headers['content-length'], '0');
});

test('repeatedBlock streams 1 GiB without growing memory by more than 64 MiB', { timeout: 120_000 }, async () => {
  const incoming = await begin(at(`/bytes/${GIB}`));
  let received = 0;
  let before = 0;
  let most = 0;
  for await (const part of incoming) {
    assert.ok(Buffer.isBuffer(part));
    // The first part of the transfer warms up: buffers, compiled code.
    before ||= received > 128 * MIB ? process.memoryUsage().rss : 0;
    received += part.length;
    most = before ? Math.max(most, process.memoryUsage.rss()) : 0;
  }
  assert.equal(received, GIB);
  assert.ok(most - before < 64 * MIB, `grew by ${most - before} bytes`);
});

test('repeatedBlock waits for a client that does not read', async () => {
  const before = process.memoryUsage.rss();
  const incoming = await begin(at(`/bytes/${8 * GIB}`));
  incoming.pause();
  await pause(500);
  assert.ok(process.memoryUsage.rss() - before < 64 * MIB);
  incoming.destroy();
});
