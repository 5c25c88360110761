import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { createDrivers } from '../../../extension/drivers/index.ts';
import { compareJournals } from '../../../extension/shared/compare/comparison.ts';
import * as constants from '../../../extension/shared/constants.ts';
import { cppOf } from '../../../extension/shared/generate/cpp.ts';
import { programOf } from '../../../extension/shared/generate/programOf.ts';
import type { Entry } from '../../../extension/shared/journal.ts';
import { LiveJournal } from '../../../extension/shared/liveJournal.ts';
import { readWineLog } from '../../../extension/sources/wineLog/readWineLog.ts';
import { createWinInet, type WIN32_FIND_DATA, type WinInet } from '../../../extension/wininet/index.ts';
import { startWine, type Wine } from '../../peers/wine.ts';
import { withPlayground } from '../../playground/withPlayground.ts';
import { shapeOf, toolOrSkip, treeOf } from './generatedProgram.ts';
import { wholeJournal } from './recordedJournals.ts';

/** Generated C++ does, with a real WinINet, what was recorded: its log under Wine tells the same calls and leaves the same tree. */

const playground = withPlayground();
let wine: Promise<Wine> | null = null;
after(async () => await (await wine)?.stop());

const { INTERNET_OPEN_TYPE_DIRECT, INTERNET_SERVICE_HTTP, INTERNET_SERVICE_FTP, INTERNET_FLAG_RELOAD } = constants;

/** What is recorded: calls on an engine, and the folder for local files. */
type Story = (wininet: WinInet, folder: string) => Promise<void>;

