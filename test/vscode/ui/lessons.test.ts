import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { type Keyboard, keyboardOf } from './keyboard.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

// A learner takes a lesson from its beginning to its end, answering in the graph.

const LIMIT_MS = 30_000;

let workbench: Workbench;
let keys: Keyboard;

before(async () => {
  workbench = await openWorkbench();
  keys = keyboardOf(workbench.page);
});
after(() => workbench.close());

test('a lesson is played on the playground, answered in the graph, and leaves nothing open', async () => {
  await keys.command('HINTERNET: Lessons…', 'HINTERNET: Lessons');
  await keys.choose('HINTERNET: Lessons', 'After HttpSendRequest');
  const graph = workbench.webview();
  await seen(graph.getByRole('heading', { name: 'After HttpSendRequest' }));
  await press('Do this step');
  await seen(graph.getByText('✓ The tree is as the lesson says.'));
  await graph.locator('.handle', { hasText: 'InternetConnect' }).click();
  await seen(graph.getByText('✗ InternetConnect'));
  await graph.locator('.handle', { hasText: 'HttpOpenRequest' }).click();
  await seen(graph.getByText('✓ HttpOpenRequest'));
  await workbench.screenshot('lesson', { theme: 'light', viewport: { width: 1440, height: 860 } });
  for (let count = 0; count < 3; count += 1) await press('Do this step');
  await seen(graph.getByText('Answer in the graph: click a function'));
  await graph.getByRole('menu').getByText('HttpSendRequest', { exact: true }).click();
  await seen(graph.getByText('That was the whole lesson.'));
  await workbench.screenshot('lesson-done', { theme: 'dark' });
  await press('Leave');
  await seen(graph.getByText('No handle is open'));
});

test('every lesson of the extension is in the list', async () => {
  await keys.command('HINTERNET: Lessons…', 'HINTERNET: Lessons');
  const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
  await seen(rows.filter({ hasText: 'The leak' }));
  assert.ok((await rows.count()) >= 10);
  await keys.press('Escape');
});

test('a teacher’s own lesson in the workspace is listed and played, and a file that is none says why', async () => {
  const folder = path.join(workbench.workspace, 'hinternet-lessons');
  mkdirSync(folder);
  const template = path.resolve(import.meta.dirname, '../../../media/lessons/template.md');
  writeFileSync(
    path.join(folder, 'mine.md'),
    readFileSync(template, 'utf8').replace('The title of your lesson', 'Monday’s class'),
  );
  writeFileSync(path.join(folder, 'broken.md'), '# No step at all\n');
  await keys.command('HINTERNET: Lessons…', 'HINTERNET: Lessons');
  const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
  await workbench.page.keyboard.type('broken');
  await seen(rows.filter({ hasText: 'broken.md' }));
  await keys.press('Escape');
  await keys.command('HINTERNET: Lessons…', 'HINTERNET: Lessons');
  await keys.choose('HINTERNET: Lessons', 'Monday’s class');
  await seen(workbench.webview().getByRole('heading', { name: 'Monday’s class' }));
  await press('Do this step');
  await seen(workbench.webview().getByText('✓ The tree is as the lesson says.'));
});

/** A button of the lesson, once it is offered. */
async function press(name: string): Promise<void> {
  await workbench.webview().getByRole('button', { name }).click({ timeout: LIMIT_MS });
}

function seen(locator: Locator): Promise<void> {
  return locator.first().waitFor({ timeout: LIMIT_MS });
}
