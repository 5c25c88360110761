// The workbench driven with keys alone.
import type { Page } from 'playwright-core';

const WIDGET = '.quick-input-widget:visible';
const ATTEMPTS = 5;
const LIMIT_MS = 5_000;

/** Keys for the workbench. */
export interface Keyboard {
  /** F1, the label, Enter; where the command asks a question, once more if the question does not come. */
  command(label: string, asks?: string): Promise<void>;
  /** Waits for the question of this title or placeholder and answers it: with the text, or with what is preselected. */
  answer(question: string, text?: string): Promise<void>;
  /** Goes to a file of the workspace. */
  goToFile(name: string): Promise<void>;
  /** Waits for a row in the open list and confirms it. */
  choose(question: string, row: string): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
}

/** Makes keys for a page. */
export function keyboardOf(page: Page): Keyboard {
  const input = page.locator(`${WIDGET} input.input`);
  const focused = page.locator(`${WIDGET} .monaco-list-row.focused`);
  // A list asks in its empty input, a box below it; the palette's rows, which hold the same words, do not count.
  const question = (wanted: string) =>
    page
      .locator(WIDGET)
      .filter({ has: page.locator('.quick-input-title, .quick-input-message', { hasText: wanted }) })
      .or(page.locator(WIDGET).filter({ has: page.locator(`input[placeholder*=${JSON.stringify(wanted)}]`) }));

  const command = async (label: string, asks?: string): Promise<void> => {
    await untilDone(async (again) => {
      // Something else may take the focus at any time. Not before the first attempt: Escape means something in the graph.
      if (again) await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await input.fill(`>${label}`, { timeout: LIMIT_MS });
      await focused.and(page.locator(`[aria-label^="${label}"]`)).waitFor({ timeout: LIMIT_MS });
      if (asks !== undefined) await confirmedUntil(asks);
    });
    if (asks === undefined) await page.keyboard.press('Enter');
  };
  const confirmedUntil = async (asks: string): Promise<void> => {
    await page.keyboard.press('Enter');
    await question(asks).waitFor({ timeout: LIMIT_MS });
  };
  return {
    command,
    async goToFile(name) {
      await untilDone(async (again) => {
        if (again) await page.keyboard.press('Escape');
        await page.keyboard.press('F1');
        await input.fill(name, { timeout: LIMIT_MS });
        await focused.filter({ hasText: name }).first().waitFor({ timeout: LIMIT_MS });
      });
      await page.keyboard.press('Enter');
    },
    async answer(wanted, text) {
      await question(wanted).waitFor({ timeout: ATTEMPTS * LIMIT_MS });
      await untilDone(async () => {
        // A box that has just opened may not have the focus yet: what was typed then went elsewhere.
        await input.focus();
        if (text === undefined) return;
        await page.keyboard.press('ControlOrMeta+a');
        await page.keyboard.type(text);
        if ((await input.inputValue()) !== text) throw new Error('not all that was typed arrived');
      });
      await page.keyboard.press('Enter');
    },
    async choose(wanted, row) {
      await question(wanted).waitFor({ timeout: ATTEMPTS * LIMIT_MS });
      await untilDone(async () => {
        // A list that has just opened may not have the focus yet: what was typed then went elsewhere.
        await input.focus();
        await page.keyboard.press('ControlOrMeta+a');
        await page.keyboard.type(row);
        await focused
          .filter({ hasText: row })
          .first()
          .waitFor({ timeout: LIMIT_MS / 2 });
      });
      await page.keyboard.press('Enter');
    },
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
  };
}

async function untilDone(attempt: (again: boolean) => Promise<void>): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      await attempt(count > 1);
      return;
    } catch (error) {
      if (count === ATTEMPTS) throw error;
    }
  }
}
