import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { BodyReader } from '../../extension/wininet/bodyReader.ts';
import { decodeBody } from '../../extension/wininet/contentDecoding.ts';
import { type ByteSource, DriverFailure } from '../../extension/wininet/ports/driver.ts';

/** Bytes that arrive in pieces of these sizes, each at once or a moment later; `broken` ends them with a failure. */
function pieces(bytes: Uint8Array, sizes: readonly number[], later: readonly boolean[], broken = false): ByteSource {
  let at = 0;
  let step = 0;
  const next = (most: number): number => {
    if (at === bytes.length && broken) throw new DriverFailure('ERROR_INTERNET_CONNECTION_RESET', 'Broken on purpose.');
    step += 1;
    return Math.min(most, sizes[step % sizes.length] ?? 1, bytes.length - at);
  };
  const deliver = <T>(give: () => T): T | Promise<T> =>
    later[step % Math.max(later.length, 1)] === true ? Promise.resolve().then(give) : give();
  return {
    size: bytes.length,
    read: (into) =>
      deliver(() => {
        const count = next(into.length);
        into.set(bytes.subarray(at, at + count));
        at += count;
        return count;
      }),
    available: () => deliver(() => bytes.length - at),
    cancel: () => Promise.resolve(),
  };
}

const anyBytes = fc.uint8Array({ maxLength: 300 });
const anySizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
const anyDelays = fc.array(fc.boolean(), { maxLength: 8 });

test('BodyReader fills every buffer but the last, however the bytes arrive and however many reads are under way', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyBytes,
      anySizes,
      anyDelays,
      fc.integer({ min: 1, max: 70 }),
      async (bytes, sizes, later, size) => {
        const reader = new BodyReader(pieces(bytes, sizes, later));
        const buffers = Array.from({ length: Math.ceil(bytes.length / size) + 1 }, () => new Uint8Array(size));
        const counts = await Promise.all(buffers.map((buffer) => reader.read(buffer)));
        assert.deepEqual(
          Buffer.concat(buffers.map((one, index) => one.subarray(0, counts[index]))),
          Buffer.from(bytes),
        );
        assert.ok(counts.slice(0, Math.floor(bytes.length / size)).every((count) => count === size));
        assert.equal(counts.at(-1), 0);
      },
    ),
  );
});

test('BodyReader hands out what came before a break, then fails every time; onBreak may make it the end', async () => {
  await fc.assert(
    fc.asyncProperty(anyBytes, anySizes, anyDelays, fc.boolean(), async (bytes, sizes, later, ends) => {
      const reader = new BodyReader(pieces(bytes, sizes, later, true), () => (ends ? 'end' : 'fail'));
      const buffer = new Uint8Array(bytes.length + 1);
      if (bytes.length > 0) assert.equal(await reader.read(buffer), bytes.length);
      for (let time = 0; time < 2; time += 1) {
        const read = Promise.resolve().then(() => reader.read(buffer));
        if (ends) assert.equal(await read, 0);
        else await assert.rejects(read, DriverFailure);
      }
    }),
  );
});

test('decodeBody undoes every encoding and chain of encodings, cut at any place', async () => {
  const encoders = {
    gzip: zlib.gzipSync,
    'x-gzip': zlib.gzipSync,
    deflate: zlib.deflateSync,
    br: zlib.brotliCompressSync,
    zstd: zlib.zstdCompressSync,
  } as const;
  const anyEncoding = fc.constantFrom(...(Object.keys(encoders) as (keyof typeof encoders)[]));
  await fc.assert(
    fc.asyncProperty(
      anyBytes,
      fc.array(anyEncoding, { minLength: 1, maxLength: 3 }),
      anySizes,
      anyDelays,
      async (bytes, names, sizes, later) => {
        const encoded = names.reduce<Uint8Array>((plain, name) => encoders[name](plain), bytes);
        const reader = new BodyReader(decodeBody(pieces(encoded, sizes, later), names.join(' , ').toUpperCase()));
        const buffer = new Uint8Array(1000);
        assert.equal(await reader.read(buffer), bytes.length);
        assert.deepEqual(buffer.subarray(0, bytes.length), bytes);
      },
    ),
    { numRuns: 60 },
  );
});

test('decodeBody fails on a stream cut short, on changed bytes and on a bomb, and leaves the plain body itself alone', async () => {
  const packed = zlib.gzipSync(Buffer.alloc(100_000, 'text '));
  const broken = [
    packed.subarray(0, -9),
    Buffer.concat([packed.subarray(0, 20), Buffer.alloc(20), packed.subarray(40)]),
  ];
  for (const bytes of broken) await failsToDecode(pieces(bytes, [1000], []), 'gzip');
  const bomb = zlib.brotliCompressSync(Buffer.alloc(64 * 1024 ** 2));
  await failsToDecode(pieces(bomb, [1000], []), 'br');
  const plain = pieces(packed, [10], []);
  for (const name of ['', 'identity', ' identity , ']) assert.equal(decodeBody(plain, name), plain);
});

async function failsToDecode(source: ByteSource, encoding: string): Promise<void> {
  const reader = new BodyReader(decodeBody(source, encoding));
  const buffer = new Uint8Array(65_536);
  await assert.rejects(
    async () => {
      while ((await reader.read(buffer)) > 0);
    },
    { symbol: 'ERROR_INTERNET_DECODING_FAILED' },
  );
}
