import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { writeTrace } from '../../../extension/sources/traceFile.ts';
import { programFolder } from '../../program/watchedProgram.ts';
import { type Departure, runProgram } from '../../shared/compare/comparedPrograms.ts';
import { openSession } from './session.ts';
import { ALL_THEMES } from './workbench.ts';

// A trace of a program and one of its port are opened and compared, as a person would.

const LIMIT_MS = 30_000;

const { workbench, keys, playground, seen } = await openSession(LIMIT_MS);

test('Compare Traces shows both trees and the calls of both sides at the first difference, and copies a report', async () => {
  await openTrace('native.hintrace', {});
  await openTrace('port.hintrace', { headersLast: true, forgets: 'close', path: 'status/404' });
  await keys.command('HINTERNET: Compare Traces…', 'HINTERNET: Compare Traces');
  await keys.choose('HINTERNET: Compare Traces', 'native');
  await keys.choose('HINTERNET: Compare native.hintrace With', 'port');
  const view = workbench.webview();
  await seen(view.getByText('lpszObjectName is "/status/200" on the left and "/status/404" on the right.'));
  await seen(view.getByText('Difference 1 of'));
  for (const side of ['native', 'port']) await seen(view.getByRole('heading', { name: side }));
  assert.equal(await view.locator('.compared-tree .handle').count(), 6);
  for (const theme of ALL_THEMES) await workbench.screenshot(`comparison-${theme}`, { theme });
  await workbench.page.keyboard.press('n');
  await seen(view.getByText('Difference 2 of'));
  await workbench.page.keyboard.press('ControlOrMeta+f');
  await workbench.page.keyboard.type('status/404');
  await seen(view.locator('.call-search').getByText('1 of 1 found'));
  await seen(view.locator('[aria-selected="true"]', { hasText: '/status/404' }));
  assert.equal(await workbench.page.locator('.simple-find-part-wrapper.visible').count(), 0);
  for (const theme of ALL_THEMES) await workbench.screenshot(`comparison-search-${theme}`, { theme });
  await view.getByRole('button', { name: 'Copy as Markdown' }).click();
  await seen(workbench.page.getByText('The summary was copied as Markdown.'));
});

test('Compare Selected Traces compares two files of one name from the explorer, and is there again after a reload', async () => {
  const { page } = workbench;
  for (const [folder, departure] of [
    ['native', {}],
    ['port', { flags: 0 }],
  ] as const) {
    await writeTraceTo(path.join(folder, 'run.hintrace'), departure);
  }
  await keys.command('View: Close All Editors');
  await keys.command('View: Show Explorer');
  const folder = (name: string) => page.locator(`.explorer-folders-view [role="treeitem"][aria-label="${name}"]`);
  const traces = page.locator('.explorer-folders-view [role="treeitem"][aria-label^="run.hintrace"]');
  for (const name of ['native', 'port']) await folder(name).click({ timeout: LIMIT_MS });
  await seen(traces.nth(1));
  await traces.nth(0).click();
  // Until the file is open, the explorer may still select it alone, as the editor that is active now.
  await seen(workbench.webview().getByRole('treeitem').first());
  await traces.nth(1).click({ modifiers: ['ControlOrMeta'] });
  await page.keyboard.press('Shift+F10');
  await chooseFromMenu('Compare Selected Traces');
  const told = 'dwFlags is INTERNET_FLAG_RELOAD on the left and 0 on the right.';
  const showsBoth = async () => {
    const view = workbench.webview();
    await seen(view.getByText(told));
    for (const side of ['native/run.hintrace', 'port/run.hintrace'])
      await seen(view.getByRole('heading', { name: side }));
    await seen(page.locator('.tab[aria-label^="native/run.hintrace ↔ port/run.hintrace"]'));
  };
  await showsBoth();
  await writeTraceTo(path.join('port', 'run.hintrace'), {});
  await workbench.webview().getByRole('button', { name: 'Compare Again' }).click();
  await seen(workbench.webview().getByText(/^No difference in \d+ calls$/));
  await writeTraceTo(path.join('port', 'run.hintrace'), { flags: 0 });
  await keys.command('Developer: Reload Window');
  await page
    .locator('.monaco-workbench')
    .waitFor({ state: 'detached', timeout: LIMIT_MS })
    .catch(() => undefined);
  await showsBoth();
});

