import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  type HINTERNET,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_HTTP,
  type WinInet,
  WinInetError,
} from '../../../../extension/wininet/index.ts';

/** Writes the body again when the server asks for that. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  const { hostname, port } = playground.http;
  const hConnect = await w.InternetConnect(hInternet, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP, 0, 0);
  const hRequest = await w.HttpOpenRequest(
    hConnect,
    'POST',
    '/redirect/307',
    null,
    null,
    null,
    INTERNET_FLAG_RELOAD,
    0,
  );
  while (!(await upload(w, hRequest)));
  await readAll(w, hRequest);
  await w.InternetCloseHandle(hRequest);
  await w.InternetCloseHandle(hConnect);
  await w.InternetCloseHandle(hInternet);
}

/** Sends the body; false where the server wants it again. */
async function upload(w: WinInet, hRequest: HINTERNET<'http-request'>): Promise<boolean> {
  await w.HttpSendRequestEx(hRequest, { dwBufferTotal: 10 });
  await w.InternetWriteFile(hRequest, Buffer.from('five '));
  await w.InternetWriteFile(hRequest, Buffer.from('bytes'));
  try {
    await w.HttpEndRequest(hRequest);
    return true;
  } catch (error) {
    if (error instanceof WinInetError && error.symbol === 'ERROR_INTERNET_FORCE_RETRY') return false;
    throw error;
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
