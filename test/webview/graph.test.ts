import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inBrowser, kept, show, shows } from './harness/inBrowser.ts';
import { crowd, ftpListing, oneRequest } from './harness/scenes.ts';

inBrowser('the graph in a browser', (withView) => {
  test('Graph draws one box per open handle and follows what opens and closes', async () => {
    await withView({}, async (view) => {
      const { journal, session, request } = oneRequest();
      await show(view, journal);
      await shows(view.page, '.handle', 3);
      assert.deepEqual(await view.posted(), [{ type: 'ready' }]);
      journal.open('HttpOpenRequest', 'http-request', 'unsent', session, 'GET /second');
      journal.close(request);
      await view.send({ type: 'entries', entries: journal.take() });
      await view.page.locator('.handle', { hasText: 'GET /second' }).waitFor();
      await shows(view.page, '.leaving', 0);
      await shows(view.page, '.handle', 3);
      journal.close(1);
      await view.send({ type: 'entries', entries: journal.take() });
      await view.page.getByRole('heading', { name: 'No handle is open' }).waitFor();
    });
  });

  test('Graph asks for a new snapshot after a gap', async () => {
    await withView({}, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal);
      journal.call('InternetReadFile', request);
      await view.send({ type: 'entries', entries: journal.take().slice(1) });
      await view.page.waitForFunction(() => window.harness.posted.length === 2);
      assert.deepEqual((await view.posted()).at(-1), { type: 'ready' });
    });
  });

  test('Graph shows what each function would do now, and calls the legal ones only', async () => {
    await withView({}, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal);
      await view.page.locator(`#handle-${request}`).click();
      const legal = view.page.getByRole('menuitem', { name: 'InternetReadFile, legal now, called 2 times' });
      const refused = view.page.getByRole('menuitem', { name: /^InternetWriteFile, not legal now: ERROR_INTERNET_/ });
      await legal.click();
      await refused.click({ force: true }); // disabled, so a user's click is not waited for
      await view.page.getByRole('status').filter({ hasText: 'InternetWriteFile is not legal now' }).waitFor();
      assert.equal(await refused.getAttribute('aria-disabled'), 'true');
      assert.deepEqual((await view.posted()).slice(1), [
        { type: 'select', serial: request },
        { type: 'call', serial: request, fn: 'InternetReadFile' },
      ]);
    });
  });

  test('Graph folds the functions that take any handle into one row', async () => {
    await withView({ height: 900 }, async (view) => {
      const { journal, session } = ftpListing();
      await show(view, journal, session);
      const group = view.page.getByRole('menuitem', { name: 'any handle (5)' });
      assert.equal(await group.getAttribute('aria-expanded'), 'false');
      const rows = await view.page.locator('.function').count();
      await group.click();
      await shows(view.page, '.function', rows + 5);
      assert.equal(await group.getAttribute('aria-expanded'), 'true');
    });
  });

  test('Graph returns to the place and the choices from before a reload', async () => {
    const { journal, session, request } = oneRequest();
    const state = kept({ transform: { x: 40, y: 60, k: 0.8 }, following: false, selected: request });
    await withView({ state }, async (view) => {
      await show(view, journal);
      await view.page.locator(`#handle-${request}.selected`).waitFor();
      assert.equal(await view.page.locator('.world').getAttribute('transform'), 'translate(40,60) scale(0.8)');
    });
    await withView({ state: { ...state, selected: null, collapsed: [session], panes: [] } }, async (view) => {
      await show(view, journal);
      await shows(view.page, '.handle', 2);
    });
  });

  test('Graph asks the host for the actions of its empty state', async () => {
    await withView({ width: 300 }, async (view) => {
      const { journal, root } = crowd(0);
      journal.close(root);
      await show(view, journal);
      await view.page.locator('.empty').getByRole('button', { name: 'Playground Addresses…' }).click();
      await view.page.locator('.toolbar').getByRole('button', { name: 'Open URL…' }).click();
      assert.deepEqual((await view.posted()).slice(1), [
        { type: 'action', action: 'showPlayground' },
        { type: 'action', action: 'openUrl' },
      ]);
    });
  });

  test('Graph shows text from a server as text', async () => {
    await withView({}, async (view) => {
      const { journal, session } = oneRequest();
      journal.open('HttpOpenRequest', 'http-request', 'unsent', session, 'GET /<img src=x>\u202e');
      await show(view, journal);
      await view.page.locator('.target', { hasText: 'GET /<img src=x>\\u{202e}' }).waitFor();
      assert.equal(await view.page.locator('img').count(), 0);
    });
  });

  test('Graph speaks the language of the bundle that came with the journal', async () => {
    await withView({}, async (view) => {
      const strings = { 'Open URL…': 'URL öffnen…', '{0} open': '{0} offen' };
      await view.send({ ...oneRequest().journal.snapshot(), strings });
      await view.page.getByRole('button', { name: 'URL öffnen…' }).waitFor();
      await view.page.getByText('3 offen').waitFor();
    });
  });

  test('Graph keeps every button of its toolbar in sight at any width', async () => {
    for (const width of [340, 440, 521, 583, 621]) {
      await withView({ width }, async (view) => {
        await show(view, oneRequest().journal);
        const bar = view.page.locator('.toolbar');
        await bar.getByText('3 open').waitFor({ state: 'attached' });
        assert.deepEqual(await bar.evaluate((one) => one.scrollWidth - one.clientWidth), 0, `${width} pixels`);
      });
    }
  });
});
