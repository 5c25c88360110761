// An asynchronous client with a queue of work, ported from a WinINet program in C: a status callback drives each request from
// one state to the next, its context says which request it is.
// usage: node asyncClient.ts WORKERS URL...
import {
  ERROR_IO_PENDING,
  HINTERNET,
  HTTP_QUERY_STATUS_CODE,
  HttpQueryInfo,
  INTERNET_FLAG_ASYNC,
  INTERNET_FLAG_RELOAD,
  INTERNET_OPEN_TYPE_DIRECT,
  INTERNET_STATUS_HANDLE_CLOSING,
  INTERNET_STATUS_HANDLE_CREATED,
  INTERNET_STATUS_REQUEST_COMPLETE,
  InternetCloseHandle,
  InternetOpen,
  InternetOpenUrl,
  InternetReadFile,
  InternetSetStatusCallback,
  type StatusCallback,
  type UncheckedHandle,
  WinInetError,
} from 'hinternet-explorer/wininet';

/** What the C program keeps for each request; the context of its handles leads here. */
interface RequestContext {
  readonly url: string;
  state: 'opening' | 'reading' | 'closing';
  hRequest: UncheckedHandle | null;
  readonly buffer: Uint8Array;
  status: string;
  bytes: number;
  error: number;
}

const contexts = new Map<number, RequestContext>();
const queue: string[] = [];
let nextContext = 1;
let failures = 0;
let workers = 1;
let finished: () => void = () => undefined;

/** Fills the free places with requests from the queue; the last one to leave ends the program. */
function startMore(hInternet: HINTERNET<'root'>): void {
  while (contexts.size < workers) {
    const url = queue.shift();
    if (url === undefined) break;
    const dwContext = nextContext++;
    const context: RequestContext = {
      url,
      state: 'opening',
      hRequest: null,
      buffer: new Uint8Array(16_384),
      status: '',
      bytes: 0,
      error: 0,
    };
    contexts.set(dwContext, context);
    advance(hInternet, dwContext, context, InternetOpenUrl(hInternet, url, null, INTERNET_FLAG_RELOAD, dwContext));
  }
  if (contexts.size === 0 && queue.length === 0) finished();
}

/** Goes on where a call ends at once; where it pends, REQUEST_COMPLETE will. */
function advance(
  hInternet: HINTERNET<'root'>,
  dwContext: number,
  context: RequestContext,
  call: Promise<unknown>,
): void {
  call.then(
    (result) => completed(hInternet, dwContext, context, result, 0),
    (error: unknown) => {
      if (!(error instanceof WinInetError)) throw error;
      if (error.code !== ERROR_IO_PENDING) completed(hInternet, dwContext, context, null, error.code);
    },
  );
}

function completed(
  hInternet: HINTERNET<'root'>,
  dwContext: number,
  context: RequestContext,
  result: unknown,
  dwError: number,
): void {
  if (dwError !== 0) {
    context.error = dwError;
    close(hInternet, dwContext, context);
    return;
  }
  if (context.state === 'opening') {
    if (result instanceof HINTERNET) context.hRequest = result as UncheckedHandle;
    context.state = 'reading';
    void readStatus(context).then(() => readMore(hInternet, dwContext, context));
    return;
  }
  const count = Number(result);
  context.bytes += count;
  if (count === 0) close(hInternet, dwContext, context);
  else readMore(hInternet, dwContext, context);
}

async function readStatus(context: RequestContext): Promise<void> {
  if (context.hRequest === null) return;
  context.status = String(await HttpQueryInfo(context.hRequest, HTTP_QUERY_STATUS_CODE));
}

function readMore(hInternet: HINTERNET<'root'>, dwContext: number, context: RequestContext): void {
  if (context.hRequest === null) return;
  advance(hInternet, dwContext, context, InternetReadFile(context.hRequest, context.buffer));
}

/** Closes the request; its record is freed when HANDLE_CLOSING says that nothing more will come. */
function close(hInternet: HINTERNET<'root'>, dwContext: number, context: RequestContext): void {
  context.state = 'closing';
  if (context.hRequest === null) {
    release(hInternet, dwContext);
    return;
  }
  InternetCloseHandle(context.hRequest).catch(() => {
    // A call that failed has taken its handle along, and HANDLE_CLOSING was told.
  });
}

function release(hInternet: HINTERNET<'root'>, dwContext: number): void {
  const context = contexts.get(dwContext);
  if (context === undefined) return;
  contexts.delete(dwContext);
  if (context.error !== 0) failures += 1;
  const outcome = context.error === 0 ? `${context.status}, ${context.bytes} bytes` : `error ${context.error}`;
  console.log(`${context.url}: ${outcome}`);
  // Not inside the callback: a callback returns quickly.
  setImmediate(() => startMore(hInternet));
}

function statusCallback(hInternet: HINTERNET<'root'>): StatusCallback {
  return (hHandle, dwContext, dwInternetStatus, information) => {
    const context = contexts.get(dwContext);
    if (context === undefined) return;
    switch (dwInternetStatus) {
      case INTERNET_STATUS_HANDLE_CREATED:
        if (information instanceof HINTERNET) context.hRequest = information as UncheckedHandle;
        break;
      case INTERNET_STATUS_REQUEST_COMPLETE:
        if (typeof information === 'object' && information !== null && 'dwError' in information) {
          const { dwError, dwResult, value } = information;
          completed(hInternet, dwContext, context, dwResult instanceof HINTERNET ? dwResult : value, dwError);
        }
        break;
      case INTERNET_STATUS_HANDLE_CLOSING:
        if (hHandle !== context.hRequest) break;
        // A handle that goes before its call is over: REQUEST_COMPLETE still has to say why.
        if (context.state === 'opening') context.hRequest = null;
        else release(hInternet, dwContext);
        break;
    }
  };
}

async function main([count, ...urls]: readonly string[]): Promise<number> {
  workers = Number(count);
  if (!(workers > 0) || urls.length === 0) {
    console.error('usage: asyncClient WORKERS URL...');
    return 2;
  }
  queue.push(...urls);
  const hInternet = await InternetOpen('asyncClient/1.0', INTERNET_OPEN_TYPE_DIRECT, null, null, INTERNET_FLAG_ASYNC);
  await InternetSetStatusCallback(hInternet, statusCallback(hInternet));
  const all = new Promise<void>((resolve) => {
    finished = resolve;
  });
  startMore(hInternet);
  await all;
  await InternetCloseHandle(hInternet);
  return failures === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
