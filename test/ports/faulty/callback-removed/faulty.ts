import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  INTERNET_FLAG_ASYNC,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_SERVICE_HTTP,
  INTERNET_STATUS_REQUEST_COMPLETE,
  type WinInet,
  WinInetError,
} from '../../../../extension/wininet/index.ts';

/** Removes the callback as soon as the call has begun. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const { hostname, port } = new URL(playground.http);
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, INTERNET_FLAG_ASYNC);
  let told: () => void = () => undefined;
  const completion = new Promise<void>((resolve) => {
    told = resolve;
  });
  await w.InternetSetStatusCallback(hInternet, (_hInternet, _dwContext, dwInternetStatus) => {
    if (dwInternetStatus === INTERNET_STATUS_REQUEST_COMPLETE) told();
  });
  const hConnect = await w.InternetConnect(hInternet, hostname, Number(port), null, null, INTERNET_SERVICE_HTTP, 0, 1);
  const hRequest = await w.HttpOpenRequest(hConnect, 'GET', '/bytes/10', null, null, null, INTERNET_FLAG_RELOAD, 1);
  await begin(w.HttpSendRequest(hRequest));
  await w.InternetSetStatusCallback(hRequest, null);
  // The original would wait for an event, with a time-out.
  await Promise.race([completion, pause(1000)]);
  await w.InternetCloseHandle(hRequest);
  await w.InternetCloseHandle(hConnect);
  await w.InternetCloseHandle(hInternet);
}

/** Begins a call whose end the callback tells. */
async function begin(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof WinInetError) || error.symbol !== 'ERROR_IO_PENDING') throw error;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
