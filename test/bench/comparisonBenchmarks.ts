import { createDrivers } from '../../extension/drivers/index.ts';
import { type ComparedJournal, compareJournals } from '../../extension/shared/compare/comparison.ts';
import { INTERNET_OPTION_CONNECT_RETRIES, INTERNET_SERVICE_HTTP } from '../../extension/shared/constants.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { english } from '../../extension/shared/stepSentence.ts';
import { createWinInet } from '../../extension/wininet/index.ts';
import { type Benchmark, perSecond } from './benchmark.ts';

/** How fast two journals are compared: as fast for each entry when there are ten times as many, if the time grows in proportion. */

const ENTRIES = 50_000;
const SHARE = 10;

/** Entries of one side compared per second; one of so many iterations differs in an argument. */
export const comparisons: readonly Benchmark[] = [
  ['compare-equal', Number.POSITIVE_INFINITY],
  ['compare-every-100th', 100],
  ['compare-all-differ', 1],
].map(([name, every]) => ({
  name: String(name),
  unit: 'entries/s',
  baselineName: `a ${SHARE}th of the entries`,
  async prepare() {
    const [large, small] = [await sides(ENTRIES, Number(every)), await sides(ENTRIES / SHARE, Number(every))];
    return {
      ours: () => comparedPerSecond(large, 1),
      baseline: () => comparedPerSecond(small, SHARE),
      close: () => Promise.resolve(),
    };
  },
}));

type Sides = readonly [left: ComparedJournal, right: ComparedJournal];

function comparedPerSecond([left, right]: Sides, times: number): Promise<number> {
  return perSecond(left.entries.length * times, () => {
    for (let time = 0; time < times; time += 1) compareJournals(left, right, english);
    return Promise.resolve();
  });
}

async function sides(entries: number, every: number): Promise<Sides> {
  return [await recorded(entries, Number.POSITIVE_INFINITY), await recorded(entries, every)];
}

/** A program that opens a request and sets an option of it, again and again; no network is touched. */
async function recorded(entries: number, every: number): Promise<ComparedJournal> {
  const journal = new LiveJournal(() => 0, entries * 2);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: journal });
  const root = await wininet.InternetOpen('bench/1.0');
  const session = await wininet.InternetConnect(root, 'localhost', 80, null, null, INTERNET_SERVICE_HTTP);
  for (let count = 1; journal.entries.length < entries; count += 1) {
    const request = await wininet.HttpOpenRequest(session, 'GET', `/${count}`, null, null, null, 0, 0);
    await wininet.InternetSetOption(request, INTERNET_OPTION_CONNECT_RETRIES, count % every === 0 ? 2 : 1);
    await wininet.InternetCloseHandle(request);
  }
  await wininet.dispose();
  return { title: 'bench', base: journal.base, entries: [...journal.entries] };
}
