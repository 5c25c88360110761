import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Entry } from '../../extension/shared/journal.ts';
import { JournalHistory } from '../../extension/shared/journalHistory.ts';
import { parseEntry } from '../../extension/shared/journalSchema.ts';
import { openCount } from '../../extension/shared/model.ts';
import { treeText } from '../../extension/shared/treeText.ts';
import { readWineLog } from '../../extension/sources/wineLog/readWineLog.ts';

const DOWNLOADER = logText('downloader');
const UPLOADER = logText('uploader');

test('readWineLog reads the calls of an HTTP program, with arguments, handles, states and errors', async () => {
  const { entries, calls, unknown, unnamed } = await readWineLog([DOWNLOADER]);
  assert.deepEqual([calls, unknown, unnamed], [23, 0, 0]);
  const history = replay(entries);
  assert.equal(openCount(history.tree), 0);
  assert.equal(
    treeText(history.tree, { closed: true }).replaceAll(/^( *)0x\d{8} /gm, '$1'),
    [
      'InternetOpen: root, closed, downloader/1.0',
      '  InternetConnect: http-connect, closed, 127.0.0.1:58802',
      '    HttpOpenRequest: http-request, closed, GET /hello',
      '    HttpOpenRequest: http-request, closed, GET /status/404',
      '    HttpOpenRequest: http-request, closed, POST /echo',
      '  InternetOpenUrl: http-request, closed, http://127.0.0.1:58802/chunked',
      '',
    ].join('\n'),
  );
  const begins = entries.filter((entry) => entry.type === 'call-begin');
  assert.deepEqual(begins[1]?.args, [{ handle: 1 }, '127.0.0.1', 58802, 'alice', '••••', 3, 0, 1]);
  assert.deepEqual(errorsOf(entries), [
    ['InternetReadFile', 'ERROR_INVALID_HANDLE'],
    ['InternetReadFile', 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE'],
  ]);
  assert.deepEqual(
    entries.filter((entry) => entry.type === 'bytes').map(({ count }) => count),
    [13, 154, 21],
  );
  // The request that was forgotten goes with the root.
  assert.deepEqual(entries.filter((entry) => entry.type === 'handle-close' && entry.reason === 'cascade').length, 2);
  const heads = entries.filter((entry) => entry.type === 'wire' && entry.direction === 'in');
  assert.match(heads[0]?.type === 'wire' ? heads[0].text : '', /^HTTP\/1\.1 200 OK\r\nContent-Type: text\/plain\r\n/);
});

test('readWineLog reads the calls of an FTP program whose functions Wine names only inside', async () => {
  const { entries, calls, unknown, unnamed } = await readWineLog([UPLOADER]);
  assert.deepEqual([calls, unknown, unnamed], [27, 0, 1]);
  const arguments_ = (fn: string): unknown[] =>
    entries.flatMap((entry) => (entry.type === 'call-begin' && entry.fn === fn ? [entry.args.slice(1)] : []));
  assert.deepEqual(arguments_('FtpRenameFile'), [['upload.tmp', 'upload.txt']]);
  assert.deepEqual(arguments_('FtpDeleteFile'), [['upload.txt'], ['absent.bin']]);
  assert.deepEqual(arguments_('FtpFindFirstFile'), [['*', '?', '?', 11]]);
  assert.deepEqual(errorsOf(entries), [
    ['InternetFindNextFile', 'ERROR_NO_MORE_FILES'],
    ['FtpDeleteFile', 'ERROR_INTERNET_EXTENDED_ERROR'],
  ]);
  const states = entries.filter((entry) => entry.type === 'handle-state').map(({ state }) => state);
  assert.deepEqual(states, ['searching', 'ended', 'idle', 'transferring', 'drained', 'idle', 'transferring', 'idle']);
  assert.equal(openCount(replay(entries).tree), 0);
});

test('readWineLog masks passwords wherever a log shows them', async () => {
  const { entries } = await readWineLog([UPLOADER.replaceAll('PASS pass', 'PASS hunter2')]);
  assert.doesNotMatch(JSON.stringify(entries), /hunter2/);
  const cookie = DOWNLOADER.replaceAll('X-Trace: one', 'Cookie: sid=hunter2');
  assert.doesNotMatch(JSON.stringify((await readWineLog([cookie])).entries), /hunter2/);
});

test('readWineLog needs no time stamps, processes or threads, takes CR LF, and pieces that are cut anywhere', async () => {
  const plain = UPLOADER.replaceAll(/^[\d.]+:[0-9a-f]{4}:[0-9a-f]{4}:/gm, '').replaceAll('\n', '\r\n');
  const pieces = plain.match(/[\s\S]{1,7}/g) ?? [];
  const { calls, unknown } = await readWineLog(pieces);
  assert.deepEqual([calls, unknown], [27, 0]);
});

test('readWineLog takes names that every object of JavaScript has for functions that it does not know', async () => {
  const lines = ['InternetOpenW L"a/1.0", 1, (null), (null), 0', '__defineGetter__ x', 'toString x', 'constructor x'];
  const { calls, unknown } = await readWineLog([lines.map((line) => `trace:wininet:${line}\n`).join('')]);
  assert.deepEqual([calls, unknown], [1, 3]);
});

test('readWineLog keeps no line that is longer than any of a log, as of a file that is none', async () => {
  const pieces = [...Array.from({ length: 40 }, () => 'x'.repeat(65_536)), '\n', DOWNLOADER];
  const { calls, unknown, unknownLines } = await readWineLog(pieces);
  assert.deepEqual([calls, unknown, unknownLines], [23, 1, [{ line: 1, text: '…' }]]);
});

test('readWineLog counts the lines that it does not understand, and keeps the first of them', async () => {
  const strange = ['hello from the program itself', '0020:0024:trace:wininet:NewInnerFunction (1, 2)', ''];
  const log = await readWineLog([`${strange.join('\n')}${DOWNLOADER}`]);
  assert.equal(log.unknown, 2);
  assert.deepEqual(log.unknownLines[1], { line: 2, text: strange[1] });
  assert.equal(log.calls, 23);
});

test('readWineLog makes a journal of a log that breaks off anywhere', async () => {
  for (const text of [DOWNLOADER, UPLOADER]) {
    const lines = text.split(/(?<=\n)/);
    for (let count = 0; count < lines.length; count += 23) {
      const { entries } = await readWineLog(lines.slice(0, count));
      replay(entries);
      assert.equal(entries.at(-1)?.type, 'end');
    }
  }
});

test('readWineLog makes a journal of a log that begins anywhere', async () => {
  for (const text of [DOWNLOADER, UPLOADER]) {
    const lines = text.split(/(?<=\n)/);
    for (let from = 0; from < lines.length; from += 23) replay((await readWineLog(lines.slice(from))).entries);
  }
});

test('readWineLog keeps the calls of threads apart', async () => {
  const other = DOWNLOADER.replaceAll(':0020:0024:', ':0020:0099:').split(/(?<=\n)/);
  const lines = DOWNLOADER.split(/(?<=\n)/);
  // The same program in another process, line by line between those of the first.
  const mixed = lines.flatMap((line, index) => [line, (other[index] ?? '').replace(':0020:', ':0040:')]);
  const { entries, calls } = await readWineLog(mixed);
  assert.equal(calls, 46);
  assert.equal(replay(entries).tree.roots.size, 2);
});

function logText(name: string): string {
  return readFileSync(path.join(import.meta.dirname, 'wineLogs', `${name}.log`), 'utf8');
}

/** The journal folded, entry by entry as its form demands. */
function replay(entries: readonly Entry[]): JournalHistory {
  const history = new JournalHistory(entries.length + 1);
  for (const entry of entries) {
    const parsed = parseEntry(JSON.parse(JSON.stringify(entry)));
    assert.ok(parsed.ok, parsed.ok ? '' : parsed.problem);
    history.append(entry);
  }
  return history;
}

function errorsOf(entries: readonly Entry[]): unknown[] {
  const names = new Map(entries.flatMap((entry) => (entry.type === 'call-begin' ? [[entry.call, entry.fn]] : [])));
  return entries.flatMap((entry) =>
    entry.type === 'call-end' && entry.error !== undefined ? [[names.get(entry.call), entry.error]] : [],
  );
}
