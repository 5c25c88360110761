import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'mocha';
import { TabInputCustom, TabInputWebview, window } from 'vscode';
import { readTrace } from '../../../extension/sources/traceFile.ts';
import { run, withCommands } from './commandsFixture.ts';

// Logs of native programs under Wine.
const LOGS = path.resolve(import.meta.dirname, '../../sources/wineLogs');

suite('Logs of native programs', () => {
  const bench = withCommands();

  test('importWineLog makes a trace of a log and opens it as a graph', async () => {
    const into = path.join(bench().folder, 'downloader.hintrace');
    assert.equal(await run('importWineLog', { file: path.join(LOGS, 'downloader.log'), into }), into);
    const trace = await readTrace(readFileSync(into, 'utf8'));
    assert.ok(trace.ok);
    assert.equal(trace.entries.filter(({ type }) => type === 'call-begin').length, 23);
    const tab = window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(tab instanceof TabInputCustom && tab.viewType === 'hinternet.trace');
  });

  test('importWineLog says of another file that it is none', async () => {
    const file = path.join(bench().folder, 'other.log');
    writeFileSync(file, 'nothing of WinINet\n');
    await assert.rejects(run('importWineLog', { file, into: `${file}.hintrace` }), /WINEDEBUG=\+wininet/);
  });

  test('compareTraces compares a log with a trace, opens the comparison and gives a report', async () => {
    const left = path.join(LOGS, 'downloader.log');
    const right = path.join(bench().folder, 'uploader.hintrace');
    await run('importWineLog', { file: path.join(LOGS, 'uploader.log'), into: right });
    const answer: unknown = await run('compareTraces', { left, right });
    assert.ok(typeof answer === 'object' && answer !== null && 'report' in answer && 'divergences' in answer);
    assert.match(String(answer.report), /^# downloader\.log compared with uploader\.hintrace/);
    assert.match(
      String(answer.report),
      /lpszAgent is "downloader\/1\.0" on the left and "uploader\/1\.0" on the right/,
    );
    const tab = window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(tab instanceof TabInputWebview && tab.viewType.endsWith('hinternet.comparison'));
  });
});
