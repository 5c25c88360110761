import assert from 'node:assert/strict';
import { Server } from 'node:net';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { connectFtp, type Engine, failsWith, leavesNothingBehind, readAll, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const MODES = [
  ['active', 0],
  ['passive', c.INTERNET_FLAG_PASSIVE],
] as const;

test('FtpOpenFile makes its session busy for everything but queries and closing, until the file is closed', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  const file = await wininet.FtpOpenFile(session, '/readme.txt', c.GENERIC_READ);
  const busy = 'ERROR_FTP_TRANSFER_IN_PROGRESS';
  await failsWith(wininet.FtpGetCurrentDirectory(session), busy);
  await failsWith(wininet.FtpFindFirstFile(session, '*'), busy);
  await failsWith(wininet.FtpOpenFile(session, '/readme.txt', c.GENERIC_READ), busy);
  await failsWith(wininet.FtpPutFile(session, '/etc/hostname', 'x'), busy);
  await readAll(engine, file);
  const error = await failsWith(wininet.FtpDeleteFile(session, 'x'), busy);
  assert.match(error.message, /close/i);
  await wininet.InternetCloseHandle(file);
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/');
});

test('FtpOpenFile refuses both accesses at once, and InternetReadFile and InternetWriteFile the other direction', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  const both = c.GENERIC_READ | c.GENERIC_WRITE;
  for (const access of [0, both, both >>> 0]) {
    await failsWith(wininet.FtpOpenFile(session, '/readme.txt', access), 'ERROR_INVALID_PARAMETER');
  }
  const reading = await wininet.FtpOpenFile(session, '/readme.txt', c.GENERIC_READ);
  await failsWith(wininet.InternetWriteFile(reading, new Uint8Array(1)), 'ERROR_ACCESS_DENIED');
  await wininet.InternetCloseHandle(reading);
  const writing = await wininet.FtpOpenFile(session, '/incoming/w.txt', c.GENERIC_WRITE);
  await failsWith(wininet.InternetReadFile(writing, new Uint8Array(1)), 'ERROR_ACCESS_DENIED');
  await wininet.InternetCloseHandle(writing);
  await wininet.FtpDeleteFile(session, '/incoming/w.txt');
});

test('FtpOpenFile fails with ERROR_INTERNET_SOURCE_PORT_IN_USE when no local port is free, and the session goes on', async (t) => {
  const { engine, session } = await logOn(t, 0);
  const { wininet } = engine;
  // A test cannot take every port of a machine.
  const full = t.mock.method(Server.prototype, 'listen', function (this: Server) {
    const error = Object.assign(new Error('listen EADDRINUSE: address already in use'), { code: 'EADDRINUSE' });
    process.nextTick(() => this.emit('error', error));
    return this;
  });
  const opening = wininet.FtpOpenFile(session, '/readme.txt', c.GENERIC_READ);
  assert.equal((await failsWith(opening, 'ERROR_INTERNET_SOURCE_PORT_IN_USE')).code, 12058);
  full.mock.restore();
  const file = await wininet.FtpOpenFile(session, '/readme.txt', c.GENERIC_READ);
  assert.ok((await readAll(engine, file)).length > 0);
});

test('FtpOpenFile with FTP_TRANSFER_TYPE_ASCII gives lines their CR LF, binary leaves every byte', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  const ascii = await wininet.FtpOpenFile(session, '/pub/notes.txt', c.GENERIC_READ, c.FTP_TRANSFER_TYPE_ASCII);
  assert.equal((await readAll(engine, ascii)).toString(), 'First note\r\nSecond note\r\n');
  await wininet.InternetCloseHandle(ascii);
  const binary = await wininet.FtpOpenFile(session, '/binary.bin', c.GENERIC_READ);
  assert.deepEqual(
    [...(await readAll(engine, binary))],
    Array.from({ length: 256 }, (_, value) => value),
  );
  await wininet.InternetCloseHandle(binary);
});

test('InternetCloseHandle fails when the server refuses an upload, and the session goes on', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  const error = await failsWith(
    wininet
      .FtpOpenFile(session, '/readonly/fixed.txt', c.GENERIC_WRITE)
      .then((file) => wininet.InternetCloseHandle(file)),
    'ERROR_INTERNET_EXTENDED_ERROR',
  );
  assert.match(error.message, /553/);
  assert.match(await wininet.InternetGetLastResponseInfo(), /^553/);
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/');
});

test('InternetReadFile ends a download that the server breaks off, as the original does', async (t) => {
  for (const [, flags] of MODES) {
    const { engine, session } = await logOn(t, flags);
    const file = await engine.wininet.FtpOpenFile(session, '/faults/breaks.bin', c.GENERIC_READ);
    assert.equal((await readAll(engine, file)).length, 500_000);
    await engine.wininet.InternetCloseHandle(file);
    assert.match(await engine.wininet.InternetGetLastResponseInfo(), /451/);
    assert.equal(await engine.wininet.FtpGetCurrentDirectory(session), '/');
  }
});

test('FtpOpenFile on what is missing or closed fails with ERROR_INTERNET_EXTENDED_ERROR and keeps the words of the server', async (t) => {
  const { engine, session } = await logOn(t);
  for (const path of ['/no/such/file', '/secret.txt', '/pub']) {
    const opening = engine.wininet.FtpOpenFile(session, path, c.GENERIC_READ);
    await failsWith(opening, 'ERROR_INTERNET_EXTENDED_ERROR');
    assert.match(await engine.wininet.InternetGetLastResponseInfo(), /^550/);
  }
});

async function logOn(
  t: TestContext,
  flags: number = c.INTERNET_FLAG_PASSIVE,
): Promise<{ engine: Engine; session: HINTERNET<'ftp-connect'> }> {
  const engine = await startEngine(t);
  return { engine, session: await connectFtp(engine, playground().ftp, { flags }) };
}
