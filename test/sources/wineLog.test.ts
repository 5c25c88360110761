import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  FTP_TRANSFER_TYPE_BINARY,
  GENERIC_READ,
  GENERIC_WRITE,
  INTERNET_FLAG_PASSIVE,
  INTERNET_SERVICE_FTP,
} from '../../extension/shared/constants.ts';
import { LANGUAGES } from '../../extension/shared/generate/languages.ts';
import { programOf } from '../../extension/shared/generate/programOf.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { parseEntry } from '../../extension/shared/journalSchema.ts';
import { applyEntry, checkpoint, emptyTree, type HandleTree, openCount } from '../../extension/shared/model.ts';
import { NOT_LOGGED } from '../../extension/shared/notLogged.ts';
import { MASK } from '../../extension/shared/redact.ts';
import { shownHandles } from '../../extension/shared/treeText.ts';
import { readWineLog } from '../../extension/sources/wineLog/readWineLog.ts';

/** Real logs; the programs that wrote them stand beside them. */
function linesOf(program: 'downloader' | 'uploader'): readonly string[] {
  return readFileSync(new URL(`wineLogs/${program}.log`, import.meta.url), 'utf8').split('\n');
}

test('readWineLog finds every call of a native program, and none that Wine makes itself', async () => {
  const { entries, calls, unknown } = await readWineLog(linesOf('downloader'));
  assert.deepEqual(callCounts(entries), {
    InternetOpen: 1,
    InternetConnect: 1,
    HttpOpenRequest: 3,
    HttpAddRequestHeaders: 1,
    HttpSendRequest: 3,
    HttpQueryInfo: 1,
    InternetReadFile: 8,
    InternetCloseHandle: 4,
    InternetOpenUrl: 1,
  });
  assert.deepEqual({ calls, unknown }, { calls: 23, unknown: 0 });
});

test('readWineLog tells which request had a new connection and which one was kept alive, and from whom', async () => {
  const { entries } = await readWineLog(linesOf('downloader'));
  const uses = entries.filter((entry) => entry.type === 'connection');
  assert.deepEqual(
    uses.map(({ connection, use, peer }) => [connection, use, peer]),
    [
      [1, 1, null],
      [1, 2, null],
      [2, 1, null],
      [2, 2, null],
    ],
  );
  assert.deepEqual(
    uses.map(({ openedFor, serial }) => openedFor === serial),
    [true, false, true, false],
  );
  const begun = new Map(entries.flatMap((entry) => (entry.type === 'call-begin' ? [[entry.call, entry.fn]] : [])));
  assert.deepEqual(
    uses.map(({ call }) => begun.get(call)),
    ['HttpSendRequest', 'HttpSendRequest', 'HttpSendRequest', 'InternetOpenUrl'],
  );
  for (const use of uses) assert.ok(parseEntry(use).ok);
});

test('readWineLog finds FTP calls that only inner functions name, and counts the one that nothing names', async () => {
  const { entries, unknown, unknownLines } = await readWineLog(linesOf('uploader'));
  assert.deepEqual(callCounts(entries), {
    InternetOpen: 1,
    InternetConnect: 1,
    FtpGetCurrentDirectory: 1,
    FtpFindFirstFile: 1,
    InternetFindNextFile: 10,
    InternetCloseHandle: 5,
    FtpOpenFile: 2,
    InternetReadFile: 2,
    InternetWriteFile: 1,
    FtpRenameFile: 1,
    FtpDeleteFile: 2,
  });
  // FtpDeleteFile on the busy session: it was refused before it wrote a line of its own.
  assert.equal(unknown, 1);
  assert.match(unknownLines[0] ?? '', /get_handle_object handle 2 ->/);
});

test('readWineLog gives entries that are valid, and a tree as the program had it', async () => {
  const { entries } = await readWineLog(linesOf('downloader'));
  assertValid(entries);
  assert.deepEqual(fullest(entries), [
    'root open downloader/1.0',
    '  http-connect open http://127.0.0.1:58802',
    '    http-request answered GET http://127.0.0.1:58802/status/404',
    '    http-request unsent POST http://127.0.0.1:58802/echo',
  ]);
  assert.equal(openCount(folded(entries)), 0);
  assert.equal(entries.at(-1)?.type, 'end');
});

