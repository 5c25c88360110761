import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distinctNames } from '../../../extension/shared/compare/distinctNames.ts';

test('distinctNames names two files by as little of their paths as tells them apart', () => {
  assert.deepEqual(distinctNames('/a/native.log', '/b/port.hintrace'), ['native.log', 'port.hintrace']);
  assert.deepEqual(distinctNames('/a/native/run.log', '/a/port/run.log'), ['native/run.log', 'port/run.log']);
  assert.deepEqual(distinctNames('C:\\old\\x\\run.log', 'C:\\new\\x\\run.log'), ['old/x/run.log', 'new/x/run.log']);
  assert.deepEqual(distinctNames('/run.log', '/a/run.log'), ['/run.log', 'a/run.log']);
  assert.deepEqual(distinctNames('run.log', 'a/run.log'), ['run.log', 'a/run.log']);
});

test('distinctNames calls one file that is compared with itself the same', () => {
  assert.deepEqual(distinctNames('/a/run.log', '/a/run.log'), ['run.log', 'run.log']);
});
