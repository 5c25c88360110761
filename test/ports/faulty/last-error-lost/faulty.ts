import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_HTTP,
  type WinInet,
  WinInetError,
} from '../../../../extension/wininet/index.ts';

/** Cleans up, and asks for the error then. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  const told: number[] = [];
  const hConnect = await w.InternetConnect(hInternet, '127.0.0.1', 1, null, null, INTERNET_SERVICE_HTTP, 0, 0);
  const hRequest = await w.HttpOpenRequest(
    hConnect,
    'GET',
    playground.http.pathname,
    null,
    null,
    null,
    INTERNET_FLAG_RELOAD,
    0,
  );
  try {
    await w.HttpSendRequest(hRequest);
  } catch (error) {
    if (!(error instanceof WinInetError)) throw error;
    await w.InternetCloseHandle(hRequest);
    told.push(w.GetLastError());
  }
  await w.InternetCloseHandle(hConnect);
  await w.InternetCloseHandle(hInternet);
}
