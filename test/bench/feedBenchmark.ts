import { serialize } from 'node:v8';
import { EntryFeed } from '../../extension/shared/entryFeed.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import type { Benchmark } from './benchmark.ts';

const ENTRIES_PER_SECOND = 5000;
const SECONDS = 10;
const FRAMES_PER_SECOND = 60;
const EACH_FRAME = Math.ceil(ENTRIES_PER_SECOND / FRAMES_PER_SECOND);

/** Cores that a graph which is shown could be fed by one, at 5,000 entries a second: 20 means 5 % of a core. */
export const feed5000: Benchmark = {
  name: 'feed-5000',
  unit: 'feeds/core',
  baselineName: 'one message per entry',
  prepare() {
    const journal = entries();
    return Promise.resolve({
      ours: () => Promise.resolve(feedsPerCore(() => feed(journal, true))),
      baseline: () =>
        Promise.resolve(
          feedsPerCore(() => {
            for (const entry of journal) post([entry]);
          }),
        ),
      close() {
        const [shown, hidden] = [true, false].map((awake) => 100 / feedsPerCore(() => feed(journal, awake)));
        console.error(`  share of a core: ${shown?.toFixed(2)} % shown, ${hidden?.toFixed(3)} % hidden`);
        return Promise.resolve();
      },
    });
  },
};

function feed(journal: readonly Entry[], awake: boolean): void {
  let frame: (() => void) | undefined;
  const line = new EntryFeed(post, (work) => {
    frame = work;
    return () => {
      frame = undefined;
    };
  });
  if (awake) line.wake();
  journal.forEach((entry, index) => {
    line.add(entry);
    if (index % EACH_FRAME === EACH_FRAME - 1) frame?.();
  });
  line.flush();
}

/** What the editor does with a message before it leaves the process: JSON, then a copy into a buffer. */
function post(messages: readonly Entry[]): void {
  serialize(JSON.stringify({ type: 'entries', entries: messages }));
}

function feedsPerCore(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (SECONDS * 1e6) / Math.max(1, user + system);
}

function entries(): Entry[] {
  return Array.from({ length: ENTRIES_PER_SECOND * SECONDS }, (_, index): Entry => {
    const [at, call] = [{ seq: index + 1, t: index * 200 }, Math.floor(index / 4)];
    const serial = 1 + (call % 1000);
    if (index % 4 === 0)
      return { ...at, type: 'call-begin', call, fn: 'InternetReadFile', handle: serial, args: [4096] };
    if (index % 4 === 1) return { ...at, type: 'bytes', serial, direction: 'in', count: 4096 };
    if (index % 4 === 2) return { ...at, type: 'handle-state', serial, state: 'reading' };
    return { ...at, type: 'call-end', call, result: true };
  });
}
