import { test } from 'node:test';
import { openSession } from './session.ts';

// What was done by hand becomes a program.

const LIMIT_MS = 30_000;

const { workbench, keys, playground, seen } = await openSession(LIMIT_MS);

test('Generate Code asks whose history and which language, and opens the program', async () => {
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.choose('HINTERNET: Open URL', new URL('/content/data.json', playground.http).href);
  await keys.command('HINTERNET: Show Graph');
  await seen(workbench.webview().getByText('InternetOpenUrl', { exact: true }));
  await keys.command('HINTERNET: Generate Code…', 'HINTERNET: Generate Code');
  await keys.choose('HINTERNET: Generate Code', 'All Handles');
  await keys.choose('Choose a language', 'TypeScript');
  await seen(workbench.page.locator('.view-lines', { hasText: 'await InternetOpenUrl(' }));
  await workbench.screenshot('generateCode', { theme: 'dark' });
});
