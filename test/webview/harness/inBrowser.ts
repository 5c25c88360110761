// How the tests of the view are written: a suite that has a browser, and waits for what is to be seen.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import type { Page } from 'playwright-core';
import type { ViewState } from '../../../extension/shared/protocol.ts';
import { findChromium, type Harness, startHarness, type View, type ViewOptions } from './harness.ts';
import { JOURNAL, type ScriptedJournal } from './journal.ts';

/** Opens a view for a piece of work and closes it; fails when the page complains. */
export type WithView = (options: ViewOptions, work: (view: View) => Promise<void>) => Promise<void>;

/** A suite whose tests need a browser; skipped by name where there is none. */
export function inBrowser(title: string, tests: (withView: WithView) => void): void {
  const found = findChromium();
  describe(title, { skip: found === undefined && 'no Chromium on this machine' }, () => {
    let harness: Harness;
    before(async () => {
      assert.ok(found !== undefined);
      harness = await startHarness(found);
    });
    after(() => harness?.close());
    tests(async (options, work) => {
      const view = await harness.open(options);
      try {
        await work(view);
        assert.deepEqual(
          view.complaints,
          [],
          'the page and its content security policy have nothing to complain about',
        );
      } finally {
        await view.close();
      }
    });
  });
}

/** What a view kept from before a reload: what it begins with, but for these. */
export function kept(share: Partial<ViewState>): ViewState {
  return {
    journal: JOURNAL,
    seq: null,
    transform: { x: 0, y: 0, k: 1 },
    following: true,
    selected: null,
    collapsed: [],
    panes: [],
    ...share,
  };
}

/** Sends the whole tree and waits until the view was built. */
export async function show(view: View, journal: ScriptedJournal, selected: number | null = null): Promise<void> {
  await view.send(journal.snapshot(selected));
  journal.take();
  await view.page.locator('.toolbar').waitFor();
}

/** Waits until so many elements are there. */
export async function shows(page: Page, selector: string, count: number): Promise<void> {
  await page.waitForFunction(([css, wanted]) => document.querySelectorAll(css).length === wanted, [
    selector,
    count,
  ] as const);
}

/** Waits until the keyboard's place in a tree or menu is this element. */
export async function activeIs(element: ReturnType<Page['getByRole']>, id: string): Promise<void> {
  const handle = await element.elementHandle();
  await element
    .page()
    .waitForFunction(([one, wanted]) => one?.getAttribute('aria-activedescendant') === wanted, [handle, id] as const);
}
