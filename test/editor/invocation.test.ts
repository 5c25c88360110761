import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { readAnswers, readInvocation } from '../../extension/editor/invocation.ts';

test('readInvocation finds no handle and no answers in a call from the palette', () => {
  assert.deepEqual(readInvocation([]), { target: undefined, args: undefined });
});

test('readInvocation takes the serial that a tree passes and leaves the selection alone', () => {
  assert.deepEqual(readInvocation([7, [7, 8]]), { target: 7, args: undefined });
});

test('readInvocation takes what a button of an editor passes for no answers', () => {
  const file = new URL('file:///trace.hintrace');
  assert.deepEqual(readInvocation([file, { groupId: 1 }]), { target: undefined, args: undefined });
});

test('readInvocation takes the serial from the context of a menu', () => {
  assert.deepEqual(readInvocation([{ webview: 'hinternet.graph', serial: 3 }]), { target: 3, args: undefined });
});

test('readInvocation takes answers alone, or after a serial', () => {
  const answers = { url: 'http://a/' };
  assert.deepEqual(readInvocation([answers]), { target: undefined, args: answers });
  assert.deepEqual(readInvocation([4, answers]), { target: 4, args: answers });
});

test('readInvocation takes the handle from the answers', () => {
  assert.deepEqual(readInvocation([{ handle: 5 }]), { target: 5, args: { handle: 5 } });
});

const schema = v.strictObject({ url: v.string(), times: v.optional(v.number(), 1) });

test('readAnswers fills in defaults', () => {
  assert.deepEqual(readAnswers(schema, { url: 'x' }), { url: 'x', times: 1 });
  assert.equal(readAnswers(schema, undefined), undefined);
});

test('readAnswers names the field that is wrong', () => {
  assert.throws(() => readAnswers(schema, { url: 1 }), /^TypeError: url: /);
  assert.throws(() => readAnswers(schema, { url: 'x', tims: 2 }), /^TypeError: tims: /);
});
