import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { Fixtures } from './fixtures.ts';

const RAW = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const HTTP = {
  routes: [
    { path: '/kept', responses: [{ raw: RAW, close: false }] },
    { path: '/ended', responses: [{ raw: RAW }] },
  ],
};
const FTP = {
  users: { anonymous: { password: null }, blind: { password: null, quirks: ['nolist'] } },
  replies: { 150: '150 Go', 213: '213 {0}', 226: '226 Done', 227: '227 ({0},{1})', 550: '550 {0}: missing' },
  listFormat: '{kind}{perms} {size} {mtime} {name}',
  tree: { '/': { type: 'dir' }, '/huge.bin': { type: 'file', text: 'x', size: 5_000_000_000, mtime: 'Jan 05  2012' } },
};

test('HttpFixture keeps the connection after raw bytes only where close is false', async (t) => {
  const fixtures = await start(t);
  const asked = ['/kept', '/kept', '/ended', '/kept'].map((one) => `GET ${one} HTTP/1.1\r\n\r\n`);
  assert.equal(await converse(fixtures, '{{http.port}}', asked.join('')), RAW.repeat(3));
});

test('FtpFixture tells the size that its tree gives a file, and NLST names what LIST lists', async (t) => {
  const fixtures = await start(t);
  const lines = (user: string) => `USER ${user}\r\nPASS x\r\nSIZE huge.bin\r\nLIST no\r\nQUIT\r\n`;
  assert.match(
    await converse(fixtures, '{{ftp.port}}', lines('anonymous')),
    /\r\n213 5000000000\r\n550 no: missing\r\n221\r\n$/,
  );
  for (const [user, command, wanted] of [
    ['anonymous', 'LIST', '-rw-r--r-- 5000000000 Jan 05  2012 huge.bin\r\n'],
    ['anonymous', 'NLST', 'huge.bin\r\n'],
    ['anonymous', 'NLST *.bin', 'huge.bin\r\n'],
    ['anonymous', 'NLST huge.bin', 'huge.bin\r\n'],
    ['blind', 'NLST', 'huge.bin\r\n'],
    ['blind', 'LIST', null],
  ] as const) {
    assert.equal(await listed(fixtures, user, command), wanted, `${user} ${command}`);
  }
});

async function start(t: TestContext): Promise<Fixtures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fixtures-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(path.join(folder, 'servers'));
  writeFileSync(path.join(folder, 'servers', 'http.json'), JSON.stringify(HTTP));
  writeFileSync(path.join(folder, 'servers', 'ftp.json'), JSON.stringify(FTP));
  const fixtures = new Fixtures(folder);
  await fixtures.start();
  t.after(() => fixtures.stop());
  return fixtures;
}

/** Everything that a server answers to these bytes until it hangs up. */
async function converse(fixtures: Fixtures, port: string, bytes: string): Promise<string> {
  const socket = connect(Number(fixtures.substitute(port)), '127.0.0.1');
  socket.write(bytes);
  let answer = '';
  for await (const piece of socket as AsyncIterable<Buffer>) answer += piece.toString('latin1');
  return answer;
}

/** What comes over the data connection of a command; null where it is refused. */
async function listed(fixtures: Fixtures, user: string, command: string): Promise<string | null> {
  const control = connect(Number(fixtures.substitute('{{ftp.port}}')), '127.0.0.1');
  control.write(`USER ${user}\r\nPASS x\r\nPASV\r\n`);
  let [answer, listing] = ['', ''];
  for await (const piece of control as AsyncIterable<Buffer>) {
    answer += piece.toString('latin1');
    const [, high, low] = /227 \((\d+),(\d+)\)/.exec(answer) ?? [];
    if (high === undefined || low === undefined) continue;
    const data = connect(Number(high) * 256 + Number(low), '127.0.0.1');
    data.on('data', (bytes) => {
      listing += bytes.toString('latin1');
    });
    // A data connection that nobody wants is dropped.
    data.on('error', () => undefined);
    const over = new Promise((resolve) => data.on('close', resolve));
    control.write(`${command}\r\nQUIT\r\n`);
    await over;
    break;
  }
  control.destroy();
  return listing === '' ? null : listing;
}
