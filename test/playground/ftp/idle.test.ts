import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RawControl, readAll } from './rawControl.ts';
import { withFtpServer } from './withFtpServer.ts';

const server = withFtpServer({ idleLimit: 200, uploadLimit: 100_000 });

test('startFtpServer ends a silent session with 421', async () => {
  const control = await RawControl.login(server().url);
  assert.match(await control.reply(), /^421 /);
});

test('startFtpServer breaks a transfer that nobody reads or feeds', async () => {
  const control = await RawControl.login(server().url);
  const data = await control.passive();
  assert.match(await control.ask('RETR /faults/stalls.bin'), /^150 /);
  assert.match(await control.reply(), /^426 /);
  data.destroy();
  control.socket.destroy();
});

test('Upload is refused with 552 beyond the limit and leaves neither a file nor its memory', async () => {
  const control = await RawControl.login(server().url);
  const data = await control.passive();
  assert.match(await control.ask('STOR /incoming/huge.bin'), /^150 /);
  data.end(Buffer.alloc(200_000));
  assert.match(await control.reply(), /^552 /);
  assert.match(await control.ask('SIZE /incoming/huge.bin'), /^550 /);
  assert.equal(server().stored(), 0);
  const smaller = await control.passive();
  smaller.end(Buffer.alloc(90_000));
  assert.match(await control.ask('STOR /incoming/fits.bin'), /^150 /);
  assert.match(await control.reply(), /^226 /);
  assert.equal(server().stored(), 90_000);
  assert.match(await control.ask('DELE /incoming/fits.bin'), /^250 /);
  assert.equal(server().stored(), 0);
  control.socket.destroy();
  await readAll(control.socket);
});
