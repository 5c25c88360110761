import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { programFolder } from '../../program/watchedProgram.ts';
import { openSession } from './session.ts';

// A program is started in a terminal, as a person would, and looked at.

const LIMIT_MS = 30_000;

const { workbench, keys, playground, seen } = await openSession(LIMIT_MS);

test('a program that runs in the terminal shows up in the view of programs, opens as a graph, and leads to its lines', async (t) => {
  const { page } = workbench;
  const file = path.join(programFolder(t), 'client.mjs');
  writeFileSync(
    file,
    `import * as wininet from 'hinternet-explorer/wininet';
const { InternetOpen: open, InternetOpenUrl: get, InternetCloseHandle: end } = wininet;
const at = '${playground.http}';
const root = await open('client/1.0');
await end(root).then(() => end(root)).catch(() => 0);
await get(await open('client/1.0'), at + 'status/404');
setTimeout(() => 0, 600_000);
`,
  );
  await keys.command('View: Show HINTERNET');
  await keys.command('Terminal: Create New Terminal');
  await page.locator('.terminal-wrapper.active .xterm-helper-textarea').waitFor({ timeout: LIMIT_MS });
  await page.keyboard.type(`"${process.execPath}" ${file}\n`);
  const program = page.locator('[role="treeitem"][aria-label^="client.mjs, "]');
  await seen(program);
  const handle = page.locator('[role="treeitem"][aria-label*="status/404"]');
  await seen(handle);
  await keys.command('View: Hide Panel');
  await program.click();
  const graph = workbench.webview();
  await seen(graph.getByText('InternetOpenUrl', { exact: true }));
  await keys.command('HINTERNET: Show Inspector');
  await seen(graph.getByRole('region', { name: 'Inspector' }));
  await handle.click();
  await seen(graph.getByRole('button', { name: 'client.mjs:6' }));
  await workbench.screenshot('programs', { theme: 'dark' });
  await graph.getByRole('button', { name: 'client.mjs:6' }).first().click();
  await seen(page.locator('.tab.active[aria-label^="client.mjs"]'));
  await seen(page.locator('.view-line', { hasText: '0x00CC0004 ×1 · 0x00CC0008 ×1' }));
  await workbench.screenshot('programs-lines', { theme: 'light' });
  assert.ok(await page.locator('.view-line', { hasText: 'ERROR_INVALID_HANDLE ×1' }).count());
});

test('Break On… ticks what debugged programs stop on, and the view of programs says so', async () => {
  const { page } = workbench;
  await keys.command('HINTERNET: Break On…', 'HINTERNET: Break On');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Any error' }).click();
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Leak at exit' }).click();
  await workbench.screenshot('break-on');
  await page.keyboard.press('Enter');
  const message = page.locator('.pane', { hasText: 'Debugged programs break on 2 conditions.' });
  await seen(message);
  // Like breakpoints, they outlive a reload of the window.
  await keys.command('Developer: Reload Window');
  await message.first().waitFor({ state: 'detached', timeout: LIMIT_MS });
  await keys.command('View: Show HINTERNET');
  await seen(message);
});

test('Run Active File says what to do where Node.js does not run a file of that kind', async () => {
  const { page } = workbench;
  writeFileSync(path.join(workbench.workspace, 'port.tsx'), 'export const agent: string = "agent";\n');
  await keys.goToFile('port.tsx');
  await seen(page.locator('.tab.active[aria-label^="port.tsx"]'));
  await keys.command('HINTERNET: Run Active File');
  const told = page.locator('.notification-list-item', { hasText: 'This Node.js does not run .tsx files.' });
  await seen(told);
  await workbench.screenshot('run-active-file-refused', { theme: 'light' });
});
