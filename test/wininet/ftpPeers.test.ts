import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { type AbsentPeer, withPeer } from '../peers/peer.ts';
import { type ProftpdPeer, startProftpd } from '../peers/proftpd.ts';
import { startVsftpd, type VsftpdPeer } from '../peers/vsftpd.ts';
import { completion, startAsynchronousEngine } from './asynchronousFixture.ts';
import {
  connectFtp,
  type Engine,
  failsWith,
  leavesNothingBehind,
  pause,
  readAll,
  startEngine,
} from './engineFixture.ts';
import { list } from './ftpListing.ts';

leavesNothingBehind();

const MODES = [
  ['active', 0],
  ['passive', c.INTERNET_FLAG_PASSIVE],
] as const;

test('FtpFindFirstFile, FtpOpenFile and the rest work with vsftpd', async (t) => {
  await withPeer(t, startVsftpd, async ({ urls, large }) => {
    for (const [, flags] of MODES) {
      const engine = await startEngine(t);
      const session = await connectFtp(engine, new URL(urls.ftp), { flags });
      await tour(engine, session, 'incoming/', large.bytes);
    }
  });
});

test('FtpFindFirstFile, FtpOpenFile and the rest work with ProFTPD', async (t) => {
  await withPeer(t, startProftpd, async (peer) => {
    const { user, password } = 'account' in peer ? peer.account : { user: null, password: null };
    for (const [, flags] of MODES) {
      const engine = await startEngine(t);
      const session = await connectFtp(engine, new URL(peer.urls.ftp), { flags, user, password });
      await tour(engine, session, '', null);
    }
  });
});

for (const [name, start] of [
  ['vsftpd', startVsftpd],
  ['ProFTPD', startProftpd],
] as const) {
  for (const [mode, flags] of MODES) {
    test(`FtpGetFile of an asynchronous root pends with ${name} over IPv6, ${mode}, and ends or is cancelled whole`, async (t) => {
      const folder = await mkdtemp(join(tmpdir(), 'hinternet-'));
      t.after(() => rm(folder, { recursive: true, force: true }));
      await withPeer(
        t,
        (): Promise<VsftpdPeer | ProftpdPeer | AbsentPeer> => start('::1'),
        async (peer) => {
          const logon = 'account' in peer ? peer.account : {};
          const engine = await startAsynchronousEngine(t);
          const { wininet, told, complete } = engine;
          const server = new URL(peer.urls.ftp);
          const session = await complete(1, connectFtp(engine, server, { ...logon, flags, context: 1 }));
          const get = (as: string, context: number) =>
            wininet.FtpGetFile(session, 'large.bin', join(folder, as), false, 0, 0, context);
          await complete(2, get('whole', 2));
          assert.equal((await stat(join(folder, 'whole'))).size, peer.large.bytes);
          await failsWith(get('part', 3), 'ERROR_IO_PENDING');
          await wininet.InternetCloseHandle(session);
          const ends = told.filter(({ context }) => context === 3).map((one) => completion(one)?.dwError);
          assert.deepEqual(ends, [12017]);
          assert.equal(told.at(-1)?.status, c.INTERNET_STATUS_HANDLE_CLOSING);
          // The file may only be made when the call has been given up already; it has to go all the same.
          for (let [tries, quiet] = [0, 0]; tries < 200 && quiet < 20; tries += 1) {
            quiet = (await readdir(folder)).length > 1 ? 0 : quiet + 1;
            await pause(10);
          }
          assert.deepEqual(await readdir(folder), ['whole']);
        },
      );
    });
  }
}

/** What every server has to stand: listing, reading, writing, renaming, removing. */
async function tour(engine: Engine, session: HINTERNET<'ftp-connect'>, writable: string, large: number | null) {
  const { wininet } = engine;
  const names = await list(engine, session, '*');
  for (const name of ['hello.txt', 'name with space.txt', 'nested']) assert.ok(names.includes(name), names.join('|'));
  const hello = await wininet.FtpOpenFile(session, 'hello.txt', c.GENERIC_READ);
  assert.match((await readAll(engine, hello)).toString('utf8'), /ümläuts and 漢字\.\n$/);
  await wininet.InternetCloseHandle(hello);
  if (large !== null) {
    const file = await wininet.FtpOpenFile(session, 'large.bin', c.GENERIC_READ);
    assert.equal((await readAll(engine, file)).length, large);
    await wininet.InternetCloseHandle(file);
  }
  await wininet.FtpCreateDirectory(session, `${writable}new`);
  const upload = await wininet.FtpOpenFile(session, `${writable}new/up.txt`, c.GENERIC_WRITE);
  await wininet.InternetWriteFile(upload, Buffer.from('uploaded'));
  await wininet.InternetCloseHandle(upload);
  await wininet.FtpRenameFile(session, `${writable}new/up.txt`, `${writable}new/two words.txt`);
  assert.deepEqual(await list(engine, session, `${writable}new/*`), ['two words.txt']);
  await wininet.FtpDeleteFile(session, `${writable}new/two words.txt`);
  await wininet.FtpRemoveDirectory(session, `${writable}new`);
  const missing = wininet.FtpOpenFile(session, 'missing.txt', c.GENERIC_READ);
  await failsWith(missing, 'ERROR_INTERNET_EXTENDED_ERROR');
}
