import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullestMoment } from '../../extension/shared/fullestMoment.ts';
import { JournalHistory } from '../../extension/shared/journalHistory.ts';
import { activeIs, inBrowser, kept, show, shows } from './harness/inBrowser.ts';
import { ScriptedJournal } from './harness/journal.ts';
import { crowd, oneRequest } from './harness/scenes.ts';

function replay(journal: ScriptedJournal): JournalHistory {
  const history = new JournalHistory(10_000);
  for (const entry of journal.snapshot().entries) history.append(entry);
  return history;
}

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
      const mark = page.locator(`#handle-${request}[data-step="used"] .step-mark`, { hasText: 'used' });
      await mark.waitFor();
      const [sign, box] = [await mark.locator('rect').boundingBox(), await mark.locator('text').boundingBox()];
      assert.ok(sign !== null && box !== null && box.x >= sign.x && box.x + box.width <= sign.x + sign.width);
      const paper = await mark.locator('rect').evaluate((element) => getComputedStyle(element).fill);
      assert.equal(paper, 'rgb(255, 255, 255)', 'the word stands on paper');
      await page.keyboard.press('.');
      await story.filter({ hasText: /^HttpQueryInfo|^InternetQueryDataAvailable/ }).waitFor();
      await page.keyboard.press('l');
      await page.locator('.past-banner').waitFor({ state: 'hidden' });
      await shows(page, '.step-mark', 0);
      assert.equal(await story.textContent(), '');
    });
  });

  test('Toolbar tells whose handles are shown, also when a watched program ends before the eyes', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal } = oneRequest();
      const { page } = view;
      await show(view, journal);
      const source = page.locator('.toolbar .source');
      assert.ok(await source.isHidden());
      await view.send({ ...journal.snapshot(), readOnly: true });
      await source.filter({ hasText: /^Watched program$/ }).waitFor();
      const { seq, t } = journal.checkpoint();
      await view.send({ type: 'entries', entries: [{ type: 'end', seq: seq + 1, t }] });
      await source.filter({ hasText: /^Recorded$/ }).waitFor();
      await page.getByTitle('The end is shown').waitFor();
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

  test('Transport keeps moment and selection when the host selects a handle, which waits for the present', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal, root, session, request } = oneRequest();
      await show(view, journal, root);
      const { page } = view;
      await page.getByRole('slider').fill('6');
      await shows(page, '.handle', 2);
      await view.send({ type: 'selected', serial: session });
      await view.send({ type: 'selected', serial: request });
      // Both had been handled before this answer was drawn.
      journal.call('InternetQueryOption', root);
      await view.send({ type: 'entries', entries: journal.take() });
      await page.waitForFunction(
        (last) => document.querySelector<HTMLInputElement>('.scrubber')?.max === last,
        String(journal.checkpoint().seq),
      );
      assert.equal(await page.getByRole('slider').inputValue(), '6');
      assert.equal(await page.locator('.handle.selected').getAttribute('id'), `handle-${root}`);
      await page.getByRole('tree').focus();
      await page.keyboard.press('l');
      await page.locator(`#handle-${request}.selected`).waitFor();
    });
  });

  test('Transport goes to the present for a handle that somebody wants to see and that was not there yet', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal, root, request } = oneRequest();
      await show(view, journal);
      const { page } = view;
      await page.getByRole('slider').fill('6');
      await page.locator('.past-banner').waitFor();
      await view.send({ type: 'reveal', serial: root });
      await page.locator(`#handle-${root}.selected`).waitFor();
      assert.equal(await page.getByRole('slider').inputValue(), '6', 'what is there is shown at the moment');
      await view.send({ type: 'reveal', serial: request });
      await page.locator(`#handle-${request}.selected`).waitFor();
      await page.locator('.past-banner').waitFor({ state: 'hidden' });
    });
  });

  test('Transport leaves the keyboard where it is from moment to moment, and brings it back to a handle that was not there yet', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal, root, session, request } = oneRequest();
      await show(view, journal);
      const { page } = view;
      const tree = page.getByRole('tree');
      await tree.focus();
      await page.keyboard.press('End');
      await activeIs(tree, `handle-${request}`);
      await page.keyboard.press(',');
      await page.locator('.past-banner').waitFor();
      await activeIs(tree, `handle-${request}`);
      await page.getByRole('slider').fill('6');
      await activeIs(tree, `handle-${session}`);
      await page.getByRole('slider').fill('3');
      await activeIs(tree, `handle-${root}`);
      await tree.focus();
      for (const _ of [1, 2]) await page.keyboard.press('.');
      await activeIs(tree, `handle-${request}`);
    });
  });

  test('Transport gives the keyboard back to the tree when the handle has gone in whose functions it was', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal, request);
      const { page } = view;
      await page.locator(`#handle-${request}.selected`).waitFor();
      await page.getByRole('tree').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menu').waitFor();
      await page.evaluate(() => document.querySelector<SVGGElement>('.rows')?.focus());
      for (let press = 0; press < 9; press += 1) await page.keyboard.press(',');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'tree');
    });
  });

  test('Transport brings into sight what the step concerns while the camera follows', async () => {
    await withView({ width: 420, height: 420, reducedMotion: true }, async (view) => {
      await show(view, crowd(60).journal);
      const { page } = view;
      await page.getByRole('tree').focus();
      for (const _ of [1, 2, 3]) await page.keyboard.press(',');
      await page.waitForFunction(() => {
        const box = document.querySelector('.handle[data-step]')?.getBoundingClientRect();
        return (
          box !== undefined && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight
        );
      });
    });
  });

  test('KeptState brings the moment back over a reload, with the handle that is selected there', async () => {
    const { journal, root, request } = oneRequest();
    await withView({ reducedMotion: true }, async (view) => {
      await show(view, journal);
      await view.page.getByRole('slider').fill('6');
      await view.page.waitForFunction(() => window.harness.state?.seq === 6);
      await view.page.getByRole('tree').focus();
      await view.page.keyboard.press('l');
      await view.page.waitForFunction(() => window.harness.state?.seq === null);
    });
    await withView({ reducedMotion: true, state: kept({ seq: 6, selected: root }) }, async (view) => {
      await show(view, journal, request);
      await view.page.locator('.past-banner', { hasText: 'entry 6 of' }).waitFor();
      await shows(view.page, '.handle', 2);
      await view.page.locator(`#handle-${root}.selected`).waitFor();
    });
  });

  test('KeptState drops the moment, the selection and the folded handles of another journal, and keeps the panes', async () => {
    const state = kept({ seq: 6, selected: 2, collapsed: [1], panes: ['inspector'] });
    const other = new ScriptedJournal('2026-11-02T08:00:00.000Z');
    const root = other.open('InternetOpen', 'root', 'open', null, 'Other/1.0');
    for (const host of ['a', 'b']) other.open('InternetConnect', 'http-connect', 'open', root, `http://${host}`);
    await withView({ reducedMotion: true, state }, async (view) => {
      await show(view, other);
      await shows(view.page, '.handle', 3);
      await shows(view.page, '.handle.selected', 0);
      assert.equal(await view.page.locator('.past-banner').isVisible(), false);
      await view.page.getByRole('region', { name: 'Inspector' }).waitFor();
    });
  });

  test('fullestMoment is where a trace opens at whose end every handle is closed, and the view says so', async () => {
    const { journal, root, request } = oneRequest();
    journal.close(request);
    journal.close(root);
    const seq = fullestMoment(replay(journal));
    await withView({ reducedMotion: true }, async (view) => {
      await view.send({ ...journal.snapshot(), readOnly: true, stopped: true });
      const { page } = view;
      await shows(page, '.handle', 3);
      await page.locator('.past-banner', { hasText: 'At the end of this trace every handle is closed.' }).waitFor();
      await page.locator('.past-banner', { hasText: `entry ${seq} of` }).waitFor();
      await page.getByRole('tree').focus();
      await page.keyboard.press('l');
      await page.getByRole('heading', { name: 'No handle is open' }).waitFor();
      await page.waitForFunction(() => window.harness.state?.seq === null);
    });
    await withView({ state: kept({ seq: null }) }, async (view) => {
      await view.send({ ...journal.snapshot(), readOnly: true, stopped: true });
      await view.page.getByRole('heading', { name: 'No handle is open' }).waitFor();
    });
  });

  test('Transport marks the tombstone of what the step closed', async () => {
    await withView({ reducedMotion: true }, async (view) => {
      const { journal, request, session } = oneRequest();
      journal.close(request);
      journal.call('InternetQueryOption', session);
      await show(view, journal);
      const { page } = view;
      await page.getByRole('tree').focus();
      await page.keyboard.press(',');
      await page.locator(`#handle-${request}.grave[data-step="closed"] .step-mark`, { hasText: '× closed' }).waitFor();
      await page.locator(`#handle-${session}[data-step="lost"]`).waitFor();
    });
  });

  test('Transport covers nothing and cuts nothing off in narrow panels and at 200 %', async () => {
    for (const [width, height] of [[300, 650] as const, [450, 350] as const]) {
      await withView({ width, height, reducedMotion: true }, async (view) => {
        const { journal, request } = oneRequest();
        await show(view, journal, request);
        const { page } = view;
        await page.getByRole('tree').focus();
        await page.keyboard.press(',');
        await page.locator('.past-banner').waitFor();
        const cut = await page.evaluate(() => {
          const banner = document.querySelector('.past-banner')?.getBoundingClientRect();
          const graph = document.querySelector('.graph')?.getBoundingClientRect();
          const count = document.querySelector('.count');
          return {
            covered: (banner?.bottom ?? 0) > (graph?.top ?? 0),
            scrolls:
              document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
            count: count === null || count.scrollWidth > count.clientWidth,
          };
        });
        assert.deepEqual(cut, { covered: false, scrolls: false, count: false });
      });
    }
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
