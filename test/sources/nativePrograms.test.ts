import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { INTERNET_STATUS_REQUEST_COMPLETE } from '../../extension/shared/constants.ts';
import { errorCode } from '../../extension/shared/errorCodes.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { parseEntry } from '../../extension/shared/journalSchema.ts';
import { applyEntry, emptyTree, openCount } from '../../extension/shared/model.ts';
import { NOT_LOGGED } from '../../extension/shared/notLogged.ts';
import { shownHandles } from '../../extension/shared/treeText.ts';
import { readWineLog } from '../../extension/sources/wineLog/readWineLog.ts';

/**
 * Programs in wineLogs/ told, call by call, how they fared; Wine logged them at the same time. The logs are as Wine 8 wrote them, without
 * lines of inner functions that tell nothing of calls.
 */

type Program = 'async' | 'asyncftp' | 'threads' | 'ftp' | 'uploads' | 'faults' | 'refusals';
const PROGRAMS: readonly Program[] = ['async', 'asyncftp', 'threads', 'ftp', 'uploads', 'faults', 'refusals'];

/** They tell in another order than Wine does: threads, and calls in callbacks, which end before those around them. */
const UNORDERED: ReadonlySet<Program> = new Set<Program>(['threads', 'refusals']);

/** Calls that a program told and its log does not show: refused ones that wrote no line, and those that use no handle. */
const ABSENT: Readonly<Partial<Record<Program, readonly string[]>>> = {
  ftp: ['FtpDeleteFile failed 12110', 'FtpRemoveDirectory failed 12018', 'FtpDeleteFile failed 6'],
  faults: ['FtpFindFirstFile failed 12018'],
  uploads: ['InternetSetCookie succeeded 0'],
};

/** Failures that no line of a log tells. */
const UNTOLD: Readonly<Partial<Record<Program, readonly string[]>>> = {
  uploads: ['InternetQueryOption failed 122'],
};

for (const program of PROGRAMS) {
  test(`readWineLog finds every call of ${program}.c, and how it ended`, async () => {
    const { entries, calls } = await readWineLog(linesOf(program));
    const absent = [...(ABSENT[program] ?? [])];
    const told = toldCalls(program).filter((line) => {
      const place = absent.indexOf(line);
      if (place !== -1) absent.splice(place, 1);
      return place === -1;
    });
    const read = readCalls(entries);
    assert.equal(calls, told.length);
    const untold = UNTOLD[program] ?? [];
    const shown = (line: string): string =>
      // With last error 0 a program cannot tell failure from a callback that was not there, or from Wine's asynchronous FTP.
      line.replace(/ (?:failed 0|failed 997|failed 18)$/, '').replace(/ succeeded 0$/, '');
    const sides = [
      told.map((line) => (untold.includes(line) ? shown(line.replace('failed 122', 'succeeded 0')) : shown(line))),
      read.map(shown),
    ];
    if (UNORDERED.has(program)) for (const side of sides) side.sort();
    assert.deepEqual(sides[1], sides[0]);
  });

  test(`readWineLog gives valid entries for ${program}.c, and counts as unknown only what no line names`, async () => {
    const { entries, unknown, unknownLines } = await readWineLog(linesOf(program));
    for (const entry of entries) assert.ok(parseEntry(entry).ok);
    const nameless = (ABSENT[program] ?? []).filter((line) => line.startsWith('Ftp')).length;
    assert.equal(unknown, nameless, unknownLines.join('\n'));
  });

  test(`readWineLog reads ${program}.c wherever its log is cut, and tells no secret of it`, async () => {
    const text = linesOf(program).join('\n');
    for (let cut = 7; cut < text.length; cut += Math.ceil(text.length / 40)) {
      for (const part of [text.slice(0, cut), text.slice(cut)]) {
        const { entries, unknownLines } = await readWineLog(part.split('\n'));
        for (const entry of entries) assert.ok(parseEntry(entry).ok);
        assertNoSecret(`${JSON.stringify(entries)}${unknownLines.join('\n')}`);
      }
    }
  });
}

