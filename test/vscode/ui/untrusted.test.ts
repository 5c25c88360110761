import { after, before, test } from 'node:test';
import { type Playground, startPlayground } from '../../../extension/playground/playground.ts';
import { keyboardOf } from './keyboard.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

// A folder that the person has not trusted: the extension works there too, and connects only when asked.

const LIMIT_MS = 30_000;

let workbench: Workbench;
let playground: Playground;

before(async () => {
  playground = await startPlayground();
  workbench = await openWorkbench({ askTrust: true });
});
after(async () => {
  await workbench.close();
  await playground.close();
});

test('Open URL works in a folder that is not trusted', async () => {
  const { page } = workbench;
  await page.getByText("No, I don't trust the authors", { exact: false }).click({ timeout: LIMIT_MS });
  await page.getByText('Restricted Mode').first().waitFor({ timeout: LIMIT_MS });
  const keys = keyboardOf(page);
  await keys.command('View: Show HINTERNET');
  await page.getByText('No handle is open.').waitFor({ timeout: LIMIT_MS });
  await keys.command('HINTERNET: Open URL…', 'HINTERNET: Open URL');
  await keys.choose('HINTERNET: Open URL', new URL('/status/200', playground.http).href);
  await page
    .locator('.pane-body .monaco-list-row[role="treeitem"][aria-label*="InternetOpenUrl"]')
    .waitFor({ timeout: LIMIT_MS });
});
