import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Entry, EntryBody } from '../../extension/shared/journal.ts';
import type { ViewState } from '../../extension/shared/protocol.ts';
import { violations } from './harness/axe.ts';
import { activeIs, inBrowser, kept, show } from './harness/inBrowser.ts';
import { ScriptedJournal } from './harness/journal.ts';
import { crowd, mixed, oneRequest } from './harness/scenes.ts';
import type { ThemeName } from './harness/themes.ts';

const OPEN: ViewState = kept({ panes: ['timeline'] });

inBrowser('the timeline', (withView) => {
  test('Timeline opens and closes with a key', async () => {
    await withView({}, async (view) => {
      await show(view, oneRequest().journal);
      const pane = view.page.getByRole('region', { name: 'Timeline' });
      await view.page.getByRole('tree').focus();
      await view.page.keyboard.press('t');
      await pane.waitFor();
      await view.page.keyboard.press('t');
      await pane.waitFor({ state: 'hidden' });
    });
  });

  test('Timeline without a handle says what it will show', async () => {
    await withView({ state: OPEN }, async (view) => {
      await show(view, new ScriptedJournal());
      const words = view.page.getByText('No handle has been opened yet');
      await words.waitFor();
      assert.deepEqual(await violations(view.page), []);
      await show(view, oneRequest().journal);
      await words.waitFor({ state: 'hidden' });
    });
  });

  test('Timeline is one tab stop in which the arrow keys walk lanes and calls, and Enter shows the end of a call', async () => {
    await withView({ state: OPEN, reducedMotion: true }, async (view) => {
      const { journal, request } = oneRequest();
      await show(view, journal);
      const { page } = view;
      const grid = page.getByRole('grid', { name: 'Calls by handle and time' });
      await grid.focus();
      const first = journal.checkpoint().nodes[0]?.serial;
      await activeIs(grid, `lane-${first}`);
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
      await page.getByRole('gridcell', { name: /^HttpSendRequest, succeeded after 12\.4 ms, at 4\.\d ms$/ }).waitFor();
      await page.keyboard.press('Enter');
      await page
        .locator('.transport .story', { hasText: 'HttpSendRequest on 0x00CC000C succeeded in 12.4 ms' })
        .waitFor();
      await page.locator('.playhead-line').waitFor();
      assert.deepEqual((await view.posted()).slice(1), [{ type: 'select', serial: request }]);
      await page.keyboard.press('End');
      await page
        .getByRole('gridcell', { name: /^HttpEndRequest, failed with ERROR_INTERNET_INCORRECT_HANDLE_STATE/ })
        .waitFor();
      assert.equal(await page.locator('.pane.timeline [tabindex="0"]:not([role="separator"])').count(), 1);
    });
  });

  test('Timeline selects the handle of a lane and a call that is pressed, and tells of what is pointed at', async () => {
    await withView({ state: OPEN, reducedMotion: true }, async (view) => {
      const { journal, session, request } = oneRequest();
      await show(view, journal);
      const { page } = view;
      await page.locator(`.lane[data-serial="${request}"] .bars text`, { hasText: 'HttpSendRequest' }).waitFor();
      const bar = page
        .locator(`.lane[data-serial="${request}"] .bars g`, { hasText: 'HttpSendRequest' })
        .locator('.bar');
      const box = await bar.boundingBox();
      assert.ok(box !== null);
      await page.mouse.move(box.x + box.width / 2, box.y + 5);
      await page.locator('.timeline-words', { hasText: /^HttpSendRequest\(.*succeeded after 12\.4 ms/ }).waitFor();
      await page.mouse.click(box.x + box.width / 2, box.y + 5);
      await page.locator(`#handle-${request}.selected`).waitFor();
      await page.locator(`.lane.selected[data-serial="${request}"] .bars .chosen`).waitFor();
      await page.locator(`.lane[data-serial="${session}"] .lane-name`).click();
      await page.locator(`#handle-${session}.selected`).waitFor();
    });
  });

  test('Timeline brings the lane into sight that is selected elsewhere, and shows its reads', async () => {
    await withView({ state: OPEN, reducedMotion: true }, async (view) => {
      const { journal, requests } = crowd(300);
      await show(view, journal);
      const serial = requests[246] ?? 0;
      await view.send({ type: 'reveal', serial });
      await view.page.locator(`.lane.selected[data-serial="${serial}"]`).waitFor();
      const seen = await view.page.evaluate((one) => {
        const lane = document.querySelector(`.lane[data-serial="${one}"]`)?.getBoundingClientRect();
        const room = document.querySelector('.lanes')?.getBoundingClientRect();
        return lane !== undefined && room !== undefined && lane.top >= room.top - 1 && lane.bottom <= room.bottom + 1;
      }, serial);
      assert.equal(seen, true);
      await view.page.getByRole('img', { name: /so far in 1 read; the size is not known$/ }).waitFor();
    });
  });

  test('Timeline tells arguments by their names and explains codes beside the pointer and beside the keyboard, until Escape', async () => {
    await withView({ state: OPEN, reducedMotion: true }, async (view) => {
      const { entries, request } = explainedJournal();
      await view.send({ ...new ScriptedJournal().snapshot(request), entries, stopped: true });
      const { page } = view;
      const box = page.locator('.timeline-box');
      const bar = await page.locator(`.lane[data-serial="${request}"] .bars .bar`).first().boundingBox();
      assert.ok(bar !== null);
      await page.mouse.move(bar.x + bar.width / 2, bar.y + 5);
      await box.getByText('HttpQueryInfo(hRequest: 0x00CC0004, dwInfoLevel: HTTP_QUERY_STATUS_CODE').waitFor();
      await box.getByText(/^Not Found: /).waitFor();
      const ticks = await page.locator(`.lane[data-serial="${request}"] .ticks`).boundingBox();
      assert.ok(ticks !== null);
      await page.mouse.move(ticks.x, ticks.y + 3);
      await box.getByText('A redirect is about to be followed.').waitFor();
      await page.mouse.move(5, 5);
      await box.waitFor({ state: 'hidden' });
      const grid = page.getByRole('grid', { name: 'Calls by handle and time' });
      await grid.focus();
      for (const key of ['n', 'n']) await page.keyboard.press(key);
      await page
        .getByRole('gridcell', { name: /^← HTTP\/1\.1 404 Not Found · at .* Nothing is at this path/ })
        .waitFor();
      await box.getByText(/Nothing is at this path/).waitFor();
      await page.locator('.active-mark[d^="M"]').waitFor({ state: 'attached' });
      await page.keyboard.press('Escape');
      await box.waitFor({ state: 'hidden' });
      await page.keyboard.press('b');
      await box.getByText('REDIRECT (110)').first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.playhead-line').waitFor();
      assert.deepEqual(await violations(page), []);
    });
  });

  test('Timeline shows at least three lanes in a low window, as at 200 % zoom, and is made higher by its edge', async () => {
    for (const width of [300, 640]) {
      await withView({ state: OPEN, reducedMotion: true, width, height: 400 }, async (view) => {
        await show(view, crowd(40).journal);
        const { page } = view;
        await page.locator('.lane').first().waitFor();
        const seen = () =>
          page.evaluate(() => {
            const room = document.querySelector('.lanes')?.getBoundingClientRect();
            return [...document.querySelectorAll('.lane')].filter((lane) => {
              const { top, bottom } = lane.getBoundingClientRect();
              return room !== undefined && top >= room.top - 1 && bottom <= room.bottom + 1;
            }).length;
          });
        assert.ok((await seen()) >= 3, `${await seen()} lanes at ${width}`);
        const [before, edge] = [await seen(), page.getByRole('separator', { name: 'Height of the timeline' })];
        await edge.focus();
        for (let count = 0; count < 3; count += 1) await page.keyboard.press('ArrowUp');
        await page.waitForFunction((few) => document.querySelectorAll('.lane').length > few, before);
        assert.ok((await seen()) > before);
        assert.equal(
          Number(await edge.getAttribute('aria-valuenow')),
          await page.locator('.pane.timeline').evaluate((pane) => (pane as HTMLElement).offsetHeight),
        );
      });
    }
  });

  test('Timeline keeps the height to which it was dragged over a reload, and forgets it on a double click', async () => {
    let state: ViewState | undefined;
    const height = (page: Page) =>
      page.locator('.pane.timeline').evaluate((pane) => (pane as HTMLElement).offsetHeight);
    await withView({ state: OPEN, reducedMotion: true }, async (view) => {
      await show(view, oneRequest().journal);
      const usual = await height(view.page);
      const edge = view.page.getByRole('separator', { name: 'Height of the timeline' });
      const box = await edge.boundingBox();
      assert.ok(box !== null);
      await view.page.mouse.move(box.x + 300, box.y + 2);
      await view.page.mouse.down();
      await view.page.mouse.move(box.x + 300, box.y - 98, { steps: 3 });
      await view.page.mouse.up();
      assert.ok(Math.abs((await height(view.page)) - usual - 100) <= 3);
      await view.page.waitForFunction(() => window.harness.state?.sizes?.timeline !== undefined);
      state = await view.state();
    });
    await withView({ ...(state === undefined ? {} : { state }), reducedMotion: true }, async (view) => {
      await show(view, oneRequest().journal);
      assert.equal(await height(view.page), state?.sizes?.timeline);
      await view.page.getByRole('separator', { name: 'Height of the timeline' }).dblclick();
      assert.ok((await height(view.page)) < (state?.sizes?.timeline ?? 0));
    });
  });

  test('Timeline zooms around the pointer and fits again on a double click', async () => {
    await withView({ state: OPEN, reducedMotion: true }, async (view) => {
      await show(view, oneRequest().journal);
      const { page } = view;
      const axis = page.locator('.axis');
      await axis.locator('text').first().waitFor();
      const before = await axis.textContent();
      const box = await page.locator('.lanes').boundingBox();
      assert.ok(box !== null);
      await page.mouse.move(box.x + box.width * 0.6, box.y + 20);
      await page.mouse.wheel(0, -600);
      await page.waitForFunction((text) => document.querySelector('.axis')?.textContent !== text, before);
      await page.mouse.dblclick(box.x + box.width * 0.6, box.y + box.height - 8);
      await page.waitForFunction((text) => document.querySelector('.axis')?.textContent === text, before);
    });
  });

  test('Timeline of 20,000 entries and a thousand handles keeps few elements', async () => {
    await withView({ state: OPEN, reducedMotion: true }, async (view) => {
      await show(view, long());
      await view.page.locator('.lane').first().waitFor();
      assert.ok((await elements(view.page)) < 1500, `${await elements(view.page)} elements`);
      await view.page.locator('.lanes').evaluate((lanes) => lanes.scrollTo(0, 12_000));
      await view.page.waitForFunction(
        () => Number(document.querySelector('.lane')?.getAttribute('aria-rowindex')) > 300,
      );
      assert.ok((await elements(view.page)) < 1500, `${await elements(view.page)} elements`);
    });
  });

  for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const satisfies readonly ThemeName[]) {
    test(`Timeline passes the accessibility rules of axe in ${theme}, wide and narrow, in the present and the past`, async () => {
      for (const width of [300, 900]) {
        await withView({ theme, width, reducedMotion: true, state: OPEN }, async (view) => {
          const { journal, requests } = mixed();
          await show(view, journal, requests[2]);
          await view.page.locator('.lane.selected').waitFor();
          assert.deepEqual(await violations(view.page), []);
          await view.page.getByRole('slider').fill('20');
          await view.page.locator('.past-banner').waitFor();
          assert.deepEqual(await violations(view.page), []);
        });
      }
    });
  }
});

