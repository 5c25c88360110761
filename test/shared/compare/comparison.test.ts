import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import {
  type ComparedJournal,
  type Comparison,
  compareJournals,
} from '../../../extension/shared/compare/comparison.ts';
import { comparisonReport } from '../../../extension/shared/compare/comparisonReport.ts';
import { shownComparison } from '../../../extension/shared/compare/shownComparison.ts';
import type { FunctionName } from '../../../extension/shared/hierarchy.ts';
import type { Entry, RecordedValue } from '../../../extension/shared/journal.ts';
import { NOT_LOGGED } from '../../../extension/shared/notLogged.ts';
import { readWineLog } from '../../../extension/sources/wineLog/readWineLog.ts';
import { withPlayground } from '../../playground/withPlayground.ts';
import { type Departure, runProgram } from './comparedPrograms.ts';
import { type RandomStep, runRandomProgram } from './randomProgram.ts';

const playground = withPlayground();
let original: ComparedJournal;

beforeEach(async () => {
  original ??= await runProgram(playground());
});

const FAITHFUL: Readonly<Record<string, Departure>> = {
  'runs again': {},
  'reads with a small buffer': { chunk: 7 },
};

for (const [what, departure] of Object.entries(FAITHFUL)) {
  test(`compareJournals finds nothing in a program that ${what}`, async () => {
    const { divergences, rows } = await compared(departure);
    assert.deepEqual(divergences, []);
    assert.ok(rows.every(({ left, right }) => left?.fn === right?.fn));
  });
}

/** What each departure shows: the function at which it does, and what is said. */
const DEPARTURES: readonly [Departure, ...[fn: string, kind: string, text: RegExp][]][] = [
  [{ flags: 0 }, ['HttpOpenRequest', 'argument', /^dwFlags is INTERNET_FLAG_RELOAD on the left and 0 on the right\.$/]],
  [
    { headersLast: true },
    [
      'HttpAddRequestHeaders',
      'order',
      /^Both call HttpAddRequestHeaders: the left side here, the right side only in row 8\.$/,
    ],
  ],
  [{ forgets: 'close' }, ['InternetCloseHandle', 'missing-close', /on the right it is closed with its parent/]],
  [{ forgets: 'query' }, ['HttpQueryInfo', 'missing-call', /^Only the left side calls HttpQueryInfo/]],
  [{ asks: 'again' }, ['HttpQueryInfo', 'extra-call', /^Only the right side calls HttpQueryInfo/]],
  [
    { headersOfConnection: true },
    ['HttpAddRequestHeaders', 'handle', /another handle than on the left/],
    ['HttpAddRequestHeaders', 'error', /success on the left and .*HANDLE_TYPE on the right/],
  ],
  [
    { path: 'status/404' },
    ['HttpOpenRequest', 'argument', /^lpszObjectName is "\/status\/200" on the left and "\/status\/404" on the right/],
    ['HttpQueryInfo', 'result', /200 on the left and 404 on the right/],
    ['InternetReadFile', 'result', /bytes|\d+ on the left and \d+ on the right/],
  ],
  [
    { asynchronous: true },
    ['InternetOpen', 'argument', /^dwFlags is 0 on the left and INTERNET_FLAG_ASYNC on the right/],
  ],
];

for (const [departure, ...expected] of DEPARTURES) {
  test(`compareJournals finds exactly what departs with ${JSON.stringify(departure)}`, async () => {
    const { divergences, rows } = await compared(departure);
    assert.deepEqual(
      divergences.map(({ kind, row }) => [rows[row]?.left?.fn ?? rows[row]?.right?.fn, kind]),
      expected.map(([fn, kind]) => [fn, kind]),
      JSON.stringify(divergences),
    );
    for (const [index, [, , text]] of expected.entries()) assert.match(divergences[index]?.text ?? '', text);
  });
}

