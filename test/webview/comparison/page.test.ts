import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareJournals } from '../../../extension/shared/compare/comparison.ts';
import { type ComparisonMessage, shownComparison } from '../../../extension/shared/compare/shownComparison.ts';
import type { ErrorSymbol } from '../../../extension/shared/errorCodes.ts';
import type { FunctionName } from '../../../extension/shared/hierarchy.ts';
import type { Entry, EntryBody, RecordedValue } from '../../../extension/shared/journal.ts';
import { checkpoint, emptyTree } from '../../../extension/shared/model.ts';
import { violations } from '../harness/axe.ts';
import type { View, ViewOptions } from '../harness/harness.ts';
import { inBrowser, type WithView } from '../harness/inBrowser.ts';
import { graveyard } from '../harness/scenes.ts';
import type { ThemeName } from '../harness/themes.ts';

inBrowser('the page of a comparison', (withView) => {
  for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const satisfies readonly ThemeName[]) {
    test(`Comparison passes the accessibility rules of axe in ${theme}, wide and narrow`, async () => {
      for (const width of [300, 900]) {
        await comparing(
          withView,
          { theme, width },
          [program({ closes: true }), program({ fails: true })],
          async (view) => {
            await view.page.getByText('Difference 1 of 3').waitFor();
            assert.deepEqual(await violations(view.page), []);
            for (let step = 0; step < 2; step += 1) await view.page.keyboard.press('n');
            await view.page.getByText('Difference 3 of 3').waitFor();
            assert.deepEqual(await violations(view.page), []);
          },
        );
      }
    });
  }

  test('Comparison is walked with arrow keys, Home, End, and from difference to difference with n, p and F7', async () => {
    await comparing(withView, {}, [program({ closes: true }), program({ fails: true })], async ({ page }) => {
      const list = page.getByRole('grid', { name: 'Calls of both sides' });
      const press = async (...names: string[]) => {
        for (const name of names) await page.keyboard.press(name);
      };
      const chosen = () => page.locator('[aria-selected="true"] .number').textContent();
      await page.getByText('Difference 1 of 3').waitFor();
      assert.equal(await chosen(), '≠ 11');
      assert.equal(await list.evaluate((element) => element === document.activeElement), true);
      await press('Home', 'ArrowUp', 'ArrowDown');
      assert.equal(await chosen(), '2');
      await press('End', 'ArrowDown');
      assert.equal(await chosen(), '≠ 23');
      assert.equal(await list.getAttribute('aria-activedescendant'), 'row-22');
      await press('p', 'Shift+F7', 'N');
      await page.getByText('Difference 1 of 3').waitFor();
      await press('p');
      await page.locator('[aria-live]').getByText('No earlier difference').waitFor();
      await press('F7', 'n');
      await page.getByText('Difference 3 of 3').waitFor();
    });
  });

  for (const width of [300, 900]) {
    test(`Comparison keeps the names of both sides in sight above the calls, and hides no call behind them, at ${width} pixels`, async () => {
      const programs = [program({ asks: 600, option: 5 }), program({ asks: 600, option: 6 })] as const;
      await comparing(withView, { width }, programs, async ({ page }) => {
        await page.getByText('Difference 1 of 600').waitFor();
        await page.keyboard.press('End');
        await page.locator('#row-601[aria-selected="true"]').waitFor();
        for (let step = 0; step < 30; step += 1) await page.keyboard.press('ArrowUp');
        assert.deepEqual(await page.getByRole('columnheader').allInnerTexts(), ['Row', 'native.log', 'port.hintrace']);
        await page.waitForFunction(() => {
          const [head, row] = [document.querySelector('.call-heads'), document.querySelector('[aria-selected="true"]')];
          if (head === null || row === null) return false;
          const grid = document.querySelector('.call-list')?.getBoundingClientRect();
          const { top, bottom } = head.getBoundingClientRect();
          const whole = [...head.querySelectorAll('span')].every((one) => one.getBoundingClientRect().bottom <= bottom);
          const fits = row.getBoundingClientRect().top >= bottom - 1;
          return grid !== undefined && Math.abs(top - grid.top) < 2 && whole && fits;
        });
      });
    });
  }

  test('Comparison unfolds calls without a difference by a click, and by the arrow keys that come to them', async () => {
    const programs = [program({ asks: 40 }), program({ asks: 40, fails: true })] as const;
    await comparing(withView, {}, programs, async ({ page }) => {
      const folds = page.getByRole('button', { name: /^\d+ calls without a difference$/ });
      assert.equal(await folds.count(), 2);
      await folds.first().click();
      assert.equal(await folds.count(), 1);
      for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown');
      assert.equal(await folds.count(), 0);
    });
  });

  test('Comparison finds words with / in calls that are folded, tells how many, and goes round with Enter and F3', async () => {
    const programs = [program({ asks: 40 }), program({ asks: 40, fails: true })] as const;
    await comparing(withView, {}, programs, async ({ page }) => {
      const chosen = () => page.locator('[aria-selected="true"] .number').textContent();
      const field = page.getByRole('textbox', { name: 'Find in the calls of both sides' });
      const told = (text: string) =>
        page.locator('.call-search [role="status"]').getByText(text, { exact: true }).waitFor();
      await page.getByText('Difference 1 of 2').waitFor();
      await page.keyboard.press('/');
      assert.equal(await field.evaluate((element) => element === document.activeElement), true);
      await page.keyboard.type('INTERNETopen');
      await told('1 of 1 found');
      assert.equal(await chosen(), '1');
      await field.fill('only findnext');
      await told('No call found');
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      await field.fill('internetqueryoption client.ts');
      await told('10 of 40 found');
      // A letter that leads to the next difference elsewhere.
      await page.keyboard.press('End');
      await page.keyboard.type(' n');
      await told('10 of 40 found');
      for (let step = 0; step < 20; step += 1) await page.keyboard.press('Enter');
      await told('30 of 40 found');
      assert.equal(await chosen(), '31');
      await page.keyboard.press('Escape');
      assert.equal(await page.getByRole('grid').evaluate((element) => element === document.activeElement), true);
      await page.keyboard.press('End');
      await told('40 found');
      await page.keyboard.press('F3');
      await told('1 of 40 found');
      await page.keyboard.press('Shift+F3');
      await told('40 of 40 found');
      await page.getByRole('button', { name: 'Previous Call Found' }).click();
      await told('39 of 40 found');
    });
  });

  test('Comparison finds with Control+F what is not in the page, among twenty thousand calls', async () => {
    const programs = [program({ asks: 20_000, option: 5 }), program({ asks: 20_000, option: 6, fails: true })] as const;
    await comparing(withView, {}, programs, async ({ page }) => {
      await page.getByText('Difference 1 of').waitFor();
      assert.equal(await page.getByText('InternetFindNextFile').count(), 0);
      await page.keyboard.press('Control+f');
      await page.keyboard.type('findnext handle_type');
      await page.locator('.call-search').getByText('1 of 1 found').waitFor();
      const row = page.locator('#row-20001[aria-selected="true"]');
      await row.waitFor();
      await page.waitForFunction(() => {
        const [found, grid] = [document.getElementById('row-20001'), document.querySelector('.call-list')];
        if (found === null || grid === null) return false;
        return found.getBoundingClientRect().bottom <= grid.getBoundingClientRect().bottom;
      });
    });
  });

  test('Comparison leads with Tab from the chosen call to its lines on both sides', async () => {
    await comparing(withView, {}, [program({}), program({ fails: true })], async (view) => {
      await view.page.getByRole('grid').focus();
      await view.page.keyboard.press('Home');
      await view.page.keyboard.press('Tab');
      await view.page.keyboard.press('Enter');
      await view.page.keyboard.press('Tab');
      await view.page.keyboard.press('Enter');
      const site = '/src/client.ts:12:3';
      const goTo = { type: 'goTo', site };
      assert.deepEqual(await view.posted(), [{ type: 'ready' }, goTo, goTo]);
      assert.equal(await view.page.locator('.site[tabindex="0"]').count(), 2);
    });
  });

  for (const size of [
    { width: 300, height: 640 },
    { width: 450, height: 350 },
  ]) {
    test(`Comparison shows two handles of each tree at ${size.width} x ${size.height}, and both trees whole when asked`, async () => {
      const journal = graveyard().journal.take();
      await comparing(withView, size, [journal, journal], async ({ page }) => {
        const stages = page.locator('.compared-tree .stage');
        const wholeIn = (wanted: number) =>
          stages.evaluateAll(
            (all, count) =>
              all.every((stage) => {
                const { top, bottom, left, right } = stage.getBoundingClientRect();
                const whole = [...stage.querySelectorAll(':is(.handle, .side) .body')].filter((box) => {
                  const at = box.getBoundingClientRect();
                  return at.top >= top && at.bottom <= bottom && at.left >= left && at.right <= right;
                });
                return whole.length >= count;
              }),
            wanted,
          );
        await page.locator('.compared-tree .handle').first().waitFor();
        assert.equal(await wholeIn(2), true);
        await page.getByRole('button', { name: 'Show Both Trees Whole' }).click();
        await page.locator('.compared-tree .graph.far').nth(1).waitFor();
        assert.equal(await wholeIn(await stages.first().locator(':is(.handle, .side)').count()), true);
      });
    });
  }

  test('Comparison gives more room to the trees or to the calls with the arrow keys on the edge between them, and keeps it', async () => {
    const programs = [program({ closes: true }), program({ fails: true })] as const;
    await comparing(withView, {}, programs, async (view) => {
      const edge = view.page.getByRole('separator', { name: 'Height of the calls' });
      const height = () =>
        view.page.locator('.compared-calls').evaluate((element) => element.getBoundingClientRect().height);
      const before = await height();
      await edge.press('ArrowUp');
      assert.equal(await height(), before + 24);
      await edge.press('Home');
      assert.equal(await height(), 96);
      assert.deepEqual(await view.state(), { row: 10, size: 96, files: null });
      await edge.dblclick();
      assert.equal(await height(), before);
    });
  });

  test('Comparison shows the call that was chosen before its tab was hidden', async () => {
    await comparing(withView, {}, [program({ closes: true }), program({ fails: true })], async (view) => {
      await view.page.keyboard.press('n');
      await view.page.getByText('Difference 2 of 3').waitFor();
      await view.send(comparison(program({ closes: true }), program({ fails: true })));
      await view.page.getByText('Difference 2 of 3').waitFor();
      assert.deepEqual(await view.state(), { row: 21, size: null, files: null });
    });
  });

  for (const width of [300, 700, 900]) {
    test(`Comparison cuts off no sentence, outcome or place at ${width} pixels`, async () => {
      await comparing(withView, { width }, [program({ closes: true }), program({ fails: true })], async ({ page }) => {
        const cut = await page.locator('.call-row :is(.divergence, .site, .outcome)').evaluateAll((elements) =>
          elements
            .filter((element) => {
              const end = element.closest('.call')?.getBoundingClientRect().right ?? innerWidth;
              return element.scrollWidth > element.clientWidth + 1 || element.getBoundingClientRect().right > end + 1;
            })
            .map((element) => element.textContent),
        );
        assert.deepEqual(cut, []);
        assert.ok((await page.locator('.call-row .outcome').count()) > 20);
      });
    });
  }

  test('Comparison keeps the chosen call in sight when the view gets narrow', async () => {
    await comparing(withView, { width: 900 }, [program({}), program({ fails: true })], async ({ page }) => {
      await page.keyboard.press('End');
      await page.setViewportSize({ width: 300, height: 700 });
      await page.waitForFunction(() => {
        const [row, grid] = [document.querySelector('[aria-selected="true"]'), document.querySelector('.call-list')];
        if (row === null || grid === null) return false;
        const [one, all] = [row.getBoundingClientRect(), grid.getBoundingClientRect()];
        return one.top >= all.top && one.top < all.bottom - 20;
      });
    });
  });

  test('Comparison keeps of twenty thousand differing calls only those in sight in the page, and the chosen one', async () => {
    const programs = [program({ asks: 20_000, option: 5 }), program({ asks: 20_000, option: 6 })] as const;
    await comparing(withView, {}, programs, async ({ page }) => {
      const list = page.getByRole('grid');
      await page.getByText('Difference 1 of 20000').waitFor();
      assert.equal(await list.getAttribute('aria-rowcount'), '20003');
      await page.keyboard.press('End');
      const last = page.locator('#row-20001');
      await last.waitFor();
      assert.equal(await last.getAttribute('aria-rowindex'), '20003');
      await page.waitForFunction(() => {
        const [row, grid] = [document.getElementById('row-20001'), document.querySelector('.call-list')];
        if (row === null || grid === null) return false;
        return row.getBoundingClientRect().bottom <= grid.getBoundingClientRect().bottom;
      });
      // Wherever the list is scrolled to, screen readers find the chosen call, and the keyboard goes on from it.
      await list.evaluate((element) => element.scrollTo(0, 200_000));
      await page.waitForFunction(() => {
        const first = Number(document.querySelector('.call-row')?.getAttribute('aria-rowindex'));
        return first > 1000 && first < 19_000;
      });
      assert.equal(await list.getAttribute('aria-activedescendant'), 'row-20001');
      assert.equal(await last.getAttribute('aria-selected'), 'true');
      assert.ok((await page.getByRole('row').count()) < 100);
      const order = await page
        .getByRole('row')
        .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))));
      assert.deepEqual(
        order,
        order.toSorted((one, other) => one - other),
      );
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('p');
      await page.getByText('Difference 19999 of 20000').waitFor();
    });
  });

  test('Comparison shows journals without entries, and two that are the same', async () => {
    await comparing(withView, {}, [[], []], async ({ page }) => {
      await page.getByText('No difference in 0 calls').waitFor();
      await page.getByRole('grid').press('ArrowDown');
      assert.deepEqual(await page.getByRole('row').allInnerTexts(), ['Row\nnative.log\nport.hintrace']);
    });
    await comparing(withView, {}, [program({}), program({})], async ({ page }) => {
      await page.getByText('No difference in 22 calls').waitFor();
      assert.equal(await page.locator('[aria-selected="true"] .number').textContent(), '22');
    });
  });
});