const STORIES: Readonly<Record<string, Story>> = {
  async 'a download'(wininet) {
    const root = await wininet.InternetOpen('native/1.0', INTERNET_OPEN_TYPE_DIRECT);
    const server = await http(wininet, root);
    const request = await wininet.HttpOpenRequest(
      server,
      'GET',
      '/bytes/3000',
      null,
      null,
      null,
      INTERNET_FLAG_RELOAD,
      0,
    );
    await wininet.HttpAddRequestHeaders(request, 'X-Trace: one\r\n', constants.HTTP_ADDREQ_FLAG_ADD);
    await wininet.HttpSendRequest(request);
    await wininet.HttpQueryInfo(request, constants.HTTP_QUERY_STATUS_CODE | constants.HTTP_QUERY_FLAG_NUMBER);
    await drain(wininet, request);
    await wininet.InternetCloseHandle(request);
    await wininet.InternetCloseHandle(server);
    await wininet.InternetCloseHandle(root);
  },
  async 'an upload in pieces, and one at once'(wininet) {
    const root = await wininet.InternetOpen('native/1.0', INTERNET_OPEN_TYPE_DIRECT);
    const server = await http(wininet, root);
    const pieces = await wininet.HttpOpenRequest(server, 'POST', '/echo', null, null, null, INTERNET_FLAG_RELOAD, 0);
    await wininet.HttpSendRequestEx(pieces, { dwBufferTotal: 10 });
    await wininet.InternetWriteFile(pieces, Buffer.from('hello'));
    await wininet.InternetWriteFile(pieces, Buffer.from('world'));
    await wininet.HttpEndRequest(pieces);
    await drain(wininet, pieces);
    const whole = await wininet.HttpOpenRequest(server, 'POST', '/echo', null, null, null, INTERNET_FLAG_RELOAD, 0);
    await wininet.HttpSendRequest(whole, 'Content-Type: text/plain', Buffer.from('all of it'));
    await drain(wininet, whole);
    await wininet.InternetCloseHandle(root);
  },
  async 'redirects and an address that is not there'(wininet) {
    const root = await wininet.InternetOpen('native/1.0', INTERNET_OPEN_TYPE_DIRECT);
    const url = new URL('/redirect/chain/3', playground().http).href;
    const landed = await wininet.InternetOpenUrl(root, url, null, INTERNET_FLAG_RELOAD);
    await drain(wininet, landed);
    await wininet.InternetCloseHandle(landed);
    const missing = await wininet.InternetOpenUrl(
      root,
      new URL('/status/404', playground().http).href,
      null,
      INTERNET_FLAG_RELOAD,
    );
    await drain(wininet, missing);
    await wininet.InternetCloseHandle(missing);
    await wininet.InternetOpenUrl(root, 'http://127.0.0.1:1/', null, INTERNET_FLAG_RELOAD).catch(() => undefined); // refused
    await wininet.InternetCloseHandle(root);
  },
  async options(wininet) {
    const root = await wininet.InternetOpen('native/1.0', INTERNET_OPEN_TYPE_DIRECT);
    await wininet.InternetSetOption(root, constants.INTERNET_OPTION_CONNECT_TIMEOUT, 9000);
    const server = await http(wininet, root);
    const request = await wininet.HttpOpenRequest(
      server,
      null,
      '/status/200',
      null,
      null,
      null,
      INTERNET_FLAG_RELOAD,
      0,
    );
    await wininet.InternetQueryOption(request, constants.INTERNET_OPTION_HANDLE_TYPE);
    await wininet.InternetSetOption(request, constants.INTERNET_OPTION_RECEIVE_TIMEOUT, 8000);
    await wininet.HttpSendRequest(request);
    await wininet.InternetQueryOption(request, constants.INTERNET_OPTION_URL);
    await drain(wininet, request);
    await wininet.InternetCloseHandle(root);
  },
  async 'an FTP session'(wininet, folder) {
    const { ftp } = playground();
    const root = await wininet.InternetOpen('native/1.0', INTERNET_OPEN_TYPE_DIRECT);
    const session = await wininet.InternetConnect(
      root,
      ftp.hostname,
      Number(ftp.port),
      ftp.username,
      ftp.password,
      INTERNET_SERVICE_FTP,
      constants.INTERNET_FLAG_PASSIVE,
    );
    await wininet.FtpSetCurrentDirectory(session, '/incoming');
    await wininet.FtpGetCurrentDirectory(session);
    await wininet.FtpCreateDirectory(session, 'native');
    const upload = await wininet.FtpOpenFile(
      session,
      'native/up.bin',
      constants.GENERIC_WRITE,
      constants.FTP_TRANSFER_TYPE_BINARY,
    );
    await wininet.InternetWriteFile(upload, Buffer.from('0123456789'));
    await wininet.InternetCloseHandle(upload);
    await wininet.FtpGetFile(
      session,
      'native/up.bin',
      path.join(folder, 'down.bin'),
      false,
      0,
      constants.FTP_TRANSFER_TYPE_BINARY,
    );
    await wininet.FtpPutFile(
      session,
      path.join(folder, 'down.bin'),
      'native/again.bin',
      constants.FTP_TRANSFER_TYPE_BINARY,
    );
    await wininet.FtpSetCurrentDirectory(session, 'native');
    const found = {} as WIN32_FIND_DATA;
    const find = await wininet.FtpFindFirstFile(session, '*', found);
    while (
      await wininet.InternetFindNextFile(find, found).then(
        () => true,
        () => false,
      )
    );
    await wininet.InternetCloseHandle(find);
    const download = await wininet.FtpOpenFile(
      session,
      'again.bin',
      constants.GENERIC_READ,
      constants.FTP_TRANSFER_TYPE_BINARY,
    );
    await drain(wininet, download);
    await wininet.InternetCloseHandle(download);
    await wininet.FtpRenameFile(session, 'again.bin', 'renamed.bin');
    await wininet.FtpDeleteFile(session, 'renamed.bin');
    await wininet.FtpDeleteFile(session, 'renamed.bin').catch(() => undefined); // it is gone
    await wininet.FtpDeleteFile(session, 'up.bin');
    await wininet.FtpSetCurrentDirectory(session, '..');
    await wininet.FtpRemoveDirectory(session, 'native');
    await wininet.InternetCloseHandle(session);
    await wininet.InternetCloseHandle(root);
  },
  async 'an asynchronous root'(wininet) {
    const root = await wininet.InternetOpen(
      'native/1.0',
      INTERNET_OPEN_TYPE_DIRECT,
      null,
      null,
      constants.INTERNET_FLAG_ASYNC,
    );
    const waiting = new Map<number, () => void>();
    await wininet.InternetSetStatusCallback(root, (_handle, context, status) => {
      if (status === constants.INTERNET_STATUS_REQUEST_COMPLETE) waiting.get(context)?.();
    });
    const ends = async (context: number, call: Promise<unknown>): Promise<void> => {
      const told = new Promise<void>((resolve) => waiting.set(context, resolve));
      await call.catch(() => told); // ERROR_IO_PENDING
    };
    const server = await wininet.InternetConnect(
      root,
      '127.0.0.1',
      Number(playground().http.port),
      null,
      null,
      INTERNET_SERVICE_HTTP,
      0,
      10,
    );
    const request = await wininet.HttpOpenRequest(
      server,
      'GET',
      '/bytes/500',
      null,
      null,
      null,
      INTERNET_FLAG_RELOAD,
      11,
    );
    await ends(11, wininet.HttpSendRequest(request));
    await wininet.HttpQueryInfo(request, constants.HTTP_QUERY_STATUS_CODE);
    await wininet.InternetCloseHandle(request);
    await wininet.InternetCloseHandle(server);
    await wininet.InternetCloseHandle(root);
  },
};

