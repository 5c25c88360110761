import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'mocha';
import { commands, type Diagnostic, DiagnosticSeverity, languages, Uri } from 'vscode';
import type { EntryBody } from '../../../extension/shared/journal.ts';
import { checkpoint, emptyTree } from '../../../extension/shared/model.ts';
import { writeTrace } from '../../../extension/sources/traceFile.ts';
import { run, withCommands } from './commandsFixture.ts';

suite('Diagnoses', () => {
  const bench = withCommands();

  /** A program's problems, once there are as many. */
  async function problemsOf(uri: Uri, count: number): Promise<readonly Diagnostic[]> {
    for (let tries = 0; tries < 400; tries += 1) {
      const found = languages.getDiagnostics(uri);
      if (found.length === count) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return languages.getDiagnostics(uri);
  }

  test('a trace shows its diagnoses as problems where the calls stand, as long as it is open', async () => {
    const source = path.join(bench().folder, 'main.ts');
    writeFileSync(source, 'one\ntwo\nthree\n');
    const bodies: readonly EntryBody[] = [
      { type: 'call-begin', call: 1, fn: 'InternetOpen', handle: null, args: ['a'], site: `${source}:1:1` },
      {
        type: 'handle-open',
        serial: 1,
        value: 4,
        kind: 'root',
        state: 'open',
        parent: null,
        fn: 'InternetOpen',
        call: 1,
        target: 'a',
      },
      { type: 'call-end', call: 1, result: { handle: 1 } },
      { type: 'call-begin', call: 2, fn: 'InternetReadFile', handle: 1, args: [{ handle: 1 }], site: `${source}:2:2` },
      { type: 'call-end', call: 2, result: null, error: 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE' },
      { type: 'end' },
    ];
    const entries = bodies.map((body, index) => ({ ...body, seq: index + 1, t: index }));
    const about = { title: 'main', startedAt: new Date() };
    const trace = path.join(bench().folder, 'main.hintrace');
    writeFileSync(trace, [...writeTrace(about, checkpoint(emptyTree()), entries)].join(''));
    await commands.executeCommand('vscode.open', Uri.file(trace));
    const problems = (await problemsOf(Uri.file(source), 2)).toSorted(
      (one, other) => one.range.start.line - other.range.start.line,
    );
    assert.deepEqual(
      problems.map(({ code, severity, source: by }) => [code, severity, by]),
      [
        ['leak-at-exit', DiagnosticSeverity.Warning, 'HINTERNET'],
        ['wrong-kind', DiagnosticSeverity.Error, 'HINTERNET'],
      ],
    );
    const [, wrong] = problems;
    assert.deepEqual([wrong?.range.start.line, wrong?.range.start.character], [1, 1]);
    assert.equal(wrong?.relatedInformation?.[0]?.location.range.start.line, 0, 'where the handle was made');
    assert.match(
      wrong?.message ?? '',
      /^Handle of the wrong kind\. InternetReadFile takes an HTTP request, an FTP file/,
    );
    await commands.executeCommand('workbench.action.closeAllEditors');
    assert.deepEqual(await problemsOf(Uri.file(source), 0), []);
  });

  test('calls that a person makes are no problems of any file, and closing everything at once is no fault', async () => {
    const before = languages
      .getDiagnostics()
      .flatMap(([, found]) => found.filter(({ source }) => source === 'HINTERNET'));
    const { seq } = bench().explorer.history.tree;
    for (const where of ['status/404', 'bytes/100', 'bytes/100000'])
      await run('openUrl', { url: `${bench().http}${where}` });
    await run('closeAll', {});
    await new Promise((resolve) => setTimeout(resolve, 300));
    const after = languages
      .getDiagnostics()
      .flatMap(([, found]) => found.filter(({ source }) => source === 'HINTERNET'));
    assert.deepEqual([before, after], [[], []]);
    const notes = bench().explorer.history.entries.filter((entry) => entry.type === 'note' && entry.seq > seq);
    assert.deepEqual(notes, [], 'nor faults');
  });

  test('compareOpenHandles tells what was opened since markOpenHandles and is still open', async () => {
    const session = await run<number>('connect', { protocol: 'http', host: '127.0.0.1', port: 1 });
    const marked = await run<number>('markOpenHandles', {});
    assert.equal(marked, 2);
    const later = await run<number>('connect', { protocol: 'http', host: '127.0.0.1', port: 2 });
    await run('closeHandle', session, {});
    assert.deepEqual(await run('compareOpenHandles', {}), { left: [later], closed: 1, kept: 1 });
  });
});
