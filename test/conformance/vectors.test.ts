import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playFolder } from './conformance.ts';

test('createWinInet answers every recorded case as a real WinINet did', async () => {
  const differing: string[] = [];
  let count = 0;
  for await (const { name, difference, advisory, deviation } of playFolder(import.meta.dirname)) {
    count += 1;
    if (difference !== null && !advisory && deviation === null) differing.push(`${name}: ${difference}`);
    if (difference === null && deviation !== null)
      differing.push(`${name} does not deviate: strike it from deviations.json`);
  }
  assert.ok(count > 1000, `${count} cases were found`);
  assert.deepEqual(differing, []);
});
