import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { context, trace } from '@opentelemetry/api';
import { createDrivers } from '../../extension/drivers/index.ts';
import * as library from '../../extension/library.ts';
import { exportSpans, SPAN_ATTRIBUTES, spanRecorder } from '../../extension/openTelemetry/index.ts';
import type { EntryBody } from '../../extension/shared/journal.ts';
import { treeText } from '../../extension/shared/treeText.ts';
import { readOtlpTrace } from '../../extension/sources/otlpTrace.ts';
import { createWinInet, INTERNET_SERVICE_HTTP, type WinInet } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { treeOf } from '../shared/generate/generatedProgram.ts';
import { journalSources } from '../shared/generate/recordedJournals.ts';
import { attribute, type ReceivedSpan, type Receiver, startReceiver } from './otlpReceiver.ts';

const playground = withPlayground();

/** One request that is answered, one read too many, and everything closed. */
async function fetchOnce(
  wininet: Pick<
    WinInet,
    | 'InternetOpen'
    | 'InternetConnect'
    | 'HttpOpenRequest'
    | 'HttpSendRequest'
    | 'InternetCloseHandle'
    | 'InternetReadFile'
  >,
): Promise<void> {
  const { hostname, port } = playground().http;
  const root = await wininet.InternetOpen('spans/1.0');
  const session = await wininet.InternetConnect(
    root,
    hostname,
    Number(port),
    'ada',
    'hush',
    INTERNET_SERVICE_HTTP,
    0,
    0,
  );
  const request = await wininet.HttpOpenRequest(session, 'GET', '/bytes/10', null, null, null, 0, 0);
  await assert.rejects(wininet.InternetReadFile(request, new Uint8Array(4)));
  await wininet.HttpSendRequest(request);
  await wininet.InternetCloseHandle(root);
}

/** Registers a provider as a program does, until the test ends. */
function register(t: TestContext, { provider }: Receiver): void {
  provider.register();
  t.after(() => {
    trace.disable();
    context.disable();
  });
}

function named(spans: readonly ReceivedSpan[], name: string | RegExp): ReceivedSpan {
  const found = spans.filter((span) => (typeof name === 'string' ? span.name === name : name.test(span.name)));
  assert.equal(found.length, 1, `${name}: ${spans.map((one) => one.name).join(', ')}`);
  return found[0] as ReceivedSpan;
}

test('library.ts makes spans once a program has registered an SDK: handles below handles, calls below what they use', async (t) => {
  const receiver = await startReceiver(t);
  await fetchOnce(library);
  assert.deepEqual(await receiver.spans(), [], 'nobody has registered anything');
  register(t, receiver);
  await trace.getTracer('program').startActiveSpan('work', async (work) => {
    await fetchOnce(library);
    work.end();
  });
  const spans = await receiver.spans();
  const [work, root, session, request] = [
    named(spans, 'work'),
    named(spans, 'InternetOpen spans/1.0'),
    named(spans, `InternetConnect ${playground().http.origin}`),
    named(spans, `HttpOpenRequest GET ${playground().http.origin}/bytes/10`),
  ];
  assert.deepEqual(
    [root, session, request].map(({ parentSpanId }) => parentSpanId),
    [work.spanId, root.spanId, session.spanId],
  );
  assert.equal(new Set(spans.map(({ traceId }) => traceId)).size, 1, 'all of it is one trace');
  const under = (name: string) => named(spans, name).parentSpanId;
  assert.deepEqual(
    [
      under('InternetOpen'),
      under('InternetConnect'),
      under('HttpOpenRequest'),
      under('HttpSendRequest'),
      under('InternetReadFile'),
    ],
    [root.spanId, root.spanId, session.spanId, request.spanId, request.spanId],
  );
  assert.deepEqual(
    named(spans, 'HttpSendRequest').links.map(({ spanId }) => spanId),
    [work.spanId],
  );
});

test('createWinInet makes engines with spans of their own once a program has registered an SDK', async (t) => {
  const receiver = await startReceiver(t);
  const own = library.createWinInet({ drivers: library.createDrivers() });
  t.after(() => own.dispose());
  await fetchOnce(own);
  assert.deepEqual(await receiver.spans(), [], 'nobody has registered anything');
  register(t, receiver);
  await trace.getTracer('program').startActiveSpan('work', async (work) => {
    await fetchOnce(own);
    await fetchOnce(library);
    work.end();
  });
  const spans = await receiver.spans();
  const work = named(spans, 'work');
  const roots = spans.filter(({ name }) => name === 'InternetOpen spans/1.0');
  assert.deepEqual(
    roots.map(({ parentSpanId }) => parentSpanId),
    [work.spanId, work.spanId],
  );
  const engineOf = ({ attributes }: ReceivedSpan) =>
    attributes.find(({ key }) => key === SPAN_ATTRIBUTES.engine)?.value.stringValue;
  assert.equal(new Set(roots.map(engineOf)).size, 2, 'an engine each');
});

