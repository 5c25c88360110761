import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createDrivers } from '../../extension/drivers/index.ts';
import { compareJournals } from '../../extension/shared/compare/comparison.ts';
import { INTERNET_STATUS_REDIRECT } from '../../extension/shared/constants.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { checkpoint, emptyTree } from '../../extension/shared/model.ts';
import { readWineLog } from '../../extension/sources/wineLog/readWineLog.ts';
import { createWinInet, type WinInet } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { loggedFtpServer, loggedHttpServer } from './loggedServers.ts';
import { type AsyncMistake, nativeAsync } from './nativeAsync.ts';
import { type DownloaderMistake, nativeDownloader } from './nativeDownloader.ts';
import { nativeUploader, type UploaderMistake } from './nativeUploader.ts';

const playground = withPlayground();

/** Native programs and their ports: the log of the one and the journal of the other part nowhere but where the port is wrong. */

test('nativeDownloader does what the native program did', async () => {
  assert.deepEqual(await downloaderDivergences(null), []);
});

test('nativeUploader does what the native program did, and its refused call, which Wine does not log, is no divergence', async () => {
  assert.deepEqual(await uploaderDivergences(null), []);
});

test('nativeDownloader shows each mistake of a port, and nothing else', async () => {
  assert.deepEqual(await downloaderDivergences('missing-close'), ['missing-close: InternetCloseHandle']);
  assert.deepEqual(await downloaderDivergences('changed-flag'), [
    'argument: HttpOpenRequest: dwFlags is INTERNET_FLAG_DONT_CACHE | INTERNET_FLAG_RELOAD on the left and INTERNET_FLAG_PRAGMA_NOCACHE | INTERNET_FLAG_RELOAD on the right.',
  ]);
  assert.deepEqual(await downloaderDivergences('other-order'), ['order: HttpQueryInfo']);
  assert.deepEqual(await downloaderDivergences('ignored-error'), ['extra-call: HttpQueryInfo']);
});

test('nativeUploader shows each mistake of a port, and nothing else', async () => {
  assert.deepEqual(await uploaderDivergences('missing-close'), ['missing-close: InternetCloseHandle']);
  assert.deepEqual(await uploaderDivergences('changed-flag'), [
    'argument: FtpOpenFile: dwFlags is FTP_TRANSFER_TYPE_BINARY on the left and FTP_TRANSFER_TYPE_ASCII on the right.',
  ]);
  assert.deepEqual(await uploaderDivergences('other-order'), ['order: FtpDeleteFile']);
});

test('nativeAsync does what the native program did, callbacks and all', async () => {
  assert.deepEqual(await asyncDivergences(null), []);
});

test('nativeAsync shows each mistake of a port as the first divergence', async () => {
  const first = async (mistake: AsyncMistake) => (await asyncDivergences(mistake))[0];
  assert.equal(await first('missing-close'), 'missing-close: InternetCloseHandle');
  assert.equal(
    await first('changed-argument'),
    'argument: HttpOpenRequest: lpszObjectName is "/echo" on the left and "/echo/body" on the right.',
  );
  assert.equal(await first('other-order'), 'order: InternetOpenUrl');
  assert.match(
    (await asyncDivergences('other-error')).join('\n'),
    /^error: HttpSendRequest: HttpSendRequest ended with ERROR_INTERNET_CANNOT_CONNECT on the left and with success/m,
  );
});

test('nativeAsync shows the callback that a port did not get', async () => {
  const { entries } = await readWineLog(textOf('async').split('\n'));
  const port = (await recorded((wininet) => nativeAsync(wininet, Number(playground().http.port), pause))).filter(
    (entry) => !(entry.type === 'status' && entry.code === INTERNET_STATUS_REDIRECT),
  );
  assert.deepEqual(compared(entries, port), ['callbacks: InternetOpenUrl']);
});

/** Where the log, on the left, and the journal of the port part; each with the function that it is about. */
async function divergences(
  entries: readonly Entry[],
  run: (wininet: WinInet) => Promise<void>,
): Promise<readonly string[]> {
  return compared(entries, await recorded(run));
}

async function recorded(run: (wininet: WinInet) => Promise<void>): Promise<readonly Entry[]> {
  const journal = new LiveJournal(() => Math.round(performance.now() * 1000), Number.POSITIVE_INFINITY);
  await run(createWinInet({ drivers: createDrivers(), recorder: journal }));
  journal.record({ type: 'end' });
  return journal.entries;
}

function compared(entries: readonly Entry[], port: readonly Entry[]): readonly string[] {
  const base = checkpoint(emptyTree());
  const { rows, divergences: found } = compareJournals(
    { title: 'native', base, entries },
    { title: 'port', base, entries: port },
    (message, ...values) => message.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
  );
  return found.map(({ kind, row, text }) => {
    const fn = rows[row]?.left?.fn ?? rows[row]?.right?.fn;
    return kind === 'argument' || kind === 'error' || kind === 'result' ? `${kind}: ${fn}: ${text}` : `${kind}: ${fn}`;
  });
}

async function asyncDivergences(mistake: AsyncMistake | null): Promise<readonly string[]> {
  const { entries } = await readWineLog(textOf('async').split('\n'));
  return await divergences(entries, (wininet) => nativeAsync(wininet, Number(playground().http.port), pause, mistake));
}

async function downloaderDivergences(mistake: DownloaderMistake | null): Promise<readonly string[]> {
  const { entries } = await readWineLog(textOf('downloader').split('\n'));
  await using server = await loggedHttpServer(entries);
  const url = `http://127.0.0.1:${server.port}/chunked`;
  return await divergences(entries, (wininet) => nativeDownloader(wininet, server.port, url, mistake));
}

async function uploaderDivergences(mistake: UploaderMistake | null): Promise<readonly string[]> {
  const text = textOf('uploader');
  const { entries } = await readWineLog(text.split('\n'));
  const rows = [...text.matchAll(/FTP_GetNextLine :\d+ ([-d]r.*)/g)].map(([, row]) => `${row}\r\n`);
  await using server = await loggedFtpServer(entries, rows.join(''), 'x'.repeat(9));
  return await divergences(entries, (wininet) => nativeUploader(wininet, server.port, 'hello.txt', mistake));
}

function textOf(program: string): string {
  return readFileSync(new URL(`../sources/wineLogs/${program}.log`, import.meta.url), 'utf8');
}
