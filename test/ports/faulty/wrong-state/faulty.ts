import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_HTTP,
  type WinInet,
  WinInetError,
} from '../../../../extension/wininet/index.ts';

/** Reads before it has sent the request. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  const { hostname, port } = playground.http;
  const hConnect = await w.InternetConnect(hInternet, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP, 0, 0);
  const hRequest = await w.HttpOpenRequest(hConnect, 'GET', '/bytes/10', null, null, null, INTERNET_FLAG_RELOAD, 0);
  try {
    await w.InternetReadFile(hRequest, new Uint8Array(100));
  } catch (error) {
    // The program goes on as if nothing were wrong.
    if (!(error instanceof WinInetError)) throw error;
  }
  await w.InternetCloseHandle(hRequest);
  await w.InternetCloseHandle(hConnect);
  await w.InternetCloseHandle(hInternet);
}
