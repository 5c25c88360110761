import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { playFolder } from './conformance.ts';

test('createWinInet answers every recorded case as a real WinINet did', async () => {
  const { differing, count } = await play(import.meta.dirname);
  assert.ok(count > 1000, `${count} cases were found`);
  assert.deepEqual(differing, []);
});

test('createWinInet answers the URLs, headers, ends of connections, bodies, passwords and FTP sessions that were recorded later as a real WinINet did', async () => {
  const { differing, count } = await play(path.join(import.meta.dirname, 'recorded'));
  assert.ok(count > 200, `${count} cases were found`);
  assert.deepEqual(differing, []);
});

async function play(folder: string): Promise<{ differing: readonly string[]; count: number }> {
  const differing: string[] = [];
  let count = 0;
  for await (const { name, difference, advisory, deviation } of playFolder(folder)) {
    count += 1;
    if (difference !== null && !advisory && deviation === null) differing.push(`${name}: ${difference}`);
    if (difference === null && deviation !== null)
      differing.push(`${name} does not deviate: strike it from deviations.json`);
  }
  return { differing, count };
}
