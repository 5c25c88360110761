// A synchronous downloader, ported from a WinINet program in C.
// usage: node downloader.ts URL FILE
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import {
  GetLastError,
  type HINTERNET,
  HTTP_QUERY_CONTENT_LENGTH,
  HTTP_QUERY_FLAG_NUMBER,
  HTTP_QUERY_STATUS_CODE,
  HttpOpenRequest,
  HttpQueryInfo,
  HttpSendRequest,
  INTERNET_FLAG_NO_CACHE_WRITE,
  INTERNET_FLAG_RELOAD,
  INTERNET_FLAG_SECURE,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_HTTP,
  InternetCloseHandle,
  InternetConnect,
  InternetCrackUrl,
  InternetOpen,
  InternetQueryDataAvailable,
  InternetReadFile,
  WinInetError,
} from 'hinternet-explorer/wininet';

const CHUNK = 8192;

/** Sends the request and returns its handle; the status line and the headers are there then. */
async function sendRequest(hInternet: HINTERNET<'root'>, url: string): Promise<HINTERNET<'http-request'>> {
  const parts = await InternetCrackUrl(url, 0, 0);
  const secure = parts.lpszScheme === 'https' ? INTERNET_FLAG_SECURE : 0;
  const host = parts.lpszHostName ?? '';
  const hConnect = await InternetConnect(hInternet, host, parts.nPort, null, null, INTERNET_SERVICE_HTTP, 0, 0);
  const object = `${parts.lpszUrlPath ?? ''}${parts.lpszExtraInfo ?? ''}`;
  const flags = INTERNET_FLAG_RELOAD | INTERNET_FLAG_NO_CACHE_WRITE | secure;
  const hRequest = await HttpOpenRequest(hConnect, 'GET', object, null, null, null, flags, 0);
  await HttpSendRequest(hRequest, null, null);
  return hRequest;
}

/** The length that the server announces; -1 where it announces none. */
async function contentLength(hRequest: HINTERNET<'http-request'>): Promise<number> {
  const length = new Uint8Array(4);
  try {
    await HttpQueryInfo(hRequest, HTTP_QUERY_CONTENT_LENGTH | HTTP_QUERY_FLAG_NUMBER, length);
    return new DataView(length.buffer).getUint32(0, true);
  } catch {
    // ERROR_HTTP_HEADER_NOT_FOUND: the end of the body will tell.
    return -1;
  }
}

/** Reads the answer into a file that gets its name only when it is complete. */
async function saveTo(hRequest: HINTERNET<'http-request'>, file: string): Promise<number> {
  const part = `${file}.part`;
  const descriptor = openSync(part, 'w');
  let total = 0;
  try {
    for (;;) {
      const available = await InternetQueryDataAvailable(hRequest, 0, 0);
      if (available === 0) break;
      const buffer = new Uint8Array(Math.min(available, CHUNK));
      const read = await InternetReadFile(hRequest, buffer);
      if (read === 0) break;
      writeSync(descriptor, buffer, 0, read);
      total += read;
    }
    const announced = await contentLength(hRequest);
    if (announced !== -1 && announced !== total) throw new Error(`${total} of ${announced} bytes have come`);
    closeSync(descriptor);
    renameSync(part, file);
    return total;
  } catch (error) {
    closeSync(descriptor);
    rmSync(part, { force: true });
    throw error;
  }
}

async function main([url, file]: readonly string[]): Promise<number> {
  if (url === undefined || file === undefined) {
    console.error('usage: downloader URL FILE');
    return 2;
  }
  const hInternet = await InternetOpen('downloader/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, 0);
  try {
    const hRequest = await sendRequest(hInternet, url);
    const status = await HttpQueryInfo(hRequest, HTTP_QUERY_STATUS_CODE | HTTP_QUERY_FLAG_NUMBER);
    if (status !== 200) {
      console.error(`${url}: status ${String(status)}`);
      return 1;
    }
    console.log(`${url}: ${await saveTo(hRequest, file)} bytes`);
    return 0;
  } catch (error) {
    if (error instanceof WinInetError)
      console.error(`${error.functionName} failed: ${error.symbol} (${GetLastError()})`);
    else console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    // Takes the connection and the request along.
    await InternetCloseHandle(hInternet);
  }
}

process.exitCode = await main(process.argv.slice(2));
