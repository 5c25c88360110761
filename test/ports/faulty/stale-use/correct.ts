import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  type HINTERNET,
  HTTP_QUERY_STATUS_CODE,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  type WinInet,
} from '../../../../extension/wininet/index.ts';

/** Asks the request that is open. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  const hFirst = await w.InternetOpenUrl(
    hInternet,
    new URL('/bytes/10', playground.http).href,
    null,
    INTERNET_FLAG_RELOAD,
    0,
  );
  await readAll(w, hFirst);
  await w.InternetCloseHandle(hFirst);
  // Gets the value that the first request had.
  const hSecond = await w.InternetOpenUrl(
    hInternet,
    new URL('/bytes/20', playground.http).href,
    null,
    INTERNET_FLAG_RELOAD,
    0,
  );
  await w.HttpQueryInfo(hSecond, HTTP_QUERY_STATUS_CODE);
  await readAll(w, hSecond);
  await w.InternetCloseHandle(hSecond);
  await w.InternetCloseHandle(hInternet);
}

/** Reads an answer to its end. */
async function readAll(w: WinInet, hFile: HINTERNET<'http-request'>): Promise<number> {
  const buffer = new Uint8Array(4096);
  let total = 0;
  for (;;) {
    const count = await w.InternetReadFile(hFile, buffer);
    if (count === 0) return total;
    total += count;
  }
}
