import type { TestContext } from 'node:test';
import { createDrivers } from '../../extension/drivers/index.ts';
import { type Playground, startPlayground } from '../../extension/playground/playground.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import {
  createWinInet,
  INTERNET_FLAG_PASSIVE,
  INTERNET_FLAG_SECURE,
  INTERNET_OPTION_SECURITY_FLAGS,
  INTERNET_SERVICE_HTTP,
  SECURITY_FLAG_IGNORE_UNKNOWN_CA,
  type WinInet,
  WinInetError,
} from '../../extension/wininet/index.ts';
import type { ReadableHandle } from '../../extension/wininet/internetFiles.ts';

/** A journal of real calls, and the servers that they were made to; the servers still run. */
export interface Recorded {
  readonly journal: LiveJournal;
  readonly playground: Playground;
  /** How many entries there were before the handles were closed at the end. */
  readonly open: number;
}

/** Every protocol and its failures, recorded once: what exports and traces are tested on. */
export async function recordJournal(t: TestContext, limit = 100_000): Promise<Recorded> {
  const playground = await startPlayground();
  t.after(() => playground.close());
  const start = process.hrtime.bigint();
  const journal = new LiveJournal(() => Number((process.hrtime.bigint() - start) / 1000n), limit);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: journal });
  try {
    await playHttp(wininet, playground);
    await playOthers(wininet, playground);
    return { journal, playground, open: journal.tree.seq };
  } finally {
    await wininet.dispose();
  }
}

/** The entries of one type. */
export function ofType<T extends Entry['type']>(entries: readonly Entry[], type: T): Extract<Entry, { type: T }>[] {
  return entries.filter((entry): entry is Extract<Entry, { type: T }> => entry.type === type);
}

async function playHttp(wininet: WinInet, { http, https }: Playground): Promise<void> {
  const root = await wininet.InternetOpen('export/1.0');
  const session = await wininet.InternetConnect(
    root,
    http.hostname,
    Number(http.port),
    null,
    null,
    INTERNET_SERVICE_HTTP,
    0,
    0,
  );
  const redirected = await wininet.HttpOpenRequest(session, 'GET', '/redirect/relative', null, null, null, 0, 0);
  await wininet.HttpSendRequest(redirected);
  await readToEnd(wininet, redirected);
  await wininet.InternetCloseHandle(redirected);
  const posted = await wininet.HttpOpenRequest(session, 'POST', '/echo?q=a%20b&token=secret', null, null, null, 0, 0);
  await wininet.HttpSendRequest(posted, 'Cookie: a=hush\r\nX-Note: plain', Buffer.from('hello'));
  await readToEnd(wininet, posted);
  await wininet.InternetCloseHandle(posted);
  const interim = await wininet.HttpOpenRequest(session, 'GET', '/connection/interim-103', null, null, null, 0, 0);
  await wininet.HttpSendRequest(interim);
  const broken = await wininet.HttpOpenRequest(session, 'GET', '/fault/reset-at-once', null, null, null, 0, 0);
  await fails(wininet.HttpSendRequest(broken));
  const server = await wininet.InternetConnect(
    root,
    https.hostname,
    Number(https.port),
    null,
    null,
    INTERNET_SERVICE_HTTP,
    0,
    0,
  );
  const flags = INTERNET_FLAG_SECURE;
  const distrusted = await wininet.HttpOpenRequest(server, 'GET', '/status/200', null, null, null, flags, 0);
  await fails(wininet.HttpSendRequest(distrusted));
  const secured = await wininet.HttpOpenRequest(server, 'GET', '/status/200', null, null, null, flags, 0);
  await wininet.InternetSetOption(secured, INTERNET_OPTION_SECURITY_FLAGS, SECURITY_FLAG_IGNORE_UNKNOWN_CA);
  await wininet.HttpSendRequest(secured);
  await readToEnd(wininet, secured);
}

async function playOthers(wininet: WinInet, { ftp, gopher }: Playground): Promise<void> {
  const root = await wininet.InternetOpen('export "2" <\\>');
  await fails(wininet.InternetOpenUrl(root, 'http://127.0.0.1:1/nobody', null, 0, 0));
  const listing = await wininet.InternetOpenUrl(root, ftp.href, null, INTERNET_FLAG_PASSIVE, 0);
  await readToEnd(wininet, listing);
  const menu = await wininet.InternetOpenUrl(root, gopher.href, null, 0, 0);
  await readToEnd(wininet, menu);
}

async function readToEnd(wininet: WinInet, handle: unknown): Promise<void> {
  const buffer = new Uint8Array(65_536);
  while ((await wininet.InternetReadFile(handle as ReadableHandle, buffer)) > 0);
}

async function fails(call: Promise<unknown>): Promise<void> {
  await call.then(
    () => {
      throw new Error('the call was to fail');
    },
    (error) => {
      if (!(error instanceof WinInetError)) throw error;
    },
  );
}
