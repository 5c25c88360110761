import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  type HINTERNET,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_OPTION_MAX_CONNS_PER_SERVER,
  INTERNET_SERVICE_HTTP,
  type WinInet,
} from '../../../../extension/wininet/index.ts';

/** Reads each answer to its end before it sends the next request. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  // As Windows had it before Internet Explorer 8.
  await w.InternetSetOption(null, INTERNET_OPTION_MAX_CONNS_PER_SERVER, 2);
  const { hostname, port } = playground.http;
  const hConnect = await w.InternetConnect(hInternet, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP, 0, 0);
  const requests: HINTERNET<'http-request'>[] = [];
  for (let which = 0; which < 3; which += 1) {
    const hRequest = await w.HttpOpenRequest(
      hConnect,
      'GET',
      `/bytes/${5_000_000 + which}`,
      null,
      null,
      null,
      INTERNET_FLAG_RELOAD,
      0,
    );
    requests.push(hRequest);
    await w.HttpSendRequest(hRequest);
    await readAll(w, hRequest);
  }
  for (const hRequest of requests) await w.InternetCloseHandle(hRequest);
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
