import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { View } from './harness/harness.ts';
import { inBrowser, show } from './harness/inBrowser.ts';
import { mixed, oneRequest } from './harness/scenes.ts';

inBrowser('pictures of the tree', (withView) => {
  test('svgPicture draws every handle, also those out of sight, and needs no style sheet', async () => {
    await withView({ theme: 'dark', width: 500, height: 400, reducedMotion: true }, async (view) => {
      const { journal, requests } = mixed();
      await show(view, journal, requests[0] ?? null);
      const svg = await picture(view, 'svg');
      const open = journal.checkpoint().nodes.filter(({ closed }) => closed === null).length;
      assert.equal(svg.match(/>0x00CC[0-9A-F]{4}</g)?.length, open, 'a value for each handle');
      assert.doesNotMatch(svg, / (class|style|id|role|aria-\w+|data-\w+)="/);
      const page = view.page;
      await page.setContent(svg);
      const fills = await page.locator('svg rect').evaluateAll((all) => all.map((one) => one.getAttribute('fill')));
      assert.ok(fills.every((fill) => fill !== null && !fill.includes('var(')));
    });
  });

  test('pngPicture is a PNG, twice as large as the tree', async () => {
    await withView({}, async (view) => {
      await show(view, oneRequest().journal);
      const bytes = Buffer.from(await picture(view, 'png'), 'base64');
      assert.equal(bytes.subarray(1, 4).toString('latin1'), 'PNG');
      const svg = await picture(view, 'svg');
      const width = Number(/ width="(\d+)"/.exec(svg)?.[1]);
      assert.equal(bytes.readUInt32BE(16), 2 * width);
    });
  });

  test('the view answers with nothing where nothing is drawn', async () => {
    await withView({}, async (view) => {
      const { journal, root } = oneRequest();
      journal.close(root);
      await show(view, journal);
      assert.equal(await picture(view, 'svg'), '');
    });
  });
});

async function picture(view: View, format: 'svg' | 'png'): Promise<string> {
  const before = (await view.posted()).filter(({ type }) => type === 'picture').length;
  await view.send({ type: 'picture', format });
  await view.page.waitForFunction(
    (count) => window.harness.posted.filter(({ type }) => type === 'picture').length > count,
    before,
  );
  const answer = (await view.posted()).findLast((message) => message.type === 'picture');
  assert.ok(answer?.type === 'picture');
  return answer.data;
}
