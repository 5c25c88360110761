import { createDrivers } from '../../extension/drivers/index.ts';
import { createWinInet, INTERNET_SERVICE_HTTP } from '../../extension/wininet/index.ts';
import { type Benchmark, perSecond } from './benchmark.ts';

const CYCLES = 60_000;
/** Root, session and request. */
const HANDLES_PER_CYCLE = 3;

/** Handles per second: open, connect, request, and one close that takes all three; no network is touched. */
export const handlesOpenClose: Benchmark = {
  name: 'handles-open-close',
  unit: 'handles/s',
  baselineName: 'Map insertions and deletions',
  async prepare() {
    const wininet = createWinInet({ drivers: createDrivers() });
    const cycle = async (): Promise<void> => {
      const root = await wininet.InternetOpen('bench/1.0');
      const session = await wininet.InternetConnect(root, 'localhost', 80, null, null, INTERNET_SERVICE_HTTP);
      await wininet.HttpOpenRequest(session, 'GET', '/', null, null, null, 0, 0);
      await wininet.InternetCloseHandle(root);
    };
    return {
      ours: () =>
        perSecond(CYCLES * HANDLES_PER_CYCLE, async () => {
          for (let time = 0; time < CYCLES; time += 1) await cycle();
        }),
      baseline: () =>
        perSecond(CYCLES * HANDLES_PER_CYCLE, async () => {
          const map = new Map<number, object>();
          for (let time = 0; time < CYCLES * HANDLES_PER_CYCLE; time += 1) {
            map.set(time, { time });
            if (time % HANDLES_PER_CYCLE === HANDLES_PER_CYCLE - 1) {
              for (let back = 0; back < HANDLES_PER_CYCLE; back += 1) map.delete(time - back);
            }
          }
        }),
      close: () => wininet.dispose(),
    };
  },
};
