import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  type HINTERNET,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_HTTP,
  type WinInet,
} from '../../../../extension/wininet/index.ts';

/** Closes the request, then the session, then the root. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  const { hostname, port } = new URL(playground.http);
  const hConnect = await w.InternetConnect(hInternet, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP, 0, 0);
  const hRequest = await w.HttpOpenRequest(hConnect, 'GET', '/bytes/10', null, null, null, INTERNET_FLAG_RELOAD, 0);
  await w.HttpSendRequest(hRequest, null, null);
  await readAll(w, hRequest);
  await w.InternetCloseHandle(hRequest);
  await w.InternetCloseHandle(hConnect);
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
