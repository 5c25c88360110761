import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';

/** A picture on a sheet. */
export interface SheetPicture {
  readonly file: string;
  /** As it is shown, in pixels. */
  readonly width: number;
}

const WIDTH = 1640;

/** Puts pictures beside each other on one, each with its name, so that all faces of a scene are seen at a glance. */
export async function makeContactSheet(
  browser: Browser,
  pictures: readonly SheetPicture[],
  file: string,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 400 } });
  const figures = pictures.map((picture) => {
    const data = readFileSync(picture.file).toString('base64');
    const name = path.basename(picture.file, '.png');
    return `<figure><figcaption>${name}</figcaption><img width="${picture.width}" src="data:image/png;base64,${data}"></figure>`;
  });
  await page.setContent(`<style>
body { margin: 8px; display: flex; flex-wrap: wrap; align-items: flex-start; gap: 8px; background: #808080; font: 12px monospace }
figure { margin: 0 } img { display: block }
</style>${figures.join('')}`);
  const height = await page.evaluate(async () => {
    await Promise.all([...document.images].map((image) => image.decode()));
    return document.documentElement.scrollHeight;
  });
  // A page as high as the sheet: the browser fails now and then at one that is higher than its window.
  await page.setViewportSize({ width: WIDTH, height });
  await page.screenshot({ path: file });
  await page.close();
}