async function comparing(
  withView: WithView,
  options: ViewOptions,
  [left, right]: readonly [readonly Entry[], readonly Entry[]],
  work: (view: View) => Promise<void>,
): Promise<void> {
  await withView({ ...options, script: 'comparison', reducedMotion: true }, async (view) => {
    view.page.setDefaultTimeout(5000);
    await view.send(comparison(left, right));
    await view.page.locator('.call-list').waitFor();
    await work(view);
  });
}

function comparison(left: readonly Entry[], right: readonly Entry[]): ComparisonMessage {
  const base = checkpoint(emptyTree());
  const [ours, theirs] = [
    { title: 'native.log', base, entries: left },
    { title: 'port.hintrace', base, entries: right },
  ];
  return { ...shownComparison(compareJournals(ours, theirs, fill), ours, theirs, {}, fill), files: null };
}

/** A program that asks an `option` of its root again and again, and closes it, or fails. */
function program({ asks = 20, option = 5, closes = false, fails = false }): Entry[] {
  const entries: Entry[] = [];
  let calls = 0;
  const record = (body: EntryBody): void => {
    entries.push({ ...body, seq: entries.length + 1, t: entries.length * 1000 });
  };
  const call = (fn: FunctionName, args: readonly RecordedValue[], effect?: EntryBody, error?: ErrorSymbol): void => {
    calls += 1;
    const handle = fn === 'InternetOpen' ? null : 1;
    record({ type: 'call-begin', call: calls, fn, handle, args, site: '/src/client.ts:12:3' });
    if (effect !== undefined) record(effect);
    record({ type: 'call-end', call: calls, result: error === undefined, ...(error === undefined ? {} : { error }) });
  };
  const root = { serial: 1, value: 4, kind: 'root', state: 'open', parent: null, target: 'asking/1.0' } as const;
  const opened = { type: 'handle-open', ...root, fn: 'InternetOpen', call: 1 } as const;
  call('InternetOpen', ['asking/1.0', 0, null, null, 0], opened);
  for (let count = 0; count < asks; count += 1) {
    call('InternetQueryOption', [{ handle: 1 }, count === 9 && fails ? 6 : option]);
  }
  const wrongKind = fails ? 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE' : undefined;
  call('InternetFindNextFile', [{ handle: 1 }], undefined, wrongKind);
  const closed = { type: 'handle-close', serial: 1, reason: 'call', cascadeRoot: 1 } as const;
  if (closes) call('InternetCloseHandle', [{ handle: 1 }], closed);
  return entries;
}

function fill(message: string, ...values: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (hole, index) => String(values[Number(index)] ?? hole));
}
