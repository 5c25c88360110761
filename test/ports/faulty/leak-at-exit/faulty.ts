import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  HTTP_QUERY_FLAG_NUMBER,
  HTTP_QUERY_STATUS_CODE,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  type WinInet,
} from '../../../../extension/wininet/index.ts';

/** Returns early when the answer is not the wanted one, and forgets to close. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);

  const hRequest = await w.InternetOpenUrl(
    hInternet,
    new URL('/status/404', playground.http).href,
    null,
    INTERNET_FLAG_RELOAD,
    0,
  );
  const status = await w.HttpQueryInfo(hRequest, HTTP_QUERY_STATUS_CODE | HTTP_QUERY_FLAG_NUMBER);
  if (status !== 200) return;
  await w.InternetCloseHandle(hRequest);
  await w.InternetCloseHandle(hInternet);
}
