import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'mocha';
import { workspace } from 'vscode';
import { ftpSession, node, run, shownText, withCommands } from './commandsFixture.ts';

interface Listed {
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
}

suite('FTP commands', () => {
  const bench = withCommands();

  test('connect logs on and leaves an idle session', async () => {
    const session = await ftpSession(bench());
    assert.deepEqual([node(bench(), session).kind, node(bench(), session).state], ['ftp-connect', 'idle']);
  });

  test('connect fails where the password is wrong and leaves no session', async () => {
    const { hostname, port } = bench().ftp;
    const answers = { protocol: 'ftp', host: hostname, port: Number(port), user: 'nobody', password: 'wrong' };
    await assert.rejects(run('connect', answers), /ERROR_INTERNET_(LOGIN_FAILURE|INCORRECT_PASSWORD)/);
    assert.equal(bench().explorer.open('ftp-connect').length, 0);
  });

  test('listFolder lists folders first and leaves the session idle', async () => {
    const session = await ftpSession(bench());
    const entries = await run<readonly Listed[]>('listFolder', { handle: session });
    assert.equal(entries[0]?.isFolder, true);
    assert.ok(entries.some(({ name, size }) => name === 'binary.bin' && size === 256));
    assert.equal(node(bench(), session).state, 'idle');
    const masked = await run<readonly Listed[]>('listFolder', { handle: session, path: 'pub/source/*.c' });
    assert.deepEqual(
      masked.map(({ name }) => name),
      ['hello.c', 'list.c'],
    );
  });

  test('downloadFile gets a file', async () => {
    const session = await ftpSession(bench());
    const local = path.join(bench().folder, 'binary.bin');
    const result = await run('downloadFile', { handle: session, remote: 'binary.bin', local });
    assert.deepEqual(result, { saved: local, bytes: 256 });
    assert.deepEqual([...readFileSync(local)], [...Array(256).keys()]);
  });

  test('uploadFile puts a file that can be downloaded again', async () => {
    const session = await ftpSession(bench());
    const local = path.join(bench().folder, 'up.bin');
    writeFileSync(local, Buffer.alloc(300_000, 3));
    assert.equal(await run('uploadFile', { handle: session, local, remote: 'incoming/up.bin' }), 300_000);
    const back = path.join(bench().folder, 'back.bin');
    await run('downloadFile', { handle: session, remote: 'incoming/up.bin', local: back });
    assert.deepEqual(readFileSync(back), readFileSync(local));
  });

  test('readResponse loses nothing of a body of unknown length that turns out too long', async () => {
    const session = await ftpSession(bench());
    const local = path.join(bench().folder, 'long.bin');
    writeFileSync(local, Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => index % 251)));
    await run('uploadFile', { handle: session, local, remote: 'incoming/long.bin' });
    const settings = workspace.getConfiguration('hinternet');
    await settings.update('body.limit', 1_000_000, true);
    try {
      const serial = await run<number>('openUrl', { url: `ftp://${bench().ftp.host}/incoming/long.bin` });
      await assert.rejects(run('readResponse', { handle: serial }), /hinternet\.body\.limit/);
      const saveTo = path.join(bench().folder, 'long-back.bin');
      await run('readResponse', { handle: serial, saveTo });
      assert.ok(readFileSync(saveTo).equals(readFileSync(local)));
      await assert.rejects(run('readResponse', { handle: serial }), /no longer kept/);
    } finally {
      await settings.update('body.limit', undefined, true);
    }
  });

  test('openUrl shows a folder as a page', async () => {
    const { host } = bench().ftp;
    const serial = await run<number>('openUrl', { url: `ftp://${host}/pub/` });
    assert.equal(node(bench(), serial).kind, 'ftp-find-html');
    await run('readResponse', { handle: serial });
    assert.match(shownText(), /<a href="source\/">source\/<\/a>/);
  });

  test('fn.FtpOpenFile opens for reading, then readResponse shows the file', async () => {
    const session = await ftpSession(bench());
    const file = await run<number>('fn.FtpOpenFile', { handle: session, name: 'pub/notes.txt' });
    assert.equal(node(bench(), session).state, 'transferring');
    await run('readResponse', { handle: file });
    assert.equal(shownText(), 'First note\nSecond note\n');
    await run('closeHandle', { handle: file });
    assert.equal(node(bench(), session).state, 'idle');
  });

  test('fn.InternetWriteFile writes to a file that was opened for writing', async () => {
    const session = await ftpSession(bench());
    const file = await run<number>('fn.FtpOpenFile', { handle: session, name: 'incoming/w.txt', access: 'write' });
    assert.equal(await run('fn.InternetWriteFile', { handle: file, text: 'abc' }), 3);
    await run('closeHandle', { handle: file });
    const entries = await run<readonly Listed[]>('listFolder', { handle: session, path: 'incoming/w.txt' });
    assert.deepEqual(
      entries.map(({ name, size }) => [name, size]),
      [['w.txt', 3]],
    );
  });

  test('fn.FtpFindFirstFile leaves a search that fn.InternetFindNextFile goes through to its end', async () => {
    const session = await ftpSession(bench());
    const first = await run<{ find: number; entry: Listed }>('fn.FtpFindFirstFile', {
      handle: session,
      mask: 'pub/source/*.c',
    });
    assert.equal(first.entry.name, 'hello.c');
    const next = await run<Listed>('fn.InternetFindNextFile', { handle: first.find });
    assert.equal(next.name, 'list.c');
    await assert.rejects(run('fn.InternetFindNextFile', { handle: first.find }), /ERROR_NO_MORE_FILES \(18\)/);
  });

  test('the functions of folders and names work on the server', async () => {
    const handle = await ftpSession(bench());
    await run('fn.FtpSetCurrentDirectory', { handle, name: '/incoming' });
    assert.equal(await run('fn.FtpGetCurrentDirectory', { handle }), '/incoming');
    await run('fn.FtpCreateDirectory', { handle, name: 'made' });
    await run('fn.FtpRenameFile', { handle, from: 'made', to: 'renamed' });
    await run('fn.FtpRemoveDirectory', { handle, name: 'renamed' });
    await assert.rejects(run('fn.FtpDeleteFile', { handle, name: 'none' }), /ERROR_INTERNET_EXTENDED_ERROR \(12003\)/);
  });
});
