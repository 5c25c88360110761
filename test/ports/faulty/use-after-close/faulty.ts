import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  type HINTERNET,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  type WinInet,
  WinInetError,
} from '../../../../extension/wininet/index.ts';

/** Reads from a request after closing it. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  const hRequest = await w.InternetOpenUrl(
    hInternet,
    new URL('/bytes/10', playground.http).href,
    null,
    INTERNET_FLAG_RELOAD,
    0,
  );
  await readAll(w, hRequest);
  await w.InternetCloseHandle(hRequest);
  try {
    await w.InternetReadFile(hRequest, new Uint8Array(10));
  } catch (error) {
    // The program goes on as if nothing were wrong.
    if (!(error instanceof WinInetError)) throw error;
  }
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
