import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FTPError } from 'basic-ftp';
import { contentFiles } from './content.ts';
import { runCurl } from './curl.ts';
import { digestRemote, fetchBytes, storeBytes, withFtpClient } from './ftpClient.ts';
import { withPeer } from './peer.ts';
import { startVsftpd } from './vsftpd.ts';

test('startVsftpd serves and takes files for anonymous users', (t) =>
  withPeer(t, startVsftpd, async (vsftpd) => {
    const { port, certificate } = vsftpd;
    await t.test('startVsftpd serves every content file in passive mode', () =>
      withFtpClient({ port }, async (client) => {
        for (const [name, bytes] of Object.entries(contentFiles)) {
          assert.deepEqual(await fetchBytes(client, name), bytes, name);
        }
        const { bytes, sha256 } = vsftpd.large;
        assert.deepEqual(await digestRemote(client, 'large.bin'), { bytes, sha256 });
      }),
    );
    await t.test('startVsftpd lists, sizes and dates', () =>
      withFtpClient({ port }, async (client) => {
        const names = (await client.list()).map((entry) => entry.name);
        assert.deepEqual(names.sort(), [
          '.message',
          'bytes.bin',
          'empty.dat',
          'hello.txt',
          'incoming',
          'large.bin',
          'name with space.txt',
          'nested',
          'page.html',
        ]);
        assert.equal(await client.size('bytes.bin'), contentFiles['bytes.bin'].length);
        assert.ok((await client.lastMod('bytes.bin')).getTime() > 0);
      }),
    );
    await t.test('startVsftpd takes, renames and deletes below incoming/ only', () =>
      withFtpClient({ port }, async (client) => {
        const home = await client.pwd();
        await client.ensureDir('incoming/made');
        await storeBytes(client, contentFiles['bytes.bin'], 'first.bin');
        await client.rename('first.bin', 'second.bin');
        assert.deepEqual(await fetchBytes(client, 'second.bin'), contentFiles['bytes.bin']);
        await client.remove('second.bin');
        await client.cd(home);
        await client.removeDir('incoming/made');
        await assert.rejects(storeBytes(client, contentFiles['hello.txt'], 'refused.txt'), FTPError);
      }),
    );
    await t.test('startVsftpd serves over TLS when asked', () =>
      withFtpClient({ port, certificate }, async (client) => {
        assert.deepEqual(await fetchBytes(client, 'bytes.bin'), contentFiles['bytes.bin']);
      }),
    );
    await t.test('startVsftpd connects to the client in active mode', async (t) => {
      const output = await runCurl(t, ['--ftp-port', '127.0.0.1', '--disable-eprt', `${vsftpd.urls.ftp}bytes.bin`]);
      assert.deepEqual(output ?? contentFiles['bytes.bin'], contentFiles['bytes.bin']);
    });
    await t.test('startVsftpd turns line ends into CR LF in ASCII mode', () =>
      withFtpClient({ port }, async (client) => {
        await client.send('TYPE A');
        const expected = contentFiles['hello.txt'].toString().replaceAll('\n', '\r\n');
        assert.equal((await fetchBytes(client, 'hello.txt')).toString(), expected);
      }),
    );
    await t.test('startVsftpd refuses users with a password', () =>
      assert.rejects(
        withFtpClient({ port, account: { user: 'ada', password: 'x' } }, async () => undefined),
        FTPError,
      ),
    );
  }));
