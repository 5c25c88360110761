import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  FTP_TRANSFER_TYPE_BINARY,
  GENERIC_READ,
  INTERNET_FLAG_PASSIVE,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_FTP,
  type WinInet,
  WinInetError,
} from '../../../../extension/wininet/index.ts';

/** Opens two files of a session at the same time. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  const { hostname, port } = playground.ftp;
  const hFtp = await w.InternetConnect(
    hInternet,
    hostname,
    Number(port),
    null,
    null,
    INTERNET_SERVICE_FTP,
    INTERNET_FLAG_PASSIVE,
    0,
  );
  const names = ['/pub/notes.txt', '/pub/notes.txt'];
  const open = (name: string) => w.FtpOpenFile(hFtp, name, GENERIC_READ, FTP_TRANSFER_TYPE_BINARY, 0);
  for (const opened of await Promise.allSettled(names.map(open))) {
    if (opened.status === 'fulfilled') await w.InternetCloseHandle(opened.value);
    else if (!(opened.reason instanceof WinInetError)) throw opened.reason;
  }
  await w.InternetCloseHandle(hFtp);
  await w.InternetCloseHandle(hInternet);
}