test('Compare Calls With… compares the program that has just ended with the run before, and with this window', async (t) => {
  const { page } = workbench;
  const file = path.join(programFolder(t), 'client.mjs');
  writeFileSync(
    file,
    `import { InternetOpen, InternetOpenUrl, InternetCloseHandle } from 'hinternet-explorer/wininet';
const root = await InternetOpen('client/1.0');
await InternetOpenUrl(root, '${playground.http}' + process.argv[2]);
await InternetCloseHandle(root);
`,
  );
  await keys.command('View: Show HINTERNET');
  await keys.command('Terminal: Create New Terminal');
  await page.locator('.terminal-wrapper.active .xterm-helper-textarea').waitFor({ timeout: LIMIT_MS });
  const programs = page.locator('[role="treeitem"][aria-label^="client.mjs, "][aria-label*="ended"]');
  for (const [index, status] of ['status/200', 'status/404'].entries()) {
    await page.keyboard.type(`"${process.execPath}" ${file} ${status}\n`);
    await seen(programs.nth(index));
  }
  await keys.command('View: Hide Panel');
  // By keys alone: the newest program stands last, and its menu opens below it.
  await keys.command('HINTERNET: Focus on Programs View');
  await keys.press('End');
  await seen(page.locator('.monaco-list-row.focused').and(programs.nth(1)));
  await keys.press('Shift+F10');
  await stepToInMenu('Compare Calls With…');
  await keys.press('Enter');
  await seen(page.locator('.quick-input-widget:visible', { hasText: 'A File…' }));
  await workbench.screenshot('comparison-sources');
  // The program that ended last stands first.
  await keys.answer('Choose the right side');
  const view = workbench.webview();
  await seen(view.getByText(/^lpszUrl is ".*status\/200" on the left and ".*status\/404" on the right\.$/));
  await keys.command('HINTERNET: Compare Traces…', 'HINTERNET: Compare Traces');
  await keys.choose('Choose the left side', 'client.mjs');
  await keys.choose('Choose the right side', 'This Window');
  await seen(workbench.webview().getByRole('heading', { name: 'This Window' }));
});

/** By Enter: a menu that has just opened takes a click for the end of the one that opened it. */
async function chooseFromMenu(name: string): Promise<void> {
  await workbench.page.getByRole('menuitem', { name }).hover({ timeout: LIMIT_MS });
  await keys.press('Enter');
}

/** With arrow keys, in a menu that is open. */
async function stepToInMenu(name: string): Promise<void> {
  const chosen = workbench.page.locator('.monaco-menu .action-item.focused');
  await seen(workbench.page.getByRole('menuitem', { name }));
  for (let step = 0; step < 30; step += 1) {
    await keys.press('ArrowDown');
    if ((await chosen.allInnerTexts()).some((text) => text.includes(name))) return;
  }
  assert.fail(`the arrow keys do not come to ${name}`);
}

async function writeTraceTo(name: string, departure: Departure): Promise<void> {
  const { base, entries } = await runProgram(playground, departure);
  const about = { title: path.basename(name, '.hintrace'), startedAt: new Date() };
  const file = path.join(workbench.workspace, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, [...writeTrace(about, base, entries)].join(''));
}

async function openTrace(name: string, departure: Departure): Promise<void> {
  await writeTraceTo(name, departure);
  await keys.goToFile(name);
  await seen(workbench.page.locator(`.tab.active[aria-label^="${name}"]`));
}
