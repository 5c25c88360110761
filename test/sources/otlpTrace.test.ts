import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../../extension/shared/journal.ts';
import { treeText } from '../../extension/shared/treeText.ts';
import { readOtlpTrace } from '../../extension/sources/otlpTrace.ts';
import { treeOf } from '../shared/generate/generatedProgram.ts';

type Value = string | number | boolean;

function attributes(values: Readonly<Record<string, Value>>): readonly unknown[] {
  return Object.entries(values).map(([name, value]) => ({
    key: name.startsWith('.') ? `hinternet${name}` : name,
    value:
      typeof value === 'string'
        ? { stringValue: value }
        : typeof value === 'boolean'
          ? { boolValue: value }
          : { intValue: String(value) },
  }));
}

/** The span of a root, as it comes; times are microseconds. */
function root(serial: number, from: number, more: Readonly<Record<string, Value>> = {}): object {
  return {
    startTimeUnixNano: `${BigInt(from) * 1000n}`,
    endTimeUnixNano: `${BigInt(from + 100) * 1000n}`,
    attributes: attributes({
      ...{
        '.span': 'handle',
        '.engine': 'one',
        '.serial': serial,
        '.value': '0x00CC0004',
        '.kind': 'root',
        '.call': serial,
      },
      ...{ '.state.first': 'open', '.state': 'open', '.function': 'InternetOpen', '.target': `agent ${serial}` },
      ...more,
    }),
    events: [],
  };
}

function attributesOf(span: object): { key: string; value: unknown }[] {
  return 'attributes' in span && Array.isArray(span.attributes) ? span.attributes : [];
}

function request(...spans: readonly object[]): string {
  return JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: { name: 'x' }, spans }] }] });
}

function read(text: string): Extract<ReturnType<typeof readOtlpTrace>, { ok: true }> {
  const trace = readOtlpTrace(text);
  assert.ok(trace.ok, JSON.stringify(trace));
  return trace;
}

function lines(entries: readonly Entry[]): string {
  return treeText(treeOf(entries), { closed: true });
}

test('readOtlpTrace reads one request over several lines, as well as a request a line', () => {
  const spans = [root(1, 10), root(2, 20)];
  const pretty = JSON.stringify(JSON.parse(request(...spans)), null, 2);
  const split = `\ufeff${request(spans[0] ?? {})}\r\n\n${request(spans[1] ?? {})}\n`;
  assert.deepEqual(read(split).entries, read(pretty).entries);
  assert.equal(lines(read(split).entries).split('\n').length, 3);
});

test('readOtlpTrace takes times from the spans, and begins with the first', () => {
  const { startedAt, entries } = read(request(root(2, 1_700_000_000_000_500), root(1, 1_700_000_000_000_000)));
  assert.equal(startedAt.getTime(), 1_700_000_000_000);
  assert.deepEqual(
    entries.map(({ t }) => t),
    [0, 500],
  );
});

test('readOtlpTrace leaves out damaged spans and lines, and says which', () => {
  const damaged = { ...root(3, 30), startTimeUnixNano: 'yesterday' };
  const foreign = root(4, 40, { '.kind': 'window' });
  const { entries, problems } = read(
    `${request(root(1, 10), damaged)}\nno JSON\n${request(foreign)}\n{"resourceSpans":7}\n`,
  );
  assert.equal(entries.length, 1);
  assert.deepEqual(
    problems.map(({ line }) => line),
    [1, 2, 4, 3],
  );
  assert.match(problems[0]?.sentence ?? '', /startTimeUnixNano/);
  assert.match(problems[3]?.sentence ?? '', /unknown kind/);
});

test('readOtlpTrace passes over the spans of the program around the handles', () => {
  const other = { ...root(1, 5), attributes: attributes({ 'http.request.method': 'GET' }) };
  const { entries, others } = read(request(other, root(1, 10)));
  assert.deepEqual([entries.length, others], [1, 1]);
});

