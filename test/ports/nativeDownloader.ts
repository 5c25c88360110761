import {
  type HINTERNET,
  HTTP_ADDREQ_FLAG_ADD,
  HTTP_QUERY_STATUS_CODE,
  INTERNET_FLAG_NO_CACHE_WRITE,
  INTERNET_FLAG_PRAGMA_NOCACHE,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_HTTP,
  type UncheckedHandle,
  type WinInet,
  WinInetError,
} from '../../extension/wininet/index.ts';

/** A mistake of whoever ported the program, to be found by comparing. */
export type DownloaderMistake = 'missing-close' | 'changed-flag' | 'other-order' | 'ignored-error';

/** test/sources/wineLogs/downloader.c, line by line: fetches a page, posts a form, forgets to close one handle. */
export async function nativeDownloader(
  wininet: WinInet,
  port: number,
  url: string,
  mistake: DownloaderMistake | null = null,
): Promise<void> {
  const root = await wininet.InternetOpen('downloader/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  const c = await wininet.InternetConnect(root, '127.0.0.1', port, 'alice', 's3cret-pass', INTERNET_SERVICE_HTTP, 0, 1);
  const changed = mistake === 'changed-flag' ? INTERNET_FLAG_PRAGMA_NOCACHE : INTERNET_FLAG_NO_CACHE_WRITE;
  const r = await wininet.HttpOpenRequest(c, 'GET', '/hello', null, null, null, INTERNET_FLAG_RELOAD | changed, 2);
  await wininet.HttpAddRequestHeaders(r, 'X-Trace: one\r\n', HTTP_ADDREQ_FLAG_ADD);
  await wininet.HttpSendRequest(r, null, null);
  if (mistake === 'other-order') await drain(wininet, r);
  await wininet.HttpQueryInfo(r, HTTP_QUERY_STATUS_CODE, new Uint8Array(64));
  if (mistake !== 'other-order') await drain(wininet, r);
  if (mistake !== 'missing-close') await wininet.InternetCloseHandle(r);
  const leaked = await wininet.HttpOpenRequest(c, 'GET', '/status/404', null, null, null, INTERNET_FLAG_RELOAD, 3);
  await wininet.HttpSendRequest(leaked, null, null);
  const p = await wininet.HttpOpenRequest(c, 'POST', '/echo', null, null, null, INTERNET_FLAG_RELOAD, 4);
  await wininet.HttpSendRequest(p, 'Content-Type: application/x-www-form-urlencoded', 'field=value');
  await drain(wininet, p);
  await wininet.InternetCloseHandle(p);
  // Use after close, as in the original, which does not look at the result.
  await unheeded(wininet.InternetReadFile(p, new Uint8Array(1)));
  if (mistake === 'ignored-error') await unheeded(wininet.HttpQueryInfo(p, HTTP_QUERY_STATUS_CODE));
  const u = await wininet.InternetOpenUrl(root, url, null, INTERNET_FLAG_RELOAD, 5);
  await drain(wininet, u as HINTERNET<'http-request'>);
  await wininet.InternetCloseHandle(u);
  // The wrong kind.
  await unheeded(wininet.InternetReadFile(c as UncheckedHandle, new Uint8Array(1)));
  // Takes c and the leaked request along.
  await wininet.InternetCloseHandle(root);
}

async function drain(wininet: WinInet, handle: HINTERNET<'http-request'>): Promise<void> {
  const buffer = new Uint8Array(512);
  while ((await wininet.InternetReadFile(handle, buffer)) > 0);
}

/** What C does with a FALSE that nobody looks at. */
async function unheeded(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof WinInetError)) throw error;
  }
}
