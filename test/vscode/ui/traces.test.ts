import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { writeTrace } from '../../../extension/sources/traceFile.ts';
import { runProgram } from '../../shared/compare/comparedPrograms.ts';
import { openSession } from './session.ts';

// What was recorded is exported, opened again, and looked at.

const LIMIT_MS = 30_000;

const { workbench, keys, playground, seen } = await openSession(LIMIT_MS);

test('Export writes a trace, which opens again as a graph on which nothing can be called', async () => {
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.choose('HINTERNET: Open URL', new URL('/content/data.json', playground.http).href);
  await keys.command('HINTERNET: Show Graph');
  await seen(workbench.webview().getByText('InternetOpenUrl', { exact: true }));
  await keys.command('HINTERNET: Export…', 'HINTERNET: Export');
  await keys.choose('HINTERNET: Export', 'Trace');
  const input = workbench.page.locator('.quick-input-widget:visible input.input');
  for (let waited = 0; !(await input.inputValue()).endsWith('HINTERNET.hintrace'); waited += 100) {
    assert.ok(waited < LIMIT_MS, 'the file dialog names the file');
    await workbench.page.waitForTimeout(100);
  }
  assert.equal(path.basename(await input.inputValue()), 'HINTERNET.hintrace');
  await keys.press('Enter');
  await seen(workbench.page.locator('.notification-list-item', { hasText: 'Exported to' }));
  await keys.command('HINTERNET: Close All');
  await keys.command('View: Close All Editors');
  await keys.goToFile('HINTERNET.hintrace');
  const graph = workbench.webview();
  await seen(graph.getByText('InternetOpenUrl', { exact: true }));
  await graph.locator('.handle', { hasText: 'InternetOpenUrl' }).click();
  await graph.getByRole('menu').getByText('HttpQueryInfo').click();
  await graph
    .getByText('These handles are only recorded here: nothing can be called on them.')
    .waitFor({ state: 'attached' });
  await workbench.screenshot('trace', { theme: 'light' });
});

test('a trace that is open grows with its file while a program writes it, and begins anew with the next run', async () => {
  const file = path.join(workbench.workspace, 'growing.hintrace');
  const { base, entries } = await runProgram(playground);
  const lines = [...writeTrace({ title: 'growing', startedAt: new Date(1) }, base, entries)];
  const upTo = (fn: string): number => lines.findIndex((line) => line.includes(`"fn":"${fn}"`));
  writeFileSync(file, lines.slice(0, upTo('InternetConnect')).join(''));
  await keys.command('View: Close All Editors');
  await keys.goToFile('growing.hintrace');
  const graph = workbench.webview();
  const handle = (name: string) => graph.locator('.handle', { hasText: name });
  await seen(handle('InternetOpen'));
  assert.equal(await handle('HttpOpenRequest').count(), 0);
  // As a program that is killed while it writes: the end of the last line comes later.
  const rest = lines.slice(upTo('InternetConnect'), upTo('HttpSendRequest')).join('');
  appendFileSync(file, rest.slice(0, -5));
  await seen(handle('InternetConnect'));
  appendFileSync(file, rest.slice(-5));
  await seen(handle('HttpOpenRequest'));
  const next = await runProgram(playground, { path: 'status/404' });
  const again = [...writeTrace({ title: 'growing', startedAt: new Date(2) }, next.base, next.entries)];
  writeFileSync(
    file,
    again
      .slice(
        0,
        again.findIndex((line) => line.includes('"fn":"HttpSendRequest"')),
      )
      .join(''),
  );
  await seen(handle('status/404'));
});