/** Of each function of a log: how its calls ended, as far as that is told. */
function endsOf(entries: readonly Entry[], fn: string): readonly unknown[] {
  return entries.flatMap((entry) => {
    if (entry.type !== 'call-begin' || entry.fn !== fn) return [];
    const end = entries.find((one) => one.type === 'call-end' && one.call === entry.call);
    return end?.type !== 'call-end' ? [] : [end.error === undefined ? end.result : [end.error, end.result]];
  });
}

test('readWineLog knows from the relay channel how calls ended that the wininet channel says nothing of', async () => {
  const { entries } = await readWineLog(linesOf('refusals'));
  assert.deepEqual(endsOf(entries, 'InternetSetOption'), [
    ['ERROR_INTERNET_INVALID_OPTION', null],
    ['ERROR_INVALID_PARAMETER', null],
    true,
  ]);
  assert.deepEqual(endsOf(entries, 'HttpAddRequestHeaders'), [
    ['ERROR_HTTP_INVALID_HEADER', null],
    true,
    ['ERROR_HTTP_INVALID_HEADER', null],
  ]);
  assert.deepEqual(endsOf(entries, 'FtpPutFile'), [['ERROR_FILE_NOT_FOUND', null]]);
  assert.deepEqual(endsOf(entries, 'FtpDeleteFile'), [['ERROR_FTP_TRANSFER_IN_PROGRESS', null]]);
  assert.ok(entries.every((entry) => !('result' in entry) || entry.result !== NOT_LOGGED));
});

test('readWineLog says of a call that nothing tells the end of that it is not logged, and of a failure when its reason is not', async () => {
  const wininetOnly = linesOf('refusals').filter((line) => !/:(?:Call|Ret ) ?\w/.test(line));
  const { entries } = await readWineLog(wininetOnly);
  assert.deepEqual(endsOf(entries, 'InternetSetOption'), [NOT_LOGGED, NOT_LOGGED, NOT_LOGGED]);
  assert.deepEqual(endsOf(entries, 'HttpSendRequest'), [true]);
  assert.deepEqual(endsOf(entries, 'FtpPutFile'), [['ERROR_INTERNET_INTERNAL_ERROR', NOT_LOGGED]]);
  assert.deepEqual(endsOf(entries, 'FtpOpenFile'), [['ERROR_INTERNET_INTERNAL_ERROR', NOT_LOGGED], { handle: 7 }]);
  const failed = entries.filter((entry) => entry.type === 'call-end' && entry.message !== undefined);
  assert.ok(failed.length > 0);
  for (const end of failed) assert.match('message' in end ? (end.message ?? '') : '', /but not why/);
});

test('readWineLog takes the relay channel alone, with whatever else stands in it', async () => {
  const relay = linesOf('refusals').filter((line) => /:(?:Call|Ret ) ?\w/.test(line));
  const other = '2835.700:0108:010c:Call KERNEL32.CreateFileW(0021f0a0 L"x",80000000) ret=1700484ff';
  const { entries, unknown } = await readWineLog(relay.flatMap((line) => [other, line]));
  assert.equal(unknown, 0);
  const whole = await readWineLog(linesOf('refusals'));
  const ends = (all: readonly Entry[]): readonly unknown[] =>
    all.flatMap((entry) => (entry.type === 'call-end' ? [entry.error ?? typeof entry.result] : []));
  assert.deepEqual(ends(entries).length, ends(whole.entries).length);
  assert.deepEqual(
    ends(entries).filter((end) => end === 'ERROR_INTERNET_INVALID_OPTION'),
    ['ERROR_INTERNET_INVALID_OPTION'],
  );
});

