import assert from 'node:assert/strict';
import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectFtp, entriesOf, failsWith, leavesNothingBehind, pause, startEngine, until } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('FtpGetFile puts a remote file under a local name, and FtpPutFile brings it back', async (t) => {
  const { engine, session, folder } = await start(t);
  const { wininet } = engine;
  const local = join(folder, 'copy.bin');
  await wininet.FtpGetFile(session, '/binary.bin', local);
  assert.deepEqual(
    [...(await readFile(local))],
    Array.from({ length: 256 }, (_, value) => value),
  );
  await wininet.FtpPutFile(session, local, '/incoming/back.bin');
  await wininet.FtpGetFile(session, '/incoming/back.bin', local);
  assert.equal((await readFile(local)).length, 256);
  await wininet.FtpDeleteFile(session, '/incoming/back.bin');
  const node = engine.journal.tree.nodes.get(session.serial);
  assert.deepEqual([node?.bytesIn, node?.bytesOut], [512, 256]);
  assert.deepEqual(await readdir(folder), ['copy.bin']);
});

test('FtpGetFile and FtpPutFile move as many bytes at once as the buffer sizes of the session allow', async (t) => {
  const { engine, session, folder } = await start(t);
  const { wininet, journal } = engine;
  const local = join(folder, 'copy.bin');
  await wininet.InternetSetOption(session, c.INTERNET_OPTION_READ_BUFFER_SIZE, 100);
  await wininet.InternetSetOption(session, c.INTERNET_OPTION_WRITE_BUFFER_SIZE, 128);
  await failsWith(wininet.InternetSetOption(session, c.INTERNET_OPTION_READ_BUFFER_SIZE, 0), 'ERROR_BAD_ARGUMENTS');
  await wininet.FtpGetFile(session, '/binary.bin', local);
  await wininet.FtpPutFile(session, local, '/incoming/back.bin');
  await wininet.FtpDeleteFile(session, '/incoming/back.bin');
  const pieces = entriesOf(journal, 'bytes').map(({ direction, count }) => `${direction} ${count}`);
  assert.deepEqual(pieces, ['in 100', 'in 100', 'in 56', 'out 128', 'out 128']);
});

test('FtpGetFile overwrites unless it is told to fail with ERROR_FILE_EXISTS', async (t) => {
  const { engine, session, folder } = await start(t);
  const local = join(folder, 'there.txt');
  await writeFile(local, 'old');
  await failsWith(engine.wininet.FtpGetFile(session, '/empty.txt', local, true), 'ERROR_FILE_EXISTS');
  assert.equal(await readFile(local, 'utf8'), 'old');
  await engine.wininet.FtpGetFile(session, '/empty.txt', local);
  assert.equal(await readFile(local, 'utf8'), '');
});

test('FtpGetFile and FtpPutFile take the backslashes of Windows in local names', async (t) => {
  const { engine, session, folder } = await start(t);
  const { wininet } = engine;
  await wininet.FtpGetFile(session, '/binary.bin', `${folder}\\copy.bin`);
  assert.deepEqual(await readdir(folder), ['copy.bin']);
  await wininet.FtpPutFile(session, `${folder}\\copy.bin`, '/incoming/slashes.bin');
  await wininet.FtpDeleteFile(session, '/incoming/slashes.bin');
  const missing = wininet.FtpGetFile(session, '/binary.bin', `${folder}\\no\\such\\x`);
  await failsWith(missing, 'ERROR_PATH_NOT_FOUND');
});

test('FtpGetFile protects the file with FILE_ATTRIBUTE_READONLY, and never replaces a protected one', async (t) => {
  const { engine, session, folder } = await start(t);
  const { wininet } = engine;
  const local = join(folder, 'fixed.txt');
  await wininet.FtpGetFile(session, '/empty.txt', local, false, c.FILE_ATTRIBUTE_NORMAL);
  assert.notEqual((await stat(local)).mode & 0o222, 0);
  await wininet.FtpGetFile(session, '/binary.bin', local, false, c.FILE_ATTRIBUTE_READONLY);
  assert.equal((await stat(local)).mode & 0o222, 0);
  await failsWith(wininet.FtpGetFile(session, '/empty.txt', local), 'ERROR_ACCESS_DENIED');
  assert.equal((await readFile(local)).length, 256);
  await chmod(local, 0o600);
});

test('FtpGetFile replaces the file that a link leads to, and keeps the link', {
  skip: process.platform === 'win32' ? 'links need rights on Windows' : false,
}, async (t) => {
  const { engine, session, folder } = await start(t);
  const [real, link] = [join(folder, 'real.txt'), join(folder, 'link.txt')];
  await writeFile(real, 'old');
  await symlink(real, link);
  await engine.wininet.FtpGetFile(session, '/empty.txt', link);
  assert.equal(await readFile(real, 'utf8'), '');
  assert.ok((await lstat(link)).isSymbolicLink());
  assert.deepEqual((await readdir(folder)).sort(), ['link.txt', 'real.txt']);
});