test('readOtlpTrace keeps the handles of several engines apart', () => {
  const closed = { '.close.reason': 'call', '.close.root': 1, '.sequence': 1, '.sequence.end': 2 };
  const { entries, problems } = read(
    request(root(1, 10, closed), root(1, 20, { ...closed, '.engine': 'two' }), root(2, 30)),
  );
  assert.deepEqual(problems, []);
  assert.equal(
    lines(entries),
    [
      '0x00CC0004 InternetOpen: root, closed, agent 1',
      '0x00CC0004 InternetOpen: root, closed, agent 1',
      '0x00CC0004 InternetOpen: root, open, agent 2',
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    entries.flatMap((entry) => (entry.type === 'handle-close' ? [[entry.serial, entry.cascadeRoot]] : [])),
    [
      [1, 1],
      [2, 2],
    ],
  );
});

test('readOtlpTrace shows a handle whose parent is still open elsewhere as a root, and says so', () => {
  const { entries, problems } = read(
    request(root(5, 10, { '.parent': 4, '.kind': 'http-connect', '.function': 'InternetConnect' })),
  );
  assert.match(lines(entries), /^0x00CC0004 InternetConnect: http-connect, open/);
  assert.match(problems[0]?.sentence ?? '', /shown as a root/);
});

test('readOtlpTrace knows the last state of a handle whose events were dropped', () => {
  const kind = {
    '.kind': 'http-request',
    '.function': 'HttpOpenRequest',
    '.state.first': 'unsent',
    '.state': 'drained',
  };
  assert.match(lines(read(request(root(1, 10, kind))).entries), /http-request, drained/);
});

test('readOtlpTrace takes times that are numbers, though numbers do not hold them exactly', () => {
  const early = {
    ...root(1, 10),
    startTimeUnixNano: 1_764_259_200_000_000_000,
    endTimeUnixNano: 1_764_259_200_500_000_000,
  };
  const late = {
    ...root(2, 20),
    startTimeUnixNano: 1_764_259_200_250_000_000,
    endTimeUnixNano: 1_764_259_200_500_000_000,
  };
  const { startedAt, entries, problems } = read(request(late, early));
  assert.deepEqual(problems, []);
  assert.equal(startedAt.toISOString(), '2025-11-27T16:00:00.000Z');
  assert.deepEqual(
    entries.map((entry) => (entry.type === 'handle-open' ? [entry.serial, entry.t] : null)),
    [
      [1, 0],
      [2, 250_000],
    ],
  );
});

test('readOtlpTrace takes null for what is absent, as protobuf’s JSON allows', () => {
  const attributed: { key: string; value: unknown }[] = attributesOf(root(1, 10));
  const bare = {
    ...root(1, 10),
    attributes: [...attributed, { key: 'nothing', value: null }],
    events: null,
    links: null,
  };
  const plain = { ...root(2, 20), events: [{ timeUnixNano: '20000', name: null, attributes: null }] };
  const text = JSON.stringify({
    resourceSpans: [{ scopeSpans: null }, { scopeSpans: [{ spans: null }, { spans: [bare, plain] }] }],
  });
  const { entries, problems } = read(text);
  assert.deepEqual([entries.length, problems], [2, []]);
});

test('readOtlpTrace takes a span that was delivered twice once', () => {
  const identified = (serial: number, spanId: string) => ({ ...root(serial, serial * 10), traceId: 'ab', spanId });
  const text = request(identified(1, '01'), identified(2, '02'));
  const { entries, problems } = read(`${text}\n${text}\n`);
  assert.deepEqual([entries.length, problems], [2, []]);
});

test('readOtlpTrace passes over the metrics and logs that a collector writes into the same file', () => {
  const { problems } = read(`{"resourceMetrics":[]}\n${request(root(1, 10))}\n{"resourceLogs":[{}]}\n`);
  assert.deepEqual(problems, []);
});

test('readOtlpTrace reads lists of requests, and what Grafana Tempo answers and older exporters wrote', () => {
  const { resourceSpans } = JSON.parse(request(root(1, 10)));
  const older = [{ instrumentationLibrarySpans: resourceSpans[0].scopeSpans }];
  for (const data of [
    [{ resourceSpans }],
    { batches: resourceSpans },
    { trace: { resourceSpans } },
    { resourceSpans: older },
  ]) {
    const text = JSON.stringify(data);
    assert.equal(read(text).entries.length, 1, text);
  }
});

test('readOtlpTrace says what is wrong with the spans where none of them can be read', () => {
  const { endTimeUnixNano: _, ...open } = { endTimeUnixNano: '', ...root(1, 10) };
  const result = readOtlpTrace(request(open));
  assert.ok(!result.ok);
  assert.match(result.problem, /One span or line could not be read; the first is in line 1: .*endTimeUnixNano/);
});

test('readOtlpTrace refuses what is no OTLP, or has no handles in it', () => {
  for (const text of ['', 'something else\n', '[]', '{"spans": []}', '{"resourceSpans": []}']) {
    const result = readOtlpTrace(text);
    assert.ok(!result.ok, text);
    assert.match(result.problem, /ExportTraceServiceRequest|no spans of HINTERNET handles/);
  }
});
