import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import type { HINTERNET } from '../../extension/wininet/index.ts';
import { contentFiles } from '../peers/content.ts';
import { withPeer } from '../peers/peer.ts';
import { startProftpd } from '../peers/proftpd.ts';
import { startVsftpd } from '../peers/vsftpd.ts';
import {
  connectFtp,
  type Engine,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  readAll,
  startEngine,
} from './engineFixture.ts';

leavesNothingBehind();

const MODES = [
  ['active', 0, 'EPRT'],
  ['passive', c.INTERNET_FLAG_PASSIVE, 'EPSV'],
] as const;

/** A session with a real server, and a folder there that may be written. */
interface Visit {
  readonly engine: Engine;
  readonly session: HINTERNET<'ftp-connect'>;
  readonly writable: string;
}

for (const [mode, flags, command] of MODES) {
  test(`FtpOpenFile sends ${command} over IPv6 in ${mode} mode, as vsftpd and ProFTPD understand`, async (t) => {
    await visitEach(t, '::1', flags, async (visit) => {
      const { engine, session, writable } = visit;
      assert.deepEqual(await download(visit, 'bytes.bin'), contentFiles['bytes.bin']);
      await upload(visit, `${writable}six.txt`, 'over six', c.FTP_TRANSFER_TYPE_BINARY);
      const find = await engine.wininet.FtpFindFirstFile(session, `${writable}six.txt`);
      await engine.wininet.InternetCloseHandle(find);
      await engine.wininet.FtpDeleteFile(session, `${writable}six.txt`);
      const verbs = sent(engine).map((line) => line.split(' ')[0] ?? '');
      assert.deepEqual(
        verbs.filter((verb) => /^(?:PASV|EPSV|PORT|EPRT)$/.test(verb)),
        [command, command, command],
      );
    });
  });
}

test('FtpCommand of REST lets FtpOpenFile go on in the middle of a file, with vsftpd and ProFTPD', async (t) => {
  await visitEach(t, '127.0.0.1', c.INTERNET_FLAG_PASSIVE, async (visit) => {
    const { engine, session } = visit;
    const whole = contentFiles['bytes.bin'];
    // Servers start with text, for which ProFTPD refuses REST.
    assert.equal(await engine.wininet.FtpCommand(session, false, 0, 'TYPE I'), true);
    assert.equal(await engine.wininet.FtpCommand(session, false, 0, 'REST 100'), true);
    assert.match(await engine.wininet.InternetGetLastResponseInfo(), /^350/);
    assert.deepEqual(await download(visit, 'bytes.bin'), whole.subarray(100));
    assert.deepEqual(await download(visit, 'bytes.bin'), whole, 'the file after it is whole again');
  });
});

test('FtpOpenFile with FTP_TRANSFER_TYPE_ASCII lets vsftpd and ProFTPD convert line ends', async (t) => {
  await visitEach(t, '127.0.0.1', c.INTERNET_FLAG_PASSIVE, async (visit) => {
    const { engine, session, writable } = visit;
    const name = `${writable}text.txt`;
    await upload(visit, name, 'one\r\ntwo\r\n', c.FTP_TRANSFER_TYPE_ASCII);
    assert.equal((await download(visit, name, c.FTP_TRANSFER_TYPE_BINARY)).toString(), 'one\ntwo\n');
    assert.equal((await download(visit, name, c.FTP_TRANSFER_TYPE_ASCII)).toString(), 'one\r\ntwo\r\n');
    await engine.wininet.FtpDeleteFile(session, name);
  });
});

test('FtpCommand with data appends with APPE and lists with NLST, with vsftpd and ProFTPD', async (t) => {
  await visitEach(t, '127.0.0.1', c.INTERNET_FLAG_PASSIVE, async (visit) => {
    const { engine, session, writable } = visit;
    const { wininet } = engine;
    const name = `${writable}log.txt`;
    await upload(visit, name, 'first ', c.FTP_TRANSFER_TYPE_BINARY);
    const appending = await wininet.FtpCommand(session, true, c.FTP_TRANSFER_TYPE_BINARY, `APPE ${name}`);
    await wininet.InternetWriteFile(appending, Buffer.from('second'));
    await failsWith(wininet.InternetReadFile(appending, new Uint8Array(1)), 'ERROR_ACCESS_DENIED');
    await failsWith(wininet.FtpGetCurrentDirectory(session), 'ERROR_FTP_TRANSFER_IN_PROGRESS');
    await wininet.InternetCloseHandle(appending);
    assert.equal((await download(visit, name)).toString(), 'first second');
    const names = await wininet.FtpCommand(session, true, c.FTP_TRANSFER_TYPE_ASCII, 'NLST');
    assert.match((await readAll(engine, names)).toString(), /^bytes\.bin\r\n/m);
    await wininet.InternetCloseHandle(names);
    await wininet.FtpDeleteFile(session, name);
    await failsWith(wininet.FtpCommand(session, false, 0, `DELE ${name}`), 'ERROR_INTERNET_EXTENDED_ERROR');
    assert.match(await wininet.InternetGetLastResponseInfo(), /^550/);
  });
});

test('FtpGetFileSize tells what vsftpd and ProFTPD announce', async (t) => {
  await visitEach(t, '127.0.0.1', 0, async ({ engine, session }) => {
    const file = await engine.wininet.FtpOpenFile(session, 'bytes.bin', c.GENERIC_READ);
    assert.equal(await engine.wininet.FtpGetFileSize(file), contentFiles['bytes.bin'].length);
    await engine.wininet.InternetCloseHandle(file);
    assert.ok(!sent(engine).some((line) => line.startsWith('SIZE')));
  });
});

async function visitEach(
  t: TestContext,
  host: '127.0.0.1' | '::1',
  flags: number,
  visit: (visit: Visit) => Promise<void>,
): Promise<void> {
  await t.test('vsftpd', (one) =>
    withPeer(
      one,
      () => startVsftpd(host),
      async ({ urls }) => {
        const engine = await startEngine(one);
        const session = await connectFtp(engine, new URL(urls.ftp), { flags });
        await visit({ engine, session, writable: 'incoming/' });
      },
    ),
  );
  await t.test('ProFTPD', (one) =>
    withPeer(
      one,
      () => startProftpd(host),
      async ({ urls, account }) => {
        const engine = await startEngine(one);
        const session = await connectFtp(engine, new URL(urls.ftp), { flags, ...account });
        await visit({ engine, session, writable: '' });
      },
    ),
  );
}

async function download({ engine, session }: Visit, name: string, flags = 0): Promise<Buffer> {
  const file = await engine.wininet.FtpOpenFile(session, name, c.GENERIC_READ, flags);
  const bytes = await readAll(engine, file);
  await engine.wininet.InternetCloseHandle(file);
  return bytes;
}

async function upload({ engine, session }: Visit, name: string, text: string, flags: number): Promise<void> {
  const file = await engine.wininet.FtpOpenFile(session, name, c.GENERIC_WRITE, flags);
  await engine.wininet.InternetWriteFile(file, Buffer.from(text));
  await engine.wininet.InternetCloseHandle(file);
}

/** The command lines that an engine has sent. */
function sent({ journal }: Engine): string[] {
  return entriesOf(journal, 'wire').flatMap(({ direction, text }) => (direction === 'out' ? [text] : []));
}
