import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inBrowser, show } from './harness/inBrowser.ts';
import { crowd, graveyard } from './harness/scenes.ts';

inBrowser('large trees and tombstones', (withView) => {
  for (const count of [10_000, 100_000]) {
    test(`Graph draws ${count} handles with a bounded number of elements`, async () => {
      await withView({ reducedMotion: true }, async (view) => {
        const { journal } = crowd(count);
        // The tree without its history: that takes long to hand to the browser.
        await view.send({ ...journal.snapshot(), base: journal.checkpoint(), entries: [] });
        await view.page.locator('.handle').first().waitFor();
        await view.page.keyboard.press('f');
        const box = view.page.getByRole('treeitem', { name: /^[\d,]+ more HttpOpenRequest, HTTP request, .* running/ });
        await box.waitFor();
        const elements = await view.page.locator('svg.graph *').count();
        assert.ok(elements < 3000, `${elements} elements`);
      });
    });
  }

  test('Graph reaches a box that stands for many by keyboard, unfolds a page of it with Enter and folds it back', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal, requests } = crowd(1000);
      await show(view, journal);
      const { page } = view;
      const tree = page.getByRole('tree');
      await tree.focus();
      await page.keyboard.press('End');
      const crowdIsActive = () => page.locator('.side.crowd.active').waitFor();
      await crowdIsActive();
      const name = () => page.locator('.side.crowd .name').textContent();
      const more = async () => Number.parseInt((await name())?.replace(',', '') ?? '', 10);
      const before = await more();
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        (old) => !document.querySelector('.tree')?.getAttribute('aria-activedescendant')?.startsWith(old),
        'handle--',
      );
      await page.keyboard.press('End');
      await crowdIsActive();
      assert.equal(await more(), before - 50);
      await page.keyboard.press('ArrowLeft');
      await page.waitForFunction(
        (text) => document.querySelector('.side.crowd .name')?.textContent?.startsWith(text),
        before.toLocaleString('en'),
      );
      assert.ok(requests.length > before);
    });
  });

  test('Graph brings a handle out of the box that stands for many when it is chosen elsewhere', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal, requests } = crowd(2000);
      await show(view, journal);
      const old = requests[10] ?? 0;
      assert.equal(await view.page.locator(`#handle-${old}`).count(), 0);
      await view.send({ type: 'reveal', serial: old });
      await view.page.locator(`#handle-${old}.selected`).waitFor();
    });
  });

  test('Graph shows tombstones that can be chosen, have no functions, and are hidden by a key and by a button', async () => {
    await withView({ reducedMotion: true, width: 1300 }, async (view) => {
      const { journal, twice } = graveyard();
      await show(view, journal);
      const { page } = view;
      const stone = page.getByRole('treeitem', {
        name: /^HttpOpenRequest, HTTP request, .*closed by its own call, closed twice/,
      });
      await stone.waitFor();
      await stone.click();
      await page.locator(`#handle-${twice}.grave.selected`).waitFor();
      assert.equal(await page.locator('.function').count(), 0);
      assert.deepEqual((await view.posted()).at(-1), { type: 'select', serial: twice });
      await page.keyboard.press('g');
      await page.locator('.side.graves').waitFor({ state: 'detached' });
      assert.equal(await page.locator('.grave').count(), 2, 'those with a diagnosis stay');
      await page.waitForFunction(() => window.harness.state?.graves === false);
      await page.getByRole('button', { name: 'Closed handles' }).click();
      await page.locator('.side.graves').first().waitFor();
    });
  });

  test('Graph draws a line from the live handle to the grave that a stale use would have missed', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal } = graveyard();
      await show(view, journal);
      const line = view.page.locator('.stale');
      await line.waitFor({ state: 'attached' });
      assert.equal(await line.locator('text').textContent(), 'stale use: InternetReadFile');
    });
  });

  test('Graph keeps the words at that line clear of the box above and inside their frame, and shows the line from afar', async () => {
    await withView({ width: 300, reducedMotion: true }, async ({ page, ...view }) => {
      const { journal, stale, hit } = graveyard();
      await show({ page, ...view }, journal);
      const bounds = (css: string) =>
        page.locator(css).evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);
      await page.locator('.stale').waitFor({ state: 'attached' });
      const [frame, words] = [await bounds('.stale-mark rect'), await bounds('.stale-mark text')];
      assert.ok(words.left > frame.left && words.right < frame.right && words.top >= frame.top - 1, 'inside the frame');
      assert.ok(frame.top > (await bounds(`#handle-${hit} .body`)).bottom, 'clear of the box above');
      assert.ok(frame.bottom < (await bounds(`#handle-${stale} .name`)).top + 2, 'clear of the name below');
      await page.locator('.tree').press('f');
      await page.locator('.graph.far').waitFor();
      assert.equal(await page.locator('.stale .astray').isVisible(), true);
      assert.equal(await page.locator('.stale-mark').isVisible(), false);
    });
  });
});
