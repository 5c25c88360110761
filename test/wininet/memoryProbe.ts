import { createDrivers } from '../../extension/drivers/index.ts';
import {
  createWinInet,
  GENERIC_WRITE,
  INTERNET_FLAG_PASSIVE,
  INTERNET_SERVICE_FTP,
} from '../../extension/wininet/index.ts';

/**
 * A process of its own that moves bytes through the engine and prints how much memory that added at most:
 * `read URL`, `read-active URL` with FTP data connections that the server makes, or `write URL BYTES` for an upload to an FTP
 * file.
 */
const [, , action = '', address = '', bytes = '0'] = process.argv;

const wininet = createWinInet({ drivers: createDrivers() });
const root = await wininet.InternetOpen('probe');
const buffer = new Uint8Array(256 * 1024);
let moved = 0;
let baseline = 0;
let highest = 0;

/** The first bytes load code and buffers that stay; what comes after them must not grow. */
function measure(count: number): void {
  moved += count;
  const { rss } = process.memoryUsage();
  if (baseline === 0) baseline = rss;
  highest = Math.max(highest, rss);
}

if (action.startsWith('read')) {
  const flags = action === 'read' ? INTERNET_FLAG_PASSIVE : 0;
  const handle = await wininet.InternetOpenUrl(root, address, null, flags);
  for (let count = await wininet.InternetReadFile(handle, buffer); count > 0; ) {
    measure(count);
    count = await wininet.InternetReadFile(handle, buffer);
  }
} else {
  const url = new URL(address);
  const session = await wininet.InternetConnect(
    root,
    url.hostname,
    Number(url.port),
    null,
    null,
    INTERNET_SERVICE_FTP,
    INTERNET_FLAG_PASSIVE,
  );
  const file = await wininet.FtpOpenFile(session, url.pathname, GENERIC_WRITE);
  while (moved < Number(bytes)) measure(await wininet.InternetWriteFile(file, buffer));
  await wininet.InternetCloseHandle(file);
}
await wininet.dispose();
process.stdout.write(JSON.stringify({ moved, added: highest - baseline }));
