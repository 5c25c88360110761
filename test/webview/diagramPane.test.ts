import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './harness/axe.ts';
import { inBrowser, show } from './harness/inBrowser.ts';
import { ftpListing, oneRequest } from './harness/scenes.ts';
import type { ThemeName } from './harness/themes.ts';

inBrowser('the diagram laid over a handle', (withView) => {
  test('DiagramPane shows the diagram of the selected handle, and calls a function that is legal', async () => {
    await withView({}, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal, request);
      await view.page.keyboard.press('d');
      const pane = view.page.getByRole('region', { name: 'Diagram' });
      await pane.getByText('After HttpSendRequest (ax-wnt07)').first().waitFor({ state: 'attached' });
      await pane.getByRole('button', { name: /^InternetReadFile\. May be called/ }).click();
      assert.deepEqual((await view.posted()).at(-1), { type: 'call', serial: request, fn: 'InternetReadFile' });
      await view.page.keyboard.press('Escape');
      await pane.waitFor({ state: 'hidden' });
      assert.ok(await view.page.getByRole('tree').evaluate((tree) => tree === document.activeElement));
    });
  });

  test('DiagramPane says why a function would fail and calls nothing, and leads to the handle that another takes', async () => {
    await withView({}, async (view) => {
      const { journal, session, find } = ftpListing();
      await show(view, journal, session);
      await view.page.getByRole('button', { name: 'Diagram' }).click();
      const pane = view.page.getByRole('region', { name: 'Diagram' });
      await pane.getByRole('combobox', { name: 'Diagram' }).selectOption('ax-wnt03');
      const before = (await view.posted()).length;
      await pane
        .getByRole('button', { name: /^FtpOpenFile\. Would fail now with ERROR_FTP_TRANSFER_IN_PROGRESS/ })
        .click();
      assert.equal((await view.posted()).length, before);
      await pane.getByRole('button', { name: /^InternetFindNextFile\. Takes another handle/ }).click();
      assert.deepEqual((await view.posted()).at(-1), { type: 'select', serial: find });
      await pane.getByRole('button', { name: /^InternetFindNextFile\. May be called/ }).waitFor();
    });
  });

  test('DiagramPane follows what happens, is one tab stop, and is walked with the arrow keys', async () => {
    await withView({}, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal, request);
      await view.page.keyboard.press('d');
      const pane = view.page.getByRole('region', { name: 'Diagram' });
      // What can be done now is told first.
      assert.equal(await pane.locator('.details h3').textContent(), 'HttpSendRequest');
      await pane.getByRole('combobox', { name: 'Reading' }).selectOption('complete');
      await pane.getByRole('button', { name: /^InternetLockRequestFile/ }).waitFor();
      assert.equal(await pane.locator('.box[tabindex="0"]').count(), 1);
      await pane.locator('.box[tabindex="0"]').focus();
      await view.page.keyboard.press('Home');
      await view.page.keyboard.press('ArrowDown');
      assert.equal(await pane.locator('.details h3').textContent(), 'InternetConnect');
      journal.take();
      journal.close(request);
      await view.send({ type: 'entries', entries: journal.take() });
      await pane
        .getByRole('button', { name: /^InternetReadFile\. Would fail now with ERROR_INVALID_HANDLE/ })
        .waitFor();
      assert.equal(
        await pane.locator('.details h3').textContent(),
        'InternetConnect',
        'the keyboard stays where it was',
      );
    });
  });

  test('DiagramPane explains the box under the pointer: what it does, takes and returns, its parameters, its page', async () => {
    await withView({}, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal, request);
      await view.page.keyboard.press('d');
      const pane = view.page.getByRole('region', { name: 'Diagram' });
      await pane.getByRole('combobox', { name: 'Reading' }).selectOption('complete');
      const details = pane.locator('.details');
      await pane.getByRole('button', { name: /^HttpQueryInfo/ }).hover();
      assert.equal(await details.locator('h3').textContent(), 'HttpQueryInfo');
      const [explanation] = await details.locator('p').allTextContents();
      assert.equal(
        explanation,
        'Reads the status line or a header of the answer, or of the request. Takes a handle of this kind: HTTP request.',
      );
      assert.match((await details.locator('.parameters').textContent()) ?? '', /^HttpQueryInfo\(hRequest, dwInfoLevel/);
      assert.match((await details.locator('a').getAttribute('href')) ?? '', /nf-wininet-httpqueryinfoa$/);
      await pane.getByRole('button', { name: /^HttpOpenRequest/ }).hover();
      const [other] = await details.locator('p').allTextContents();
      assert.match(other ?? '', /Takes a handle of this kind: HTTP session; returns one of this kind: HTTP request\.$/);
    });
  });

  for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const satisfies readonly ThemeName[]) {
    test(`DiagramPane passes the accessibility rules of axe in ${theme}, wide and narrow`, async () => {
      for (const width of [300, 900]) {
        await withView({ theme, width, reducedMotion: true }, async (view) => {
          const { journal, find } = ftpListing();
          await show(view, journal, find);
          await view.send({ type: 'pane', name: 'diagram' });
          await view.page.getByRole('region', { name: 'Diagram' }).waitFor();
          assert.deepEqual(await violations(view.page), []);
        });
      }
    });
  }
});
