import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { exportSpans } from '../../extension/openTelemetry/index.ts';
import type { EntryBody } from '../../extension/shared/journal.ts';
import { readTrace } from '../../extension/sources/traceFile.ts';
import { startReceiver } from '../openTelemetry/otlpReceiver.ts';
import { cli, record, scratch } from './recordedTraces.ts';

test('check and show read spans of OpenTelemetry as they read the trace of the same program', async (t) => {
  const folder = await exported(t);
  const [trace, spans] = [
    await cli(folder, ['check', '--ended', '--only', 'double-close,leaks', 'program.hintrace']),
    await cli(folder, ['check', '--ended', '--only', 'double-close,leaks', 'spans.json']),
  ];
  assert.equal(spans.code, 1);
  assert.deepEqual(spans, {
    ...trace,
    output: trace.output.replace('program.hintrace: program', 'spans.json: spans.json'),
  });
  const shown = await cli(folder, ['show', 'spans.json']);
  assert.deepEqual(shown, await cli(folder, ['show', 'program.hintrace']));
  const piped = await cli(folder, ['show', '-'], {}, readFileSync(path.join(folder, 'spans.json')));
  assert.deepEqual(piped, shown);
});

test('check takes the spans of a program that has ended for those of one that has', async (t) => {
  const folder = await exported(t, [{ type: 'end' }]);
  const { code, output } = await cli(folder, ['check', '--only', 'leaks', 'spans.json']);
  assert.equal(code, 1);
  assert.match(output, /Root 0x00CC0004 \(left open\) was never closed: the program ended with it open\.$/m);
  assert.match(output, /^1 finding in 1 trace/m);
  assert.doesNotMatch(output, /does not tell/);
});

test('check says what is the matter with OTLP JSON that tells of no handle, or cannot be read', async (t) => {
  const folder = scratch(t);
  writeFileSync(path.join(folder, 'other.json'), '{"resourceSpans":[]}\n');
  const { code, errors } = await cli(folder, ['check', 'other.json']);
  assert.equal(code, 2);
  assert.match(errors, /^other\.json:1: This trace has no spans of HINTERNET handles/);
});

/** A program that closes a handle twice and leaves another open, as a trace and as spans. */
async function exported(t: TestContext, more: readonly EntryBody[] = []): Promise<string> {
  const folder = scratch(t);
  const file = path.join(folder, 'program.hintrace');
  await record(file, '/src/client.ts:12:3', async (wininet) => {
    await wininet.InternetOpen('left open');
    const root = await wininet.InternetOpen('closed twice');
    await wininet.InternetCloseHandle(root);
    await assert.rejects(wininet.InternetCloseHandle(root));
  });
  const trace = await readTrace(readFileSync(file, 'utf8'));
  assert.ok(trace.ok);
  const receiver = await startReceiver(t);
  const { seq, t: last } = trace.entries.at(-1) ?? { seq: 0, t: 0 };
  const entries = [...trace.entries, ...more.map((body) => ({ ...body, seq: seq + 1, t: last }))];
  exportSpans({ entries, startedAt: new Date() }, receiver.provider);
  writeFileSync(path.join(folder, 'spans.json'), await receiver.text());
  return folder;
}
