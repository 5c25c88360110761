import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stretches } from '../../../webview/comparison/stretches.ts';

function rows(count: number, ...parted: readonly number[]): boolean[] {
  return Array.from({ length: count }, (_, row) => parted.includes(row));
}

test('stretches folds what is far from a difference, and keeps three rows around each', () => {
  assert.deepEqual(stretches(rows(40, 10, 12, 39)), [
    { from: 0, to: 7, folded: true },
    { from: 7, to: 16, folded: false },
    { from: 16, to: 36, folded: true },
    { from: 36, to: 40, folded: false },
  ]);
});

test('stretches folds no short stretch, and nothing where nothing differs', () => {
  assert.deepEqual(stretches(rows(12, 0, 11)), [
    { from: 0, to: 4, folded: false },
    { from: 4, to: 8, folded: false },
    { from: 8, to: 12, folded: false },
  ]);
  assert.deepEqual(stretches(rows(30)), [{ from: 0, to: 30, folded: false }]);
  assert.deepEqual(stretches([]), []);
});