test('readWineLog follows asynchronous calls to their ends, with what REQUEST_COMPLETE told', async () => {
  const { entries } = await readWineLog(linesOf('async'));
  assert.deepEqual(pendingEnds(entries), [
    'HttpSendRequest succeeded',
    'HttpSendRequest succeeded',
    'InternetReadFile succeeded',
    'HttpSendRequestEx succeeded',
    'HttpEndRequest succeeded',
    'InternetOpenUrl succeeded',
    'HttpSendRequest ERROR_INTERNET_CANNOT_CONNECT',
    'HttpSendRequest succeeded',
  ]);
  const tree = emptyTree();
  for (const entry of entries) applyEntry(tree, entry);
  assert.equal(openCount(tree), 0);
  assert.deepEqual(
    shownHandles(tree, { closed: true }).map(
      ({ node, depth }) => `${'  '.repeat(depth)}${node.fn} ${node.bytesIn} ${node.closed?.reason}`,
    ),
    [
      'InternetOpen 0 call',
      '  InternetConnect 0 cascade',
      '    HttpOpenRequest 1000 call',
      '    HttpOpenRequest 24 call',
      '    HttpOpenRequest 99 call',
      '    HttpOpenRequest 0 call',
      '  InternetOpenUrl 0 cascade',
      '  InternetConnect 0 call',
      '    HttpOpenRequest 0 cascade',
    ],
  );
});

test('readWineLog names asynchronous FTP calls by the work that is done for them, in the order in which they were made', async () => {
  const { entries } = await readWineLog(linesOf('asyncftp'));
  const told = [...read('asyncftp.told').matchAll(/complete \d+ (\d+)/g)].map(([, code]) => Number(code));
  const ends = pendingEnds(entries).map((line) => line.split(' ')[1] ?? '');
  assert.deepEqual(
    ends.map((end) => (end === 'succeeded' ? 0 : end === 'ERROR_INTERNET_EXTENDED_ERROR' ? 12003 : -1)),
    told,
  );
});

test('readWineLog records each callback that the program had, on the handle that it was about', async () => {
  const { entries } = await readWineLog(linesOf('async'));
  const told = [...read('async.told').matchAll(/callback (\d+) (\d+)/g)].map(
    ([, context, code]) => `${context} ${code}`,
  );
  const statuses = entries.flatMap((entry) => (entry.type === 'status' ? [`${entry.context} ${entry.code}`] : []));
  assert.ok(told.length > 50);
  assert.deepEqual(statuses.toSorted(), told.toSorted());
  const complete = entries.flatMap((entry) =>
    entry.type === 'status' && entry.code === INTERNET_STATUS_REQUEST_COMPLETE && entry.context === 103 ? [entry] : [],
  );
  const opened = entries.find((entry) => entry.type === 'handle-open' && entry.fn === 'InternetOpenUrl');
  assert.ok(opened?.type === 'handle-open');
  assert.deepEqual(complete[0]?.information, { result: { handle: opened.serial }, error: 'ERROR_SUCCESS' });
});

test('readWineLog tells which callback a call was made in', async () => {
  const { entries } = await readWineLog(linesOf('async'));
  const inside = entries.flatMap((entry) =>
    entry.type === 'call-begin' && entry.callback !== undefined ? [[entry.fn, entry.callback.code]] : [],
  );
  assert.deepEqual(inside, [['InternetQueryOption', 41]]);
});

test('readWineLog keeps a closing handle apart from the newer one that has its value', async () => {
  const { entries } = await readWineLog(linesOf('async'));
  const opens = new Map(
    entries.flatMap((entry) => (entry.type === 'handle-open' ? [[entry.serial, entry.target]] : [])),
  );
  const closings = entries.flatMap((entry) =>
    entry.type === 'status' && entry.code === 70
      ? [`${entry.context} ${opens.get(entry.serial)?.replace(/:\d+/, '')}`]
      : [],
  );
  assert.deepEqual(closings.slice(0, 3), [
    '101 GET http://127.0.0.1/bytes/1000',
    '107 GET http://127.0.0.1/slow/drip/2',
    '102 POST http://127.0.0.1/echo',
  ]);
});

