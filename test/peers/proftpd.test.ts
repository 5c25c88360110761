import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FTPError } from 'basic-ftp';
import { contentFiles } from './content.ts';
import { runCurl } from './curl.ts';
import { digestRemote, fetchBytes, storeBytes, withFtpClient } from './ftpClient.ts';
import { withPeer } from './peer.ts';
import { startProftpd } from './proftpd.ts';

test('startProftpd serves and takes files for users with a password', (t) =>
  withPeer(t, startProftpd, async (proftpd) => {
    const { port, account, reader, certificate, large } = proftpd;
    await t.test('startProftpd serves every content file in passive mode', () =>
      withFtpClient({ port, account }, async (client) => {
        for (const [name, bytes] of Object.entries(contentFiles)) {
          assert.deepEqual(await fetchBytes(client, name), bytes, name);
        }
        const { bytes, sha256 } = large;
        assert.deepEqual(await digestRemote(client, 'large.bin'), { bytes, sha256 });
      }),
    );
    await t.test('startProftpd takes, renames and deletes for the account', () =>
      withFtpClient({ port, account }, async (client) => {
        const home = await client.pwd();
        await client.ensureDir('made/here');
        await storeBytes(client, contentFiles['bytes.bin'], 'first.bin');
        await client.rename('first.bin', 'second.bin');
        assert.deepEqual(await fetchBytes(client, 'second.bin'), contentFiles['bytes.bin']);
        await client.cd(home);
        await client.removeDir('made');
      }),
    );
    await t.test('startProftpd lets the reader read and nothing else', () =>
      withFtpClient({ port, account: reader }, async (client) => {
        assert.deepEqual(await fetchBytes(client, 'hello.txt'), contentFiles['hello.txt']);
        await assert.rejects(client.remove('hello.txt'), FTPError);
        // It resets the data connection together with its 550: either may reach the client first.
        await assert.rejects(storeBytes(client, contentFiles['hello.txt'], 'refused.txt'));
      }),
    );
    await t.test('startProftpd refuses a wrong password and anonymous users', async () => {
      const wrong = { port, account: { ...account, password: 'wrong' } };
      await assert.rejects(
        withFtpClient(wrong, async () => undefined),
        { name: 'FTPError', code: 530 },
      );
      await assert.rejects(
        withFtpClient({ port }, async () => undefined),
        { name: 'FTPError', code: 530 },
      );
    });
    await t.test('startProftpd serves and lists over TLS when asked', () =>
      withFtpClient({ port, account, certificate }, async (client) => {
        assert.deepEqual(await fetchBytes(client, 'bytes.bin'), contentFiles['bytes.bin']);
        assert.ok((await client.list('nested')).some((entry) => entry.name === 'deep' && entry.isDirectory));
      }),
    );
    await t.test('startProftpd connects to the client in active mode', async (t) => {
      const login = ['--user', `${account.user}:${account.password}`];
      const output = await runCurl(t, [...login, '--ftp-port', '127.0.0.1', `${proftpd.urls.ftp}bytes.bin`]);
      assert.deepEqual(output ?? contentFiles['bytes.bin'], contentFiles['bytes.bin']);
    });
  }));
