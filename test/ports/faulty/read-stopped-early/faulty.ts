import type { Playground } from '../../../../extension/playground/playground.ts';
import { INTERNET_FLAG_RELOAD, INTERNET_OPEN_TYPE_DIRECT, type WinInet } from '../../../../extension/wininet/index.ts';

/** Reads once, and takes what came for the whole body. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  const hRequest = await w.InternetOpenUrl(
    hInternet,
    new URL('/bytes/10000', playground.http).href,
    null,
    INTERNET_FLAG_RELOAD,
    0,
  );
  const buffer = new Uint8Array(4096);
  await w.InternetReadFile(hRequest, buffer);
  await w.InternetCloseHandle(hRequest);
  await w.InternetCloseHandle(hInternet);
}
