import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { type FtpAct, startFtpFixture } from '../drivers/ftpFixture.ts';
import { connectFtp, failsInTime, failsWith, leavesNothingBehind, startEngine, until } from './engineFixture.ts';
import { portThatAcceptsNobody } from './portThatAcceptsNobody.ts';

leavesNothingBehind();

const BRIEF = 200;

test('InternetConnect for FTP fails with ERROR_INTERNET_TIMEOUT when a connection is not answered, and leaves no handle', {
  skip: process.platform === 'linux' ? false : 'other systems refuse where the queue is full',
}, async (t) => {
  const port = await portThatAcceptsNobody(t);
  const engine = await startEngine(t);
  await engine.wininet.InternetSetOption(engine.root, c.INTERNET_OPTION_CONNECT_TIMEOUT, BRIEF);
  const address = new URL(`ftp://127.0.0.1:${port}`);
  await failsInTime(connectFtp(engine, address), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  await failsInTime(engine.wininet.InternetOpenUrl(engine.root, address.href), 'ERROR_INTERNET_TIMEOUT', BRIEF);
  assert.equal(engine.journal.tree.byValue.size, 1);
});

/** Sends a part and breaks the data connection. */
const resetting: FtpAct = async (_, client) => {
  client.reply('150 Here it comes');
  const data = await client.data();
  data.write('some', () => setTimeout(() => data.resetAndDestroy(), 20));
  data.once('close', () => client.reply('426 Broken'));
};

test('InternetReadFile gives what came and then fails with ERROR_INTERNET_CONNECTION_RESET when the data connection is reset', async (t) => {
  const { engine, session } = await logOn(t, { RETR: resetting });
  const { wininet } = engine;
  const file = await wininet.FtpOpenFile(session, 'a', c.GENERIC_READ);
  const buffer = new Uint8Array(100);
  assert.equal(await wininet.InternetReadFile(file, buffer), 4);
  await failsWith(wininet.InternetReadFile(file, buffer), 'ERROR_INTERNET_CONNECTION_RESET');
  await wininet.InternetCloseHandle(file).catch(() => undefined);
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/pub', 'the session goes on');
});

test('FtpGetFile leaves an older file as it was when the data connection is reset', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'hinternet-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const local = join(folder, 'kept.bin');
  await writeFile(local, 'as before');
  const { engine, session } = await logOn(t, { RETR: resetting });
  await failsWith(engine.wininet.FtpGetFile(session, 'a', local), 'ERROR_INTERNET_CONNECTION_RESET');
  assert.equal(await readFile(local, 'utf8'), 'as before');
  assert.deepEqual(await readdir(folder), ['kept.bin']);
  assert.equal(await engine.wininet.FtpGetCurrentDirectory(session), '/pub');
});

test('FtpFindFirstFile fails with ERROR_INTERNET_CONNECTION_RESET when a listing is reset in the middle', async (t) => {
  const { engine, session } = await logOn(t, { LIST: resetting });
  await failsWith(engine.wininet.FtpFindFirstFile(session, null), 'ERROR_INTERNET_CONNECTION_RESET');
  assert.equal(engine.journal.tree.nodes.get(session.serial)?.state, 'idle');
});

test('FtpFindFirstFile fails when a listing is cut short, rather than show a part of the folder', async (t) => {
  const { engine, session } = await logOn(t, {
    LIST: async (_, client) => {
      client.reply('150 Here it comes');
      const data = await client.data();
      data.end('-rw-r--r-- 1 o g 3 Jan 02  2020 first\r\n');
      data.once('close', () => client.reply('451 Disk error'));
    },
  });
  await failsWith(engine.wininet.FtpFindFirstFile(session, null), 'ERROR_INTERNET_CONNECTION_ABORTED');
  assert.equal(await engine.wininet.InternetGetLastResponseInfo(), '451 Disk error');
});

async function logOn(t: TestContext, acts: Readonly<Record<string, FtpAct>>) {
  const server = await startFtpFixture(t, { acts });
  const engine = await startEngine(t);
  const address = new URL(`ftp://127.0.0.1:${server.port}`);
  const session = await connectFtp(engine, address, { flags: c.INTERNET_FLAG_PASSIVE });
  t.after(() => until(() => server.openControls() === 0));
  return { engine, session };
}
