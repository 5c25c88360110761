// Takes pictures of every scene, theme and width: npm run screenshots [-- FOLDER [SCENE...]]
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { findChromium, type Harness, startHarness, type View } from './harness.ts';
import type { ScriptedJournal } from './journal.ts';
import { crowd, ftpListing, graveyard, mixed, oneRequest } from './scenes.ts';
import type { ThemeName } from './themes.ts';

interface Shot {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly theme: ThemeName;
  take(view: View): Promise<void>;
}

const SETTLED_MS = 900;
const CLOSING_MS = 170;
const [folder = 'test/artifacts/webview', ...wanted] = process.argv.slice(2);

async function show(view: View, journal: ScriptedJournal, selected: number | null = null): Promise<void> {
  await view.send(journal.snapshot(selected));
  await view.page.waitForTimeout(SETTLED_MS);
}

const SCENES: Readonly<Record<string, (view: View) => Promise<void>>> = {
  empty: (view) => show(view, crowd(0).journal, null).then(() => closeAll(view)),
  http: (view) => {
    const { journal, request } = oneRequest();
    return show(view, journal, request);
  },
  ftp: (view) => {
    const { journal, session } = ftpListing();
    return show(view, journal, session);
  },
  mixed: (view) => show(view, mixed().journal),
  mixedSelected: (view) => {
    const { journal, requests } = mixed();
    return show(view, journal, requests[2] ?? null);
  },
  crowd: async (view) => {
    await show(view, crowd(300).journal);
    await view.page.keyboard.press('f');
    await view.page.waitForTimeout(SETTLED_MS);
  },
  crowdSelected: async (view) => {
    const { journal, requests } = crowd(300);
    await show(view, journal, requests[45] ?? null);
  },
  folded: async (view) => {
    const { journal, sessions } = mixed();
    await show(view, journal, sessions[1] ?? null);
    await view.page.locator('.tree').focus();
    for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowLeft']) {
      await view.page.keyboard.press(key);
    }
    await view.page.waitForTimeout(SETTLED_MS);
  },
  root: (view) => {
    const { journal, root } = mixed();
    return show(view, journal, root);
  },
  thousands: async (view) => {
    await show(view, crowd(5000).journal);
    await view.page.keyboard.press('f');
    await view.page.waitForTimeout(SETTLED_MS);
  },
  graves: (view) => show(view, graveyard().journal),
  tenThousand: (view) => show(view, crowd(10_000).journal),
  closing: async (view) => {
    const { journal, sessions } = mixed();
    await view.page.clock.runFor(100);
    await show(view, journal);
    await view.page.clock.runFor(1000);
    journal.take();
    journal.close(sessions[0] ?? 0);
    await view.send({ type: 'entries', entries: journal.take() });
    await view.page.clock.runFor(CLOSING_MS);
  },
  keyboard: async (view) => {
    const { journal } = oneRequest();
    await show(view, journal);
    await view.page.keyboard.press('Tab');
    await view.page.locator('.tree').focus();
    for (const key of ['End', 'Enter', 'ArrowDown', 'ArrowDown']) await view.page.keyboard.press(key);
    await view.page.waitForTimeout(SETTLED_MS);
  },
  legend: async (view) => {
    await show(view, oneRequest().journal);
    await view.page.getByRole('button', { name: 'Legend' }).click();
    await view.page.waitForTimeout(SETTLED_MS);
  },
  diagram: async (view) => {
    const { journal, request } = oneRequest();
    await show(view, journal, request);
    await view.page.keyboard.press('d');
    await view.page.waitForTimeout(SETTLED_MS);
  },
  diagramFtp: async (view) => {
    const { journal, find } = ftpListing();
    await show(view, journal, find);
    await view.page.keyboard.press('d');
    await view.page.getByRole('combobox', { name: 'Reading' }).selectOption('complete');
    await view.page.waitForTimeout(SETTLED_MS);
  },
  timeline: async (view) => {
    const { journal, request } = oneRequest();
    await show(view, journal, request);
    await view.page.keyboard.press('t');
    await view.page.waitForTimeout(SETTLED_MS);
  },
  past: async (view) => {
    const { journal, session } = ftpListing();
    await show(view, journal, session);
    for (const key of ['t', ',', ',', ',']) await view.page.keyboard.press(key);
    await view.page.waitForTimeout(SETTLED_MS);
  },
  inspector: async (view) => {
    const { journal, request } = oneRequest();
    await show(view, journal, request);
    await view.page.keyboard.press('i');
    await view.page.waitForTimeout(SETTLED_MS);
  },
  keys: async (view) => {
    await show(view, oneRequest().journal);
    await view.page.keyboard.press('?');
    await view.page.waitForTimeout(SETTLED_MS);
  },
};

async function closeAll(view: View): Promise<void> {
  const { journal, root } = crowd(0);
  journal.close(root);
  await show(view, journal);
}

function* shots(): Generator<Shot> {
  for (const [name, take] of Object.entries(SCENES)) {
    yield { name, theme: 'light', width: 900, height: 700, take };
    for (const theme of ['dark', 'hcDark', 'hcLight'] as const) yield { name, theme, width: 900, height: 700, take };
    yield { name, theme: 'light', width: 300, height: 640, take };
    yield { name, theme: 'dark', width: 1600, height: 1000, take };
  }
}

async function takeAll(harness: Harness): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const { name, theme, width, height, take } of shots()) {
    const title = `${name}-${theme}-${width}`;
    if (wanted.length > 0 && !wanted.some((one) => title.startsWith(one))) continue;
    const view = await harness.open({ theme, width, height, ownClock: name === 'closing' });
    await take(view);
    await view.page.screenshot({ path: path.join(folder, `${title}.png`) });
    for (const complaint of view.complaints) console.error(`${title}: ${complaint}`);
    await view.close();
  }
}

const found = findChromium();
if (found === undefined) throw new Error('no Chromium: run the tests of the editor once, or set VSC_HOST_CHROMIUM');
const harness = await startHarness(found);
try {
  await takeAll(harness);
} finally {
  await harness.close();
}
