import path from 'node:path';
import esbuild from 'esbuild';
import type { CDPSession, Page } from 'playwright-core';
import type { HostMessage } from '../../extension/shared/protocol.ts';
import { findChromium, type Harness, startHarness } from '../webview/harness/harness.ts';
import type { ScriptedJournal } from '../webview/harness/journal.ts';
import { crowd } from '../webview/harness/scenes.ts';
import type { Benchmark } from './benchmark.ts';
import { ENTRIES_PER_SECOND } from './feedEntries.ts';

/** How fast the graph draws, in the browser that the editor's tests use, against a plain redraw by d3 of the same journal. */

const BATCH = 100;
/** Batches drawn for one figure of the graph; a redraw of everything is measured once. */
const BATCHES = 12;
const FRAMES = 60;
const LIVE_SECONDS = 3;
/** More handles than this are redrawn by the baseline once for each figure: every time takes it seconds. */
const SLOW = 5000;
/** More handles than this are redrawn by the baseline once in all: each time takes it a quarter of a minute. */
const VERY_SLOW = 50_000;

/** Batches of 100 entries applied and drawn per second. */
export const treeBatches: readonly Benchmark[] = [100, 1000, 10_000, 100_000].map((count) => ({
  name: `tree-batch-${count}`,
  unit: 'batches/s',
  baselineName: 'd3: layout and keyed join of all',
  prepare: () => prepare(count, batchesPerSecond),
}));

/** Frames per second while the picture is dragged. */
export const treePans: readonly Benchmark[] = [10_000, 100_000].map((count) => ({
  name: `tree-pan-${count}`,
  unit: 'frames/s',
  baselineName: 'd3: all of it in one SVG',
  prepare: () => prepare(count, framesPerSecond),
}));

/** Frames per second while 5,000 entries a second come in, as the editor sends them. */
export const treeLive: Benchmark = {
  name: 'tree-live-10000',
  unit: 'frames/s',
  baselineName: 'd3: layout and keyed join of all',
  prepare: () => prepare(10_000, liveFramesPerSecond, false),
};

interface Side {
  readonly page: Page;
  readonly session: CDPSession;
  readonly journal: ScriptedJournal;
  readonly requests: number[];
  readonly rounds: number;
  /** The longest time between two frames so far, in milliseconds. */
  worstFrame: number | null;
}

async function prepare(
  count: number,
  measure: (side: Side) => Promise<number>,
  still = true,
): ReturnType<Benchmark['prepare']> {
  const found = findChromium();
  if (found === undefined) throw new Error('no Chromium: run the tests of the editor once, or set VSC_HOST_CHROMIUM');
  const harness = await startHarness(found);
  const [ours, baseline] = [
    await openSide(harness, count, null, still),
    await openSide(harness, count, await baselineCode(), still),
  ];
  return {
    ours: () => measure(ours),
    baseline: count > VERY_SLOW ? once(() => measure(baseline)) : () => measure(baseline),
    others: async () => ({
      'memory (MiB)': await heap(ours),
      'baseline memory (MiB)': await heap(baseline),
      ...(ours.worstFrame === null ? {} : { 'worst frame (ms)': ours.worstFrame }),
      ...(baseline.worstFrame === null ? {} : { 'baseline worst frame (ms)': baseline.worstFrame }),
    }),
    close: () => harness.close(),
  };
}

/** Measures the first time, and says the same again whenever it is asked. */
function once(measure: () => Promise<number>): () => Promise<number> {
  let figure: Promise<number> | undefined;
  return () => {
    figure ??= measure();
    return figure;
  };
}

/** @param still nothing moves, as in the baseline: what moves is drawn again in the frames after */
async function openSide(harness: Harness, count: number, code: string | null, still: boolean): Promise<Side> {
  const { page } = await harness.open({ width: 1200, height: 800, reducedMotion: still });
  if (code !== null) {
    await page.goto('about:blank');
    await page.evaluate(code);
  }
  const { journal, requests } = crowd(count - 2);
  await draw(page, { ...journal.snapshot(), base: journal.checkpoint(), entries: [] });
  journal.take();
  const session = await page.context().newCDPSession(page);
  const rounds = code === null ? BATCHES : count > SLOW ? 1 : BATCHES;
  return { page, session, journal, requests, rounds, worstFrame: null };
}

async function baselineCode(): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(import.meta.dirname, 'treeBaseline.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
  });
  return outputFiles[0]?.text ?? '';
}

