// Takes pictures of every scene, theme and width, and a sheet of each scene: npm run screenshots [-- FOLDER [SCENE...]]
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';
import { settings } from '../../../esbuild.mjs';
import { startPlayground } from '../../../extension/playground/playground.ts';
import { makeContactSheet } from './contactSheet.ts';
import { findChromium, type Harness, startHarness } from './harness.ts';
import { type Picture, picturesOf } from './pictures.ts';
import type { ThemeName } from './themes.ts';

interface Face {
  readonly theme: ThemeName;
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen for one of the page. */
  readonly scale?: number;
  /** Its width on the sheet of the scene. */
  readonly shown: number;
}

const themes = ['light', 'dark', 'hcDark', 'hcLight'] as const satisfies readonly ThemeName[];
const FACES: readonly Face[] = [
  ...themes.map((theme): Face => ({ theme, width: 900, height: 700, shown: 800 })),
  ...themes.map((theme): Face => ({ theme, width: 300, height: 640, shown: 300 })),
  // The window of 900 x 700 at a zoom of 200 %.
  ...themes.map((theme): Face => ({ theme, width: 450, height: 350, scale: 2, shown: 450 })),
  { theme: 'dark', width: 1600, height: 1000, shown: 800 },
];
/** Pictures taken at the same time: most of the time they wait for things to come to rest. */
const AT_ONCE = 4;

const [folder = 'test/artifacts/webview', ...wanted] = process.argv.slice(2);

async function takeOne(harness: Harness, name: string, picture: Picture, face: Face): Promise<string> {
  const { theme, width, height, scale = 1 } = face;
  const title = `${name}-${theme}-${scale === 1 ? width : `${scale}x`}`;
  const { script = 'webview', ownClock = false } = picture;
  const view = await harness.open({ script, theme, width, height, scale, ownClock });
  const file = path.join(folder, `${title}.png`);
  try {
    await picture.take(view);
    await view.page.screenshot({ path: file });
  } catch (error) {
    throw new Error(`${title} was not taken`, { cause: error });
  } finally {
    for (const complaint of view.complaints) console.error(`${title}: ${complaint}`);
    await view.close();
  }
  return file;
}

async function takeScene(harness: Harness, name: string, picture: Picture): Promise<void> {
  const files: string[] = [];
  const left = [...FACES.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      files[next[0]] = await takeOne(harness, name, picture, next[1]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const sheet = FACES.map(({ shown }, index) => ({ file: files[index] ?? '', width: shown }));
  await makeContactSheet(harness.browser, sheet.slice(0, 4), path.join(folder, 'sheets', `${name}-wide.png`));
  await makeContactSheet(harness.browser, sheet.slice(4), path.join(folder, 'sheets', `${name}-other.png`));
}

const found = findChromium();
if (found === undefined) throw new Error('no Chromium: run the tests of the editor once, or set VSC_HOST_CHROMIUM');
mkdirSync(path.join(folder, 'sheets'), { recursive: true });
// The programs in the pictures use the library by its name.
await esbuild.build(settings({}).libraryModule);
const playground = await startPlayground();
const pictures = picturesOf(playground);
const unknown = wanted.filter((name) => !Object.hasOwn(pictures, name));
if (unknown.length > 0) {
  await playground.close();
  throw new RangeError(`no scene is named ${unknown.join(', ')}: there are ${Object.keys(pictures).join(', ')}`);
}
const harness = await startHarness(found);
try {
  for (const [name, picture] of Object.entries(pictures)) {
    if (wanted.length === 0 || wanted.includes(name)) await takeScene(harness, name, picture);
  }
} finally {
  await harness.close();
  await playground.close();
}
