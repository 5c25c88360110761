import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
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
