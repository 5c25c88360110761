import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { decodeInPieces, encodeInPieces, readTextFile, writeTextFile } from '../../extension/sources/textPieces.ts';

/** Longer than one piece, and cut within a character wherever a piece ends. */
const LINE = `${'ä€😀'.repeat(1001)}\n`;
const PARTS = Array.from({ length: 400 }, () => LINE);

function scratch(t: TestContext): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pieces-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return path.join(folder, 'long.txt');
}

async function piecesOf(text: AsyncIterable<string>): Promise<readonly string[]> {
  const pieces: string[] = [];
  for await (const piece of text) pieces.push(piece);
  return pieces;
}

test('writeTextFile and readTextFile move a long text in pieces, whole characters in each', async (t) => {
  const file = scratch(t);
  await writeTextFile(file, PARTS);
  assert.equal(readFileSync(file, 'utf8'), PARTS.join(''));
  const pieces = await piecesOf(readTextFile(file));
  assert.ok(pieces.length > 2);
  assert.equal(pieces.join(''), PARTS.join(''));
  await writeTextFile(file, []);
  assert.deepEqual(await piecesOf(readTextFile(file)), []);
});

test('readTextFile and writeTextFile fail where the file cannot be had', async (t) => {
  const file = path.join(scratch(t), 'nowhere');
  await assert.rejects(piecesOf(readTextFile(file)), { code: 'ENOENT' });
  await assert.rejects(writeTextFile(file, PARTS), { code: 'ENOENT' });
});

test('decodeInPieces takes back what encodeInPieces makes', async () => {
  const encoded = [...encodeInPieces(PARTS)];
  assert.ok(encoded.length > 1);
  const pieces = await piecesOf(decodeInPieces(Buffer.concat(encoded)));
  assert.ok(pieces.length > 2);
  assert.equal(pieces.join(''), PARTS.join(''));
});

for (const [what, packed] of Object.entries({ 'as it is': (bytes: Buffer) => bytes, 'packed by gzip': gzipSync })) {
  test(`readTextFile and decodeInPieces read UTF-8 and UTF-16 ${what}`, async (t) => {
    const file = scratch(t);
    const text = PARTS.join('');
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), little, Buffer.from(little).swap16()]) {
      writeFileSync(file, packed(bytes));
      assert.equal((await piecesOf(readTextFile(file))).join(''), text);
      assert.equal((await piecesOf(decodeInPieces(packed(bytes)))).join(''), text);
    }
  });
}

test('readTextFile fails where what is packed is damaged, with the text up to there', async (t) => {
  const file = scratch(t);
  const packed = gzipSync(randomBytes(3_000_000).toString('latin1'));
  writeFileSync(file, packed.subarray(0, packed.length / 2));
  const pieces: string[] = [];
  await assert.rejects(
    async () => {
      for await (const piece of readTextFile(file)) pieces.push(piece);
    },
    { code: 'Z_BUF_ERROR' },
  );
  assert.ok(pieces.length > 0);
});
