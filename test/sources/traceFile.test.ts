import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Entry } from '../../extension/shared/journal.ts';
import { applyEntry, type Checkpoint, checkpoint, emptyTree, restore } from '../../extension/shared/model.ts';
import { type ReadTrace, readTrace, writeTrace } from '../../extension/sources/traceFile.ts';
import { TraceLines } from '../../extension/sources/traceLines.ts';
import { anyJournal } from '../shared/journals.ts';
import { recordJournal } from '../shared/recordedJournal.ts';

type Trace = Extract<ReadTrace, { readonly ok: true }>;

const ABOUT = { title: 'A lesson', program: 'ported.exe', startedAt: new Date(1_700_000_000_000) };
const NOTHING = checkpoint(emptyTree());

test('writeTrace and readTrace keep what the engine recorded over every protocol', async (t) => {
  const { journal } = await recordJournal(t);
  const trace = await read([...writeTrace(ABOUT, journal.base, journal.entries)].join(''));
  assert.deepEqual(trace.entries, JSON.parse(JSON.stringify(journal.entries)));
  assert.deepEqual(trace.header, {
    format: 'hinternet-trace',
    version: 1,
    title: 'A lesson',
    program: 'ported.exe',
    startedAt: '2023-11-14T22:13:20.000Z',
    cut: 0,
  });
  assert.deepEqual([trace.problems, trace.problemCount, trace.skipped], [[], 0, 0]);
});

test('writeTrace and readTrace keep the tree in front of a journal that was cut', async (t) => {
  const { journal } = await recordJournal(t, 40);
  assert.ok(journal.cut > 0 && journal.base.nodes.length > 0);
  const trace = await read([...writeTrace(ABOUT, journal.base, journal.entries)].join(''));
  assert.deepEqual([trace.header.cut, trace.problems], [journal.cut, []]);
  assert.deepEqual(folded(trace.base, trace.entries), folded(journal.base, journal.entries));
});

test('readTrace reads what writeTrace wrote, wherever the journal and the text are cut', async () => {
  await fc.assert(
    fc.asyncProperty(anyJournal(), fc.nat(), fc.array(fc.integer({ min: 1, max: 60 })), async (journal, at, sizes) => {
      const cut = journal.length === 0 ? 0 : at % journal.length;
      const base = cut === 0 ? NOTHING : folded(NOTHING, journal.slice(0, cut));
      const entries = journal.slice(cut);
      const trace = await read(inPieces([...writeTrace(ABOUT, base, entries)].join(''), sizes));
      assert.deepEqual(trace.entries, entries);
      assert.deepEqual(trace.problems, []);
      assert.deepEqual(folded(trace.base, trace.entries).nodes, folded(base, entries).nodes);
    }),
  );
});

test('readTrace tells a last line that is cut off from one that is damaged, and takes one that only lacks its end', async (t) => {
  const { journal } = await recordJournal(t);
  const text = [...writeTrace(ABOUT, journal.base, journal.entries.slice(0, 3))].join('');
  const whole = await read(text.trimEnd());
  assert.deepEqual([whole.entries.length, whole.problems], [3, []]);
  const cutOff = await read(text.slice(0, -4));
  assert.equal(cutOff.entries.length, 2);
  assert.match(
    cutOff.problems[0]?.sentence ?? '',
    /^The last line is cut off: the program is still writing it, or was/,
  );
  const damaged = await read(`${text.slice(0, -4)}\n`);
  assert.match(damaged.problems[0]?.sentence ?? '', /^The line is damaged/);
});

test('readTrace says in one sentence why a file is no trace', async () => {
  const header = { format: 'hinternet-trace', version: 1, title: '', startedAt: '2026-01-01T00:00:00.000Z', cut: 0 };
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['', /the file is empty/],
    ['\n\n', /the file is empty/],
    ['MZ\0\x90', /its first line is not the header/],
    ['{"format":"har"}', /its first line is not the header/],
    ['null\n', /its first line is not the header/],
    ['{"format":"hinternet-trace"}', /The header of this trace is damaged: version/],
    [JSON.stringify({ ...header, startedAt: 'yesterday' }), /damaged: startedAt/],
    [JSON.stringify({ ...header, cut: -1 }), /damaged: cut/],
    [JSON.stringify({ ...header, version: 2 }), /version 2, and this HINTERNET Explorer reads up to 1/],
  ];
  for (const [text, expected] of wrong) {
    const result = await readTrace(text);
    assert.ok(!result.ok, text);
    assert.match(result.problem, expected);
  }
});

test('readTrace leaves out lines that are broken, unknown or out of order, and says which', async () => {
  const good = [opening(1, 1, null), opening(2, 2, 1), opening(3, 3, 2)];
  const trace = await read(
    trail(
      good[0],
      '{"type":"handle-op',
      { type: 'rumour', seq: 2, t: 2 },
      good[1],
      good[1],
      opening(4, 2, 1),
      { ...opening(5, 5, null), t: 1 },
      { type: 'checkpoint', ...NOTHING },
      '',
      good[2],
      { type: 'bytes', serial: 1, direction: 'in', count: 1, seq: 7, t: 9 },
      { type: 'bytes', serial: 1, direction: 'in', count: 1, seq: 1e15, t: 9 },
      { type: 'bytes', serial: 1, direction: 'in', count: 1, seq: 8, t: 9e15 },
      opening(9, 9, 9, 20),
      { type: 'handle-state', serial: 1, state: 'drained', seq: 10, t: 21 },
    ),
  );
  assert.deepEqual(trace.problems, [
    { line: 3, sentence: 'The line is damaged: it is no JSON.' },
    {
      line: 4,
      sentence: trace.problems[1]?.sentence ?? '',
    },
    { line: 6, sentence: 'Entry 2 is out of order: it came after entry 2.' },
    { line: 7, sentence: 'Entry 4 opens handle #2 a second time.' },
    { line: 8, sentence: 'Entry 5 is earlier than the one before it.' },
    { line: 9, sentence: 'Only the line behind the header may hold the tree.' },
    { line: 12, sentence: '3 entries before entry 7 are missing.' },
    { line: 13, sentence: 'The number of entry 1000000000000000 is absurd.' },
    { line: 14, sentence: 'The time of entry 8 is absurd.' },
    {
      line: 15,
      sentence:
        'Entry 8 is missing. Handle #9 hangs below handle #9, which was not opened before: it is shown as a root.',
    },
    { line: 16, sentence: 'Entry 10 puts handle #1 in a state that its kind does not have.' },
  ]);
  assert.match(trace.problems[1]?.sentence ?? '', /^This is no entry of a journal: type: /);
  assert.deepEqual([trace.skipped, trace.problemCount], [9, 11]);
  assert.deepEqual(
    trace.entries.map(({ seq }) => seq),
    [1, 2, 3, 7, 9],
  );
});