test('compareJournals tells the call of a callback that is missing', async () => {
  const entries = original.entries.filter((entry) => entry.type !== 'status' || entry.code !== 31);
  const { divergences } = compareJournals(original, { ...original, entries }, fill);
  assert.deepEqual(
    divergences.map(({ kind }) => kind),
    ['callbacks'],
  );
  assert.match(divergences[0]?.text ?? '', /comes INTERNET_STATUS_REQUEST_SENT on the left and INTERNET_STATUS_RECEIV/);
});

test('compareJournals tells a handle that only one side closes from one that goes with its parent on the other', () => {
  const closing = original.entries.findIndex(
    (entry) => entry.type === 'call-begin' && entry.fn === 'InternetCloseHandle',
  );
  const before = { ...original, entries: original.entries.slice(0, closing) };
  const texts = (one: ComparedJournal, other: ComparedJournal) =>
    compareJournals(one, other, fill).divergences.map(({ text }) => text);
  assert.equal(texts(original, before)[0], 'Only the left side closes this handle: on the right it stays open.');
  assert.equal(texts(before, original)[0], 'Only the right side closes this handle: on the left it stays open.');
});

test('compareJournals says nothing about a handle where a close fails that only one side tries', () => {
  const last = original.entries.at(-1);
  assert.ok(last !== undefined);
  const [seq, t, call] = [last.seq, last.t, 1_000_000];
  const entries: Entry[] = [
    ...original.entries,
    { seq: seq + 1, t, type: 'call-begin', call, fn: 'InternetCloseHandle', handle: null, args: [{ handle: 1 }] },
    { seq: seq + 2, t, type: 'call-end', call, result: null, error: 'ERROR_INVALID_HANDLE' },
  ];
  const { divergences } = compareJournals(original, { ...original, entries }, fill);
  assert.deepEqual(
    divergences.map(({ text }) => text),
    ['Only the right side calls InternetCloseHandle.'],
  );
});

test('compareJournals tells a program that never ended from one that did', async () => {
  const end = original.entries.findLastIndex((entry) => entry.type === 'call-begin' && entry.fn === 'HttpSendRequest');
  const entries = original.entries.slice(0, end + 3);
  const { divergences } = compareJournals(original, { ...original, entries }, fill);
  assert.equal(divergences[0]?.text, 'On the left HttpSendRequest came to its end, on the right it never did.');
});

/** The options that a program asks its root for, and the handles of requests that it closes, in this order. */
function asking(options: readonly number[], closed: readonly number[] = []): ComparedJournal {
  const entries: Entry[] = original.entries.slice(0, original.entries.findLastIndex(isCallOf('HttpOpenRequest')) + 4);
  let seq = entries.at(-1)?.seq ?? 0;
  const call = (fn: FunctionName, handle: number, args: readonly RecordedValue[]): void => {
    const [begin, t] = [seq + 1, entries.at(-1)?.t ?? 0];
    entries.push({
      seq: begin,
      t,
      type: 'call-begin',
      call: 1_000_000 + begin,
      fn,
      handle,
      args: [{ handle }, ...args],
    });
    entries.push({ seq: begin + 1, t, type: 'call-end', call: 1_000_000 + begin, result: true });
    seq += 2;
  };
  for (const option of options) call('InternetQueryOption', 1, [option]);
  for (const handle of closed) call('InternetCloseHandle', handle, []);
  return { ...original, entries };
}

function isCallOf(fn: FunctionName): (entry: Entry) => boolean {
  return (entry) => entry.type === 'call-begin' && entry.fn === fn;
}

const told = ({ divergences }: Comparison): readonly string[] =>
  divergences.map(({ kind, text }) => `${kind}: ${text}`);

test('compareJournals shows one argument that differs in a run of equal calls as that, not as a call more and one missing', () => {
  for (const [left, right] of [
    [
      [5, 5, 5, 5, 5, 5],
      [5, 5, 6, 5, 5, 5],
    ],
    [
      [5, 5, 5, 5, 5, 5],
      [6, 5, 5, 6, 5, 5],
    ],
  ] as const) {
    const { divergences, rows } = compareJournals(asking(left), asking(right), fill);
    assert.deepEqual(
      divergences.map(({ kind }) => kind),
      right.flatMap((option) => (option === 6 ? ['argument'] : [])),
    );
    assert.ok(rows.every((row) => row.left !== null && row.right !== null));
  }
});

