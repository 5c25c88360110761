import { Readable } from 'node:stream';
import { repeatedBlock } from '../repeatedBlock.ts';
import type { FileContent } from './fileTree.ts';

const SLICE = 64 * 1024;

function* slices(bytes: Buffer, start: number): Generator<Buffer> {
  for (let position = start; position < bytes.length; position += SLICE) {
    yield bytes.subarray(position, position + SLICE);
  }
}

/** A content that lies in memory; `stored` is what it counts against the limit for uploads. */
export function bytesContent(bytes: Buffer, stored = 0): FileContent {
  return { size: bytes.length, stored, open: (start) => Readable.from(slices(bytes, start), { objectMode: false }) };
}

/** A content of any size that is made while it is read. */
export function repeatedContent(size: number): FileContent {
  return { size, stored: 0, open: (start) => repeatedBlock(start, size) };
}

/** A content whose reading fails after `intact` bytes, as from a failing disk. */
export function breakingContent(size: number, intact: number): FileContent {
  async function* read(start: number): AsyncGenerator<Buffer> {
    yield* repeatedBlock(start, Math.max(start, intact));
    throw new Error('The disk cannot be read here');
  }
  return { size, stored: 0, open: (start) => Readable.from(read(start), { objectMode: false }) };
}

/** A content that stops after `intact` bytes without coming to an end. */
export function stallingContent(size: number, intact: number): FileContent {
  const open = (start: number): Readable => {
    let rest = start < intact ? Buffer.alloc(intact - start, '.') : undefined;
    return new Readable({
      read() {
        const bytes = rest;
        rest = undefined;
        if (bytes) {
          this.push(bytes);
        }
      },
    });
  };
  return { size, stored: 0, open };
}
