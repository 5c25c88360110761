import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  type HINTERNET,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_HTTP,
  type WinInet,
} from '../../../../extension/wininet/index.ts';
import type { Marks } from '../marks.ts';

/** Serves jobs for ever, and forgets the request of each. */
export async function run(w: WinInet, playground: Playground, marks: Marks): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  const { hostname, port } = new URL(playground.http);
  const hConnect = await w.InternetConnect(hInternet, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP, 0, 0);
  const left: HINTERNET<'http-request'>[] = [];
  // The first job warms up: what it keeps is kept on purpose.
  left.push(...(await serve(w, hConnect, '/bytes/10')));
  marks.mark();
  for (const job of ['/bytes/20', '/bytes/30', '/bytes/40']) left.push(...(await serve(w, hConnect, job)));
  marks.compare();
  // Whoever looks has seen it: a tidy end, so that nothing else is wrong.
  for (const hRequest of left) await w.InternetCloseHandle(hRequest);
  await w.InternetCloseHandle(hConnect);
  await w.InternetCloseHandle(hInternet);
}

/** Does a job; yields what it leaves open. */
async function serve(
  w: WinInet,
  hConnect: HINTERNET<'http-connect'>,
  job: string,
): Promise<HINTERNET<'http-request'>[]> {
  const hRequest = await w.HttpOpenRequest(hConnect, 'GET', job, null, null, null, INTERNET_FLAG_RELOAD, 0);
  await w.HttpSendRequest(hRequest, null, null);
  await readAll(w, hRequest);
  return [hRequest];
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
