import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { Client } from 'basic-ftp';
import { createDrivers } from '../../extension/drivers/index.ts';
import {
  createWinInet,
  GENERIC_READ,
  INTERNET_FLAG_PASSIVE,
  INTERNET_SERVICE_FTP,
} from '../../extension/wininet/index.ts';
import { type Benchmark, perSecond } from './benchmark.ts';
import { startPlaygroundProcess } from './playgroundProcess.ts';

const FILE = 'medium.bin';
const MEBIBYTES = 256;

/** A download of 256 MiB through FtpOpenFile and InternetReadFile, in passive mode on both sides. */
export const ftpDownload: Benchmark = {
  name: 'ftp-download',
  unit: 'MiB/s',
  baselineName: 'raw basic-ftp',
  async prepare() {
    const playground = await startPlaygroundProcess();
    const { hostname, port, username, password } = playground.ftp;
    const wininet = createWinInet({ drivers: createDrivers() });
    const root = await wininet.InternetOpen('bench/1.0');
    const session = await wininet.InternetConnect(
      root,
      hostname,
      Number(port),
      username,
      password,
      INTERNET_SERVICE_FTP,
      INTERNET_FLAG_PASSIVE,
    );
    const buffer = new Uint8Array(64 * 1024);
    const client = new Client();
    await client.connect(hostname, Number(port));
    await client.login(username, password);
    await client.send('TYPE I');

    return {
      ours: () =>
        perSecond(MEBIBYTES, async () => {
          const file = await wininet.FtpOpenFile(session, FILE, GENERIC_READ);
          let total = 0;
          for (;;) {
            const count = await wininet.InternetReadFile(file, buffer);
            if (count === 0) break;
            total += count;
          }
          await wininet.InternetCloseHandle(file);
          assert.equal(total, MEBIBYTES * 1024 * 1024);
        }),
      baseline: () =>
        perSecond(MEBIBYTES, async () => {
          let total = 0;
          const sink = new Writable({
            write(chunk: Uint8Array, _encoding, done) {
              total += chunk.length;
              done();
            },
          });
          await client.downloadTo(sink, FILE);
          assert.equal(total, MEBIBYTES * 1024 * 1024);
        }),
      async close() {
        client.close();
        await wininet.dispose();
        await playground.close();
      },
    };
  },
};
