import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as zlib from 'node:zlib';
import { decodeBody } from '../../extension/wininet/contentDecoding.ts';
import { type ByteSource, DriverFailure } from '../../extension/wininet/ports/driver.ts';

/** A source that hands out bytes in pieces and counts them. */
class Pieces implements ByteSource {
  readonly size: number;
  taken = 0;
  cancelled = 0;
  readonly #bytes: Uint8Array;
  readonly #piece: number;

  constructor(bytes: Uint8Array, piece: number) {
    this.#bytes = bytes;
    this.#piece = piece;
    this.size = bytes.length;
  }

  read(into: Uint8Array): number | Promise<number> {
    const part = this.#bytes.subarray(this.taken, this.taken + Math.min(this.#piece, into.length));
    into.set(part);
    this.taken += part.length;
    return this.taken % 2 === 0 ? part.length : Promise.resolve(part.length);
  }

  available(): number {
    return Math.min(this.#piece, this.#bytes.length - this.taken);
  }

  async cancel(): Promise<void> {
    this.cancelled += 1;
  }
}

async function readAll(source: ByteSource, size: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  const buffer = new Uint8Array(size);
  for (let count = await source.read(buffer); count > 0; count = await source.read(buffer)) {
    parts.push(Buffer.from(buffer.subarray(0, count)));
  }
  return Buffer.concat(parts);
}

const fails = (pending: Promise<unknown>, symbol: string) =>
  assert.rejects(pending, (error) => error instanceof DriverFailure && error.symbol === symbol);

const text = Buffer.from(Array.from({ length: 5000 }, (_, line) => `line ${line} ${line * line}\n`).join(''));
const encoders: Record<string, (bytes: Buffer) => Buffer> = {
  gzip: (bytes) => zlib.gzipSync(bytes),
  'X-GZIP': (bytes) => zlib.gzipSync(bytes),
  deflate: (bytes) => zlib.deflateSync(bytes),
  'Deflate ': (bytes) => zlib.deflateRawSync(bytes),
  br: (bytes) => zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }),
  'gzip, br': (bytes) => zlib.brotliCompressSync(zlib.gzipSync(bytes)),
  'identity, deflate ,identity': (bytes) => zlib.deflateSync(bytes),
  ...('zstdCompressSync' in zlib ? { zstd: (bytes: Buffer) => zlib.zstdCompressSync(bytes) } : {}),
};

test('decodeBody undoes each encoding, whatever the pieces', async () => {
  for (const [encoding, encode] of Object.entries(encoders)) {
    for (const [piece, size] of [
      [1_000_000, 1_000_000],
      [997, 4096],
      [50_000, 13],
    ] as const) {
      const source = new Pieces(encode(text), piece);
      const decoded = decodeBody(source, encoding);
      assert.equal(decoded.size, undefined);
      assert.deepEqual(await readAll(decoded, size), text, `${encoding} ${piece} ${size}`);
      assert.equal(await decoded.read(new Uint8Array(1)), 0);
      assert.equal(source.taken, source.size);
    }
    const small = new Pieces(encode(Buffer.from('tiny')), 1);
    assert.equal((await readAll(decodeBody(small, encoding), 10)).toString(), 'tiny');
  }
});

test('decodeBody hands the source through where nothing is encoded', () => {
  const source = new Pieces(text, 10);
  assert.equal(decodeBody(source, ''), source);
  assert.equal(decodeBody(source, ' identity , '), source);
});

test('decodeBody takes an empty body for an empty body', async () => {
  const decoded = decodeBody(new Pieces(new Uint8Array(0), 1), 'gzip');
  assert.equal(await decoded.available(), 0);
  assert.equal(await decoded.read(new Uint8Array(5)), 0);
});

test('decodeBody fails with DECODING_FAILED on other bytes, a cut stream and an unknown encoding', async () => {
  const whole = zlib.gzipSync(text);
  const broken: readonly (readonly [Buffer, string])[] = [
    [Buffer.from('this is not gzip'), 'gzip'],
    [Buffer.from('this is not brotli at all'), 'br'],
    [whole.subarray(0, whole.length - 20), 'gzip'],
    [Buffer.concat([whole.subarray(0, 500), Buffer.alloc(500), whole.subarray(1000)]), 'gzip'],
    [whole, 'compress'],
  ];
  for (const [bytes, encoding] of broken) {
    const decoded = decodeBody(new Pieces(bytes, 100), encoding);
    await fails(readAll(decoded, 4096), 'ERROR_INTERNET_DECODING_FAILED');
    await fails(readAll(decoded, 4096), 'ERROR_INTERNET_DECODING_FAILED');
  }
});

test('decodeBody decodes no faster than it is read', async () => {
  const bomb = zlib.gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const source = new Pieces(bomb, 4096);
  const decoded = decodeBody(source, 'gzip');
  const buffer = new Uint8Array(1000);
  for (let count = 0; count < 200; count += 1) assert.ok((await decoded.read(buffer)) > 0);
  assert.ok(source.taken <= 16_384, `${source.taken} encoded bytes were taken for 200 kB`);
  await decoded.cancel();
  assert.equal(source.cancelled, 1);
  await fails(Promise.resolve(decoded.read(buffer)), 'ERROR_INTERNET_OPERATION_CANCELLED');
});

test('decodeBody refuses a bomb', async () => {
  const bomb = zlib.brotliCompressSync(Buffer.alloc(64 * 1024 * 1024));
  await fails(readAll(decodeBody(new Pieces(bomb, 4096), 'br'), 65_536), 'ERROR_INTERNET_DECODING_FAILED');
});
