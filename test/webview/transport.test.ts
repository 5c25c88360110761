import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inBrowser, show, shows } from './harness/inBrowser.ts';
import { oneRequest } from './harness/scenes.ts';

inBrowser('the bar that moves through time', (withView) => {
  test('Transport steps from call to call by keys, says what changed, marks it in the graph, and goes back to the present', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal);
      const { page } = view;
      await page.getByRole('tree').focus();
      for (const _ of [1, 2, 3]) await page.keyboard.press(',');
      await page.locator('.past-banner', { hasText: 'You are looking at the past: entry' }).waitFor();
      await page.keyboard.press(',');
      const story = page.locator('.transport .story');
      await story.filter({ hasText: /^HttpQueryInfo on 0x00CC000C succeeded in \d+ µs\.$/ }).waitFor();
      await page.locator(`#handle-${request}[data-step="used"] .step-mark`, { hasText: 'used' }).waitFor();
      await page.keyboard.press('.');
      await story.filter({ hasText: /^HttpQueryInfo|^InternetQueryDataAvailable/ }).waitFor();
      await page.keyboard.press('l');
      await page.locator('.past-banner').waitFor({ state: 'hidden' });
      await shows(page, '.step-mark', 0);
      assert.equal(await story.textContent(), '');
    });
  });

  test('Transport has a scrubber that says the moment in words, and shows the tree of it', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal } = oneRequest();
      await show(view, journal);
      const scrubber = view.page.getByRole('slider', { name: 'Moment of the journal' });
      assert.equal(await scrubber.getAttribute('aria-valuetext'), 'Live');
      await scrubber.fill('6');
      await shows(view.page, '.handle', 2);
      assert.match(
        (await scrubber.getAttribute('aria-valuetext')) ?? '',
        /^entry 6 of \d+, at 2\.4 ms: InternetConnect on 0x00CC0004 succeeded in 900 µs: it opened 0x00CC0008\.$/,
      );
      await view.page.locator('.handle[data-step="opened"]').waitFor();
    });
  });

  test('Transport keeps the moment while the journal grows, and nothing is called in the past', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal, request);
      const { page } = view;
      await page.getByRole('slider').fill('9');
      await page.locator('.past-banner').waitFor();
      journal.call('HttpQueryInfo', request);
      await view.send({ type: 'entries', entries: journal.take() });
      await page.getByRole('slider', { name: 'Moment of the journal' }).waitFor();
      await page.locator('[data-key="HttpQueryInfo"], [data-key="HttpAddRequestHeaders"]').first().click();
      await page.getByRole('status').filter({ hasText: 'press L for the present' }).waitFor();
      assert.deepEqual(
        (await view.posted()).filter(({ type }) => type === 'call'),
        [],
      );
      assert.equal(await page.getByRole('slider').inputValue(), '9');
    });
  });

  test('Transport plays the journal to its end and pauses there', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal } = oneRequest();
      await show(view, journal);
      const { page } = view;
      await page.getByRole('slider').fill('3');
      await page.getByRole('combobox', { name: 'Speed' }).selectOption('64');
      await page.getByRole('button', { name: 'Play' }).click();
      const last = await page.getByRole('slider').getAttribute('max');
      await page.waitForFunction((max) => document.querySelector<HTMLInputElement>('.scrubber')?.value === max, last);
      await page.getByRole('button', { name: 'Play' }).waitFor();
    });
  });
});