test('readWineLog gives arguments in the order of the parameters, and says which ones the log does not tell', async () => {
  const { entries } = await readWineLog(linesOf('uploader'));
  const argsOf = (fn: string) =>
    entries.flatMap((entry) => (entry.type === 'call-begin' && entry.fn === fn ? [entry.args] : []));
  assert.deepEqual(argsOf('InternetConnect'), [
    [{ handle: 1 }, '127.0.0.1', 48141, 'user', MASK, INTERNET_SERVICE_FTP, INTERNET_FLAG_PASSIVE, 10],
  ]);
  assert.deepEqual(argsOf('FtpFindFirstFile'), [[{ handle: 2 }, '*', 'record', NOT_LOGGED, 11]]);
  assert.deepEqual(argsOf('FtpOpenFile'), [
    [{ handle: 2 }, 'hello.txt', GENERIC_READ, FTP_TRANSFER_TYPE_BINARY, 12],
    [{ handle: 2 }, 'upload.tmp', GENERIC_WRITE, FTP_TRANSFER_TYPE_BINARY, 13],
  ]);
  assert.deepEqual(argsOf('FtpRenameFile'), [[{ handle: 2 }, 'upload.tmp', 'upload.txt']]);
  assert.deepEqual(argsOf('InternetWriteFile'), [[{ handle: 5 }, '5 bytes']]);
});

test('programOf writes a log as a program in which an argument that it does not tell is nothing', async () => {
  const { entries } = await readWineLog(linesOf('uploader'));
  const journal = { base: checkpoint(emptyTree()), entries };
  const text = LANGUAGES.typescript.write(programOf(journal, null)) ?? '';
  assert.match(text, /FtpFindFirstFile\(connection, '\*', \{\} as WIN32_FIND_DATA, 0, 11\)/);
  assert.match(text, /FtpGetCurrentDirectory\(connection, null\)/);
  assert.ok(!text.includes(NOT_LOGGED));
});

test('programOf writes a call whose end a log does not tell as one that may fail, in TypeScript and in C++', async () => {
  const text = readFileSync(new URL('wineLogs/refusals.log', import.meta.url), 'utf8');
  const written = async (lines: readonly string[], language: 'typescript' | 'cpp') => {
    const { entries } = await readWineLog(lines);
    return LANGUAGES[language].write(programOf({ base: checkpoint(emptyTree()), entries }, null)) ?? '';
  };
  const lines = text.split('\n');
  const untold = lines.filter((line) => !/:(?:Call|Ret ) ?\w/.test(line));
  const call = "HttpAddRequestHeaders(request, 'nonsense', HTTP_ADDREQ_FLAG_ADD)";
  assert.ok((await written(untold, 'typescript')).includes(`await untold('HttpAddRequestHeaders', ${call});`));
  assert.ok((await written(lines, 'typescript')).includes(`await failing('ERROR_HTTP_INVALID_HEADER', ${call});`));
  assert.match(await written(untold, 'cpp'), /Try\([^;]*"HttpAddRequestHeaders"\);/);
  assert.doesNotMatch(await written(lines, 'cpp'), /Try\([^;]*"HttpAddRequestHeaders"\);/);
});

