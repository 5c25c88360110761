import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'mocha';
import { commands, TabInputCustom, Uri, window } from 'vscode';
import { exportNames } from '../../../extension/editor/exportFormats.ts';
import { checkpoint } from '../../../extension/shared/model.ts';
import { readTrace } from '../../../extension/sources/traceFile.ts';
import { run, withCommands } from './commandsFixture.ts';

suite('Export', () => {
  const bench = withCommands();

  test('export writes the graph in every form, pictures too', async () => {
    await run('openUrl', { url: `${bench().http}content/data.json` });
    await run('showGraph');
    for (const format of exportNames) {
      const file = path.join(bench().folder, `graph.${format}`);
      assert.equal(await run('export', { format, file }), file);
      assert.ok(readFileSync(file).length > 100, format);
    }
    const read = (format: string) => readFileSync(path.join(bench().folder, `graph.${format}`), 'utf8');
    assert.match(read('svg'), /^<svg [^>]*xmlns=/);
    assert.match(read('mermaid'), /InternetOpenUrl/);
    assert.match(read('text'), /InternetOpenUrl: http-request, answered/);
    const har = JSON.parse(read('har')) as { log: { entries: { response: { status: number } }[] } };
    assert.equal(har.log.entries.at(-1)?.response.status, 200);
  });

  test('export of a trace opens again as an editor, with the same handles', async () => {
    await run('openUrl', { url: `${bench().http}content/data.json` });
    const file = path.join(bench().folder, 'recorded.hintrace');
    await run('export', { format: 'trace', file });
    const { explorer } = bench();
    const trace = await readTrace(readFileSync(file, 'utf8'));
    assert.ok(trace.ok);
    assert.equal(trace.problemCount, 0);
    assert.deepEqual(trace.entries, JSON.parse(JSON.stringify(explorer.history.entries)));
    await commands.executeCommand('vscode.open', Uri.file(file));
    const tab = window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(tab instanceof TabInputCustom && tab.viewType === 'hinternet.trace');
    assert.ok(checkpoint(explorer.history.tree).nodes.length > 0);
  });

  test('a file that is no trace says so in place of a graph', async () => {
    const file = path.join(bench().folder, 'broken.hintrace');
    writeFileSync(file, 'something else\n');
    // VS Code shows the error in the editor's place.
    await commands.executeCommand('vscode.open', Uri.file(file)).then(undefined, () => undefined);
    const read = await readTrace(readFileSync(file, 'utf8'));
    assert.ok(!read.ok);
    assert.match(read.problem, /first line is not the header/);
  });

  test('export refuses forms that it does not know', async () => {
    await assert.rejects(run('export', { format: 'gif', file: '/x' }), /format: /);
  });
});
