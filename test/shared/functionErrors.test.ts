import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAUSES } from '../../extension/drivers/causeMap.ts';
import { errorsOf } from '../../extension/shared/functionErrors.ts';
import { type FunctionName, functionNames } from '../../extension/shared/hierarchy.ts';
import { NEVER_HERE, ONLY_HERE } from './errorDepartures.ts';
import reference from './referenceErrors.json' with { type: 'json' };

test('ERROR_* that a native cause becomes are each among the errors of a function', () => {
  const possible = new Set<string>(functionNames.flatMap(errorsOf));
  assert.deepEqual(
    CAUSES.filter(({ symbol }) => !possible.has(symbol)),
    [],
  );
});

test('ERROR_INVALID_HANDLE is among the errors of every function that uses a handle, and no error is there twice', () => {
  assert.ok(errorsOf('InternetCloseHandle').includes('ERROR_INVALID_HANDLE'));
  assert.ok(!errorsOf('InternetOpen').includes('ERROR_INVALID_HANDLE'));
  assert.ok(errorsOf('FtpOpenFile').includes('ERROR_FTP_TRANSFER_IN_PROGRESS'));
  for (const fn of functionNames) assert.equal(new Set(errorsOf(fn)).size, errorsOf(fn).length, fn);
});

test('ERROR_* of each function are those that the reference names for it, but for departures that each have a reason', () => {
  for (const [departures, from, other] of [
    [NEVER_HERE, named, errorsOf],
    [ONLY_HERE, errorsOf, named],
  ] as const) {
    const errorsFrom: (fn: FunctionName) => readonly string[] = from;
    const errorsOther: (fn: FunctionName) => readonly string[] = other;
    const expected = functionNames.flatMap((fn) =>
      errorsFrom(fn).flatMap((error) => (errorsOther(fn).includes(error) ? [] : [`${fn} ${error}`])),
    );
    const told = departures.flatMap(({ errors, functions }) =>
      functions.flatMap((fn) => errors.map((error) => `${fn} ${error}`)),
    );
    assert.deepEqual(told.toSorted(), expected.toSorted());
    for (const { reason } of departures) assert.match(reason, /^[A-Z].{10,}\.$/);
  }
});

test('ERROR_* of the reference are given for every function of the table', () => {
  assert.deepEqual(Object.keys(reference).toSorted(), functionNames.toSorted());
});

/** The errors that the reference names for a function. */
function named(fn: FunctionName): readonly string[] {
  return reference[fn];
}