test('compareJournals finds in a run of equal calls the one that is missing, by what callbacks told of each', () => {
  const whole = sending([10, 20, 30, 40]);
  for (const codes of [
    [20, 30, 40],
    [10, 30, 40],
    [10, 20, 40],
    [10, 20, 30],
  ]) {
    const short = sending(codes);
    assert.deepEqual(told(compareJournals(whole, short, fill)), [
      'missing-call: Only the left side calls InternetQueryOption.',
    ]);
    assert.deepEqual(told(compareJournals(short, whole, fill)), [
      'extra-call: Only the right side calls InternetQueryOption.',
    ]);
  }
});

test('compareJournals tells a large block of equal calls that is missing as the calls, not by what callbacks told of others', () => {
  const codes = Array.from({ length: 1500 }, (_, index) => 10 * (1 + (((index * index) % 7) % 4)));
  for (const [at, size] of [
    [0, 400],
    [700, 400],
    [1000, 3],
    [1100, 400],
  ] as const) {
    const [whole, short] = [sending(codes), sending(codes.toSpliced(at, size))];
    const { divergences } = compareJournals(whole, short, fill);
    assert.deepEqual([...new Set(divergences.map(({ kind }) => kind))], ['missing-call']);
    assert.equal(divergences.length, size);
    assert.deepEqual(
      [...new Set(compareJournals(short, whole, fill).divergences.map(({ kind }) => kind))],
      ['extra-call'],
    );
  }
});

test('compareJournals tells turns of a loop that are missing by their calls, though each turn has a handle of its own', async () => {
  const turns = 12;
  const turn = (which: number): readonly RandomStep[] =>
    (['request', 'send', 'query', 'close'] as const).map((what) => ({
      what,
      which: what === 'close' ? 1 : which,
      value: 0,
    }));
  const steps = [
    { what: 'connect', which: 0, value: 0 } as const,
    ...Array.from({ length: turns }, (_, at) => turn(at)),
  ];
  const journal = await runRandomProgram(playground(), steps.flat());
  const begins = journal.entries.flatMap((entry, index) => (isCallOf('HttpOpenRequest')(entry) ? [index] : []));
  assert.equal(begins.length, turns);
  const ranges = begins.flatMap((_, first) =>
    begins.slice(first + 1).map((__, more) => [first, first + more + 1] as const),
  );
  for (const [first, end] of ranges) {
    const entries = journal.entries.toSpliced(begins[first] ?? 0, (begins[end] ?? 0) - (begins[first] ?? 0));
    const { divergences, rows } = compareJournals(journal, { ...journal, entries }, fill);
    assert.deepEqual(
      [...new Set(divergences.map(({ kind }) => kind))].toSorted(),
      ['missing-call', 'missing-close'],
      JSON.stringify(divergences),
    );
    assert.equal(divergences.length, 4 * (end - first));
    assert.equal(rows[divergences[0]?.row ?? 0]?.left?.fn, 'HttpOpenRequest');
    const mirrored = compareJournals({ ...journal, entries }, journal, fill);
    assert.equal(mirrored.divergences.length, 4 * (end - first));
  }
});

test('compareJournals says nothing of an end that a log does not tell, but of a failure that is a success on the other side', () => {
  const end = (result: RecordedValue, error?: 'ERROR_INTERNET_INTERNAL_ERROR' | 'ERROR_INTERNET_INVALID_OPTION') => {
    const { entries, ...rest } = asking([5]);
    const last = entries.at(-1);
    assert.ok(last?.type === 'call-end');
    return {
      ...rest,
      entries: [...entries.slice(0, -1), { ...last, result, ...(error === undefined ? {} : { error }) }],
    };
  };
  const [success, failure] = [end(true), end(null, 'ERROR_INTERNET_INVALID_OPTION')];
  const [untold, unexplained] = [end(NOT_LOGGED), end(NOT_LOGGED, 'ERROR_INTERNET_INTERNAL_ERROR')];
  for (const other of [success, failure, untold, unexplained]) {
    assert.deepEqual(told(compareJournals(untold, other, fill)), []);
    assert.deepEqual(told(compareJournals(other, untold, fill)), []);
  }
  assert.deepEqual(told(compareJournals(unexplained, failure, fill)), []);
  assert.deepEqual(told(compareJournals(unexplained, success, fill)), [
    'error: InternetQueryOption ended with an error that was not logged on the left and with success on the right.',
  ]);
});

