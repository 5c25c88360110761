import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { createSpoolFile } from '../../extension/drivers/spoolFile.ts';
import { DriverFailure } from '../../extension/wininet/ports/driver.ts';

test('createSpoolFile keeps bytes at their places, for this user only, and leaves nothing when it is closed', (t) => {
  const parent = scratch(t);
  const file = createSpoolFile('txt', parent);
  assert.equal(path.basename(file.path), 'body.txt');
  file.append(Buffer.from('hello '));
  file.append(Buffer.from('world'));
  const [folder] = readdirSync(parent);
  assert.ok(folder !== undefined);
  if (process.platform !== 'win32') assert.equal(statSync(path.join(parent, folder)).mode & 0o077, 0);
  const into = Buffer.alloc(10);
  assert.equal(file.read(6, into), 5);
  assert.equal(into.subarray(0, 5).toString(), 'world');
  assert.equal(readFileSync(file.path, 'utf8'), 'hello world');
  file.close();
  file.close();
  assert.deepEqual(readdirSync(parent), []);
});

test('createSpoolFile fails with ERROR_DISK_FULL where no folder can be made', (t) => {
  const occupied = path.join(scratch(t), 'occupied');
  writeFileSync(occupied, '');
  assert.throws(
    () => createSpoolFile('tmp', occupied),
    (error) => error instanceof DriverFailure && error.symbol === 'ERROR_DISK_FULL',
  );
});

function scratch(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'spool-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
