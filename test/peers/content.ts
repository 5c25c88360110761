import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { writeScratch } from './scratch.ts';

/** The small files that every file-serving peer serves, by path below its root. */
export const contentFiles = {
  'hello.txt': Buffer.from('Hello from a plain file.\nSecond line, with ümläuts and 漢字.\n'),
  'page.html': Buffer.from(longPage()),
  'bytes.bin': Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 167 + (index >> 8)) & 0xff)),
  'empty.dat': Buffer.alloc(0),
  'name with space.txt': Buffer.from('A name with spaces.\n'),
  'nested/deep/note.txt': Buffer.from('Three folders down.\n'),
} as const;

/** A file too large to be held in memory without being noticed. */
export interface LargeFile {
  readonly name: 'large.bin';
  readonly bytes: number;
  /** Hexadecimal SHA-256 of its content. */
  readonly sha256: string;
}

const block = 1024 * 1024;

/** Writes the small files, and `large.bin` of that many MiB when asked for, below `folder`. */
export function writeContent(folder: string, largeMebibytes: number): LargeFile {
  for (const [name, bytes] of Object.entries(contentFiles)) {
    writeScratch(folder, name, bytes);
  }
  return writeLargeFile(folder, largeMebibytes);
}

function writeLargeFile(folder: string, mebibytes: number): LargeFile {
  const pattern = Buffer.from(Array.from({ length: block }, (_, index) => (index * 31 + (index >> 11)) & 0xff));
  const hash = createHash('sha256');
  const file = openSync(join(folder, 'large.bin'), 'w', 0o644);
  for (let index = 0; index < mebibytes; index += 1) {
    pattern.writeUInt32BE(index, 0); // no two blocks are alike, so a swapped or repeated one shows
    hash.update(pattern);
    writeSync(file, pattern);
  }
  closeSync(file);
  return { name: 'large.bin', bytes: mebibytes * block, sha256: hash.digest('hex') };
}

function longPage(): string {
  const rows = Array.from({ length: 400 }, (_, index) => `    <li><a href="hello.txt">Row ${index}</a></li>`);
  return `<!DOCTYPE html>\n<html lang="en">\n  <title>A page worth compressing</title>\n  <ul>\n${rows.join('\n')}\n  </ul>\n</html>\n`;
}