test('compareJournals compares calls that only the relay channel of a log tells of, where the log has them', async () => {
  const log = readFileSync(new URL('../../sources/wineLogs/refusals.log', import.meta.url), 'utf8').split('\n');
  const native = { ...original, entries: (await readWineLog(log)).entries };
  const port = {
    ...native,
    entries: native.entries.map((entry): Entry => {
      if (entry.type !== 'call-begin') return entry;
      return { ...entry, args: entry.args.map((value) => (value === NOT_LOGGED ? null : value)) };
    }),
  };
  const whole = compareJournals(native, port, fill);
  assert.deepEqual(told(whole), []);
  for (const fn of ['InternetSetCookie', 'FtpDeleteFile'] as const)
    assert.ok(whole.rows.some(({ left, right }) => left?.fn === fn && right?.fn === fn));
  const wininetOnly = (await readWineLog(log.filter((line) => !/:(?:Call|Ret ) ?\w/.test(line)))).entries;
  // Wine tells of no callback while it logs on, so that a call in one looks like Wine's own.
  assert.deepEqual(told(compareJournals({ ...native, entries: wininetOnly }, port, fill)), [
    'extra-call: Only the right side calls InternetQueryOption.',
  ]);
});

/** The same call again and again, of which callbacks tell these codes. */
function sending(codes: readonly number[]): ComparedJournal {
  const { entries, ...rest } = asking(codes.map(() => 5));
  const left = [...codes];
  const first = entries.length - 2 * codes.length;
  const told = entries.flatMap((entry, index): Entry[] => {
    const code = index >= first && entry.type === 'call-begin' ? left.shift() : undefined;
    if (code === undefined) return [entry];
    return [entry, { seq: 0, t: entry.t, type: 'status', serial: 1, code, context: 1, information: null }];
  });
  return { ...rest, entries: told.map((entry, index) => ({ ...entry, seq: index + 1 })) };
}

test('compareJournals tells another order of equal functions from arguments that differ, on whatever side', () => {
  const [one, other] = [asking([5, 6, 7]), asking([6, 5, 7])];
  const row = compareJournals(one, one, fill).rows.length;
  assert.deepEqual(told(compareJournals(one, other, fill)), [
    `order: Both call InternetQueryOption: the left side here, the right side only in row ${row}.`,
  ]);
  assert.deepEqual(told(compareJournals(other, one, fill)), [
    `order: Both call InternetQueryOption: the right side here, the left side only in row ${row}.`,
  ]);
});

test('compareJournals tells which of several handles is not closed by what closes the others', () => {
  assert.deepEqual(told(compareJournals(asking([], [3, 2, 1]), asking([], [3, 1]), fill)), [
    'missing-close: Only the left side closes this handle: on the right it stays open.',
  ]);
  assert.deepEqual(told(compareJournals(asking([], [3, 2]), asking([], [2, 3]), fill)).length, 1);
});

test('compareJournals aligns two journals without anything in common, and empty ones', () => {
  const nothing = { title: 'nothing', base: original.base, entries: [] };
  assert.deepEqual(compareJournals(nothing, nothing, fill).rows, []);
  const { rows } = compareJournals(original, nothing, fill);
  assert.ok(rows.length > 5 && rows.every(({ right }) => right === null));
});

