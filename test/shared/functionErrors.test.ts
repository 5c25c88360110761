import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAUSES } from '../../extension/drivers/causeMap.ts';
import { errorsOf } from '../../extension/shared/functionErrors.ts';
import { functionNames } from '../../extension/shared/hierarchy.ts';

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