for (const [name, story] of Object.entries(STORIES)) {
  test(`cppOf writes programs that do under Wine what was recorded: ${name}`, async (t) => {
    const compiler = toolOrSkip(t, 'x86_64-w64-mingw32-g++');
    const executable = toolOrSkip(t, 'wine64');
    if (compiler === undefined || executable === undefined) return;
    wine ??= startWine(executable);
    const native = await wine;
    const recorded = await record(story, native.folder);
    const program = programOf(wholeJournal(recorded), null);
    const file = path.join(native.folder, 'program');
    writeFileSync(`${file}.cpp`, cppOf(program));
    await promisify(execFile)(compiler, ['-std=c++11', '-static', `${file}.cpp`, '-lwininet', '-o', `${file}.exe`]);
    const { ftp } = playground();
    const secrets = Object.fromEntries(program.secrets.map(({ variable }) => [variable, ftp.password]));
    const ended = await native.run(`${file}.exe`, secrets);
    assert.equal(ended.code, 0, `${ended.errors}\n${ended.output}\n${readFileSync(`${file}.cpp`, 'utf8')}`);
    const { entries } = await readWineLog(ended.log.split('\n'));
    assert.equal(shapeOf(treeOf(entries)), shapeOf(treeOf(recorded)));
    assert.deepEqual(asked(entries), asked(recorded));
    assert.deepEqual(divergences(t, entries, recorded), []);
    if (program.secrets.length > 0) assert.doesNotMatch(JSON.stringify(entries), new RegExp(ftp.password));
  });
}

async function record(story: Story, folder: string): Promise<readonly Entry[]> {
  const journal = new LiveJournal(() => Math.round(performance.now() * 1000), Number.POSITIVE_INFINITY);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: journal });
  await story(wininet, folder);
  const entries = [...journal.entries];
  await wininet.dispose();
  return entries;
}

/** What the servers were asked for: request lines, and FTP commands about files. */
function asked(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap((entry) => {
    if (entry.type !== 'wire' || entry.direction !== 'out') return [];
    const [line = ''] = entry.text.split('\r\n');
    return / HTTP\/1\.1$|^(?:STOR|RETR|DELE|MKD|RMD|CWD|RNFR|RNTO) /.test(line) ? [line] : [];
  });
}

function divergences(t: TestContext, native: readonly Entry[], port: readonly Entry[]): readonly string[] {
  const [left, right] = [
    { title: 'native', ...wholeJournal(native) },
    { title: t.name, ...wholeJournal(port) },
  ];
  const { rows, divergences: found } = compareJournals(left, right, (message, ...values) =>
    message.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
  );
  return found.map(({ row, text }) => `${(rows[row]?.left ?? rows[row]?.right)?.fn}: ${text}`);
}

async function http(wininet: WinInet, root: Awaited<ReturnType<WinInet['InternetOpen']>>) {
  return await wininet.InternetConnect(
    root,
    '127.0.0.1',
    Number(playground().http.port),
    null,
    null,
    INTERNET_SERVICE_HTTP,
  );
}

async function drain(wininet: WinInet, file: Parameters<WinInet['InternetReadFile']>[0]): Promise<void> {
  const buffer = new Uint8Array(1024);
  while ((await wininet.InternetReadFile(file, buffer)) > 0);
}
