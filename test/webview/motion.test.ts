import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inBrowser, show, shows } from './harness/inBrowser.ts';
import { crowd, oneRequest } from './harness/scenes.ts';

inBrowser('the motion of the graph', (withView) => {
  test('Graph zooms with the wheel and pans by dragging, and keeps the choice', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal, request);
      const { mouse } = view.page;
      const changed = async (act: () => Promise<void>) => {
        const world = () => view.page.locator('.world').getAttribute('transform');
        const before = await world();
        await act();
        await view.page.waitForFunction(
          (old) => document.querySelector('.world')?.getAttribute('transform') !== old,
          before,
        );
      };
      await view.page.locator('.function').first().waitFor();
      await mouse.move(60, 600);
      await changed(() => mouse.wheel(0, -200));
      await changed(async () => {
        await mouse.down();
        await mouse.move(120, 560, { steps: 4 });
        await mouse.up();
      });
      await shows(view.page, '.handle.selected', 1);
      await changed(() => view.page.getByRole('button', { name: 'Zoom out' }).click());
      await changed(() => view.page.getByRole('button', { name: 'Show the whole tree' }).click());
      await mouse.click(60, 600);
      await shows(view.page, '.handle.selected', 0);
    });
  });

  test('Graph lets a closing subtree go leaf first', async () => {
    await withView({ ownClock: true }, async (view) => {
      const { journal, session } = oneRequest();
      await view.page.clock.runFor(100);
      await show(view, journal);
      await view.page.clock.runFor(1000);
      journal.close(session);
      await view.send({ type: 'entries', entries: journal.take() });
      await view.page.clock.runFor(150);
      const opacity = (name: string) =>
        view.page
          .locator('.leaving', { hasText: name })
          .first()
          .evaluate((element) => Number(getComputedStyle(element).opacity));
      const [leaf, parent] = [await opacity('HttpOpenRequest'), await opacity('InternetConnect')];
      assert.ok(leaf < parent, `${leaf} and ${parent}`);
      await view.page.clock.runFor(1000);
      await shows(view.page, '.leaving', 0);
    });
  });

  test('Graph sets in place at once what comes faster than a movement lasts, and moves again after a pause', async () => {
    await withView({ ownClock: true }, async (view) => {
      const { journal, session } = oneRequest();
      const { page } = view;
      await page.clock.runFor(100);
      await show(view, journal);
      await page.clock.runFor(1000);
      /** Opens a handle, and tells how far its box has come a moment later. */
      const opacityOfNext = async (): Promise<number> => {
        const serial = journal.open('HttpOpenRequest', 'http-request', 'unsent', session, 'GET /next');
        await view.send({ type: 'entries', entries: journal.take() });
        await page.clock.runFor(50);
        return page.locator(`#handle-${serial}`).evaluate((element) => Number(getComputedStyle(element).opacity));
      };
      const early = await opacityOfNext();
      for (let count = 0; count < 6; count += 1) await opacityOfNext();
      const hurried = await opacityOfNext();
      await page.clock.runFor(1000);
      const late = await opacityOfNext();
      assert.ok(early < 1 && late < 1, `${early} and ${late}`);
      assert.equal(hurried, 1);
    });
  });

  test('Graph lets the outline of a handle blink when its state changes', async () => {
    await withView({ ownClock: true }, async (view) => {
      const { journal, request } = oneRequest();
      await view.page.clock.runFor(100);
      await show(view, journal);
      await view.page.clock.runFor(1000);
      journal.state(request, 'drained');
      await view.send({ type: 'entries', entries: journal.take() });
      await view.page.clock.runFor(100);
      const ring = view.page.locator(`#handle-${request} .ring`);
      const opacity = () => ring.evaluate((element) => Number(getComputedStyle(element).strokeOpacity));
      assert.ok((await opacity()) > 0);
      await view.page.clock.runFor(2000);
      assert.equal(await opacity(), 0);
    });
  });

  test('Graph moves nothing when the user prefers reduced motion', async () => {
    await withView({ ownClock: true, reducedMotion: true }, async (view) => {
      const { journal, session } = oneRequest();
      await view.page.clock.runFor(100);
      await show(view, journal);
      await view.page.clock.runFor(100);
      journal.close(session);
      await view.send({ type: 'entries', entries: journal.take() });
      await view.page.clock.runFor(40);
      assert.equal(await view.page.locator('.leaving').count(), 0);
      assert.equal(await view.page.locator('.handle').count(), 1);
    });
  });

  test('Graph draws of ten thousand handles only what is on screen', async () => {
    await withView({}, async (view) => {
      const { journal } = crowd(10_000);
      await show(view, journal);
      await view.page.locator('.handle').first().waitFor();
      const near = await view.page.locator('.handle').count();
      assert.ok(near > 10 && near < 100, `${near} boxes`);
      await view.page.keyboard.press('f');
      await view.page.locator('.side.crowd').waitFor();
      assert.ok((await view.page.locator('.handle').count()) < 100);
    });
  });
});
