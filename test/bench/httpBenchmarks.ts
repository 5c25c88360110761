import assert from 'node:assert/strict';
import { createDrivers } from '../../extension/drivers/index.ts';
import { createWinInet, INTERNET_SERVICE_HTTP } from '../../extension/wininet/index.ts';
import { type Benchmark, perSecond } from './benchmark.ts';
import { startPlaygroundProcess } from './playgroundProcess.ts';
import { RawHttp } from './rawHttp.ts';

const MEBIBYTE = 1024 * 1024;

/** GETs per second, one after the other: a handle is opened, sent, read to the end and closed for each. */
export const httpSmallGet: Benchmark = comparison({
  name: 'http-small-get',
  unit: 'GETs/s',
  path: '/bytes/100',
  times: 3000,
  amount: 3000,
  bufferSize: 4096,
});

/** A download of 256 MiB through InternetReadFile with a buffer of 64 KiB. */
export const httpDownload: Benchmark = comparison({
  name: 'http-download',
  unit: 'MiB/s',
  path: `/bytes/${256 * MEBIBYTE}`,
  times: 1,
  amount: 256,
  bufferSize: 64 * 1024,
});

function comparison(of: {
  readonly name: string;
  readonly unit: string;
  readonly path: string;
  readonly times: number;
  readonly amount: number;
  readonly bufferSize: number;
}): Benchmark {
  return {
    name: of.name,
    unit: of.unit,
    baselineName: 'raw undici dispatch',
    async prepare() {
      const playground = await startPlaygroundProcess();
      const { hostname, port, origin } = playground.http;
      const wininet = createWinInet({ drivers: createDrivers() });
      const root = await wininet.InternetOpen('bench/1.0');
      const session = await wininet.InternetConnect(root, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP);
      const buffer = new Uint8Array(of.bufferSize);
      const raw = new RawHttp(origin);
      const expected = Number(of.path.slice('/bytes/'.length));

      const getThroughHandles = async (): Promise<number> => {
        const request = await wininet.HttpOpenRequest(session, 'GET', of.path, null, null, null, 0, 0);
        await wininet.HttpSendRequest(request);
        let total = 0;
        for (;;) {
          const count = await wininet.InternetReadFile(request, buffer);
          if (count === 0) break;
          total += count;
        }
        await wininet.InternetCloseHandle(request);
        return total;
      };
      const repeat = (get: () => Promise<number>) => () =>
        perSecond(of.amount, async () => {
          for (let time = 0; time < of.times; time += 1) assert.equal(await get(), expected);
        });

      return {
        ours: repeat(getThroughHandles),
        baseline: repeat(() => raw.get(of.path)),
        async close() {
          await raw.close();
          await wininet.dispose();
          await playground.close();
        },
      };
    },
  };
}