test('programOf gives an asynchronous program from a log the callback and the records that the log tells to be there', async () => {
  const text = readFileSync(new URL('wineLogs/async.log', import.meta.url), 'utf8');
  const { entries } = await readWineLog(text.split('\n'));
  const program = LANGUAGES.typescript.write(programOf({ base: checkpoint(emptyTree()), entries }, null)) ?? '';
  assert.match(program, /InternetSetStatusCallback\(session, onStatus\)/);
  assert.match(program, /HttpSendRequestEx\(\s*request\d*,\s*\{ dwBufferTotal: [1-9]/);
});

test('readWineLog sees that a leaked request is closed only with its root', async () => {
  const { entries } = await readWineLog(linesOf('downloader'));
  const closed = entries.flatMap((entry) => (entry.type === 'handle-close' ? [[entry.serial, entry.reason]] : []));
  assert.deepEqual(closed, [
    [3, 'call'],
    [5, 'call'],
    [6, 'call'],
    [4, 'cascade'],
    [2, 'cascade'],
    [1, 'call'],
  ]);
});

test('readWineLog tells how calls failed', async () => {
  assert.deepEqual(failures((await readWineLog(linesOf('downloader'))).entries), [
    'InternetReadFile ERROR_INVALID_HANDLE',
    'InternetReadFile ERROR_INTERNET_INCORRECT_HANDLE_TYPE',
  ]);
  assert.deepEqual(failures((await readWineLog(linesOf('uploader'))).entries), [
    'InternetFindNextFile ERROR_NO_MORE_FILES',
    'FtpDeleteFile ERROR_INTERNET_EXTENDED_ERROR',
  ]);
});

test('readWineLog counts the bytes that reads and writes moved', async () => {
  const { entries } = await readWineLog(linesOf('uploader'));
  const nodes = [...folded(entries).nodes.values()];
  assert.deepEqual(
    nodes.filter(({ kind }) => kind === 'ftp-file').map(({ bytesIn, bytesOut }) => [bytesIn, bytesOut]),
    [
      [9, 0],
      [0, 5],
    ],
  );
});

test('readWineLog takes an FTP session through its states', async () => {
  const { entries } = await readWineLog(linesOf('uploader'));
  const states = entries.flatMap((entry) => (entry.type === 'handle-state' && entry.serial === 2 ? [entry.state] : []));
  assert.deepEqual(states, ['idle', 'searching', 'idle', 'transferring', 'idle', 'transferring', 'idle']);
});

test('readWineLog masks passwords, cookies and credentials', async () => {
  for (const program of ['downloader', 'uploader'] as const) {
    const { entries } = await readWineLog(linesOf(program));
    assert.doesNotMatch(JSON.stringify(entries), /s3cret|PASS pass|"pass"/);
  }
  const lines = linesOf('downloader').map((line) =>
    line
      .replace('X-Trace: one', 'Authorization: Basic aHVzaA==')
      .replace('Server: fixture/1.0', 'Set-Cookie: sid=hush'),
  );
  const { entries } = await readWineLog(lines);
  assert.doesNotMatch(JSON.stringify(entries), /aHVzaA|sid=hush/);
  assert.match(JSON.stringify(entries), /Authorization: ••••/);
  const told = await readWineLog([
    `x:trace "GET / HTTP/1.1\\r\\nCookie: hush\\r\\n"`,
    '0024:fixme:wininet:Strange "PASS hush\\r\\n"',
  ]);
  assert.equal(told.unknown, 2);
  assert.doesNotMatch(told.unknownLines.join('\n'), /hush/);
});

test('readWineLog counts lines that it does not know and keeps the first 50', async () => {
  const strange = Array.from({ length: 70 }, (_, index) => `the program says ${index}`);
  const { calls, unknown, unknownLines } = await readWineLog([
    ...strange,
    '',
    '0024:trace:heap:HeapAlloc 1234',
    '0024:fixme:wininet:InternetWhatever (0000000000000001) stub',
    ...linesOf('downloader'),
  ]);
  assert.deepEqual({ calls, unknown, kept: unknownLines.length }, { calls: 23, unknown: 71, kept: 50 });
  assert.equal(unknownLines[0], 'the program says 0');
});

test('readWineLog reads a log that begins or ends anywhere, and never says that it has ended when it was cut', async () => {
  for (const program of ['downloader', 'uploader'] as const) {
    const lines = linesOf(program);
    for (let cut = 0; cut < lines.length - 2; cut += 50) {
      const head = await readWineLog(lines.slice(0, cut));
      assertValid(head.entries);
      assert.notEqual(head.entries.at(-1)?.type, 'end');
      const tail = await readWineLog(lines.slice(cut));
      assertValid(tail.entries);
      assert.equal(openCount(folded(tail.entries)) >= 0, true);
    }
  }
});

test('readWineLog takes a handle as it finds it that was opened before the log began', async () => {
  const lines = linesOf('downloader');
  const begin = lines.findIndex((line) => /InternetReadFile 0{15}3 /.test(line));
  const { entries } = await readWineLog(lines.slice(begin));
  const [open, call] = [
    entries.find(({ type }) => type === 'handle-open'),
    entries.find(({ type }) => type === 'call-end'),
  ];
  assert.ok(open?.type === 'handle-open' && call?.type === 'call-end');
  assert.deepEqual([open.kind, open.state, open.value], ['http-request', 'answered', 3]);
  assert.equal(call.result, 13);
});

test('readWineLog reads the same from lines that end with CR LF', async () => {
  const lines = linesOf('uploader');
  assert.deepEqual(await readWineLog(lines.map((line) => `${line}\r`)), await readWineLog(lines));
});

test('readWineLog needs neither times nor processes nor threads', async () => {
  for (const prefix of [/^[\d.]+:[0-9a-f]+:/, /^[\d.]+:[0-9a-f]+:[0-9a-f]+:/]) {
    const { entries } = await readWineLog(linesOf('downloader').map((line) => line.replace(prefix, '')));
    assert.equal(openCount(folded(entries)), 0);
    assert.equal(
      Object.values(callCounts(entries)).reduce((sum, count) => sum + count),
      23,
    );
    assert.equal(entries.at(-1)?.t, 0);
  }
});

test('readWineLog keeps processes apart whose lines interleave', async () => {
  const one = linesOf('downloader').filter((line) => line !== '');
  const other = one.map((line) => line.replace(':0020:0024:', ':0030:0034:').replace(':0020:00e4:', ':0030:00f4:'));
  await assertBothRun(one.flatMap((line, index) => [line, other[index] ?? '']));
});

test('readWineLog keeps threads of one process apart whose lines interleave', async () => {
  const one = linesOf('downloader').filter((line) => line !== '');
  // The same program in a second thread has other handles and objects.
  const other = one.map((line) =>
    line
      .replace(':0020:0024:', ':0020:0034:')
      .replaceAll(/\b0{15}([1-9])\b/g, '000000000000001$1')
      .replace(/handle (\d) ->/, (_, digit) => `handle ${16 + Number(digit)} ->`)
      .replaceAll('00000000010A', '00000000020A'),
  );
  await assertBothRun(one.flatMap((line, index) => [line, other[index] ?? '']));
});

async function assertBothRun(lines: readonly string[]): Promise<void> {
  const { entries, calls, unknown } = await readWineLog(lines);
  assertValid(entries);
  assert.deepEqual({ calls, unknown }, { calls: 46, unknown: 0 });
  assert.equal(failures(entries).length, 4);
  assert.deepEqual(
    [...folded(entries).nodes.values()].map(({ kind, closed }) => `${kind} ${closed?.reason}`).toSorted(),
    [
      ...['http-connect cascade', 'http-connect cascade'],
      ...['http-request call', 'http-request call', 'http-request call', 'http-request call'],
      ...['http-request call', 'http-request call', 'http-request cascade', 'http-request cascade'],
      ...['root call', 'root call'],
    ],
  );
}

test('readWineLog records status callbacks in their order, with context and code', async () => {
  const callback = (code: number, name: string): string =>
    `6.032:0020:0024:trace:wininet:INTERNET_SendCallback callback(000000014000100A) (0000000000000003 (00000000010A32A0), 00000002, ${code} (${name}), 000000000021F5C0, 16)`;
  const lines = linesOf('downloader');
  const at = lines.findIndex((line) => line.includes('open_http_connection connecting'));
  const told = [
    callback(20, 'INTERNET_STATUS_CONNECTING_TO_SERVER'),
    callback(21, 'INTERNET_STATUS_CONNECTED_TO_SERVER'),
  ];
  const { entries, unknown } = await readWineLog(lines.toSpliced(at, 0, ...told));
  const statuses = entries.flatMap((entry) =>
    entry.type === 'status' ? [[entry.serial, entry.code, entry.context]] : [],
  );
  assert.deepEqual(statuses, [
    [3, 20, 2],
    [3, 21, 2],
  ]);
  assert.equal(unknown, 0);
});

function callCounts(entries: readonly Entry[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const entry of entries) if (entry.type === 'call-begin') counts[entry.fn] = (counts[entry.fn] ?? 0) + 1;
  return counts;
}

function failures(entries: readonly Entry[]): readonly string[] {
  const names = new Map(entries.flatMap((entry) => (entry.type === 'call-begin' ? [[entry.call, entry.fn]] : [])));
  return entries.flatMap((entry) =>
    entry.type === 'call-end' && entry.error !== undefined ? [`${names.get(entry.call)} ${entry.error}`] : [],
  );
}

function folded(entries: readonly Entry[]): HandleTree {
  const tree = emptyTree();
  for (const entry of entries) applyEntry(tree, entry);
  return tree;
}

/** The open handles of the first moment at which most of them were open. */
function fullest(entries: readonly Entry[]): readonly string[] {
  const tree = emptyTree();
  let most = 0;
  let lines: readonly string[] = [];
  for (const entry of entries) {
    applyEntry(tree, entry);
    if (openCount(tree) <= most) continue;
    most = openCount(tree);
    lines = shownHandles(tree, { closed: false }).map(
      ({ node, depth }) => `${'  '.repeat(depth)}${node.kind} ${node.state} ${node.target}`,
    );
  }
  return lines;
}

function assertValid(entries: readonly Entry[]): void {
  for (const entry of entries) {
    const parsed = parseEntry(entry);
    assert.ok(parsed.ok, parsed.ok ? '' : parsed.problem);
  }
}

test('readWineLog takes the end of an asynchronous InternetOpenUrl from REQUEST_COMPLETE, though its request had a handle', async () => {
  const of = (thread: string, ...lines: readonly string[]): readonly string[] =>
    lines.map((line) => `${thread}:trace:wininet:${line}`);
  const { entries, unknown } = await readWineLog([
    ...of(
      '0024',
      'InternetOpenA ("url/1.0", 0x00000001, (null), (null), 0x10000000)',
      'InternetOpenW (L"url/1.0", 1, (null), (null), 268435456)',
      'InternetOpenW returning 0000000001000010',
      'InternetOpenUrlW (0000000000000001, L"http://127.0.0.1:1/", (null), 00000000, 80000000, ffffffffffffffff)',
      'get_handle_object handle 1 -> 0000000001000010',
      'INTERNET_AsyncCall ',
      'InternetOpenUrlW  0000000000000000 <--',
    ),
    ...of(
      '0028',
      'INTERNET_WorkerThreadFunc ',
      'AsyncInternetOpenUrlProc 0000000001000010',
      'INTERNET_InternetOpenUrlW (0000000001000010, L"http://127.0.0.1:1/", (null), 00000000, 80000000, ffffffffffffffff)',
      'HttpOpenRequestW (0000000000000002, (null), L"/", (null), (null), 0000000001E3FB20, 80000000, ffffffffffffffff)',
      'HTTP_HttpOpenRequestW <-- (0000000001000030)',
      'HttpOpenRequestW returning 0000000000000003',
      'HttpSendRequestW 0000000000000003, (null), 0, 0000000000000000, 0)',
      'get_handle_object handle 3 -> 0000000001000030',
      'INTERNET_AsyncCall ',
      'INTERNET_InternetOpenUrlW  0000000000000003 <--',
      'INTERNET_WorkerThreadFunc ',
      'AsyncHttpSendRequestProc 0000000001000030',
      'HTTP_HttpSendRequestW --> 0000000001000030',
      'INTERNET_SendCallback callback(0000000140001000) (0000000000000003 (0000000001000030), ffffffffffffffff, 100 (INTERNET_STATUS_REQUEST_COMPLETE), {0, 12029}, 16)',
      'INTERNET_SendCallback end callback().',
    ),
  ]);
  assert.equal(unknown, 0);
  const call = entries.find((entry) => entry.type === 'call-begin' && entry.fn === 'InternetOpenUrl');
  assert.ok(call?.type === 'call-begin');
  assert.equal(call.args.at(-1), -1);
  const end = entries.find((entry) => entry.type === 'call-end' && entry.call === call.call);
  assert.deepEqual(end?.type === 'call-end' && [end.result, end.error], [null, 'ERROR_INTERNET_CANNOT_CONNECT']);
});
