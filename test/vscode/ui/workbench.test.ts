import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { ALL_THEMES, openWorkbench, type Workbench } from './workbench.ts';

let workbench: Workbench;

before(async () => {
  workbench = await openWorkbench();
});
after(() => workbench.close());

test('openWorkbench shows the sample workspace with a file of it in an editor', async () => {
  const { page } = workbench;
  await page.locator('.explorer-folders-view .monaco-list-row[aria-label^="welcome.md"]').dblclick();
  await page.locator('.view-line', { hasText: 'A playground for HINTERNET Explorer' }).waitFor();
});

for (const theme of ALL_THEMES) {
  test(`screenshot takes a picture of the workbench in the ${theme} theme`, async () => {
    const file = await workbench.screenshot(`workbench-${theme}`, { theme });
    assert.ok(statSync(file).size > 10_000, 'an empty page makes a smaller picture');
  });
}