test('compareJournals pairs what two programs begin with, even where they have too little in common afterwards', () => {
  const repeating = (fn: 'InternetQueryOption' | 'InternetFindNextFile'): ComparedJournal => {
    const entries = [...original.entries];
    for (let call = 1_000_000; call < 1_002_000; call += 1) {
      const [seq, t] = [entries.length * 2 + 1_000_000, original.entries.at(-1)?.t ?? 0];
      entries.push({ seq, t, type: 'call-begin', call, fn, handle: null, args: [] });
      entries.push({ seq: seq + 1, t, type: 'call-end', call, result: true });
    }
    return { ...original, entries };
  };
  const { rows, divergences } = compareJournals(
    repeating('InternetQueryOption'),
    repeating('InternetFindNextFile'),
    fill,
  );
  const calls = compareJournals(original, original, fill).rows.length;
  assert.ok(rows.slice(0, calls).every(({ left, right }) => left?.fn === right?.fn));
  assert.equal(divergences[0]?.row, calls);
});

test('comparisonReport shows the calls before the first divergence, both trees there, and the rest', async () => {
  const port = await runProgram(playground(), { path: 'status/404', forgets: 'close' });
  const report = comparisonReport(compareJournals(original, port, fill), original, port);
  assert.match(report, /^First of 4 divergences: lpszObjectName is/m);
  assert.match(report, /^\| 3 \| InternetConnect \| InternetConnect \|$/m);
  assert.match(report, /^\| ➜ 4 \| HttpOpenRequest \| HttpOpenRequest \|$/m);
  assert.equal(report.match(/HttpOpenRequest: http-request, unsent, GET/g)?.length, 2);
  assert.match(report, /^- row 9, InternetCloseHandle: Only the left side closes this handle/m);
});

test('comparisonReport writes the call out on both sides, and says where to look', async () => {
  const port = await runProgram(playground(), { path: 'status/404' });
  const changed = comparisonReport(compareJournals(original, port, fill), original, port);
  assert.match(changed, /^left {3}HttpOpenRequest\(0x00CC0008, "GET", "\/status\/200", .*\)$/m);
  assert.match(changed, /^right {2}HttpOpenRequest\(0x00CC0008, "GET", "\/status\/404", .*\)$/m);
  assert.match(changed, /^Look at HttpOpenRequest.* on the right/m);
  const lacking = await runProgram(playground(), { forgets: 'query' });
  const missing = comparisonReport(compareJournals(original, lacking, fill), original, lacking);
  assert.match(missing, /^right {2}no such call here$/m);
  assert.match(missing, /^Look on the right behind HttpSendRequest/m);
});

test('comparisonReport takes nothing of a trace for markup', () => {
  const title = 'a <img src=x> | `b` *c* [d](e)\n# f';
  const report = comparisonReport(
    compareJournals({ ...original, title }, original, fill),
    { ...original, title },
    original,
  );
  assert.match(report, /^# a \\<img src=x\\> \\\| \\`b\\` \\\*c\\\* \\\[d\\\]\(e\)\\\\n# f compared/);
});

test('comparisonReport says so where nothing diverges', () => {
  assert.match(
    comparisonReport(compareJournals(original, original, fill), original, original),
    /^No divergence in \d+ calls/m,
  );
});

test('shownComparison gives each row its moments, and each call the handle to look at', () => {
  const { rows } = shownComparison(compareJournals(original, original, fill), original, original, {}, fill);
  const row = rows.find(({ left }) => left?.title === 'HttpOpenRequest');
  assert.ok(row !== undefined);
  assert.equal(row.left?.serial, 3);
  assert.match(row.left?.args ?? '', /"GET", "\/status\/200"/);
  const opened = original.entries.find((entry) => entry.type === 'handle-open' && entry.serial === 3);
  assert.ok(opened !== undefined && opened.seq <= row.leftSeq);
});

async function compared(departure: Departure): Promise<Comparison> {
  return compareJournals(original, await runProgram(playground(), departure), fill);
}

function fill(message: string, ...values: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (hole, index) => String(values[Number(index)] ?? hole));
}
