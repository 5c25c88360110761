import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { trace } from '@opentelemetry/api';
import { exportSpans } from '../../extension/openTelemetry/index.ts';
import { JournalHistory } from '../../extension/shared/journalHistory.ts';
import { checkpoint } from '../../extension/shared/model.ts';
import { SPAN_ATTRIBUTES } from '../../extension/shared/spanAttributes.ts';
import { treeText } from '../../extension/shared/treeText.ts';
import { readOtlpTrace } from '../../extension/sources/otlpTrace.ts';
import { treeOf } from '../shared/generate/generatedProgram.ts';
import { recordJournal } from '../shared/recordedJournal.ts';
import { attribute, startReceiver } from './otlpReceiver.ts';

test('exportSpans begins a journal that was cut with the handles that were open by then', async (t) => {
  const { journal, open } = await recordJournal(t);
  const middle = Math.floor(open / 2);
  const cut = new JournalHistory(1_000_000, checkpoint(treeOf(journal.entries.slice(0, middle))));
  for (const entry of journal.entries.slice(middle, open)) cut.append(entry);
  const receiver = await startReceiver(t);
  exportSpans({ base: cut.base, entries: cut.entries, startedAt: new Date() }, receiver.provider);
  const read = readOtlpTrace(await receiver.text());
  assert.ok(read.ok);
  assert.equal(treeText(treeOf(read.entries)), treeText(cut.tree));
});

test('exportSpans ends what is still open with the journal, and marks it', async (t) => {
  const { journal, open } = await recordJournal(t);
  const receiver = await startReceiver(t);
  exportSpans({ entries: journal.entries.slice(0, open), startedAt: new Date(0) }, receiver.provider);
  const unfinished = (await receiver.spans()).filter((span) => attribute(span, SPAN_ATTRIBUTES.unfinished) === true);
  assert.notEqual(unfinished.length, 0);
  const last = journal.entries[open - 1]?.t ?? 0;
  for (const span of unfinished) assert.equal(span.endTimeUnixNano, `${BigInt(last) * 1000n}`);
});

test('exportSpans says what is missing where no SDK was registered', () => {
  trace.disable();
  assert.throws(() => exportSpans({ entries: [], startedAt: new Date() }), /Register an OpenTelemetry SDK/);
});

test('library.ts and the spans load nothing of OpenTelemetry themselves', async () => {
  const program = `
    import { registerHooks } from 'node:module';
    const asked = [];
    registerHooks({ resolve(specifier, context, next) { asked.push(specifier); return next(specifier, context); } });
    await import('./extension/library.ts');
    await import('./extension/openTelemetry/index.ts');
    console.log(asked.length > 50, asked.filter((one) => one.includes('@opentelemetry')));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  assert.equal(stdout, 'true []\n');
});
