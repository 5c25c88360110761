import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { HostMessage } from '../../extension/shared/protocol.ts';
import type { SavedFilter } from '../../extension/shared/savedFilters.ts';
import { violations } from './harness/axe.ts';
import { inBrowser, kept, show, shows } from './harness/inBrowser.ts';
import { graveyard, mixed, oneRequest } from './harness/scenes.ts';
import type { ThemeName } from './harness/themes.ts';

const SECOND = 1_000_000;

inBrowser('the filter', (withView) => {
  test('FilterBar opens with a slash, completes keys and values, and hides what does not match', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { page } = view;
      await show(view, mixed().journal);
      await openBar(page);
      await shows(page, '.filter-suggestions li', 13);
      await page.keyboard.type('ki');
      await shows(page, '.filter-suggestions li', 1);
      await page.keyboard.press('Tab');
      const first = page.getByRole('option').first();
      assert.equal(await first.textContent(), 'http-request26', 'values come with how many have them');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowDown');
      const field = page.getByRole('combobox', { name: 'Filter handles' });
      assert.equal(await field.getAttribute('aria-activedescendant'), 'filter-suggestions-0');
      assert.equal(await field.getAttribute('aria-expanded'), 'true');
      await page.keyboard.press('Enter');
      assert.equal(await field.getAttribute('aria-expanded'), 'false');
      await page.keyboard.type('state:answered');
      await page.locator('.filter-count', { hasText: '9 of 37 match, 23 hidden' }).waitFor();
      await shows(page, '.handle:not(.context)', 9);
      await shows(page, '.handle.context', 5);
      await page
        .getByRole('treeitem', { name: /InternetOpen, Root.*does not pass the filter/ })
        .first()
        .waitFor();
      await page.getByRole('status').filter({ hasText: '9 of 37 match, 23 hidden' }).waitFor();
      assert.deepEqual((await view.posted()).at(-1), { type: 'filter', text: 'kind:http-request state:answered' });
    });
  });

  test('FilterBar gives way to Escape step by step: the list, the text, then the bar', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { page } = view;
      await show(view, oneRequest().journal);
      await openBar(page);
      await page.keyboard.type('fn:');
      const field = page.getByRole('combobox', { name: 'Filter handles' });
      await page.locator('.filter-suggestions').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.filter-suggestions').waitFor({ state: 'hidden' });
      assert.equal(await field.inputValue(), 'fn:');
      await page.keyboard.press('Escape');
      assert.equal(await field.inputValue(), '');
      assert.ok(await field.isVisible());
      await page.keyboard.press('Escape');
      await field.waitFor({ state: 'hidden' });
      assert.ok(await page.evaluate(() => document.activeElement?.classList.contains('tree')), 'the tree has the keys');
    });
  });

  test('FilterBar lets Escape and Tab lead out of its empty field at once, though it offers keys', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { page } = view;
      await show(view, oneRequest().journal);
      await openBar(page);
      await page.locator('.filter-suggestions').waitFor();
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Saved filters');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.type('ki');
      await page.keyboard.press('Tab');
      const field = page.getByRole('combobox', { name: 'Filter handles' });
      assert.equal(await field.inputValue(), 'kind:');
      await field.fill('');
      await page.locator('.filter-suggestions').waitFor();
      await page.keyboard.press('Escape');
      await field.waitFor({ state: 'hidden' });
    });
  });

  test('FilterBar says what is wrong while it is typed, and applies the terms that are right', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { page } = view;
      await show(view, oneRequest().journal);
      await openBar(page);
      await page.keyboard.type('kind:root flavour:none');
      await page.locator('.filter-problem', { hasText: 'is no key' }).waitFor();
      await shows(page, '.handle', 1);
      const field = page.getByRole('combobox', { name: 'Filter handles' });
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      const sent = (await view.posted()).flatMap((message) => (message.type === 'filter' ? message.text : []));
      assert.ok(!sent.includes('kind:root flavour:none'), 'the host gets only what is a filter');
    });
  });

  test('FilterBar applies the filter again to what happens, and says so when nothing is left', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { page } = view;
      const { journal, session, request } = oneRequest();
      await show(view, journal);
      await view.send(filters('state:answered'));
      await shows(page, '.handle:not(.context)', 1);
      const second = journal.open('HttpOpenRequest', 'http-request', 'answered', session, 'GET /second');
      journal.open('HttpOpenRequest', 'http-request', 'unsent', session, 'GET /third');
      await view.send({ type: 'entries', entries: journal.take() });
      await shows(page, '.handle:not(.context)', 2);
      for (const serial of [request, second]) journal.state(serial, 'drained');
      await view.send({ type: 'entries', entries: journal.take() });
      await page.getByText('No handle passes the filter.').waitFor();
      await shows(page, '.handle', 0);
      await page.locator('.filter-nothing').getByRole('button', { name: 'Clear the filter' }).click();
      await shows(page, '.handle', 5);
      assert.deepEqual((await view.posted()).at(-1), { type: 'filter', text: '' });
    });
  });

  test('FilterBar lets leaks appear as time goes by though nothing happens', async () => {
    await withView({ reducedMotion: true, ownClock: true }, async (view) => {
      const { page } = view;
      const { journal, request } = oneRequest();
      journal.state(request, 'drained');
      await page.clock.runFor(100);
      await view.send(journal.snapshot());
      await page.clock.runFor(200);
      const { t } = journal.checkpoint();
      await view.send(filters('is:leak', [], t + 4 * SECOND));
      await page.clock.runFor(1000);
      assert.equal(await page.locator('.handle').count(), 0);
      await page.clock.runFor(9000);
      await shows(page, '.handle:not(.context)', 1);
    });
  });

  test('FilterBar keeps its text over a reload, unless the host knows better', async () => {
    const state = kept({ filter: 'kind:root' });
    await withView({ state, reducedMotion: true }, async (view) => {
      await show(view, oneRequest().journal);
      await shows(view.page, '.handle', 1);
      await view.page.locator('.filter-opener .filter-chip', { hasText: 'kind:root' }).waitFor();
      await view.send(filters(null));
      await view.page.waitForFunction(() => window.harness.posted.some(({ type }) => type === 'filter'));
      assert.deepEqual((await view.posted()).at(-1), { type: 'filter', text: 'kind:root' });
      await view.send(filters(''));
      await shows(view.page, '.handle', 3);
      await view.page.waitForFunction(() => window.harness.state?.filter === '');
    });
  });

  test('FilterBar saves a filter under a name, and chooses, renames and deletes it', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { page } = view;
      await show(view, mixed().journal);
      await openBar(page);
      await page.keyboard.type('host:api.example');
      await page.locator('.filter-count', { hasText: 'match' }).waitFor();
      const list = page.getByRole('region', { name: 'Saved filters' });
      const openList = () => page.locator('.filter-bar').getByRole('button', { name: 'Saved filters' }).click();
      await openList();
      await list.getByRole('textbox', { name: 'Save this filter as' }).fill('The interface');
      await page.keyboard.press('Enter');
      await list.getByRole('button', { name: 'Rename The interface' }).click();
      await list.getByRole('textbox', { name: 'New name of The interface' }).fill('API');
      await page.keyboard.press('Enter');
      await list.getByRole('button', { name: 'FTP protocol:ftp' }).click();
      await list.waitFor({ state: 'hidden' });
      assert.equal(await page.getByRole('combobox', { name: 'Filter handles' }).inputValue(), 'protocol:ftp');
      await openList();
      await list.getByRole('button', { name: 'API host:api.example' }).click();
      assert.equal(await page.getByRole('combobox', { name: 'Filter handles' }).inputValue(), 'host:api.example');
      await openList();
      await list.getByRole('textbox', { name: 'Save this filter as' }).fill('Other');
      await page.keyboard.press('Enter');
      await list.getByRole('button', { name: 'Rename Other' }).click();
      await list.getByRole('textbox', { name: 'New name of Other' }).fill('API');
      await page.keyboard.press('Enter');
      await list.getByRole('alert').filter({ hasText: '“API” is the name of another filter.' }).waitFor();
      await page.keyboard.press('Escape');
      await list.getByRole('button', { name: 'Delete Other' }).click();
      await list.getByRole('button', { name: 'Delete API' }).click();
      const saves = (await view.posted()).flatMap((message) =>
        message.type === 'saveFilters' ? [message.filters] : [],
      );
      const text = 'host:api.example';
      const api = { name: 'API', text };
      const other = { name: 'Other', text };
      assert.deepEqual(saves, [[{ name: 'The interface', text }], [api], [api, other], [api], []]);
    });
  });

  test('FilterBar keeps the keyboard in the list of saved filters, and closes the list when it goes on', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { page } = view;
      const { journal } = mixed();
      await show(view, journal);
      await openBar(page);
      await page.keyboard.type('protocol:http');
      await page.locator('.filter-count', { hasText: 'match' }).waitFor();
      const list = page.getByRole('region', { name: 'Saved filters' });
      await page.locator('.filter-bar').getByRole('button', { name: 'Saved filters' }).press('Enter');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.type('web');
      await page.keyboard.press('Enter');
      const saved = [{ name: 'web', text: 'protocol:http' }];
      await view.send({ type: 'filters', text: 'protocol:http', saved, now: 0 });
      const hasFocus = (name: string) =>
        page.waitForFunction((text) => document.activeElement?.textContent?.startsWith(text) === true, name);
      await hasFocus('web');
      await list.getByRole('button', { name: 'Rename web' }).press('Enter');
      await page.keyboard.press('Escape');
      await hasFocus('web');
      await list.getByRole('button', { name: 'Save', exact: true }).focus();
      await page.keyboard.press('Tab');
      await list.waitFor({ state: 'hidden' });
      assert.ok(await page.evaluate(() => document.activeElement?.classList.contains('tree')));
    });
  });

  test('FilterBar finds closed handles where it asks for them, and keeps those above them in sight', async () => {
    await withView({ width: 1600, height: 1400, reducedMotion: true }, async (view) => {
      const { journal, session, stale } = graveyard();
      await show(view, journal);
      const { page } = view;
      await openBar(page);
      await page.getByRole('combobox', { name: 'Filter handles' }).fill('is:closed kind:http-request');
      // With the closed session that three of them hang from.
      await shows(page, '.side.grave', 15);
      await page.locator(`#handle-${stale}.grave`).waitFor({ state: 'attached' });
      await page.locator(`#handle-${session}.context`).waitFor({ state: 'attached' });
      await page.getByText(/^0 of \d+ open and 14 closed match, \d+ hidden$/).waitFor();
      await page.getByRole('combobox', { name: 'Filter handles' }).fill('is:open kind:http-request');
      await page.getByText(/^\d of \d match, \d hidden$/).waitFor();
    });
  });

  test('FilterBar says that a handle is hidden which somebody wants to see, and shows it', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal);
      await view.send(filters('kind:root'));
      const { page } = view;
      await shows(page, '.handle', 1);
      await view.send({ type: 'reveal', serial: request });
      await page
        .locator('.hidden-handle', { hasText: 'HttpOpenRequest 0x00CC000C is hidden by the filter.' })
        .waitFor();
      await page.getByRole('button', { name: 'Clear the filter and show it' }).click();
      await page.locator(`#handle-${request}.selected`).waitFor();
      await page.locator('.hidden-handle').waitFor({ state: 'hidden' });
      assert.deepEqual(
        (await view.posted()).findLast(({ type }) => type === 'filter'),
        { type: 'filter', text: '' },
      );
    });
  });

  test('FilterBar shows the filters that the host has kept', async () => {
    await withView({}, async (view) => {
      await show(view, oneRequest().journal);
      await view.send(filters(null, [{ name: 'Mine', text: 'out:>0' }]));
      await openBar(view.page);
      await view.page.locator('.filter-bar').getByRole('button', { name: 'Saved filters' }).click();
      await view.page.getByRole('button', { name: 'Mine out:>0' }).click();
      await shows(view.page, '.handle:not(.context)', 1);
    });
  });

  for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const satisfies readonly ThemeName[]) {
    test(`FilterBar passes the accessibility rules of axe in ${theme}, wide and narrow`, async () => {
      for (const width of [300, 900]) {
        await withView({ theme, width, reducedMotion: true }, async (view) => {
          const { page } = view;
          await show(view, mixed().journal);
          await view.send(filters(null, [{ name: 'Mine', text: 'out:>0' }]));
          await openBar(page);
          await page.locator('.filter-suggestions li').first().waitFor();
          await page.keyboard.press('ArrowDown');
          assert.deepEqual(await violations(page), [], 'with completions');
          await page.keyboard.type('kind:nothing');
          await page.locator('.filter-problem:not([hidden])').waitFor();
          assert.deepEqual(await violations(page), [], 'with a problem');
          await page.getByRole('combobox', { name: 'Filter handles' }).fill('state:answered');
          await page.locator('.handle.context').first().waitFor();
          await page.keyboard.press('Escape');
          await page.locator('.filter-bar').getByRole('button', { name: 'Saved filters' }).click();
          await page.locator('.saved-row').first().waitFor();
          assert.deepEqual(await violations(page), [], 'with handles hidden and the saved filters');
        });
      }
    });
  }
});

async function openBar(page: Page): Promise<void> {
  await page.getByRole('tree').focus();
  await page.keyboard.press('/');
  await page.locator('.filter-field input:focus').waitFor();
}

function filters(text: string | null, saved: readonly SavedFilter[] = [], now = 0): HostMessage {
  return { type: 'filters', text, saved, now };
}
