import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  HINTERNET,
  INTERNET_FLAG_ASYNC,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_STATUS_REQUEST_COMPLETE,
  type StatusCallback,
  type WinInet,
  WinInetError,
} from '../../../../extension/wininet/index.ts';

/** Removes the callback as soon as the call has begun. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, INTERNET_FLAG_ASYNC);
  let told: (hRequest: HINTERNET | null) => void = () => undefined;
  const completion = new Promise<HINTERNET | null>((resolve) => {
    told = resolve;
  });
  const callback: StatusCallback = (_hInternet, _dwContext, dwInternetStatus, information) => {
    if (dwInternetStatus !== INTERNET_STATUS_REQUEST_COMPLETE) return;
    const isResult = typeof information === 'object' && information !== null && 'dwResult' in information;
    told(isResult && information.dwResult instanceof HINTERNET ? information.dwResult : null);
  };
  await w.InternetSetStatusCallback(hInternet, callback);
  await begin(w.InternetOpenUrl(hInternet, new URL('/bytes/10', playground.http).href, null, INTERNET_FLAG_RELOAD, 1));
  await w.InternetSetStatusCallback(hInternet, null);
  // The original would wait for an event, with a time-out.
  const hRequest = await Promise.race([completion, pause(1000)]);
  if (hRequest !== null) await w.InternetCloseHandle(hRequest);
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

function pause(milliseconds: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), milliseconds);
  });
}
