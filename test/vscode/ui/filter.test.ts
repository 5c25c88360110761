import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { openSession } from './session.ts';

// One filter for the tree and the graph, set in either.

const LIMIT_MS = 30_000;

const { workbench, keys, playground, seen } = await openSession(LIMIT_MS);

function treeRow(part: string): Locator {
  return workbench.page.locator(`.pane-body .monaco-list-row[role="treeitem"][aria-label*=${JSON.stringify(part)}]`);
}

const gone = (locator: Locator): Promise<void> => locator.waitFor({ state: 'detached', timeout: LIMIT_MS });

test('Filter Handles hides handles in the tree and in the graph, and both say how many', async () => {
  await keys.command('View: Show HINTERNET');
  for (const path of ['/status/201', '/status/204']) {
    await keys.command('HINTERNET: Open URL…');
    await keys.choose('HINTERNET: Open URL', new URL(path, playground.http).href);
    await seen(treeRow(path));
  }
  await keys.command('HINTERNET: Show Graph');
  await seen(workbench.webview().getByText('/status/201'));
  await keys.command('HINTERNET: Filter Handles…');
  await keys.answer('HINTERNET: Filter Handles', 'kind:http-request 204');
  await gone(treeRow('/status/201'));
  await seen(treeRow('/status/204'));
  await seen(workbench.page.getByText('Filter: kind:http-request 204, 1 hidden'));
  const graph = workbench.webview();
  await gone(graph.locator('.handle', { hasText: '/status/201' }));
  await seen(graph.locator('.handle.context', { hasText: 'InternetOpen' }));
  await workbench.screenshot('filter', { theme: 'dark' });
});

test('Clear Filter shows every handle again', async () => {
  await keys.command('HINTERNET: Clear Filter');
  await seen(treeRow('/status/201'));
  await seen(workbench.webview().locator('.handle', { hasText: '/status/201' }));
  await gone(workbench.page.getByText('Filter: kind:http-request 204, 1 hidden'));
});

test('the filter that is written in the graph holds for the tree', async () => {
  const graph = workbench.webview();
  await graph.getByRole('tree').focus();
  await keys.press('/');
  await graph.getByRole('combobox', { name: 'Filter handles' }).fill('201');
  await gone(treeRow('/status/204'));
  await seen(workbench.page.getByText('Filter: 201, 1 hidden'));
  await workbench.screenshot('filter-bar');
  // What is hidden may be seen again by the same key that left the field.
  await keys.press('Escape', 'Escape');
  await seen(treeRow('/status/204'));
});
