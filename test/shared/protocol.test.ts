import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { functionNames } from '../../extension/shared/hierarchy.ts';
import { parseViewMessage, VIEW_ACTIONS, type ViewMessage } from '../../extension/shared/protocol.ts';

const anySerial = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const anySavedFilter = fc.record(
  {
    name: fc.string({ minLength: 1, maxLength: 60 }).filter((name) => name !== '' && name === name.trim()),
    text: fc.string({ maxLength: 500 }),
  },
  { noNullPrototype: true },
);
const anyMessage: fc.Arbitrary<ViewMessage> = fc.oneof(
  fc.constant({ type: 'ready' } as const),
  fc.record({ type: fc.constant('select' as const), serial: fc.option(anySerial) }, { noNullPrototype: true }),
  fc.record(
    { type: fc.constant('call' as const), serial: anySerial, fn: fc.constantFrom(...functionNames) },
    { noNullPrototype: true },
  ),
  fc.record({ type: fc.constant('copyValue' as const), serial: anySerial }, { noNullPrototype: true }),
  fc.record({ type: fc.constant('filter' as const), text: fc.string({ maxLength: 500 }) }, { noNullPrototype: true }),
  fc.record(
    { type: fc.constant('saveFilters' as const), filters: fc.array(anySavedFilter, { maxLength: 50 }) },
    { noNullPrototype: true },
  ),
  fc.record(
    { type: fc.constant('action' as const), action: fc.constantFrom(...VIEW_ACTIONS) },
    { noNullPrototype: true },
  ),
);

test('parseViewMessage passes every message that the view may send, as it is', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      assert.deepEqual(parseViewMessage(message), { ok: true, message });
    }),
  );
});

test('parseViewMessage drops members that no message has', () => {
  const result = parseViewMessage({ type: 'ready', command: 'workbench.action.quit' });
  assert.deepEqual(result, { ok: true, message: { type: 'ready' } });
});

test('parseViewMessage refuses what is no message and says what is wrong', () => {
  const junk: readonly unknown[] = [
    null,
    undefined,
    1,
    'ready',
    [],
    {},
    { type: 'run' },
    { type: 'select' },
    { type: 'select', serial: 0 },
    { type: 'select', serial: 1.5 },
    { type: 'select', serial: Number.NaN },
    { type: 'call', serial: 1, fn: 'toString' },
    { type: 'call', serial: 1, fn: '__proto__' },
    { type: 'call', fn: 'InternetOpen' },
    { type: 'copyValue', serial: '1' },
    { type: 'action', action: 'deleteEverything' },
  ];
  for (const one of junk) {
    const result = parseViewMessage(one);
    assert.ok(!result.ok && result.problem.length > 0, JSON.stringify(one));
  }
});

test('parseViewMessage never throws, whatever it is given', () => {
  fc.assert(fc.property(fc.anything(), (data) => typeof parseViewMessage(data).ok === 'boolean'));
});
