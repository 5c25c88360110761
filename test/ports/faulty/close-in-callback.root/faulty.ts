import type { Playground } from '../../../../extension/playground/playground.ts';
import {
  INTERNET_FLAG_ASYNC,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_STATUS_RESPONSE_RECEIVED,
  type WinInet,
  WinInetError,
} from '../../../../extension/wininet/index.ts';

/** Has seen enough when an answer comes, and closes the root inside the callback that says so. */
export async function run(w: WinInet, playground: Playground): Promise<void> {
  const hInternet = await w.InternetOpen('port/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, INTERNET_FLAG_ASYNC);
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  await w.InternetSetStatusCallback(hInternet, (_hInternet, _dwContext, dwInternetStatus) => {
    if (dwInternetStatus === INTERNET_STATUS_RESPONSE_RECEIVED)
      void w.InternetCloseHandle(hInternet).then(() => resolve());
  });
  const url = new URL('/bytes/100000', playground.http).href;
  await begin(w.InternetOpenUrl(hInternet, url, null, INTERNET_FLAG_RELOAD, 1));
  await closed;
}

/** Begins a call whose end the callback tells. */
async function begin(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof WinInetError) || error.symbol !== 'ERROR_IO_PENDING') throw error;
  }
}
