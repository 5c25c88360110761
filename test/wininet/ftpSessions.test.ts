import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { emptyFindData, fileSize, type HINTERNET } from '../../extension/wininet/index.ts';
import { startFtpFixture } from '../drivers/ftpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectFtp, type Engine, failsWith, leavesNothingBehind, readAll, startEngine } from './engineFixture.ts';
import { list } from './ftpListing.ts';

const playground = withPlayground();
leavesNothingBehind();

const MODES = [
  ['active', 0],
  ['passive', c.INTERNET_FLAG_PASSIVE],
] as const;

for (const [mode, flags] of MODES) {
  test(`FtpOpenFile reads and writes whole files with ${mode} data connections`, async (t) => {
    const { engine, session } = await logOn(t, flags);
    const { wininet } = engine;
    const data = Buffer.from(Array.from({ length: 700_000 }, (_, index) => (index * 7) & 0xff));
    const upload = await wininet.FtpOpenFile(session, `/incoming/${mode}.bin`, c.GENERIC_WRITE);
    for (let at = 0; at < data.length; at += 100_000) {
      const part = data.subarray(at, at + 100_000);
      assert.equal(await wininet.InternetWriteFile(upload, part), part.length);
    }
    assert.equal(await wininet.InternetCloseHandle(upload), true);
    const download = await wininet.FtpOpenFile(session, `/incoming/${mode}.bin`, c.GENERIC_READ);
    assert.deepEqual(await readAll(engine, download, 33_333), data);
    assert.equal(await wininet.InternetReadFile(download, new Uint8Array(1)), 0);
    await wininet.InternetCloseHandle(download);
    await wininet.FtpDeleteFile(session, `/incoming/${mode}.bin`);
  });

  test(`FtpFindFirstFile and InternetFindNextFile list a folder with ${mode} data connections`, async (t) => {
    const { engine, session } = await logOn(t, flags);
    const names = await list(engine, session, '/pub/*');
    assert.deepEqual(names.sort(), ['deep', 'no-newline.txt', 'notes.txt', 'source', 'windows.txt']);
    assert.equal((await list(engine, session, '/many/*')).length, 3000);
  });
}

test('FtpFindFirstFile fills the find data of the first entry, with size, date and the mark of folders', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  const data = emptyFindData();
  const find = await wininet.FtpFindFirstFile(session, '/large.bin', data);
  assert.equal(data.cFileName, 'large.bin');
  assert.equal(fileSize(data), 1024 ** 3);
  assert.equal(data.dwFileAttributes, 0);
  assert.equal(data.ftLastWriteTime?.toISOString().slice(0, 10), '2012-12-21');
  await wininet.InternetCloseHandle(find);
  const folders = await wininet.FtpFindFirstFile(session, '/pub/deep', data);
  assert.equal(data.dwFileAttributes, c.FILE_ATTRIBUTE_DIRECTORY);
  await wininet.InternetCloseHandle(folders);
});

for (const [style, listing] of [
  ['DOS', '01-02-20  03:04PM       <DIR>          a folder\r\n01-02-20  03:04PM                 1234 a file.txt\r\n'],
  ['MLSD', 'type=dir;modify=20200102150400; a folder\r\ntype=file;size=1234;modify=20200102150400; a file.txt\r\n'],
] as const) {
  test(`FtpFindFirstFile and InternetFindNextFile read the listing of a server in the style of ${style}`, async (t) => {
    const engine = await startEngine(t);
    const { host, port } = await startFtpFixture(t, { listing });
    const session = await connectFtp(engine, new URL(`ftp://${host}:${port}/`));
    const data = emptyFindData();
    const find = await engine.wininet.FtpFindFirstFile(session, null, data);
    assert.deepEqual([data.cFileName, data.dwFileAttributes], ['a folder', c.FILE_ATTRIBUTE_DIRECTORY]);
    await engine.wininet.InternetFindNextFile(find, data);
    assert.deepEqual([data.cFileName, data.dwFileAttributes, fileSize(data)], ['a file.txt', 0, 1234]);
    assert.equal(data.ftLastWriteTime?.toISOString(), '2020-01-02T15:04:00.000Z');
    await failsWith(engine.wininet.InternetFindNextFile(find, data), 'ERROR_NO_MORE_FILES');
  });
}

test('FtpFindFirstFile filters by a mask and keeps odd names whole', async (t) => {
  const { engine, session } = await logOn(t);
  assert.deepEqual((await list(engine, session, '/pub/source/*.C')).sort(), ['hello.c', 'list.c']);
  assert.deepEqual(await list(engine, session, '/pub/source/l???.c'), ['list.c']);
  const odd = await list(engine, session, '/names/*');
  for (const name of ['naïve café.txt', '日本語.txt', '🌍 emoji.txt', ' leading space.txt', 'two  spaces.txt', '-rf']) {
    assert.ok(odd.includes(name), `${name} in ${odd.join('|')}`);
  }
});

test('FtpFindFirstFile fails with ERROR_NO_MORE_FILES where nothing matches, and leaves the session idle', async (t) => {
  const { engine, session } = await logOn(t);
  for (const search of ['/empty/*', '/pub/*.none']) {
    await failsWith(engine.wininet.FtpFindFirstFile(session, search), 'ERROR_NO_MORE_FILES');
  }
  assert.equal(await engine.wininet.FtpGetCurrentDirectory(session), '/');
});

