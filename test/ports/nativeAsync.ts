import {
  type INTERNET_BUFFERS,
  INTERNET_FLAG_ASYNC,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_OPTION_HANDLE_TYPE,
  INTERNET_SERVICE_HTTP,
  INTERNET_STATUS_REQUEST_COMPLETE,
  INTERNET_STATUS_RESPONSE_RECEIVED,
  IRF_ASYNC,
  type WinInet,
  WinInetError,
} from '../../extension/wininet/index.ts';

/** A mistake of whoever ported the program, to be found by comparing. */
export type AsyncMistake = 'missing-close' | 'changed-argument' | 'other-order' | 'other-error';

/** test/sources/wineLogs/async.c, line by line. */
export async function nativeAsync(
  wininet: WinInet,
  port: number,
  pause: (milliseconds: number) => Promise<unknown>,
  mistake: AsyncMistake | null = null,
): Promise<void> {
  let completed = Promise.withResolvers<void>();
  /** Awaits a call, or its INTERNET_STATUS_REQUEST_COMPLETE where it answers ERROR_IO_PENDING. */
  const end = async (call: Promise<unknown>): Promise<unknown> => {
    try {
      return await call;
    } catch (error) {
      if (!(error instanceof WinInetError)) throw error;
      if (error.symbol !== 'ERROR_IO_PENDING') return null;
      await completed.promise;
      completed = Promise.withResolvers<void>();
      return null;
    }
  };
  const buffer = new Uint8Array(256);
  const root = await wininet.InternetOpen('async/2.0', INTERNET_OPEN_TYPE_DIRECT, null, null, INTERNET_FLAG_ASYNC);
  await wininet.InternetSetStatusCallback(root, async (handle, context, status) => {
    if (status === INTERNET_STATUS_RESPONSE_RECEIVED && context === 101) {
      await wininet.InternetQueryOption(handle, INTERNET_OPTION_HANDLE_TYPE);
    }
    if (status === INTERNET_STATUS_REQUEST_COMPLETE) completed.resolve();
  });
  const server = await wininet.InternetConnect(root, '127.0.0.1', port, null, null, INTERNET_SERVICE_HTTP, 0, 100);
  const open = (verb: string | null, path: string, context: number) =>
    wininet.HttpOpenRequest(server, verb, path, null, null, null, INTERNET_FLAG_RELOAD, context);

  const get = await open('GET', '/bytes/1000', 101);
  await end(wininet.HttpSendRequest(get));
  await end(wininet.InternetQueryDataAvailable(get));
  for (;;) {
    const buffers: INTERNET_BUFFERS = { lpvBuffer: buffer };
    await end(wininet.InternetReadFileEx(get, buffers, IRF_ASYNC, 101));
    if (!buffers.dwBufferLength) break;
  }
  if (mistake !== 'missing-close') await wininet.InternetCloseHandle(get);

  const drip = await open(null, '/slow/drip/2', 107);
  await end(wininet.HttpSendRequest(drip));
  await drain(wininet, end, drip, buffer);
  await wininet.InternetCloseHandle(drip);

  const post = await open('POST', mistake === 'changed-argument' ? '/echo/body' : '/echo', 102);
  await end(wininet.HttpSendRequestEx(post, { dwBufferTotal: 10 }, null, 0, 102));
  await end(wininet.InternetWriteFile(post, Buffer.from('hello')));
  await end(wininet.InternetWriteFile(post, Buffer.from('world')));
  await end(wininet.HttpEndRequest(post, null, 0, 102));
  await drain(wininet, end, post, buffer);
  await wininet.InternetCloseHandle(post);

  const whole = (): Promise<unknown> =>
    end(wininet.InternetOpenUrl(root, `http://127.0.0.1:${port}/redirect/relative`, null, INTERNET_FLAG_RELOAD, 103));
  if (mistake !== 'other-order') await whole();
  const nobody = await wininet.InternetConnect(
    root,
    '127.0.0.1',
    mistake === 'other-error' ? port : 1,
    null,
    null,
    INTERNET_SERVICE_HTTP,
    0,
    104,
  );
  const refused = await wininet.HttpOpenRequest(nobody, null, '/', null, null, null, INTERNET_FLAG_RELOAD, 105);
  await end(wininet.HttpSendRequest(refused));
  await wininet.InternetCloseHandle(nobody);
  if (mistake === 'other-order') await whole();

  const slow = await open('GET', '/slow/headers/2000', 106);
  const sent = end(wininet.HttpSendRequest(slow));
  await pause(300);
  await wininet.InternetCloseHandle(slow);
  await sent;
  await wininet.InternetCloseHandle(root);
}

async function drain(
  wininet: WinInet,
  end: (call: Promise<unknown>) => Promise<unknown>,
  file: Parameters<WinInet['InternetReadFile']>[0],
  buffer: Uint8Array,
): Promise<void> {
  // What a pending read got is not told; another one says whether that was the end.
  for (let count: unknown = null; count !== 0; ) count = await end(wininet.InternetReadFile(file, buffer));
}
