import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from './session.ts';

// Who travels through time stays where they went: when handles open meanwhile, and when the tab is hidden and shown again.

const LIMIT_MS = 30_000;

const { workbench, keys, playground, seen } = await openSession(LIMIT_MS);
const openUrl = async (path: string): Promise<void> => {
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.choose('HINTERNET: Open URL', new URL(path, playground.http).href);
};
const moment = async (): Promise<string> => {
  const banner = workbench.webview().locator('.past-banner');
  await banner.waitFor({ timeout: LIMIT_MS });
  return /entry \d+/.exec((await banner.textContent()) ?? '')?.[0] ?? 'no moment';
};

test('a moment is kept while a command opens and selects another handle, which is shown with the present', async () => {
  await openUrl('/content/data.json');
  await keys.command('HINTERNET: Show Graph');
  const graph = workbench.webview();
  await seen(graph.locator('.handle', { hasText: '/content/data.json' }));
  await graph.getByRole('tree').focus();
  await keys.press(',', ',');
  const before = await moment();
  await openUrl('/status/201');
  await keys.command('View: Show HINTERNET');
  const row = workbench.page.locator('.pane-body .monaco-list-row[role="treeitem"][aria-label*="/status/201"]');
  await seen(row);
  assert.equal(await moment(), before);
  assert.equal(await graph.locator('.handle', { hasText: '/status/201' }).count(), 0);
});

test('a moment is kept when the tab is hidden and shown again, and Live leads to the handle that was selected meanwhile', async () => {
  const before = await moment();
  await workbench.page.getByRole('tab', { name: 'HINTERNET Graph' }).click();
  await keys.goToFile('welcome.md');
  await workbench.page.locator('iframe.webview.ready').first().waitFor({ state: 'hidden', timeout: LIMIT_MS });
  await workbench.page.getByRole('tab', { name: 'HINTERNET Graph' }).click();
  assert.equal(await moment(), before);
  await workbench.screenshot('moment-kept', { theme: 'light' });
  const graph = workbench.webview();
  await graph.getByRole('button', { name: 'Live' }).click();
  await seen(graph.locator('.handle.selected', { hasText: '/status/201' }));
});

test('a trace of a program that closed everything opens where most handles were open', async () => {
  await keys.command('HINTERNET: Close All');
  await seen(workbench.webview().getByText('No handle is open'));
  await keys.command('HINTERNET: Export…', 'HINTERNET: Export');
  await keys.choose('HINTERNET: Export', 'Trace');
  const input = workbench.page.locator('.quick-input-widget:visible input.input');
  for (let waited = 0; !(await input.inputValue()).endsWith('HINTERNET.hintrace'); waited += 100) {
    assert.ok(waited < LIMIT_MS, 'the file dialog names the file');
    await workbench.page.waitForTimeout(100);
  }
  await keys.press('Enter');
  await seen(workbench.page.locator('.notification-list-item', { hasText: 'Exported to' }));
  await keys.command('View: Close All Editors');
  await keys.goToFile('HINTERNET.hintrace');
  const trace = workbench.webview();
  await seen(trace.locator('.past-banner', { hasText: 'At the end of this trace every handle is closed.' }));
  await seen(trace.locator('.handle', { hasText: '/status/201' }));
  await workbench.screenshot('trace-of-a-clean-program', { theme: 'dark' });
});
