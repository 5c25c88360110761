import { createDrivers } from '../../extension/drivers/index.ts';
import { startWatching } from '../../extension/program/watching.ts';
import { formatAddress, WATCH_VARIABLE } from '../../extension/shared/watchProtocol.ts';
import { createWinInet, INTERNET_OPTION_CONTEXT_VALUE } from '../../extension/wininet/index.ts';
import { type Benchmark, perSecond } from './benchmark.ts';

const CALLS = 2_000_000;
/** As in a terminal of a window that has been closed. */
const NOBODY = { [WATCH_VARIABLE]: formatAddress({ path: '/nobody/listens/here.sock', secret: '0'.repeat(32) }) };

/**
 * Calls per second of the library's engine while nobody watches although there is an address, against an engine that cannot be watched. The call touches no
 * network, so that a cost of watching would show most.
 */
export const watchIdle: Benchmark = {
  name: 'watch-idle',
  unit: 'calls/s',
  baselineName: 'an engine without a recorder',
  async prepare() {
    const watched = createWinInet({ ...startWatching(NOBODY), drivers: createDrivers() });
    const plain = createWinInet({ drivers: createDrivers() });
    const measured = async ({ InternetOpen, InternetQueryOption }: typeof plain) => {
      const root = await InternetOpen('bench/1.0');
      return () =>
        perSecond(CALLS, async () => {
          for (let time = 0; time < CALLS; time += 1) await InternetQueryOption(root, INTERNET_OPTION_CONTEXT_VALUE);
        });
    };
    return {
      ours: await measured(watched),
      baseline: await measured(plain),
      close: async () => {
        await watched.dispose();
        await plain.dispose();
      },
    };
  },
};
