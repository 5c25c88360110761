import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openSession } from './session.ts';

// The log of a native program is imported as a person does it.

const LIMIT_MS = 30_000;

const { workbench, keys, seen } = await openSession(LIMIT_MS);

test('Import Wine Log asks for the log, writes a trace beside it, opens it, and shows what was not understood', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hinternet-wine-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const log = path.join(folder, 'uploader.log');
  const trace = path.join(folder, 'uploader.hintrace');
  copyFileSync(path.join(import.meta.dirname, '../../sources/wineLogs/uploader.log'), log);
  const input = workbench.page.locator('.quick-input-widget:visible input.input');
  await keys.command('HINTERNET: Import Wine Log…', 'HINTERNET: Import Wine Log');
  const row = (name: string) =>
    workbench.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: name });
  // The dialog writes the folder into its input once it has listed it.
  await seen(row('welcome.md'));
  await input.fill(log);
  await seen(row('uploader.log'));
  await keys.press('Enter');
  for (let waited = 0; (await input.count()) === 0 || (await input.inputValue()) !== trace; waited += 100) {
    assert.ok(waited < LIMIT_MS, 'the file dialog offers a place beside the log');
    await workbench.page.waitForTimeout(100);
  }
  await keys.press('Enter');
  const told = workbench.page.locator('.notification-list-item', {
    hasText: '27 calls; 1 line was not understood.',
  });
  await seen(told);
  assert.ok(existsSync(trace));
  await seen(workbench.webview().getByText('InternetConnect', { exact: true }));
  await workbench.screenshot('wine-log', { theme: 'light' });
  await told.getByText('Show Lines').click();
  await seen(workbench.page.locator('.view-line', { hasText: 'get_handle_object' }));
});
