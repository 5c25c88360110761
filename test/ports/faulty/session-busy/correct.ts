import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  FTP_TRANSFER_TYPE_BINARY,
  GENERIC_READ,
  type HINTERNET,
  INTERNET_FLAG_PASSIVE,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_FTP,
  type WinInet,
} from '../../../../extension/wininet/index.ts';

/** Closes the file before it changes the folder. */
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
  const hFile = await w.FtpOpenFile(hFtp, '/pub/notes.txt', GENERIC_READ, FTP_TRANSFER_TYPE_BINARY, 0);
  await readAll(w, hFile);
  await w.InternetCloseHandle(hFile);
  await w.FtpSetCurrentDirectory(hFtp, '/pub');
  await w.InternetCloseHandle(hFtp);
  await w.InternetCloseHandle(hInternet);
}

/** Reads an answer to its end. */
async function readAll(w: WinInet, hFile: HINTERNET<'ftp-file'>): Promise<number> {
  const buffer = new Uint8Array(4096);
  let total = 0;
  for (;;) {
    const count = await w.InternetReadFile(hFile, buffer);
    if (count === 0) return total;
    total += count;
  }
}
