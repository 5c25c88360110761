import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { formatAddress, parseAddress } from '../../extension/shared/watchProtocol.ts';
import { leaveAddress, ownAddress } from '../../extension/sources/watchAddress.ts';

const WINDOWS = process.platform === 'win32';

test('ownAddress takes the address from before again, which terminals know, also after its window was killed', async () => {
  const first = await ownAddress(null);
  assert.deepEqual(parseAddress(formatAddress(first)), first);
  assert.deepEqual(await ownAddress(first), first);
  leaveAddress(first);
  assert.equal(existsSync(path.dirname(first.path)), false);
  assert.deepEqual(await ownAddress(first), first);
  leaveAddress(first);
});

test('ownAddress takes another address while a window listens at the one from before', async () => {
  const first = await ownAddress(null);
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(first.path, resolve));
  const second = await ownAddress(first);
  assert.notEqual(second.path, first.path);
  assert.notEqual(second.secret, first.secret);
  await new Promise((resolve) => server.close(resolve));
  for (const address of [first, second]) leaveAddress(address);
});

test('ownAddress takes no folder that others may enter, nor one of another form', { skip: WINDOWS }, async () => {
  const first = await ownAddress(null);
  chmodSync(path.dirname(first.path), 0o755);
  const second = await ownAddress(first);
  assert.notEqual(second.path, first.path);
  const elsewhere = { ...first, path: path.join(process.cwd(), 'test', 'watch.sock') };
  const third = await ownAddress(elsewhere);
  assert.notEqual(third.path, elsewhere.path);
  for (const address of [first, second, third]) leaveAddress(address);
});

test('ownAddress takes another folder where the one for temporary files is missing, or too deep for a socket', {
  skip: WINDOWS,
}, async (t) => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'address-'));
  const deep = path.join(scratch, 'tiefe Ordner-ä'.repeat(6));
  const runtime = path.join(scratch, 'run');
  for (const folder of [deep, runtime]) mkdirSync(folder);
  const file = path.join(scratch, 'file');
  writeFileSync(file, '');
  const { TMPDIR } = process.env;
  t.after(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    rmSync(scratch, { recursive: true });
  });
  const listens = async (address: { path: string }): Promise<void> => {
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(address.path, resolve));
    await new Promise((resolve) => server.close(resolve));
  };
  for (const temporary of [deep, path.join(file, 'tmp')]) {
    process.env.TMPDIR = temporary;
    const address = await ownAddress(null, { XDG_RUNTIME_DIR: runtime });
    await listens(address);
    assert.deepEqual(await ownAddress(address, { XDG_RUNTIME_DIR: runtime }), address, 'after a reload as well');
    leaveAddress(address);
    const without = await ownAddress(null, { XDG_RUNTIME_DIR: deep });
    await listens(without);
    leaveAddress(without);
  }
});

test('parseAddress reads nothing but an address', () => {
  for (const value of [undefined, '', '/tmp/x', `${'0'.repeat(31)}:/x`, `${'0'.repeat(32)}:`]) {
    assert.equal(parseAddress(value), null);
  }
});
