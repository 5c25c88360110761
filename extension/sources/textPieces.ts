import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Long texts in pieces: one text alone cannot have more than about 512 million characters, and a trace may. */

const PIECE_BYTES = 1024 * 1024;

/** The text of a file, UTF-8, in pieces that may be cut anywhere. Fails as reading the file does. */
export function readTextFile(path: string): AsyncIterable<string> {
  return createReadStream(path, { encoding: 'utf8', highWaterMark: PIECE_BYTES });
}

/** The text of bytes, UTF-8, in pieces. */
export async function* decodeInPieces(bytes: Uint8Array): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true });
  }
  yield decoder.decode();
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
