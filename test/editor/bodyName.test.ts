import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyName } from '../../extension/editor/bodyName.ts';

const CASES: readonly (readonly [target: string, name: string])[] = [
  ['GET http://127.0.0.1:80/a/data.json?x=/y', 'data.json'],
  ['GET http://127.0.0.1:80/', 'index'],
  ['GET http://127.0.0.1:80', 'index'],
  ['ftp://host/pub/', 'pub'],
  ['pub/notes.txt', 'notes.txt'],
  ['ftp://host/a%2Fb.txt', 'a_b.txt'],
  ['..\\..\\evil', '.._.._evil'],
];

for (const [target, name] of CASES) {
  test(`bodyName of ${target} is ${name}`, () => {
    assert.equal(bodyName(target), name);
  });
}
