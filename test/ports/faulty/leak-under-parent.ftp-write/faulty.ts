import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  FTP_TRANSFER_TYPE_BINARY,
  GENERIC_WRITE,
  INTERNET_FLAG_PASSIVE,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_FTP,
  type WinInet,
} from '../../../../extension/wininet/index.ts';

/** Writes a file and closes everything at once, so that nobody hears whether the upload went well. */
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
  const hFile = await w.FtpOpenFile(hFtp, '/incoming/written.txt', GENERIC_WRITE, FTP_TRANSFER_TYPE_BINARY, 0);
  await w.InternetWriteFile(hFile, Buffer.from('written'));
  await w.InternetCloseHandle(hInternet);
}
