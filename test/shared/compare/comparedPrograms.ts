import { createDrivers } from '../../../extension/drivers/index.ts';
import type { Playground } from '../../../extension/playground/playground.ts';
import type { ComparedJournal } from '../../../extension/shared/compare/comparison.ts';
import * as c from '../../../extension/shared/constants.ts';
import { LiveJournal } from '../../../extension/shared/liveJournal.ts';
import { createWinInet, WinInetError } from '../../../extension/wininet/index.ts';

/** How a variant of the program below departs from it. */
export interface Departure {
  readonly path?: string;
  readonly flags?: number;
  readonly chunk?: number;
  readonly headersLast?: boolean;
  readonly headersOfConnection?: boolean;
  readonly forgets?: 'close' | 'query';
  readonly asks?: 'again';
  readonly asynchronous?: boolean;
}

/** Runs a program that fetches a page, or a variant of it, and gives its journal. */
export async function runProgram(playground: Playground, departure: Departure = {}): Promise<ComparedJournal> {
  const journal = new LiveJournal(() => Math.round(performance.now() * 1000), 100_000);
  const w = createWinInet({ drivers: createDrivers(), recorder: journal });
  const server = new URL(playground.http);
  const { path = 'status/200', flags = c.INTERNET_FLAG_RELOAD, chunk = 4096, asynchronous = false } = departure;
  const completions: (() => void)[] = [];
  /** A call, and under an asynchronous root the wait for its end. */
  const completed = async (call: Promise<unknown>): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    completions.push(resolve);
    try {
      await call;
      completions.pop();
    } catch (error) {
      if (!(error instanceof WinInetError) || error.symbol !== 'ERROR_IO_PENDING') throw error;
      await promise;
    }
  };
  try {
    const root = await w.InternetOpen(
      'compared/1.0',
      c.INTERNET_OPEN_TYPE_DIRECT,
      null,
      null,
      asynchronous ? c.INTERNET_FLAG_ASYNC : 0,
    );
    await w.InternetSetStatusCallback(root, (_handle, _context, status) => {
      if (status === c.INTERNET_STATUS_REQUEST_COMPLETE) completions.shift()?.();
    });
    const port = Number(server.port);
    const session = await w.InternetConnect(root, server.hostname, port, null, null, c.INTERNET_SERVICE_HTTP, 0, 1);
    const request = await w.HttpOpenRequest(session, 'GET', `/${path}`, null, null, null, flags, 2);
    if (departure.headersOfConnection) {
      await w.HttpAddRequestHeaders(session as never, 'X-Compared: 1', c.HTTP_ADDREQ_FLAG_ADD).catch(() => false);
    } else if (!departure.headersLast) {
      await w.HttpAddRequestHeaders(request, 'X-Compared: 1', c.HTTP_ADDREQ_FLAG_ADD);
    }
    await completed(w.HttpSendRequest(request));
    if (departure.forgets !== 'query') {
      await w.HttpQueryInfo(request, c.HTTP_QUERY_STATUS_CODE | c.HTTP_QUERY_FLAG_NUMBER);
    }
    if (departure.asks === 'again') await w.HttpQueryInfo(request, c.HTTP_QUERY_CONTENT_TYPE);
    if (departure.headersLast) {
      await w.HttpAddRequestHeaders(request, 'X-Compared: 1', c.HTTP_ADDREQ_FLAG_ADD);
    }
    for (let ended = false; !ended; ) {
      const buffer = new Uint8Array(chunk);
      let count = 0;
      await completed(
        w.InternetReadFile(request, buffer).then((read) => {
          count = read;
        }),
      );
      ended = count === 0;
    }
    if (departure.forgets !== 'close') await w.InternetCloseHandle(request);
    await w.InternetCloseHandle(session);
    await w.InternetCloseHandle(root);
  } finally {
    await w.dispose();
  }
  return { title: JSON.stringify(departure), base: journal.base, entries: [...journal.entries] };
}
