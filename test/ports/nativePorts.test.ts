import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { createDrivers } from '../../extension/drivers/index.ts';
import { type Comparison, compareJournals } from '../../extension/shared/compare/comparison.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { checkpoint, emptyTree } from '../../extension/shared/model.ts';
import { readWineLog } from '../../extension/sources/wineLog/readWineLog.ts';
import { createWinInet, type WinInet } from '../../extension/wininet/index.ts';
import { Fixtures } from '../conformance/fixtures.ts';
import { type DownloaderMistake, nativeDownloader } from './nativeDownloader.ts';
import { nativeUploader, type UploaderMistake } from './nativeUploader.ts';

// The logs are of the C programs beside them under Wine, against the servers of the recorded cases; the ports are in TypeScript.

const fixtures = new Fixtures(path.resolve(import.meta.dirname, '../conformance'));
before(() => fixtures.start());
after(() => fixtures.stop());

/** The call that a busy session refuses leaves no line in Wine's log that names it. */
const UNNAMED = ['extra-call FtpDeleteFile'];

test('compareJournals finds a port of downloader.c faithful to the original', async () => {
  assert.deepEqual(await downloader(null), []);
});

test('compareJournals finds a port of uploader.c faithful to the original, but for the call that its log does not name', async () => {
  assert.deepEqual(await uploader(null), UNNAMED);
});

for (const [mistake, ...found] of [
  ['missing-close', 'missing-close InternetCloseHandle'],
  ['changed-flag', 'argument HttpOpenRequest'],
  ['other-order', 'order HttpQueryInfo'],
  ['ignored-error', 'extra-call HttpQueryInfo'],
] as const) {
  test(`compareJournals finds the ${mistake} in a port of downloader.c, and nothing else`, async () => {
    assert.deepEqual(await downloader(mistake), found);
  });
}

for (const [mistake, ...found] of [
  ['missing-close', ...UNNAMED, 'missing-close InternetCloseHandle'],
  ['changed-flag', ...UNNAMED, 'argument FtpOpenFile'],
  ['other-order', ...UNNAMED, 'order FtpDeleteFile'],
] as const) {
  test(`compareJournals finds the ${mistake} in a port of uploader.c, and nothing else`, async () => {
    assert.deepEqual(await uploader(mistake), found);
  });
}

function downloader(mistake: DownloaderMistake | null): Promise<string[]> {
  const port = Number(fixtures.substitute('{{http.port}}'));
  return compared('downloader', (w) => nativeDownloader(w, port, `http://127.0.0.1:${port}/chunked`, mistake));
}

function uploader(mistake: UploaderMistake | null): Promise<string[]> {
  return compared('uploader', (w) =>
    nativeUploader(w, Number(fixtures.substitute('{{ftp.port}}')), 'hello.txt', mistake),
  );
}

/** What parts a port from the log of its original: kind and function of each divergence. */
async function compared(name: string, port: (w: WinInet) => Promise<void>): Promise<string[]> {
  fixtures.reset();
  const journal = new LiveJournal(() => Math.round(performance.now() * 1000), 100_000);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: journal });
  try {
    await port(wininet);
  } finally {
    await wininet.dispose();
  }
  const { entries } = await readWineLog(
    createReadStream(path.resolve(import.meta.dirname, `../sources/wineLogs/${name}.log`), 'utf8'),
  );
  const native = { title: name, base: checkpoint(emptyTree()), entries };
  const ported = { title: 'port', base: journal.base, entries: journal.entries };
  const { rows, divergences }: Comparison = compareJournals(native, ported, (message) => message);
  return divergences.map(({ kind, row, text }) => {
    const fn = rows[row]?.left?.fn ?? rows[row]?.right?.fn;
    assert.ok(fn !== undefined, text);
    return `${kind} ${fn}`;
  });
}
