import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import * as c from '../../extension/shared/constants.ts';
import { type HINTERNET, searchedFolder } from '../../extension/wininet/index.ts';
import { startFtpFixture } from '../drivers/ftpFixture.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import {
  connectFtp,
  type Engine,
  entriesOf,
  failsWith,
  leavesNothingBehind,
  readAll,
  startEngine,
} from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('FtpOpenFile, FtpGetFile, FtpPutFile and FtpCommand refuse transfer types that do not exist, and send nothing', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  for (const flags of [3, 4, 5, 7, c.INTERNET_FLAG_RELOAD | 5]) {
    for (const call of [
      () => wininet.FtpOpenFile(session, '/readme.txt', c.GENERIC_READ, flags),
      () => wininet.FtpGetFile(session, '/readme.txt', '/nowhere/x', false, 0, flags),
      () => wininet.FtpPutFile(session, '/nowhere/x', '/incoming/x', flags),
      () => wininet.FtpCommand(session, false, flags, 'NOOP'),
    ]) {
      await failsWith(call(), 'ERROR_INVALID_PARAMETER');
    }
  }
  assert.deepEqual(sent(engine).slice(2), []);
});

test('FtpOpenFile takes GENERIC_READ however a program has combined it', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  const file = await wininet.FtpOpenFile(session, '/readme.txt', c.GENERIC_READ | 0, c.INTERNET_FLAG_RELOAD);
  await wininet.InternetCloseHandle(file);
});

test('FtpGetFile and FtpPutFile look at their names before their handle, all others at the handle first', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  await wininet.InternetCloseHandle(session);
  const missing = null as unknown as string;
  for (const call of [
    wininet.FtpGetFile(session, missing, 'x'),
    wininet.FtpGetFile(session, 'x', missing),
    wininet.FtpPutFile(session, missing, 'x'),
    wininet.FtpPutFile(session, 'x', missing),
  ]) {
    await failsWith(call, 'ERROR_INVALID_PARAMETER');
  }
  for (const call of [
    wininet.FtpGetFile(session, 'x', 'x'),
    wininet.FtpPutFile(session, 'x', 'x'),
    wininet.FtpRenameFile(session, missing, missing),
    wininet.FtpOpenFile(session, missing, 0),
    wininet.FtpCommand(session, false, 5, missing),
  ]) {
    await failsWith(call, 'ERROR_INVALID_HANDLE');
  }
});

test('FtpGetCurrentDirectory fills a buffer and counts the NUL in its result', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  await wininet.FtpSetCurrentDirectory(session, '/pub');
  const buffer = new Uint8Array(260).fill(0x2a);
  assert.equal(await wininet.FtpGetCurrentDirectory(session, buffer), 5);
  assert.equal(Buffer.from(buffer.subarray(0, 6)).toString('latin1'), '/pub\0*');
  assert.equal(await wininet.FtpGetCurrentDirectory(session, new Uint8Array(5)), 5);
  for (const length of [0, 4]) {
    const call = wininet.FtpGetCurrentDirectory(session, new Uint8Array(length));
    assert.equal((await failsWith(call, 'ERROR_INSUFFICIENT_BUFFER')).requiredLength, 5);
  }
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/pub');
});

test('FtpFindFirstFile copies the one date that FTP knows, and finds nothing below a mask for folders', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  const find = await wininet.FtpFindFirstFile(session, '/pub/*');
  const found = await wininet.InternetFindNextFile(find);
  assert.ok(found.ftLastWriteTime instanceof Date);
  assert.deepEqual([found.ftCreationTime, found.ftLastAccessTime], [found.ftLastWriteTime, found.ftLastWriteTime]);
  await wininet.InternetCloseHandle(find);
  for (const search of ['*/*', '/pu?/*', '/p*/notes.txt']) {
    await assert.rejects(wininet.FtpFindFirstFile(session, search), `${search} is no folder`);
  }
});