test('readWineLog takes the arguments of FTP functions from the inner functions that print them', async () => {
  const { entries } = await readWineLog(linesOf('ftp'));
  const args = (fn: string) =>
    entries.flatMap((entry) => (entry.type === 'call-begin' && entry.fn === fn ? [entry.args.slice(1, 4)] : []));
  assert.deepEqual(args('FtpPutFile'), [['up.txt', 'made/up.txt', 'not logged']]);
  assert.deepEqual(args('FtpGetFile')[0], ['made/up.txt', 'down.txt', 'not logged']);
  assert.deepEqual(args('FtpSetCurrentDirectory'), [['/incoming']]);
  assert.deepEqual(args('FtpCommand'), [[false, 1, 'NOOP']]);
  assert.deepEqual(args('FtpRenameFile'), [['made/two.txt', 'made/three.txt']]);
});

test('readWineLog masks secrets in entries and in lines that it does not know', async () => {
  for (const program of PROGRAMS) {
    const strange = linesOf(program).map((line) =>
      line.replace(/wininet:(?=[a-z_]*(?:cookie|uth)|FTP_Send|build|HTTP_Do)/i, 'wininet:New'),
    );
    for (const lines of [linesOf(program), strange]) {
      const { entries, unknownLines } = await readWineLog(lines);
      assertNoSecret(`${JSON.stringify(entries)}${unknownLines.join('\n')}`);
    }
  }
});

test('readWineLog reads newer logs: places in the source, addresses, microseconds, and text of the program in front', async () => {
  const plain = await readWineLog(linesOf('threads'));
  const forms: readonly ((line: string) => string)[] = [
    (line) => line.replace(/:wininet:/, ':wininet:http.c:4711:'),
    (line) => line.replace(/(trace|warn|err|fixme):wininet:/, '000000007b621e49:$1:wininet:internet.c:12:'),
    (line) => line.replace(/^(\d+\.\d{3}):/, '$1000:'),
    (line) => `said without an end of line${line}`,
    (line) => `${line}\r`,
  ];
  for (const form of forms) {
    const { entries, calls, unknown } = await readWineLog(
      linesOf('threads').map((line) => (line === '' ? '' : form(line))),
    );
    assert.deepEqual({ calls, unknown }, { calls: plain.calls, unknown: 0 });
    assert.deepEqual(entries, plain.entries);
  }
});

function read(name: string): string {
  return readFileSync(new URL(`wineLogs/${name}`, import.meta.url), 'utf8');
}

function linesOf(program: Program): readonly string[] {
  return read(`${program}.log`).split('\n');
}

/** `HttpSendRequest failed 997`, in the order in which the calls returned. */
function toldCalls(program: Program): readonly string[] {
  return [...read(`${program}.told`).matchAll(/^\w+ (\w+?)[AW]? ((?:succeeded|failed) \d+)\r?$/gm)].map(
    ([, fn, end]) => `${fn} ${end}`,
  );
}

function readCalls(entries: readonly Entry[]): readonly string[] {
  const ends = new Map(
    entries.flatMap((entry) => (entry.type === 'call-end' ? [[entry.call, entry.error ?? null]] : [])),
  );
  const pending = new Set(entries.flatMap((entry) => (entry.type === 'call-pending' ? [entry.call] : [])));
  return entries.flatMap((entry) => {
    if (entry.type !== 'call-begin') return [];
    const error = pending.has(entry.call) ? 'ERROR_IO_PENDING' : ends.get(entry.call);
    return [
      `${entry.fn} ${error === undefined ? 'goes on' : error === null ? 'succeeded 0' : `failed ${errorCode(error)}`}`,
    ];
  });
}

/** How calls ended that answered ERROR_IO_PENDING. */
function pendingEnds(entries: readonly Entry[]): readonly string[] {
  const ends = new Map(
    entries.flatMap((entry) => (entry.type === 'call-end' ? [[entry.call, entry.error ?? 'succeeded']] : [])),
  );
  const names = new Map(entries.flatMap((entry) => (entry.type === 'call-begin' ? [[entry.call, entry.fn]] : [])));
  return entries.flatMap((entry) =>
    entry.type === 'call-pending' ? [`${names.get(entry.call)} ${ends.get(entry.call)}`] : [],
  );
}

function assertNoSecret(text: string): void {
  assert.doesNotMatch(text, /hush|lovelace|a-wrong-one|aHVzaC/);
}
