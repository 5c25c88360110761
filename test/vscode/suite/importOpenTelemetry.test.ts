import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'mocha';
import { TabInputCustom, window } from 'vscode';
import { SPAN_ATTRIBUTES } from '../../../extension/shared/spanAttributes.ts';
import { readTrace } from '../../../extension/sources/traceFile.ts';
import { run, withCommands } from './commandsFixture.ts';

suite('Import OpenTelemetry Trace', () => {
  const bench = withCommands();

  test('importOpenTelemetry makes a trace of spans and opens it as a graph', async () => {
    const file = path.join(bench().folder, 'spans.json');
    const into = path.join(bench().folder, 'spans.hintrace');
    writeFileSync(file, request());
    assert.equal(await run('importOpenTelemetry', { file, into }), into);
    const trace = await readTrace(readFileSync(into, 'utf8'));
    assert.ok(trace.ok);
    assert.deepEqual(
      trace.entries.map(({ type }) => type),
      ['handle-open'],
    );
    const tab = window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(tab instanceof TabInputCustom && tab.viewType === 'hinternet.trace');
  });

  test('importOpenTelemetry says of another file that it is none', async () => {
    const file = path.join(bench().folder, 'other.json');
    writeFileSync(file, '{"resourceSpans": []}');
    await assert.rejects(
      run('importOpenTelemetry', { file, into: `${file}.hintrace` }),
      /no spans of HINTERNET handles/,
    );
  });
});

/** The span of a root, as a collector writes it. */
function request(): string {
  const attribute = (name: keyof typeof SPAN_ATTRIBUTES, value: string) => ({
    key: SPAN_ATTRIBUTES[name],
    value: /^\d+$/.test(value) ? { intValue: value } : { stringValue: value },
  });
  const attributes = [
    attribute('span', 'handle'),
    attribute('serial', '1'),
    attribute('call', '1'),
    attribute('value', '0x00CC0004'),
    attribute('kind', 'root'),
    attribute('function', 'InternetOpen'),
    attribute('firstState', 'open'),
    attribute('target', 'fleet/1.0'),
  ];
  const span = { startTimeUnixNano: '1000000', endTimeUnixNano: '2000000', attributes };
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
}
