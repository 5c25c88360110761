import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { lftpOf } from '../../../extension/shared/generate/lftp.ts';
import { programOf } from '../../../extension/shared/generate/programOf.ts';
import {
  FTP_TRANSFER_TYPE_ASCII,
  FTP_TRANSFER_TYPE_BINARY,
  GENERIC_READ,
  GENERIC_WRITE,
  INTERNET_FLAG_PASSIVE,
} from '../../../extension/wininet/index.ts';
import { withPlayground } from '../../playground/withPlayground.ts';
import { connectFtp, connectHttp, type Engine, failsWith, readAll, startEngine } from '../../wininet/engineFixture.ts';
import { toolOrSkip } from './generatedProgram.ts';
import { wholeJournal } from './recordedJournals.ts';

const playground = withPlayground();

/** The playground's FTP server, and the commands that it was given: what they are about, with whole paths. */
async function startWitness(t: TestContext): Promise<{ readonly url: URL; readonly commands: string[] }> {
  const commands: string[] = [];
  const { hostname, port } = playground().ftp;
  const server = createServer((client) => {
    let folder = '/';
    const upstream = connect(Number(port), hostname);
    client.on('data', (data) => {
      for (const line of data.toString('utf8').split('\r\n')) {
        const [, command = '', argument = ''] = /^(\w+) ?(.*)$/.exec(line) ?? [];
        if (command === 'CWD') folder = path.posix.resolve(folder, argument);
        // How a client finds out what a server can do, and where it is, is its own business.
        if (!ABOUT.has(command)) continue;
        const takesPath = command !== 'TYPE' && command !== 'PASS' && command !== 'USER';
        commands.push(`${command} ${takesPath ? path.posix.resolve(folder, argument) : argument}`);
      }
    });
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return { url: new URL(`ftp://127.0.0.1:${(server.address() as AddressInfo).port}/`), commands };
}

const ABOUT = new Set(['USER', 'PASS', 'RETR', 'STOR', 'LIST', 'MKD', 'RMD', 'DELE', 'RNFR', 'RNTO', 'NOOP']);

/** Runs what lftpOf makes of a journal, and compares what the server was told by it with what it was told before. */
async function tellsTheSame(
  t: TestContext,
  { wininet, journal }: Engine,
  commands: string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  await wininet.dispose();
  const before = commands.splice(0);
  assert.notEqual(before.length, 0);
  const script = lftpOf(programOf(wholeJournal(journal.entries), null)) ?? '';
  const bash = toolOrSkip(t, 'lftp') && toolOrSkip(t, 'bash');
  if (bash === undefined) return script;
  await new Promise<void>((resolve) => {
    const options = { timeout: 30_000, env: { ...process.env, ...environment } };
    const child = execFile(bash, options, () => resolve());
    child.stdin?.end(script);
  });
  const account = (all: readonly string[]) => all.filter((one) => !/^(USER|PASS) /.test(one));
  assert.deepEqual(account(commands), account(before), script);
  return script;
}

test('lftpOf gives the commands of a session in their order', async (t) => {
  const { url, commands } = await startWitness(t);
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectFtp(engine, url, { flags: INTERNET_FLAG_PASSIVE });
  await wininet.FtpSetCurrentDirectory(session, '/incoming');
  await wininet.FtpCreateDirectory(session, 'a "b" $c');
  await wininet.FtpRemoveDirectory(session, 'a "b" $c');
  const search = await wininet.FtpFindFirstFile(session, '/pub/source/*.c');
  await wininet.InternetCloseHandle(search);
  const file = await wininet.FtpOpenFile(session, '/pub/notes.txt', GENERIC_READ, FTP_TRANSFER_TYPE_ASCII);
  await readAll(engine, file);
  await failsWith(wininet.FtpDeleteFile(session, 'x'), 'ERROR_FTP_TRANSFER_IN_PROGRESS');
  await wininet.InternetCloseHandle(file);
  await wininet.FtpCommand(session, false, FTP_TRANSFER_TYPE_BINARY, 'NOOP');
  await failsWith(wininet.FtpDeleteFile(session, '/incoming/nothing'), 'ERROR_INTERNET_EXTENDED_ERROR');
  const script = await tellsTheSame(t, engine, commands);
  assert.match(script, /refused without asking the server: ERROR_FTP_TRANSFER_IN_PROGRESS/);
});

test('lftpOf uploads as many bytes as were written, and whole files', async (t) => {
  const { url, commands } = await startWitness(t);
  const engine = await startEngine(t);
  const { wininet } = engine;
  const folder = mkdtempSync(path.join(tmpdir(), 'hinternet-lftp-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const local = path.join(folder, 'local');
  writeFileSync(local, 'local');
  const session = await connectFtp(engine, url, { flags: INTERNET_FLAG_PASSIVE });
  const file = await wininet.FtpOpenFile(session, '/incoming/written', GENERIC_WRITE);
  for (const piece of ['...', '...', '..']) await wininet.InternetWriteFile(file, Buffer.from(piece));
  await wininet.InternetCloseHandle(file);
  await wininet.FtpPutFile(session, local, '/incoming/put', FTP_TRANSFER_TYPE_BINARY);
  await wininet.FtpRenameFile(session, '/incoming/put', '/incoming/renamed');
  await wininet.FtpGetFile(session, '/incoming/renamed', path.join(folder, 'back'), true, 0, FTP_TRANSFER_TYPE_BINARY);
  rmSync(path.join(folder, 'back'));
  const script = await tellsTheSame(t, engine, commands);
  assert.match(script, /placeholder 8 /);
  if (toolOrSkip(t, 'lftp') !== undefined) assert.equal(readFileSync(path.join(folder, 'back'), 'utf8'), 'local');
});

test('lftpOf keeps what a session sent to the server from lftp and the shell, whatever it looks like', async (t) => {
  const { url, commands } = await startWitness(t);
  const engine = await startEngine(t);
  const { wininet } = engine;
  const session = await connectFtp(engine, url, { flags: INTERNET_FLAG_PASSIVE });
  for (const text of [
    'NOOP; !touch canary',
    'NOOP && !touch canary',
    'NOOP | touch canary',
    'NOOP $(touch canary) "',
  ]) {
    await wininet.FtpCommand(session, false, FTP_TRANSFER_TYPE_BINARY, text).catch(() => undefined); // the server may refuse it
  }
  await tellsTheSame(t, engine, commands);
  assert.ok(!existsSync('canary'));
});

test('lftpOf gives no name of a file that lftp would take for an option', async (t) => {
  const { url } = await startWitness(t);
  const engine = await startEngine(t);
  const session = await connectFtp(engine, url, { flags: INTERNET_FLAG_PASSIVE });
  await failsWith(engine.wininet.FtpDeleteFile(session, '-rf'), 'ERROR_INTERNET_EXTENDED_ERROR');
  assert.match(lftpOf(programOf(wholeJournal(engine.journal.entries), null)) ?? '', /^rm \.\/-rf$/m);
});

test('lftpOf gives an account whose password is in the environment', async (t) => {
  const { url, commands } = await startWitness(t);
  const engine = await startEngine(t);
  const { username, password } = playground().ftp;
  const session = await connectFtp(engine, url, { user: username, password, flags: INTERNET_FLAG_PASSIVE });
  await engine.wininet.FtpFindFirstFile(session, null);
  const logged = commands.filter((one) => /^(USER|PASS) /.test(one));
  const script = await tellsTheSame(t, engine, commands, { HINTERNET_PASSWORD: password });
  if (toolOrSkip(t, 'lftp') !== undefined)
    assert.deepEqual(
      commands.filter((one) => /^(USER|PASS) /.test(one)),
      logged,
    );
  assert.ok(!script.includes(password));
});

test('lftpOf fetches what InternetOpenUrl fetched, files and folders', async (t) => {
  const { url, commands } = await startWitness(t);
  const engine = await startEngine(t);
  for (const place of ['pub/notes.txt', 'pub/source/']) {
    await readAll(
      engine,
      await engine.wininet.InternetOpenUrl(engine.root, `${url}${place}`, null, INTERNET_FLAG_PASSIVE),
    );
  }
  await tellsTheSame(t, engine, commands);
});

test('lftpOf has nothing to say of a journal without FTP', async (t) => {
  const engine = await startEngine(t);
  await connectHttp(engine, playground().http);
  assert.equal(lftpOf(programOf(wholeJournal(engine.journal.entries), null)), null);
});
