import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  entriesOf,
  failsWith,
  leavesNothingBehind,
  openRequest,
  readAll,
  sendRequest,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('InternetReadFile reads every kind of body to its end, in buffers of any size', async (t) => {
  const engine = await startEngine(t);
  const bodies = [
    ['/body/empty', ''],
    ['/body/chunked', Array.from({ length: 10 }, (_, line) => `chunk ${line + 1}\n`).join('')],
    ['/body/until-close', 'The end of this text\nis the end of the connection.\n'],
    ['/connection/http-1.0', 'The end is where the connection ends.\n'],
    ['/fault/excess', 'Hello'],
  ] as const;
  for (const [path, expected] of bodies) {
    for (const size of [1, 7, 65_536]) {
      const request = await sendRequest(engine, playground().http, path);
      assert.equal((await readAll(engine, request, size)).toString(), expected, `${path} by ${size}`);
      assert.equal(await engine.wininet.InternetReadFile(request, new Uint8Array(9)), 0);
    }
  }
});

test('InternetReadFile fills its buffer unless the end comes first', async (t) => {
  const engine = await startEngine(t);
  const request = await sendRequest(engine, playground().http, '/bytes/3000000');
  const buffer = new Uint8Array(1_000_001);
  const counts: number[] = [];
  for (let time = 0; time < 4; time += 1) counts.push(await engine.wininet.InternetReadFile(request, buffer));
  assert.deepEqual(counts, [1_000_001, 1_000_001, 999_998, 0]);
});

test('InternetReadFile answers concurrent calls in their order', async (t) => {
  const engine = await startEngine(t);
  const request = await sendRequest(engine, playground().http, '/slow/drip/3');
  const buffers = Array.from({ length: 6 }, () => new Uint8Array(7));
  const counts = await Promise.all(buffers.map((buffer) => engine.wininet.InternetReadFile(request, buffer)));
  const text = buffers.map((buffer, index) => Buffer.from(buffer.subarray(0, counts[index])).toString()).join('');
  assert.equal(text, 'drop 1 of 3\ndrop 2 of 3\ndrop 3 of 3\n');
});

test('InternetReadFile with an empty buffer reads nothing and is not the end', async (t) => {
  const engine = await startEngine(t);
  const request = await sendRequest(engine, playground().http, '/bytes/10');
  assert.equal(await engine.wininet.InternetReadFile(request, new Uint8Array(0)), 0);
  assert.equal(engine.journal.tree.nodes.get(request.serial)?.state, 'answered');
  assert.equal((await readAll(engine, request)).length, 10);
});

test('InternetReadFile drains: at the end the handle is drained and the bytes are counted', async (t) => {
  const engine = await startEngine(t);
  const request = await sendRequest(engine, playground().http, '/bytes/100000');
  await readAll(engine, request);
  const node = engine.journal.tree.nodes.get(request.serial);
  assert.deepEqual([node?.state, node?.bytesIn], ['drained', 100_000]);
});

test('InternetReadFile delivers what came before a break, and then says how it broke', async (t) => {
  const engine = await startEngine(t);
  const { wininet, journal } = engine;
  const buffer = new Uint8Array(5000);
  const short = await sendRequest(engine, playground().http, '/fault/truncated');
  assert.equal(await wininet.InternetReadFile(short, buffer), 1000);
  assert.equal(await wininet.InternetReadFile(short, buffer), 0, 'as a real WinINet, which ends in silence');
  assert.equal(entriesOf(journal, 'note')[0]?.topic, 'short-body');
  const reset = await sendRequest(engine, playground().http, '/fault/reset');
  assert.equal(await wininet.InternetReadFile(reset, buffer), 1000);
  await failsWith(wininet.InternetReadFile(reset, buffer), 'ERROR_INTERNET_CONNECTION_RESET');
  await failsWith(wininet.InternetReadFile(reset, buffer), 'ERROR_INTERNET_CONNECTION_RESET');
});

test('InternetQueryDataAvailable waits for bytes, tells no more than there are, and answers 0 at the end', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await sendRequest(engine, playground().http, '/slow/drip/2');
  let text = '';
  for (;;) {
    const count = await wininet.InternetQueryDataAvailable(request);
    if (count === 0) break;
    const buffer = new Uint8Array(count);
    assert.equal(await wininet.InternetReadFile(request, buffer), count, 'can be read without waiting');
    text += Buffer.from(buffer).toString();
  }
  assert.equal(text, 'drop 1 of 2\ndrop 2 of 2\n');
  assert.equal(engine.journal.tree.nodes.get(request.serial)?.state, 'drained');
});

test('InternetReadFile decodes gzip, deflate in both forms and br with INTERNET_OPTION_HTTP_DECODING, and only then', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const encoded = await sendRequest(engine, playground().http, '/encoding/gzip');
  assert.deepEqual([...(await readAll(engine, encoded)).subarray(0, 2)], [0x1f, 0x8b]);
  await wininet.InternetSetOption(root, c.INTERNET_OPTION_HTTP_DECODING, true);
  for (const path of ['/encoding/gzip', '/encoding/deflate', '/encoding/deflate-raw', '/encoding/br']) {
    for (const size of [3, 65_536]) {
      const request = await sendRequest(engine, playground().http, path);
      const text = (await readAll(engine, request, size)).toString('utf8');
      assert.equal(text.split('\n').length, 201, path);
      assert.ok(text.startsWith('  1  On the wire') && text.includes('Größe'), path);
    }
  }
  for (const path of ['/encoding/gzip-broken', '/encoding/unknown']) {
    const request = await sendRequest(engine, playground().http, path);
    const error = await failsWith(readAll(engine, request), 'ERROR_INTERNET_DECODING_FAILED');
    assert.match(error.message, /Accept-Encoding/);
  }
});

test('HttpSendRequest announces no encodings by itself, as recorded', async (t) => {
  const engine = await startEngine(t);
  await engine.wininet.InternetSetOption(engine.root, c.INTERNET_OPTION_HTTP_DECODING, true);
  const request = await sendRequest(engine, playground().http, '/echo');
  assert.doesNotMatch((await readAll(engine, request)).toString(), /^Accept-Encoding:/m);
});

test('InternetReadFile fails with ERROR_INTERNET_TIMEOUT where a body stalls', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  const request = await openRequest(engine, playground().http, '/slow/stall');
  await wininet.InternetSetOption(request, c.INTERNET_OPTION_RECEIVE_TIMEOUT, 150);
  await wininet.HttpSendRequest(request);
  const buffer = new Uint8Array(2000);
  assert.equal(await wininet.InternetReadFile(request, buffer), 1000);
  await failsWith(wininet.InternetReadFile(request, buffer), 'ERROR_INTERNET_TIMEOUT');
});
