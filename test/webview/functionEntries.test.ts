import assert from 'node:assert/strict';
import { test } from 'node:test';
import { functionsUsing, handleKinds, refusal, statesOf } from '../../extension/shared/hierarchy.ts';
import type { HandleNode } from '../../extension/shared/model.ts';
import { functionEntries } from '../../webview/functionEntries.ts';
import { oneRequest } from './harness/scenes.ts';

function requestNode(): HandleNode {
  const { journal, request } = oneRequest();
  const node = journal.checkpoint().nodes.find(({ serial }) => serial === request);
  assert.ok(node !== undefined);
  return node;
}

test('functionEntries names each function of the table once, those for any handle last, for every kind and state', () => {
  const node = requestNode();
  for (const kind of handleKinds) {
    for (const state of statesOf(kind)) {
      const { own, any } = functionEntries({ ...node, kind, state });
      assert.deepEqual([...own, ...any].map(({ fn }) => fn).sort(), [...functionsUsing(kind)].sort());
      assert.equal(any.length, 5);
      for (const entry of own) assert.equal(entry.refusal?.symbol, refusal(entry.fn, kind, state));
    }
  }
});

test('functionEntries tells how the calls so far have fared', () => {
  const { own } = functionEntries(requestNode());
  const of = (name: string) => own.find(({ fn }) => fn === name);
  assert.deepEqual(of('HttpQueryInfo')?.tally, { count: 2, totalMicroseconds: 40, lastError: null, lastResult: true });
  assert.equal(of('HttpEndRequest')?.tally?.lastError, 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
  assert.equal(of('HttpEndRequest')?.refusal?.code, 12019);
  assert.equal(of('InternetReadFile')?.refusal, undefined);
});