test('createWinInet makes no spans beside those of a spanRecorder that is chosen, or that the chosen recorder passes on to', async (t) => {
  const receiver = await startReceiver(t);
  register(t, receiver);
  const [direct, copied] = [spanRecorder(), spanRecorder()];
  const heard: string[] = [];
  const wrapped = {
    record(body: EntryBody): void {
      heard.push(body.type);
      copied.record({ ...body });
    },
  };
  const plain = { record: ({ type }: EntryBody): unknown => heard.push(type) };
  for (const [count, recorder] of [
    [1, direct],
    [2, wrapped],
    [3, plain],
  ] as const) {
    const own = library.createWinInet({ drivers: library.createDrivers(), recorder });
    t.after(() => own.dispose());
    await fetchOnce(own);
    const sent = (await receiver.spans()).map(({ name }) => name);
    for (const name of ['InternetOpen spans/1.0', 'InternetOpen', 'InternetReadFile'])
      assert.equal(sent.filter((one) => one === name).length, count, `${name} of engine ${count} once`);
  }
  assert.equal(heard.filter((type) => type === 'handle-open').length, 6);
});

test('spanRecorder tells of a handle what it is, how it ended, and what its callbacks were told', async (t) => {
  const receiver = await startReceiver(t);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: spanRecorder(receiver.provider) });
  await fetchOnce(wininet);
  const request = named(await receiver.spans(), /^HttpOpenRequest GET/);
  const { hostname, port } = playground().http;
  assert.deepEqual(
    ['kind', 'value', 'serial', 'state', 'close.reason', 'close.root'].map((name) =>
      attribute(request, `hinternet.${name}`),
    ),
    ['http-request', '0x00CC000C', 3, 'answered', 'cascade', 1],
  );
  assert.deepEqual([attribute(request, 'server.address'), attribute(request, 'server.port')], [hostname, Number(port)]);
  const events = request.events.map(({ name }) => name);
  for (const name of [
    'INTERNET_STATUS_CONNECTED_TO_SERVER',
    'INTERNET_STATUS_RESPONSE_RECEIVED',
    'INTERNET_STATUS_HANDLE_CLOSING',
    'hinternet.diagnosis',
  ]) {
    assert.ok(events.includes(name), `${name} is among ${events.join(', ')}`);
  }
  assert.equal(request.status.code, 2, 'a call in a wrong state is its error');
});

test('spanRecorder tells of a call its arguments, masked, and why it failed', async (t) => {
  const receiver = await startReceiver(t);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: spanRecorder(receiver.provider) });
  await fetchOnce(wininet);
  const spans = await receiver.spans();
  const connect = named(spans, 'InternetConnect');
  assert.deepEqual(
    ['hInternet.serial', 'lpszUserName', 'lpszPassword', 'dwService'].map((name) =>
      attribute(connect, `hinternet.argument.${name}`),
    ),
    [1, 'ada', '••••', INTERNET_SERVICE_HTTP],
  );
  assert.deepEqual([connect.status.code, attribute(connect, 'hinternet.result.serial')], [0, 2]);
  const read = named(spans, 'InternetReadFile');
  assert.deepEqual(
    [read.status.code, attribute(read, 'error.type'), attribute(read, 'hinternet.error.code')],
    [2, 'ERROR_INTERNET_INCORRECT_HANDLE_STATE', 12019],
  );
  assert.ok(!(await receiver.text()).includes('hush'));
});

test('spanRecorder tells of requests in the words of OpenTelemetry’s conventions for HTTP, with the status of the last answer', async (t) => {
  const receiver = await startReceiver(t);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: spanRecorder(receiver.provider) });
  const { hostname, port, origin } = playground().http;
  const root = await wininet.InternetOpen('spans/1.0');
  const opened = await wininet.InternetOpenUrl(root, `${origin}/redirect/302?to=/status/404&token=hush`, null, 0, 0);
  const session = await wininet.InternetConnect(root, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP, 0, 0);
  const request = await wininet.HttpOpenRequest(session, 'HEAD', '/status/500', null, null, null, 0, 0);
  await wininet.HttpSendRequest(request);
  await wininet.InternetQueryDataAvailable(request);
  await wininet.InternetCloseHandle(opened);
  await wininet.InternetCloseHandle(root);
  const spans = await receiver.spans();
  const conventions = ['http.request.method', 'http.response.status_code', 'server.address', 'server.port'];
  const told = (name: string | RegExp) => conventions.map((one) => attribute(named(spans, name), one));
  for (const name of ['InternetOpenUrl', /^InternetOpenUrl GET/])
    assert.deepEqual(told(name), ['GET', 404, hostname, Number(port)]);
  for (const name of ['HttpSendRequest', /^HttpOpenRequest HEAD/])
    assert.deepEqual(told(name), ['HEAD', 500, hostname, Number(port)]);
  assert.equal(attribute(named(spans, 'HttpSendRequest'), 'url.full'), `${origin}/status/500`);
  assert.match(String(attribute(named(spans, 'InternetOpenUrl'), 'url.full')), /^http:.*token=••••$/);
  assert.deepEqual(told('InternetQueryDataAvailable'), [undefined, undefined, hostname, Number(port)], 'sends nothing');
  assert.deepEqual(told(/^InternetConnect http/), [undefined, undefined, hostname, Number(port)]);
});

