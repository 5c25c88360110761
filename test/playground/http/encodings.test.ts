import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { withPlayground } from '../withPlayground.ts';
import { exchange } from './exchange.ts';

const playground = withPlayground();
const at = (path: string): URL => new URL(path, playground().http);

test('encodingRoutes send real encodings of the same text', async () => {
  const plain = (await exchange(at('/encoding/unknown'))).body;
  assert.match(plain.toString(), /Größe zählt nicht/);
  for (const [name, encoding, decode] of [
    ['gzip', 'gzip', gunzipSync],
    ['deflate', 'deflate', inflateSync],
    ['deflate-raw', 'deflate', inflateRawSync],
    ['br', 'br', brotliDecompressSync],
  ] as const) {
    const answer = await exchange(at(`/encoding/${name}`));
    assert.equal(answer.headers['content-encoding'], encoding);
    assert.ok(answer.body.length < plain.length / 2);
    assert.deepEqual(Buffer.from(decode(answer.body)), plain, name);
  }
});

test('encodingRoutes are decoded by fetch', async () => {
  const plain = await (await fetch(at('/encoding/unknown'))).text();
  for (const name of ['gzip', 'deflate', 'br']) {
    assert.equal(await (await fetch(at(`/encoding/${name}`))).text(), plain, name);
  }
});

test('encodingRoutes send a gzip that is cut off and a length that is not', async () => {
  const answer = await exchange(at('/encoding/gzip-broken'));
  assert.ok(answer.complete);
  assert.throws(() => gunzipSync(answer.body), /unexpected end of file/);
});
