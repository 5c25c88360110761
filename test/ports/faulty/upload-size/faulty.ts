import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_HTTP,
  type WinInet,
  WinInetError,
} from '../../../../extension/wininet/index.ts';

/** Announces less than it writes. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  const { hostname, port } = playground.http;
  const hConnect = await w.InternetConnect(hInternet, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP, 0, 0);
  const hRequest = await w.HttpOpenRequest(hConnect, 'POST', '/echo', null, null, null, INTERNET_FLAG_RELOAD, 0);
  await w.HttpSendRequestEx(hRequest, { dwBufferTotal: 12 });
  await w.InternetWriteFile(hRequest, Buffer.from('five '));
  await w.InternetWriteFile(hRequest, Buffer.from('bytes'));
  try {
    await w.HttpEndRequest(hRequest);
  } catch (error) {
    // The program goes on as if nothing were wrong.
    if (!(error instanceof WinInetError)) throw error;
  }
  await w.InternetCloseHandle(hRequest);
  await w.InternetCloseHandle(hConnect);
  await w.InternetCloseHandle(hInternet);
}
