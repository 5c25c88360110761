import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
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
