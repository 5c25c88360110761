import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './harness/axe.ts';
import { activeIs, inBrowser, show, shows } from './harness/inBrowser.ts';
import { crowd, graveyard, mixed, oneRequest } from './harness/scenes.ts';
import type { ThemeName } from './harness/themes.ts';

inBrowser('the graph by keyboard and for screen readers', (withView) => {
  test('Graph can be walked with the keyboard and has one tab stop for the tree', async () => {
    await withView({}, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal);
      const tree = view.page.getByRole('tree');
      await tree.focus();
      const keys = (...names: string[]) =>
        names.reduce((last, key) => last.then(() => view.page.keyboard.press(key)), Promise.resolve());
      await keys('End');
      await activeIs(tree, `handle-${request}`);
      await keys('ArrowLeft');
      await activeIs(tree, 'handle-2');
      await keys('ArrowUp', 'ArrowRight');
      await activeIs(tree, 'handle-2');
      await keys('End', 'Enter', 'ArrowDown');
      await activeIs(view.page.getByRole('menu'), 'function-HttpQueryInfo');
      await keys('Enter', 'Escape', 'c', 'Delete', 'Escape');
      assert.deepEqual((await view.posted()).slice(1), [
        { type: 'select', serial: request },
        { type: 'call', serial: request, fn: 'HttpQueryInfo' },
        { type: 'copyValue', serial: request },
        { type: 'call', serial: request, fn: 'InternetCloseHandle' },
        { type: 'select', serial: null },
      ]);
      await keys('?');
      await view.page.getByRole('dialog', { name: 'Keys' }).waitFor();
      assert.equal(await view.page.locator('svg [tabindex="0"]').count(), 1);
    });
  });

  test('Graph keeps the handle with the keyboard in sight while it is folded and when the panel gets smaller', async () => {
    await withView({ width: 300 }, async ({ page, ...view }) => {
      await show({ page, ...view }, mixed().journal);
      await page.locator('.handle').first().waitFor();
      await page.getByRole('tree').focus();
      // One after the other, so that the camera is still under way when the handle is folded.
      for (const key of ['End', 'Home', ...Array<string>(5).fill('ArrowDown'), 'ArrowLeft']) {
        await page.keyboard.press(key);
      }
      const inSight = () =>
        page.waitForFunction(() => {
          const [box, stage] = ['.handle.active.is-folded .body', '.stage'].map((css) =>
            document.querySelector(css)?.getBoundingClientRect(),
          );
          if (box === undefined || stage === undefined) return false;
          return box.left > stage.left && box.right < stage.right && box.top > stage.top && box.bottom < stage.bottom;
        });
      await inSight();
      await page.setViewportSize({ width: 260, height: 300 });
      await inSight();
    });
  });

  test('Graph gives the keyboard to the tree with the first key where nothing has it, and shows that of an empty tree too', async () => {
    await withView({}, async (view) => {
      const { journal, session, root } = oneRequest();
      await show(view, journal);
      await view.page.locator('.handle').first().waitFor();
      await view.page.keyboard.press('ArrowDown');
      const tree = view.page.getByRole('tree');
      assert.ok(await tree.evaluate((element) => element.matches(':focus-visible')));
      await activeIs(tree, `handle-${session}`);
      journal.close(root);
      await view.send({ type: 'entries', entries: journal.take() });
      const empty = view.page.locator('.empty');
      await empty.waitFor();
      assert.equal(await empty.evaluate((element) => getComputedStyle(element).outlineStyle), 'solid');
    });
  });

  test('Graph never loses the keyboard to a pane that opens over it or closes under it, and Escape comes back from everywhere', async () => {
    await withView({}, async (view) => {
      const { page } = view;
      const { journal, request } = oneRequest();
      await show(view, journal, request);
      await page.locator('.handle').first().waitFor();
      const has = (selector: string) =>
        page.waitForFunction((css) => document.activeElement?.matches(css) === true, selector);
      await page.getByRole('tree').focus();
      await page.keyboard.press('d');
      await has('.pane.diagram .box');
      assert.equal(await page.locator('.graph').isVisible(), false);
      await page.keyboard.press('d');
      await has('.tree');
      for (const key of ['i', 't']) await page.keyboard.press(key);
      await page.locator('.pane.inspector summary').first().focus();
      await page.keyboard.press('i');
      await has('.tree');
      await page.locator('.lanes').focus();
      await page.keyboard.press('Escape');
      await has('.tree');
      await page.locator('.lanes').focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
      await page.keyboard.press('Escape');
      await has('.lanes');
      await page.keyboard.press('t');
      await has('.tree');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Escape');
      await has('.tree');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('/');
      await has('.filter-input');
    });
  });

  test('Graph gives the keyboard back to where it was before a question of the editor, and to nothing after a press beside it', async () => {
    await withView({}, async (view) => {
      const { page } = view;
      await show(view, oneRequest().journal);
      const has = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      // As the workbench does it: first the element loses the keyboard, then the window.
      const ask = () =>
        page.evaluate(() => {
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
          window.dispatchEvent(new Event('blur'));
          window.dispatchEvent(new Event('focus'));
        });
      await page.getByRole('button', { name: 'Export…' }).focus();
      await ask();
      assert.equal(await has(), 'Export…');
      await page.locator('.toolbar .count').click();
      await ask();
      assert.equal(await has(), null);
    });
  });

  test('Graph has its toolbar as one tab stop, and goes on from the handle that it tells of first', async () => {
    await withView({}, async (view) => {
      const { journal, session } = oneRequest();
      await show(view, journal);
      for (const [key, name] of [
        ['Tab', 'Open URL…'],
        ['ArrowRight', 'Connect…'],
        ['Home', 'Open URL…'],
        ['ArrowLeft', 'Keys'],
      ] as const) {
        await view.page.keyboard.press(key);
        assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('aria-label')), name);
      }
      await view.page.keyboard.press('Tab');
      const tree = view.page.getByRole('tree');
      await activeIs(tree, 'handle-1');
      await view.page.keyboard.press('ArrowDown');
      await activeIs(tree, `handle-${session}`);
      await view.page.keyboard.press('Shift+Tab');
      assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Keys');
    });
  });

  test('Graph folds and unfolds with the arrow keys and keeps that over a reload', async () => {
    await withView({}, async (view) => {
      const { journal, session } = oneRequest();
      await show(view, journal);
      await view.page.getByRole('tree').focus();
      for (const key of ['Home', 'ArrowDown', 'ArrowLeft']) await view.page.keyboard.press(key);
      const folded = view.page.getByRole('treeitem', { name: /InternetConnect.*folded, 1 below/ });
      await folded.waitFor();
      assert.equal(await folded.getAttribute('aria-expanded'), 'false');
      await view.page.waitForFunction((serial) => window.harness.state?.collapsed.includes(serial), session);
      await view.page.keyboard.press('ArrowRight');
      await shows(view.page, '.handle', 3);
    });
  });

  test('Graph tells a screen reader level, position, siblings and state of every handle', async () => {
    await withView({}, async (view) => {
      const { journal, session } = oneRequest();
      await show(view, journal, session);
      const item = view.page.getByRole('treeitem', {
        name: 'InternetConnect, HTTP session, 0x00CC0008, http://127.0.0.1:8080, open, 1 child',
      });
      const attributes = await item.evaluate((element) =>
        ['aria-level', 'aria-posinset', 'aria-setsize', 'aria-selected', 'aria-expanded'].map((name) =>
          element.getAttribute(name),
        ),
      );
      assert.deepEqual(attributes, ['2', '1', '1', 'true', 'true']);
      assert.match((await item.getAttribute('aria-description')) ?? '', /^Ready; the first request/);
      assert.equal(await item.locator('text:not([aria-hidden])').count(), 0, 'what changes each second is not told');
    });
  });

  test('Graph announces what opened and closed in one sentence', async () => {
    await withView({}, async (view) => {
      const { journal, root } = oneRequest();
      await show(view, journal);
      journal.open('InternetConnect', 'ftp-connect', 'idle', root, 'ftp://127.0.0.1');
      await view.send({ type: 'entries', entries: journal.take() });
      await view.page.getByRole('status').filter({ hasText: 'InternetConnect opened 0x00CC0010' }).waitFor();
    });
  });

  test('Graph brings a revealed handle into sight and selects it, folded or not', async () => {
    await withView({}, async (view) => {
      const { journal, session, requests } = crowd(300);
      await show(view, journal);
      await view.page.getByRole('tree').focus();
      for (const key of ['Home', 'ArrowDown', 'ArrowLeft']) await view.page.keyboard.press(key);
      await shows(view.page, '.handle', 2);
      const last = requests.at(-1) ?? 0;
      await view.send({ type: 'reveal', serial: last });
      const box = view.page.locator(`#handle-${last}.selected`);
      await box.waitFor();
      await view.page.waitForFunction((id) => {
        const { left, top, right, bottom } = document.getElementById(id)?.getBoundingClientRect() ?? new DOMRect(-1);
        return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
      }, `handle-${last}`);
      await view.page.waitForFunction((serial) => !window.harness.state?.collapsed.includes(serial), session);
      assert.deepEqual(await view.posted(), [{ type: 'ready' }], 'the choice of the host is not reported back to it');
    });
  });

  for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const satisfies readonly ThemeName[]) {
    test(`Graph passes the accessibility rules of axe in ${theme}, wide and narrow`, async () => {
      for (const width of [300, 900]) {
        await withView({ theme, width, reducedMotion: true }, async (view) => {
          const { journal, requests } = mixed();
          await show(view, journal, requests[2]);
          await view.page.locator('.function').first().waitFor();
          assert.deepEqual(await violations(view.page), []);
        });
        await withView({ theme, width, reducedMotion: true }, async (view) => {
          await show(view, graveyard().journal);
          await view.page.locator('.grave').first().waitFor();
          assert.deepEqual(await violations(view.page), []);
        });
      }
    });
  }
});