test('FtpFindFirstFile refuses a mask with a blank, as its page says, and takes one in the name of a folder or file', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  for (const search of ['a b*', '/names/* *', '/pub/a b?.txt']) {
    const { message } = await failsWith(wininet.FtpFindFirstFile(session, search), 'ERROR_INVALID_PARAMETER');
    assert.match(message, /lpszSearchFile has a blank/);
  }
  await wininet.FtpCreateDirectory(session, '/incoming/two words');
  await wininet.FtpPutFile(session, import.meta.filename, '/incoming/two words/a file.ts');
  for (const search of ['/incoming/two words/a file.ts', '/incoming/two words/*', '/incoming/two words/a?file*']) {
    const find = await wininet.FtpFindFirstFile(session, search);
    await wininet.InternetCloseHandle(find);
  }
});

test('searchedFolder keeps a search up to its last separator', () => {
  for (const [search, folder] of [
    ['pub/source/*.c', 'pub/source/'],
    ['pub\\source/x\\*.c', 'pub\\source/x\\'],
    ['*.c', ''],
    ['/', '/'],
  ] as const) {
    assert.equal(searchedFolder(search), folder);
  }
});

test('FtpFindFirstFile lists the folder before the last separator, also one of Windows', async (t) => {
  const server = await startFtpFixture(t, { listing: '-rw-r--r-- 1 o g 3 Jan 02  2020 a.txt\r\n' });
  const engine = await startEngine(t);
  const session = await connectFtp(engine, new URL(`ftp://127.0.0.1:${server.port}`), {
    flags: c.INTERNET_FLAG_PASSIVE,
  });
  for (const search of ['pub\\a.txt', 'one/two\\*.txt', 'one\\two/*']) {
    await engine.wininet.InternetCloseHandle(await engine.wininet.FtpFindFirstFile(session, search));
  }
  const listings = server.lines.filter((line) => line.startsWith('LIST'));
  assert.deepEqual(listings, ['LIST pub\\', 'LIST one/two\\', 'LIST one\\two/']);
});

test('FtpCommand sends a line as it is and answers true, or fails with the words of the server', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  assert.equal(await wininet.FtpCommand(session, false, c.FTP_TRANSFER_TYPE_ASCII, 'CWD pub'), true);
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/pub');
  await failsWith(wininet.FtpCommand(session, false, 0, 'FROB x'), 'ERROR_INTERNET_EXTENDED_ERROR');
  assert.match(await wininet.InternetGetLastResponseInfo(), /^50\d .*FROB/);
  for (const line of ['', 'NOOP\r\nDELE /readme.txt', 'NOOP\0', null as unknown as string]) {
    await failsWith(wininet.FtpCommand(session, false, 0, line), 'ERROR_INVALID_PARAMETER');
  }
  await wininet.FtpCommand(session, false, 0, 'PASS my-secret').catch(() => undefined);
  assert.ok(!JSON.stringify(engine.journal.entries).includes('my-secret'));
  assert.deepEqual(sent(engine).slice(2, 5), ['CWD pub', 'PWD', 'FROB x']);
});

test('FtpCommand with data hands over the lines of MLSD as they come', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  const lines = await wininet.FtpCommand(session, true, c.FTP_TRANSFER_TYPE_ASCII, 'MLSD /pub/source');
  assert.match((await readAll(engine, lines)).toString(), /type=file;.* hello\.c\r\n/i);
  await failsWith(wininet.FtpGetCurrentDirectory(session), 'ERROR_FTP_TRANSFER_IN_PROGRESS');
  await wininet.InternetCloseHandle(lines);
  await failsWith(wininet.FtpCommand(session, true, 0, 'RETR /no/such'), 'ERROR_INTERNET_EXTENDED_ERROR');
  assert.equal(await wininet.FtpGetCurrentDirectory(session), '/');
});

test('FtpCommand that expects data fails at once with the words of a server that sends none, and the session goes on', async (t) => {
  const engine = await startEngine(t);
  const { wininet } = engine;
  for (const flags of [c.INTERNET_FLAG_PASSIVE, 0]) {
    const session = await connectFtp(engine, playground().ftp, { flags });
    for (const [line, words] of [
      ['STAT', /^21\d/],
      ['NOOP', /^200 /],
      ['CWD /pub', /^250 /],
    ] as const) {
      const { message } = await failsWith(wininet.FtpCommand(session, true, 0, line), 'ERROR_INTERNET_EXTENDED_ERROR');
      assert.match(message, /sends no data for (?:STAT|NOOP|CWD)/);
      assert.match(await wininet.InternetGetLastResponseInfo(), words);
      assert.equal(await wininet.FtpGetCurrentDirectory(session), line.startsWith('CWD') ? '/pub' : '/');
    }
    const names = await wininet.FtpCommand(session, true, 0, 'NLST source');
    assert.match((await readAll(engine, names)).toString(), /hello\.c/);
    await wininet.InternetCloseHandle(names);
  }
});

