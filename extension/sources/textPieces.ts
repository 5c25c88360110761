import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline as connect, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';

/**
 * Long texts in pieces: one text alone cannot have more than about 512 million characters, and a trace may. A text that is read is
 * UTF-8, or UTF-16 behind a byte order mark, as Windows' shell writes what programs print; it may be packed by gzip.
 */

const PIECE_BYTES = 1024 * 1024;

/** The text of a file in pieces that may be cut anywhere. Fails as reading the file does, or where what is packed is damaged. */
export function readTextFile(path: string): AsyncIterable<string> {
  return decode(createReadStream(path, { highWaterMark: PIECE_BYTES }));
}

/** The text of bytes, in pieces. Fails where what is packed is damaged. */
export function decodeInPieces(bytes: Uint8Array): AsyncIterable<string> {
  return decode(cutBytes(bytes));
}

/** The text of bytes that come from elsewhere, as through a pipe. Fails as that does, or where what is packed is damaged. */
export function decodeStream(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  return decode(bytes);
}

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

function* cutBytes(bytes: Uint8Array): Generator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

async function* decode(bytes: Bytes): AsyncGenerator<string, void> {
  let decoder: TextDecoder | null = null;
  for await (const piece of unpack(bytes)) {
    decoder ??= new TextDecoder(encodingOf(piece));
    yield decoder.decode(piece, { stream: true });
  }
  if (decoder !== null) yield decoder.decode();
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** The bytes, unpacked where gzip has packed them. */
async function* unpack(bytes: Bytes): AsyncGenerator<Uint8Array, void> {
  const rest = Readable.from(bytes)[Symbol.asyncIterator]();
  const { value: first }: IteratorResult<Uint8Array, undefined> = await rest.next();
  if (first === undefined) return;
  const all = async function* (): AsyncGenerator<Uint8Array, void> {
    yield first;
    yield* { [Symbol.asyncIterator]: () => rest };
  };
  const isPacked = first[0] === 0x1f && first[1] === 0x8b;
  // What goes wrong with the packed bytes is told to whoever reads the unpacked ones.
  yield* isPacked ? connect(all(), createGunzip({ chunkSize: PIECE_BYTES }), () => undefined) : all();
}

/** Writes parts of a text, one after the other, to a file, in place of what is there. Fails as writing the file does. */
export async function writeTextFile(path: string, parts: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(encodeInPieces(parts), { objectMode: true }), createWriteStream(path));
}

/** Parts of a text as bytes, UTF-8, in pieces that are worth a write of their own. */
export function* encodeInPieces(parts: Iterable<string>): Generator<Uint8Array, void> {
  let waiting: string[] = [];
  let length = 0;
  for (const part of parts) {
    waiting.push(part);
    length += part.length;
    if (length < PIECE_BYTES) continue;
    yield Buffer.from(waiting.join(''));
    [waiting, length] = [[], 0];
  }
  if (length > 0) yield Buffer.from(waiting.join(''));
}
