// VS Code's own file dialog, which asks for a path in the quick input.
import assert from 'node:assert/strict';
import type { Keyboard } from './keyboard.ts';
import type { Workbench } from './workbench.ts';

/**
 * Confirms the file dialog, with another path if one is given.
 * @param limit how long it may take to come, and to go, in milliseconds
 */
export async function confirmFile(workbench: Workbench, keys: Keyboard, limit: number, file?: string): Promise<void> {
  const input = workbench.page.locator('.quick-input-widget:visible input.input');
  for (let waited = 0; !(await input.inputValue()).startsWith(workbench.workspace); waited += 100) {
    assert.ok(waited < limit, 'the file dialog shows the workspace');
    await workbench.page.waitForTimeout(100);
  }
  const enter = async () => {
    if (file === undefined) return;
    await keys.press('ControlOrMeta+a');
    await workbench.page.keyboard.type(file);
  };
  await enter();
  const confirmed = file ?? (await input.inputValue());
  // Another question may follow at once.
  // It may close between the question whether it is there and the one for its text.
  const value = () => input.inputValue({ timeout: 1000 }).catch(() => undefined);
  const asks = async () => (await input.isVisible()) && (await value()) === confirmed;
  for (let waited = 0; await asks(); waited += 500) {
    assert.ok(waited < limit, 'the file dialog takes the path');
    // What is typed while the dialog still looks up a folder it may show and not take.
    if (waited > 0 && waited % 5000 === 0) await enter();
    // The dialog may ignore Enter while it still looks the path up.
    await keys.press('Enter');
    await workbench.page.waitForTimeout(500);
  }
}