test('readTrace mends a tree that contradicts itself', async () => {
  const base = folded(NOTHING, [opening(1, 1, null), opening(2, 2, 1), opening(3, 3, 2)]);
  const [first, second, third] = base.nodes;
  assert.ok(first !== undefined && second !== undefined && third !== undefined);
  const twisted: Checkpoint = { ...base, nodes: [first, { ...second, parent: 3 }, third, first], graves: [1, 7] };
  const trace = await read([...writeTrace(ABOUT, twisted, [opening(4, 3, null)])].join(''));
  assert.deepEqual(
    trace.base.nodes.map(({ serial, parent }) => [serial, parent]),
    [
      [1, null],
      [2, null],
      [3, 2],
    ],
  );
  assert.deepEqual(trace.base.graves, []);
  assert.deepEqual([trace.entries, trace.skipped, trace.problemCount], [[], 1, 3]);
});

test('readTrace never throws nor hangs on lines of garbage', async () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.constant('{"__proto__":{"seq":1}}'),
    fc
      .record({ type: fc.constantFrom('bytes', 'wire', 'checkpoint'), seq: fc.double(), t: fc.maxSafeInteger() })
      .map((entry) => JSON.stringify(entry)),
    fc.nat(9).map((serial) => JSON.stringify(opening(serial + 1, serial, serial % 3))),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line), async (lines) => {
      const trace = await read(trail(...lines));
      let seq = trace.base.seq;
      for (const entry of trace.entries) {
        assert.ok(entry.seq > seq);
        seq = entry.seq;
      }
      assert.ok(trace.skipped <= trace.problemCount);
      folded(trace.base, trace.entries);
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      assert.equal((await readTrace(text)).ok, false);
    }),
  );
});

test('readTrace reads a hundred thousand entries', async (t) => {
  const entries = Array.from({ length: 100_000 }, (_, index): Entry => {
    if (index === 0) return opening(1, 1, null);
    return { type: 'wire', serial: 1, direction: 'in', text: `220 line ${index}`, seq: index + 1, t: index + 1 };
  });
  const before = performance.now();
  const trace = await read(inLines(writeTrace(ABOUT, NOTHING, entries)));
  t.diagnostic(`${Math.round(performance.now() - before)} ms`);
  assert.equal(trace.entries.length, 100_000);
  assert.deepEqual(trace.entries.at(-1), entries.at(-1));
  assert.equal(trace.problemCount, 0);
});

test('TraceLines throws long lines away as they come, and stops at the limit of the whole', () => {
  const limits = { lineLimit: 10, traceLimit: 60 };
  const text = `\ufeffshort\r\n${'x'.repeat(11)}\n\nagain\n`;
  const expected = [
    { number: 1, text: 'short' },
    { number: 2, text: null },
    { number: 4, text: 'again' },
  ];
  for (let size = 1; size <= text.length; size += 1) {
    const lines = new TraceLines(limits);
    const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
      text.slice(at * size, (at + 1) * size),
    );
    assert.deepEqual([...pieces.flatMap((piece) => [...lines.cut(piece)]), ...lines.end()], expected);
  }
  const long = [...new TraceLines(limits).cut('y\n'.repeat(31))];
  assert.deepEqual([long.length, long.at(-1)], [31, { number: 31, text: null, last: true }]);
});

async function read(pieces: AsyncIterable<string> | string): Promise<Trace> {
  const trace = await readTrace(pieces);
  assert.ok(trace.ok, trace.ok ? '' : trace.problem);
  return trace;
}

/** A trace of these lines; what is no text is written as JSON. */
function trail(...lines: readonly unknown[]): string {
  const [header = ''] = writeTrace(ABOUT, NOTHING, []);
  return header + lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
}

function opening(seq: number, serial: number, parent: number | null, t = seq): Entry {
  const rest = { value: 4 * serial, kind: 'root', state: 'open', fn: 'InternetOpen', call: seq, target: '' } as const;
  return { type: 'handle-open', serial, parent, ...rest, seq, t };
}

function folded(base: Checkpoint, entries: readonly Entry[]): Checkpoint {
  const tree = restore(base);
  for (const entry of entries) applyEntry(tree, entry);
  return checkpoint(tree);
}

async function* inPieces(text: string, sizes: readonly number[]): AsyncGenerator<string, void> {
  let at = 0;
  for (let turn = 0; at < text.length; turn += 1) {
    const size = sizes[turn % Math.max(sizes.length, 1)] ?? text.length;
    yield text.slice(at, at + size);
    at += size;
  }
}

async function* inLines(lines: Iterable<string>): AsyncGenerator<string, void> {
  yield* lines;
}