test('FtpGetFile leaves nothing half-written when the transfer breaks, the file is missing, or the name is a folder', async (t) => {
  const { engine, session, folder } = await start(t);
  const { wininet } = engine;
  const local = join(folder, 'target.bin');
  await writeFile(local, 'as before');
  const broken = await failsWith(
    wininet.FtpGetFile(session, '/faults/breaks.bin', local),
    'ERROR_INTERNET_CONNECTION_ABORTED',
  );
  assert.match(broken.message, /127\.0\.0\.1/);
  await failsWith(wininet.FtpGetFile(session, '/no/such', local), 'ERROR_INTERNET_EXTENDED_ERROR');
  await failsWith(wininet.FtpGetFile(session, '/readme.txt', folder), 'ERROR_ACCESS_DENIED');
  assert.equal(await readFile(local, 'utf8'), 'as before');
  assert.deepEqual(await readdir(folder), ['target.bin']);
  const beside = await readdir(tmpdir());
  assert.deepEqual(
    beside.filter((name) => name.endsWith('.part')),
    [],
  );
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/');
});

test('FtpGetFile into a folder that does not exist fails with ERROR_PATH_NOT_FOUND before anything is asked', async (t) => {
  const { engine, session, folder } = await start(t);
  const before = engine.journal.entries.length;
  const getting = engine.wininet.FtpGetFile(session, '/readme.txt', join(folder, 'no', 'such', 'x'));
  const error = await failsWith(getting, 'ERROR_PATH_NOT_FOUND');
  assert.ok(error.message.includes(folder));
  assert.ok(!engine.journal.entries.slice(before).some((entry) => entry.type === 'wire'));
});

test('FtpGetFile and FtpPutFile refuse local names as CreateFile does, before anything is asked', async (t) => {
  const { engine, session, folder } = await start(t);
  const { wininet, journal } = engine;
  const there = join(folder, 'there.txt');
  await writeFile(there, 'as before');
  const before = journal.entries.length;
  for (const [name, getting, putting] of [
    ['', 'ERROR_PATH_NOT_FOUND', 'ERROR_PATH_NOT_FOUND'],
    [join(folder, 'line\nend'), 'ERROR_INVALID_NAME', 'ERROR_INVALID_NAME'],
    [`${folder}\\absent\\`, 'ERROR_INVALID_NAME', 'ERROR_FILE_NOT_FOUND'],
    [join(folder, 'absent', 'x'), 'ERROR_PATH_NOT_FOUND', 'ERROR_PATH_NOT_FOUND'],
    [join(there, 'x'), 'ERROR_PATH_NOT_FOUND', 'ERROR_PATH_NOT_FOUND'],
  ] as const) {
    await failsWith(wininet.FtpGetFile(session, '/empty.txt', name), getting);
    await failsWith(wininet.FtpPutFile(session, name, '/incoming/x'), putting);
  }
  assert.ok(!journal.entries.slice(before).some((entry) => entry.type === 'wire'));
  assert.deepEqual(await readdir(folder), ['there.txt']);
});

test('FtpGetFile takes a local name as long as the disk allows', async (t) => {
  const { engine, session, folder } = await start(t);
  const name = 'x'.repeat(255);
  await engine.wininet.FtpGetFile(session, '/empty.txt', join(folder, name));
  assert.deepEqual(await readdir(folder), [name]);
});

test('FtpPutFile names the local file that it cannot read, and what the server refuses', async (t) => {
  const { engine, session, folder } = await start(t);
  const { wininet } = engine;
  const local = join(folder, 'up.txt');
  await writeFile(local, 'upload');
  await failsWith(wininet.FtpPutFile(session, join(folder, 'none'), '/incoming/x'), 'ERROR_FILE_NOT_FOUND');
  await failsWith(wininet.FtpPutFile(session, folder, '/incoming/x'), 'ERROR_ACCESS_DENIED');
  await failsWith(wininet.FtpPutFile(session, local, '/readonly/x'), 'ERROR_INTERNET_EXTENDED_ERROR');
  assert.match(await wininet.InternetGetLastResponseInfo(), /^553/);
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/');
});

test('InternetCloseHandle on the session cancels FtpGetFile at once and removes what was written', async (t) => {
  const { engine, session, folder } = await start(t);
  const { wininet, journal } = engine;
  const getting = failsWith(
    wininet.FtpGetFile(session, '/faults/stalls.bin', join(folder, 'x')),
    'ERROR_INTERNET_OPERATION_CANCELLED',
  );
  await until(() => entriesOf(journal, 'bytes').length > 0);
  await wininet.InternetCloseHandle(session);
  await getting;
  // The caller is told before the last file is gone.
  for (let tries = 0; tries < 100 && (await readdir(folder)).length > 0; tries += 1) await pause(10);
  assert.deepEqual(await readdir(folder), []);
});

async function start(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'hinternet-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const engine = await startEngine(t);
  const session = await connectFtp(engine, playground().ftp, { flags: c.INTERNET_FLAG_PASSIVE });
  return { engine, session, folder };
}
