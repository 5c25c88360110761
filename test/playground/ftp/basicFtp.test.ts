import assert from 'node:assert/strict';
import { PassThrough, Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { Client, FTPError } from 'basic-ftp';
import { withFtpServer } from './withFtpServer.ts';

const server = withFtpServer();

async function login(user = 'anonymous', password = 'me@example.com'): Promise<Client> {
  const client = new Client(10_000);
  await client.access({ host: '127.0.0.1', port: Number(server().url.port), user, password });
  return client;
}

async function download(client: Client, path: string, start = 0): Promise<Buffer> {
  const sink = new PassThrough();
  const [bytes] = await Promise.all([buffer(sink), client.downloadTo(sink, path, start)]);
  return bytes;
}

test('startFtpServer serves basic-ftp: listing, download, upload, rename and removal', async () => {
  const client = await login('ada', 'lovelace');
  assert.equal((await client.list('/many')).length, 3000);
  assert.deepEqual([...(await download(client, '/binary.bin'))], [...Array(256).keys()]);
  assert.equal((await download(client, '/binary.bin', 250)).length, 6);
  await client.ensureDir('/incoming/one/two');
  await client.uploadFrom(Readable.from(['hello']), 'naïve 日本語.txt');
  await client.appendFrom(Readable.from([' again']), 'naïve 日本語.txt');
  await client.rename('naïve 日本語.txt', 'b.txt');
  assert.equal((await download(client, 'b.txt')).toString(), 'hello again');
  assert.equal(await client.size('b.txt'), 11);
  assert.ok(Date.now() - (await client.lastMod('b.txt')).getTime() < 60_000);
  await client.removeDir('/incoming/one');
  assert.deepEqual(
    (await client.list('/incoming')).map(({ name }) => name),
    [],
  );
  client.close();
});

test('startFtpServer gives every odd name to basic-ftp by MLSD and by LIST, and its file by that name', async () => {
  const client = await login();
  const names = (await client.list('/names')).map(({ name }) => name);
  assert.equal(names.length, 18);
  assert.ok(names.includes('naïve café.txt') && names.includes('🌍 emoji.txt') && names.includes('trailing space '));
  for (const name of names) {
    assert.ok((await download(client, `/names/${name}`)).length > 0, name);
  }
  client.availableListCommands = ['LIST -a', 'LIST'];
  const listed = await client.list('/names');
  // The parser for Unix listings drops spaces around names; nothing else may differ.
  assert.deepEqual(listed.map(({ name }) => name.trim()).sort(), names.map((name) => name.trim()).sort());
  client.close();
});

test('startFtpServer refuses wrong passwords and closed folders with the codes basic-ftp reports', async () => {
  const code = (expected: number) => (error: unknown) => error instanceof FTPError && error.code === expected;
  await assert.rejects(login('ada', 'wrong'), code(530));
  const client = await login();
  await assert.rejects(client.cd('/private'), code(550));
  await assert.rejects(client.uploadFrom(Readable.from(['x']), '/readonly/x'), code(553));
  await assert.rejects(download(client, '/secret.txt'), code(550));
  client.close();
});

test('startFtpServer streams 1 GiB without growing memory by more than 64 MiB', { timeout: 120_000 }, async () => {
  const client = await login();
  let received = 0;
  let before = 0;
  let most = 0;
  const sink = new Writable({
    write(part: Buffer, _encoding, done) {
      before ||= received > 128 * 1024 ** 2 ? process.memoryUsage.rss() : 0;
      received += part.length;
      most = before ? Math.max(most, process.memoryUsage.rss()) : 0;
      done();
    },
  });
  await client.downloadTo(sink, '/large.bin');
  assert.equal(received, 1024 ** 3);
  assert.ok(most - before < 64 * 1024 ** 2, `grew by ${most - before} bytes`);
  client.close();
});

test('startFtpServer holds many sessions at the same time', async () => {
  const clients = await Promise.all(Array.from({ length: 40 }, () => login()));
  const lists = await Promise.all(clients.map((client) => client.list('/pub')));
  assert.ok(lists.every((list) => list.length === 5));
  for (const client of clients) {
    client.close();
  }
});