test('FtpGetFileSize answers while a file is read, at its end, and what was written to one', async (t) => {
  const { engine, session } = await logOn(t);
  const { wininet } = engine;
  const reading = await wininet.FtpOpenFile(session, '/binary.bin', c.GENERIC_READ);
  assert.equal(await wininet.FtpGetFileSize(reading), 256);
  await readAll(engine, reading);
  assert.equal(await wininet.FtpGetFileSize(reading), 256);
  await wininet.InternetCloseHandle(reading);
  const writing = await wininet.FtpOpenFile(session, '/incoming/size.txt', c.GENERIC_WRITE);
  assert.equal(await wininet.FtpGetFileSize(writing), 0);
  await wininet.InternetWriteFile(writing, Buffer.from('four'));
  assert.equal(await wininet.FtpGetFileSize(writing), 4);
  await wininet.InternetCloseHandle(writing);
  await wininet.FtpDeleteFile(session, '/incoming/size.txt');
  await failsWith(wininet.FtpGetFileSize(writing), 'ERROR_INVALID_HANDLE');
  const session2 = session as unknown as HINTERNET<'ftp-file'>;
  await failsWith(wininet.FtpGetFileSize(session2), 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE');
});

test('FtpGetFileSize works on the file of InternetOpenUrl', async (t) => {
  const { wininet, root } = await startEngine(t);
  const url = new URL('/large.bin', playground().ftp).href;
  const file = await wininet.InternetOpenUrl(root, url, null, c.INTERNET_FLAG_PASSIVE);
  assert.equal(await wininet.FtpGetFileSize(file), 1024 ** 3);
});

test('InternetOpenUrl follows the type of an FTP address rather than the flags', async (t) => {
  const engine = await startEngine(t);
  const { wininet, root } = engine;
  const open = (path: string, flags = 0) =>
    wininet.InternetOpenUrl(root, new URL(path, playground().ftp).href, null, flags | c.INTERNET_FLAG_PASSIVE);
  const text = await open('/pub/notes.txt;type=a', c.INTERNET_FLAG_TRANSFER_BINARY);
  assert.match((await readAll(engine, text)).toString(), /\r\n/);
  const bytes = await open('/pub/notes.txt;TYPE=I', c.INTERNET_FLAG_TRANSFER_ASCII);
  assert.doesNotMatch((await readAll(engine, bytes)).toString(), /\r\n/);
  const folder = await open('/pub;type=d');
  assert.equal(await wininet.InternetQueryOption(folder, c.INTERNET_OPTION_HANDLE_TYPE), 6);
  const search = await open('/pub/source;type=d', c.INTERNET_FLAG_RAW_DATA);
  assert.equal(await wininet.InternetQueryOption(search, c.INTERNET_OPTION_HANDLE_TYPE), 5);
  const named = await open('/names/two%20%20spaces.txt');
  await readAll(engine, named);
  await failsWith(open('/readme.txt;type=x'), 'ERROR_INTERNET_EXTENDED_ERROR');
});

test('InternetOpenUrl refuses an FTP address with a line end in it before it connects', async (t) => {
  const { wininet, root, journal } = await startEngine(t);
  for (const path of ['/x%0D%0ADELE%20y', '/x%0A/', '/x%00;type=a']) {
    await failsWith(wininet.InternetOpenUrl(root, `ftp://127.0.0.1:1${path}`), 'ERROR_INVALID_PARAMETER');
  }
  assert.equal(journal.tree.byValue.size, 1);
});

async function logOn(t: TestContext): Promise<{ engine: Engine; session: HINTERNET<'ftp-connect'> }> {
  const engine = await startEngine(t);
  return { engine, session: await connectFtp(engine, playground().ftp, { flags: c.INTERNET_FLAG_PASSIVE }) };
}

/** The command lines that an engine has sent. */
function sent({ journal }: Engine): string[] {
  return entriesOf(journal, 'wire').flatMap(({ direction, text }) => (direction === 'out' ? [text] : []));
}