/** A request that was redirected and answered by a 404, with what callbacks and the wire told. */
function explainedJournal(): { entries: readonly Entry[]; request: number } {
  const bodies: readonly (EntryBody & { readonly t: number })[] = [
    { type: 'call-begin', call: 1, fn: 'HttpOpenRequest', handle: null, args: [], t: 0 },
    {
      ...{ type: 'handle-open', serial: 1, value: 0xcc0004, kind: 'http-request', state: 'answered', parent: null },
      ...{ fn: 'HttpOpenRequest', call: 1, target: 'GET /', t: 1 },
    },
    { type: 'call-end', call: 1, result: { handle: 1 }, t: 2 },
    { type: 'status', serial: 1, code: 110, context: 1, information: 'http://a/', t: 300 },
    { type: 'wire', serial: 1, direction: 'in', text: 'HTTP/1.1 404 Not Found', t: 600 },
    { type: 'call-begin', call: 2, fn: 'HttpQueryInfo', handle: 1, args: [{ handle: 1 }, 0x20000013], t: 700 },
    { type: 'call-end', call: 2, result: 404, t: 950 },
  ];
  return { entries: bodies.map((body, index) => ({ ...body, seq: index + 1 })), request: 1 };
}

/** A thousand requests, each called about ten times. */
function long(): ScriptedJournal {
  const journal = new ScriptedJournal();
  const root = journal.open('InternetOpen', 'root', 'open', null, 'long/1.0');
  const session = journal.open('InternetConnect', 'http-connect', 'open', root, 'http://127.0.0.1');
  for (let index = 0; index < 1000; index += 1) {
    const request = journal.open('HttpOpenRequest', 'http-request', 'unsent', session, `GET /${index}`, 20);
    for (let count = 0; count < 9; count += 1) journal.call('HttpQueryInfo', request, { microseconds: 15 });
  }
  return journal;
}

function elements(page: Page): Promise<number> {
  return page.locator('.pane.timeline *').count();
}
