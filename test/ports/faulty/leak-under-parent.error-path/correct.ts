import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  type HINTERNET,
  HTTP_QUERY_FLAG_NUMBER,
  HTTP_QUERY_STATUS_CODE,
  HTTP_STATUS_OK,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  type WinInet,
} from '../../../../extension/wininet/index.ts';

/** Closes the request of each path, also where the server has answered with an error. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  for (const path of ['/bytes/10', '/status/404', '/bytes/30'])
    await download(w, hInternet, new URL(path, playground.http));
  await w.InternetCloseHandle(hInternet);
}

/** Downloads a body; yields its length. */
async function download(w: WinInet, hInternet: HINTERNET<'root'>, { href }: URL): Promise<number> {
  const hRequest = await w.InternetOpenUrl(hInternet, href, null, INTERNET_FLAG_RELOAD, 0);
  try {
    if ((await w.HttpQueryInfo(hRequest, HTTP_QUERY_STATUS_CODE | HTTP_QUERY_FLAG_NUMBER)) !== HTTP_STATUS_OK) return 0;
    return await readAll(w, hRequest);
  } finally {
    await w.InternetCloseHandle(hRequest);
  }
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
