import assert from 'node:assert/strict';
import { test } from 'node:test';
import { functionNames, functionRow } from '../../extension/shared/hierarchy.ts';
import { entryPoint, innerFtpFunction, isInWineLog, isNamedByWork } from '../../extension/shared/wineEntryPoints.ts';

test('isInWineLog says of every function whether a line of the log can name it, as the reader of logs finds it', () => {
  for (const fn of functionNames) {
    const named = entryPoint(`${fn}W`) !== null || entryPoint(fn) !== null;
    assert.equal(isInWineLog(fn), named || innerFtpFunction(`FTP_${fn}W`) !== null, fn);
    assert.equal(isNamedByWork(fn), !named && functionRow(fn).family === 'ftp', fn);
  }
});

test('isNamedByWork knows the FTP functions that have no line of their own', () => {
  assert.deepEqual(functionNames.filter(isNamedByWork).toSorted(), [
    'FtpCreateDirectory',
    'FtpDeleteFile',
    'FtpFindFirstFile',
    'FtpGetFile',
    'FtpPutFile',
    'FtpRemoveDirectory',
    'FtpRenameFile',
    'FtpSetCurrentDirectory',
  ]);
});