async function batchesPerSecond({ page, journal, requests, rounds }: Side): Promise<number> {
  let milliseconds = 0;
  for (let round = 0; round < rounds; round += 1) {
    record(journal, requests);
    milliseconds += await draw(page, { type: 'entries', entries: journal.take().slice(0, BATCH) });
  }
  return (rounds * 1000) / milliseconds;
}

/** A hundred entries: calls, states and bytes all over the tree, and some handles that open and close. */
function record(journal: ScriptedJournal, requests: number[]): void {
  const session = 2;
  for (let index = 0; index < 4; index += 1) {
    const oldest = requests.shift();
    if (oldest !== undefined) journal.close(oldest);
    requests.push(journal.open('HttpOpenRequest', 'http-request', 'unsent', session, `GET /new/${index}`));
  }
  // 24 so far: begin, close and end, begin, open and end.
  for (let index = 0; index < 19; index += 1) {
    const serial = requests[Math.floor((index * requests.length) / 19)] ?? session;
    journal.state(serial, index % 2 === 0 ? 'reading' : 'answered');
    journal.bytes(serial, 'in', 1000);
    journal.call('InternetReadFile', serial);
  }
}

/** Milliseconds of the page's one thread from the arrival of a message until its picture has been painted. */
function draw(page: Page, message: HostMessage): Promise<number> {
  return page.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const data: unknown = JSON.parse(text);
        const arrived = performance.now();
        let began = 0;
        // Frames are not waited for: their time counts from their start on.
        requestAnimationFrame(() => {
          began = performance.now();
        });
        window.dispatchEvent(new MessageEvent('message', { data }));
        const folded = performance.now() - arrived;
        requestAnimationFrame(() => {
          const painted = new MessageChannel();
          painted.port1.onmessage = () => resolve(folded + performance.now() - began);
          painted.port2.postMessage(null);
        });
      }),
    JSON.stringify(message),
  );
}

async function framesPerSecond(side: Side): Promise<number> {
  const { page } = side;
  await page.mouse.move(600, 700);
  await page.mouse.down();
  const { rate, worst } = await page.evaluate(
    (frames) =>
      new Promise<Frames>((resolve) => {
        const [start, view] = [performance.now(), window];
        let [count, worst, last] = [0, 0, start];
        const step = (): void => {
          const now = performance.now();
          [count, worst, last] = [count + 1, Math.max(worst, now - last), now];
          const [clientX, clientY] = [600 + (count % 30) * 8, 700 - (count % 30) * 8];
          view.dispatchEvent(new MouseEvent('mousemove', { clientX, clientY, bubbles: true, view }));
          // A picture that takes seconds for each frame is measured by a few of them.
          const spent = now - start;
          if (count >= frames || spent > 10_000) resolve({ rate: (count * 1000) / spent, worst });
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    FRAMES,
  );
  await page.mouse.up();
  side.worstFrame = Math.max(side.worstFrame ?? 0, worst);
  return rate;
}

/** How often the screen was drawn, and the longest time between two frames in milliseconds. */
interface Frames {
  readonly rate: number;
  readonly worst: number;
}

async function liveFramesPerSecond(side: Side): Promise<number> {
  const { page, journal, requests } = side;
  while (journal.entries.length < ENTRIES_PER_SECOND * LIVE_SECONDS) record(journal, requests);
  const { rate, worst } = await page.evaluate(
    ({ text, perSecond }) =>
      new Promise<Frames>((resolve) => {
        const entries: readonly unknown[] = JSON.parse(text);
        const start = performance.now();
        let [sent, count, worst, last] = [0, 0, 0, start];
        // As the editor sends them: one message a frame, with all that has come until then.
        const timer = setInterval(() => {
          const due = Math.floor(((performance.now() - start) / 1000) * perSecond);
          const data = { type: 'entries', entries: entries.slice(sent, due) };
          sent = due;
          window.dispatchEvent(new MessageEvent('message', { data }));
          if (sent >= entries.length) clearInterval(timer);
        }, 16);
        const step = (): void => {
          const now = performance.now();
          [count, worst, last] = [count + 1, Math.max(worst, now - last), now];
          if (sent < entries.length) requestAnimationFrame(step);
          else resolve({ rate: (count * 1000) / (now - start), worst });
        };
        requestAnimationFrame(step);
      }),
    { text: JSON.stringify(journal.take()), perSecond: ENTRIES_PER_SECOND },
  );
  side.worstFrame = Math.max(side.worstFrame ?? 0, worst);
  return rate;
}

async function heap({ session }: Side): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return Math.round((usedSize / 1024 / 1024) * 10) / 10;
}
