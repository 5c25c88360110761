import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { attribute, startReceiver } from '../openTelemetry/otlpReceiver.ts';
import { withPlayground } from '../playground/withPlayground.ts';

const playground = withPlayground();

test('hinternet-explorer/wininet sends the handles of a program that knows nothing of it to the receiver of its operator', async (t) => {
  const receiver = await startReceiver(t);
  const folder = mkdtempSync(path.join(tmpdir(), 'hinternet-spans-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const here = (name: string) => path.join(import.meta.dirname, name);
  const url = new URL('/bytes/1000', playground().http).href;
  await promisify(execFile)(
    process.execPath,
    ['--import', here('openTelemetrySetup.mjs'), here('downloader.ts'), url, path.join(folder, 'file')],
    { env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint }, timeout: 30_000 },
  );
  const spans = await receiver.spans();
  const handles = spans.filter((span) => attribute(span, 'hinternet.span') === 'handle');
  const parents = new Map(handles.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]));
  const depth = (id: string): number => {
    const parent = parents.get(id);
    return parent === undefined ? 0 : 1 + depth(parent);
  };
  assert.deepEqual(handles.map((span) => [depth(span.spanId), attribute(span, 'hinternet.kind')]).toSorted(), [
    [0, 'root'],
    [1, 'http-connect'],
    [2, 'http-request'],
  ]);
  const request = handles.find((span) => attribute(span, 'hinternet.kind') === 'http-request');
  assert.equal(Number(attribute(request ?? assert.fail(), 'hinternet.bytes.in')), 1000);
  const calls = spans.filter(({ parentSpanId }) => parentSpanId === request?.spanId).map(({ name }) => name);
  for (const fn of ['HttpSendRequest', 'HttpQueryInfo', 'InternetReadFile'])
    assert.ok(calls.includes(fn), `${fn} in ${calls.join()}`);
});