test('InternetFindNextFile ends with ERROR_NO_MORE_FILES, the handle is then ended and still needs closing', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet, journal } = engine;
  const find = await wininet.FtpFindFirstFile(session, '/pub/source/*.c');
  const data = emptyFindData();
  const found = await wininet.InternetFindNextFile(find, data);
  assert.deepEqual(found, data);
  for (let time = 0; time < 2; time += 1) await failsWith(wininet.InternetFindNextFile(find), 'ERROR_NO_MORE_FILES');
  assert.equal(journal.tree.nodes.get(find.serial)?.state, 'ended');
  assert.equal(journal.tree.nodes.get(session.serial)?.state, 'searching');
  await wininet.InternetCloseHandle(find);
  assert.equal(journal.tree.nodes.get(session.serial)?.state, 'idle');
});

test('FtpSetCurrentDirectory and its kin change, make, rename and remove what the server has', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  await wininet.FtpSetCurrentDirectory(session, '/incoming');
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/incoming');
  await wininet.FtpCreateDirectory(session, 'box "one"');
  await wininet.FtpSetCurrentDirectory(session, 'box "one"');
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/incoming/box "one"');
  await wininet.FtpSetCurrentDirectory(session, '..');
  await wininet.FtpRenameFile(session, 'box "one"', 'box two');
  assert.deepEqual(await list(engine, session, null), ['box two']);
  await wininet.FtpRemoveDirectory(session, 'box two');
  await failsWith(wininet.FtpSetCurrentDirectory(session, 'box two'), 'ERROR_INTERNET_EXTENDED_ERROR');
  assert.match(await wininet.InternetGetLastResponseInfo(), /550/);
});

test('FtpFindFirstFile bars a second search and a file, but not a command or a transfer of a whole file', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  const find = await wininet.FtpFindFirstFile(session, '/pub/*');
  await failsWith(wininet.FtpFindFirstFile(session, '/pub/*'), 'ERROR_FTP_TRANSFER_IN_PROGRESS');
  await failsWith(wininet.FtpOpenFile(session, '/readme.txt', c.GENERIC_READ), 'ERROR_FTP_TRANSFER_IN_PROGRESS');
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/');
  await wininet.InternetFindNextFile(find);
  await wininet.InternetCloseHandle(find);
});

test('FtpGetCurrentDirectory fails with ERROR_FTP_TRANSFER_IN_PROGRESS while another call on the session runs', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  const first = wininet.FtpGetCurrentDirectory(session);
  const error = await failsWith(wininet.FtpGetCurrentDirectory(session), 'ERROR_FTP_TRANSFER_IN_PROGRESS');
  assert.match(error.message, /await/);
  assert.equal(await first, '/');
});

test('FtpDeleteFile and its kin never send a name with control characters', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet, journal } = engine;
  const sent = journal.entries.length;
  for (const name of ['x\r\nDELE /incoming/important', '\x01I20100', 'a\x1b[2J', 'a\x7f', '\0']) {
    for (const call of [
      wininet.FtpDeleteFile(session, name),
      wininet.FtpCreateDirectory(session, name),
      wininet.FtpRemoveDirectory(session, name),
      wininet.FtpSetCurrentDirectory(session, name),
      wininet.FtpRenameFile(session, 'a', name),
      wininet.FtpRenameFile(session, name, 'a'),
      wininet.FtpOpenFile(session, name, c.GENERIC_READ),
      wininet.FtpGetFile(session, name, 'local.txt'),
      wininet.FtpFindFirstFile(session, name),
      wininet.FtpCommand(session, false, 0, `SITE ${name}`),
    ]) {
      await failsWith(call, 'ERROR_INVALID_PARAMETER');
    }
  }
  const lines = journal.entries.slice(sent).filter((entry) => entry.type === 'wire' && entry.direction === 'out');
  assert.deepEqual(lines, []);
});

test('InternetConnect logs on by the rules of the page and refuses a password without a name', async (t) => {
  const engine = await startEngine(t);
  const { username, password } = playground().ftp;
  const named = await connectFtp(engine, playground().ftp, { user: username, password });
  assert.equal(engine.journal.tree.nodes.get(named.serial)?.state, 'idle');
  await failsWith(connectFtp(engine, playground().ftp, { password: 'alone' }), 'ERROR_INVALID_PARAMETER');
  const wrong = connectFtp(engine, playground().ftp, { user: username, password: 'wrong' });
  const error = await failsWith(wrong, 'ERROR_INTERNET_LOGIN_FAILURE');
  assert.ok(error.message.includes(playground().ftp.port), error.message);
  assert.ok(!JSON.stringify(engine.journal.entries).includes(password));
});

test('InternetConnect for FTP fails with the right code where no server or no FTP server is', async (t) => {
  const engine = await startEngine(t);
  const refused = await failsWith(connectFtp(engine, new URL('ftp://127.0.0.1:1')), 'ERROR_INTERNET_CANNOT_CONNECT');
  assert.match(refused.message, /127\.0\.0\.1.*\b1\b/);
  const unknown = connectFtp(engine, new URL('ftp://no-such-host.invalid:21'));
  await failsWith(unknown, 'ERROR_INTERNET_NAME_NOT_RESOLVED');
  assert.equal(engine.journal.tree.byValue.size, 1, 'no handle stays');
});

async function logOn(
  t: TestContext,
  flags: number = c.INTERNET_FLAG_PASSIVE,
): Promise<{ engine: Engine; session: HINTERNET<'ftp-connect'> }> {
  const engine = await startEngine(t);
  return { engine, session: await connectFtp(engine, playground().ftp, { flags }) };
}
