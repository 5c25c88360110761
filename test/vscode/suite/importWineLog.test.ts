import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { suite, test } from 'mocha';
import { extensions, TabInputCustom, TabInputWebview, window } from 'vscode';
import { readTrace } from '../../../extension/sources/traceFile.ts';
import { run, withCommands } from './commandsFixture.ts';

suite('Import Wine Log', () => {
  const bench = withCommands();

  test('importWineLog turns a real log into a trace and opens it in the trace editor', async () => {
    const home = extensions.getExtension('hinternet-explorer.hinternet-explorer')?.extensionPath ?? '';
    const log = path.join(home, 'test/sources/wineLogs/uploader.log');
    const file = path.join(bench().folder, 'uploader.hintrace');
    assert.equal(await run('importWineLog', { file: log, into: file }), file);
    const tab = window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(tab instanceof TabInputCustom && tab.viewType === 'hinternet.trace');
    assert.equal(tab.uri.fsPath, file);
    const trace = await readTrace(readFileSync(file, 'utf8'));
    assert.ok(trace.ok);
    assert.deepEqual(
      [trace.problemCount, trace.header.title, trace.header.program],
      [0, 'uploader.log', 'uploader/1.0'],
    );
    assert.equal(trace.entries.at(-1)?.type, 'end');
  });

  test('importWineLog says so when no call is in the file', async () => {
    const log = path.join(bench().folder, 'other.log');
    writeFileSync(log, 'nothing of the kind\n');
    const file = path.join(bench().folder, 'other.hintrace');
    await assert.rejects(run('importWineLog', { file: log, into: file }), /No call of WinINet is in this log/);
  });

  test('compareTraces compares a log with a trace, opens the comparison and gives a report', async () => {
    const home = extensions.getExtension('hinternet-explorer.hinternet-explorer')?.extensionPath ?? '';
    const left = path.join(home, 'test/sources/wineLogs/downloader.log');
    const right = path.join(bench().folder, 'uploader.hintrace');
    await run('importWineLog', { file: path.join(home, 'test/sources/wineLogs/uploader.log'), into: right });
    const answer: unknown = await run('compareTraces', { left, right });
    assert.ok(typeof answer === 'object' && answer !== null && 'report' in answer);
    assert.match(String(answer.report), /^# downloader\.log compared with uploader\.hintrace/);
    assert.match(
      String(answer.report),
      /lpszAgent is "downloader\/1\.0" on the left and "uploader\/1\.0" on the right/,
    );
    // The tab comes a moment after the panel.
    while (!window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => isComparison(input)))) await pause(20);
  });
});

function isComparison(input: unknown): boolean {
  return input instanceof TabInputWebview && input.viewType.endsWith('hinternet.comparison');
}