test('spanRecorder ends the span of a handle whose making failed, as an error', async (t) => {
  const receiver = await startReceiver(t);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: spanRecorder(receiver.provider) });
  const root = await wininet.InternetOpen('spans/1.0');
  await assert.rejects(wininet.InternetOpenUrl(root, 'http://127.0.0.1:1/nobody', null, 0, 0));
  const failed = named(await receiver.spans(), 'InternetOpenUrl GET http://127.0.0.1:1/nobody');
  assert.deepEqual([failed.status.code, attribute(failed, 'hinternet.close.reason')], [2, 'failed']);
  await wininet.dispose();
});

/** A program that leaves a session open, with a request that it closes. */
const leaky = (end: string) => `
  import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
  import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
  import * as wininet from './extension/library.ts';
  import { endSpans } from './extension/openTelemetry/index.ts';
  const processor = new BatchSpanProcessor(new OTLPTraceExporter());
  const provider = new NodeTracerProvider({ spanProcessors: [processor] });
  provider.register();
  ${end}
  const root = await wininet.InternetOpen('leaky/1.0');
  const session = await wininet.InternetConnect(root, '127.0.0.1', 1, null, null, wininet.INTERNET_SERVICE_HTTP, 0, 0);
  const request = await wininet.HttpOpenRequest(session, 'GET', '/');
  await wininet.InternetCloseHandle(request);
`;

const ENDINGS = {
  'runs out of work, and shuts its SDK down then': leaky("process.once('beforeExit', () => provider.shutdown());"),
  'calls endSpans before it shuts its SDK down and exits': `${leaky('')}
    endSpans();
    await provider.shutdown();
    process.exit();`,
};

for (const [ending, program] of Object.entries(ENDINGS)) {
  test(`library.ts ends the spans of leaked handles when its program ${ending}`, async (t) => {
    const receiver = await startReceiver(t);
    const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint };
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { env });
    const spans = await receiver.spans();
    const [root, session] = [
      named(spans, 'InternetOpen leaky/1.0'),
      named(spans, 'InternetConnect http://127.0.0.1:1'),
    ];
    const request = named(spans, 'HttpOpenRequest GET http://127.0.0.1:1/');
    assert.deepEqual([session.parentSpanId, request.parentSpanId], [root.spanId, session.spanId]);
    const unfinished = [root, session, request].map((span) => attribute(span, SPAN_ATTRIBUTES.unfinished));
    assert.deepEqual(unfinished, [true, true, undefined]);
    const message =
      'Root 0x00CC0004 (leaky/1.0) was never closed, and with it HTTP session 0x00CC0008 (http://127.0.0.1:1): the program ended with it open.';
    assert.deepEqual([root.status, session.status.code], [{ code: 2, message }, 0]);
    const read = readOtlpTrace(await receiver.text());
    assert.ok(read.ok);
    const notes = read.entries.flatMap((entry) => (entry.type === 'note' ? [[entry.topic, entry.serial]] : []));
    assert.deepEqual(notes, [['leak-at-exit', 1]]);
  });
}

for (const { name, record } of journalSources(playground)) {
  test(`exportSpans and readOtlpTrace bring the journal of ${name} back with the same handles and calls`, async (t) => {
    const { entries } = await record(t);
    const receiver = await startReceiver(t);
    const startedAt = new Date('2026-01-02T03:04:05.678Z');
    exportSpans({ entries, startedAt }, receiver.provider);
    const read = readOtlpTrace(await receiver.text());
    assert.ok(read.ok);
    assert.deepEqual(read.problems, []);
    const [before, after] = [treeOf(entries), treeOf(read.entries)];
    for (const closed of [false, true]) assert.equal(treeText(after, { closed }), treeText(before, { closed }));
    assert.deepEqual(talliesOf(after), talliesOf(before));
    const statuses = (all: typeof entries) =>
      all.filter(({ type }) => type === 'status').map(({ seq: _, t: __, ...body }) => body);
    assert.deepEqual(statuses(read.entries), statuses(entries));
  });
}

function talliesOf(tree: ReturnType<typeof treeOf>): unknown {
  return [...tree.nodes.values()].map(({ serial, value, args, bytesIn, bytesOut, tallies, notes, closed }) => ({
    ...{ serial, value, args, bytesIn, bytesOut, closed: closed?.reason },
    tallies: Object.entries(tallies)
      .map(([fn, { count, lastError, lastResult }]) => [fn, count, lastError, lastResult])
      .toSorted(),
    notes: notes.map(({ text, topic }) => [topic, text]),
  }));
}
