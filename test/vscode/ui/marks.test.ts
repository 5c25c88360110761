import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { writeTrace } from '../../../extension/sources/traceFile.ts';
import { programFolder } from '../../program/watchedProgram.ts';
import { runProgram } from '../../shared/compare/comparedPrograms.ts';
import { openSession } from './session.ts';

// A program leaves handles open between a mark and a comparison, and a person looks for the line.

const LIMIT_MS = 20_000;

const { workbench, keys, playground, seen } = await openSession(LIMIT_MS);

test('Compare Open Handles with Mark opens a view that stays, whose lines lead to the code and whose handles lead to the graph', async (t) => {
  const { page } = workbench;
  const file = path.join(programFolder(t), 'server.mjs');
  writeFileSync(
    file,
    `import * as wininet from 'hinternet-explorer/wininet';
const { InternetOpen: open, InternetOpenUrl: get, InternetCloseHandle: end } = wininet;
const root = await open('server/1.0');
const step = () => new Promise((go) => process.stdin.once('data', go));
await step();
const left = [];
for (const path of ['bytes/10', 'bytes/20', 'bytes/30']) {
  left.push(await get(root, '${playground.http}' + path));
}
await step();
for (const request of left) await end(request);
await step();
`,
  );
  await keys.command('View: Show HINTERNET');
  await keys.command('Terminal: Create New Terminal');
  const terminal = page.locator('.terminal-wrapper.active .xterm-helper-textarea');
  await terminal.waitFor({ timeout: LIMIT_MS });
  await page.keyboard.type(`"${process.execPath}" ${file}\n`);
  await seen(page.locator('[role="treeitem"][aria-label^="server.mjs, "]'));
  await keys.command('HINTERNET: Mark Open Handles');
  await seen(page.locator('.notification-toast', { hasText: 'marked.' }));
  await terminal.focus();
  await page.keyboard.type('open\n');
  await seen(page.locator('[role="treeitem"][aria-label*="bytes/30"]').first());
  await keys.command('HINTERNET: Compare Open Handles with Mark');
  const view = page.locator('.pane', { hasText: 'Left Open Since Mark' });
  const line = view.locator('[role="treeitem"]', { hasText: 'InternetOpenUrl × 3' });
  await seen(line);
  await seen(view.locator('[role="treeitem"]', { hasText: 'bytes/20' }));
  await line.click();
  await seen(page.locator('.tab.active[aria-label^="server.mjs"]'));
  await view.locator('[role="treeitem"]', { hasText: 'bytes/20' }).click();
  await seen(workbench.webview().getByText('InternetOpenUrl', { exact: true }).first());
  await workbench.screenshot('marks', { theme: 'light' });
  await terminal.focus();
  await page.keyboard.type('close\n');
  await line.waitFor({ state: 'detached', timeout: LIMIT_MS });
  await keys.command('HINTERNET: Forget Mark');
  await view.waitFor({ state: 'hidden', timeout: LIMIT_MS });
});

test('Mark Open Handles and Compare take the moment that a trace shows: what was opened between two of them, whichever comes first', async () => {
  const { page } = workbench;
  const { base, entries } = await runProgram(playground);
  const file = path.join(workbench.workspace, 'moments.hintrace');
  writeFileSync(file, [...writeTrace({ title: 'moments', startedAt: new Date(1) }, base, entries)].join(''));
  const before = (fn: string): number =>
    (entries.find((one) => one.type === 'call-begin' && one.fn === fn)?.seq ?? 0) - 1;
  await keys.command('View: Close All Editors');
  await keys.goToFile('moments.hintrace');
  const graph = workbench.webview();
  const handle = (name: string) => graph.locator('.handle', { hasText: name });
  const goTo = (seq: number) => graph.locator('.scrubber').fill(String(seq));
  const button = (name: string) => page.locator('.editor-actions').getByRole('button', { name });
  const view = page.locator('.pane', { hasText: 'Left Open Since Mark' });
  const row = (text: string) => view.locator('[role="treeitem"]', { hasText: text });
  const lines = view.locator('[role="treeitem"]', { hasText: '×' });
  await seen(graph.locator('.scrubber'));

  await goTo(before('InternetConnect'));
  assert.equal(await button('Compare Open Handles with Mark').count(), 0, 'nothing is marked');
  await workbench.screenshot('marks-button', { theme: 'light' });
  await button('Mark Open Handles').click();
  await seen(page.locator('.notification-toast', { hasText: '1 open handle is marked. Go to another moment' }));
  await goTo(before('HttpSendRequest'));
  await button('Compare Open Handles with Mark').click();
  await seen(row('HttpOpenRequest × 1'));
  await seen(row('InternetConnect × 1'));
  assert.equal(await lines.count(), 2);
  await seen(view.getByText('2 opened since and left open; of those marked 0 closed, 1 kept.'));
  await row('GET').click();
  await seen(page.locator('.tab.active[aria-label^="moments.hintrace"]'));
  await seen(handle('HttpOpenRequest').and(graph.locator('.selected')));
  await workbench.screenshot('marks-trace', { theme: 'light' });

  // The mark is the later moment now.
  await keys.command('HINTERNET: Mark Open Handles');
  await seen(page.locator('.notification-toast', { hasText: '3 open handles are marked.' }));
  await goTo(before('HttpOpenRequest'));
  await keys.command('HINTERNET: Compare Open Handles with Mark');
  await row('InternetConnect × 1').waitFor({ state: 'detached', timeout: LIMIT_MS });
  await seen(row('HttpOpenRequest × 1'));
  await seen(view.getByText('1 opened since and left open; of those marked 0 closed, 2 kept.'));
  await keys.command('HINTERNET: Forget Mark');
  await view.waitFor({ state: 'hidden', timeout: LIMIT_MS });

  // A graph has the same buttons.
  await keys.command('HINTERNET: Show Graph');
  await button('Mark Open Handles').click();
  await seen(page.locator('.notification-toast', { hasText: '0 open handles are marked.' }));
  await seen(button('Compare Open Handles with Mark'));
});
