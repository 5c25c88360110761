import { Readable } from 'node:stream';

/** Length in bytes of the block that large contents repeat. */
export const BLOCK_LENGTH = 64 * 1024;

const LINE_LENGTH = 64;

function makeBlock(): Buffer {
  const lines: string[] = [];
  for (let line = 0; line < BLOCK_LENGTH / LINE_LENGTH; line += 1) {
    const text = `Line ${String(line).padStart(4, '0')} of a block of 64 KiB that repeats to the end`;
    lines.push(`${text.padEnd(LINE_LENGTH - 1, '.')}\n`);
  }
  return Buffer.from(lines.join(''), 'latin1');
}

const block = makeBlock();

function* slices(start: number, end: number): Generator<Buffer> {
  let position = start;
  while (position < end) {
    const from = position % BLOCK_LENGTH;
    const to = Math.min(BLOCK_LENGTH, from + (end - position));
    yield block.subarray(from, to);
    position += to - from;
  }
}

/**
 * The bytes `start` (included) to `end` (excluded) of an endless file that repeats one readable block.
 * They are made as fast as they are read and never held: any size costs the same memory.
 */
export function repeatedBlock(start: number, end: number): Readable {
  return Readable.from(slices(start, end), { objectMode: false, highWaterMark: BLOCK_LENGTH });
}
