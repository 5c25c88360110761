import assert from 'node:assert/strict';
import { after, before, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createDrivers } from '../../extension/drivers/index.ts';
import { errorsOf } from '../../extension/shared/functionErrors.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import {
  createWinInet,
  type HINTERNET,
  INTERNET_DEFAULT_GOPHER_PORT,
  INTERNET_SERVICE_FTP,
  INTERNET_SERVICE_GOPHER,
  INTERNET_SERVICE_HTTP,
  type StatusCallback,
  type StatusCallbackInformation,
  type WinInet,
  WinInetError,
} from '../../extension/wininet/index.ts';
import type { ReadableHandle } from '../../extension/wininet/internetFiles.ts';
import type { Dialogs } from '../../extension/wininet/ports/dialogs.ts';
import type { Drivers } from '../../extension/wininet/ports/drivers.ts';
import { type OpenResources, openedSince, openResources } from './openResources.ts';

/** An engine of its own for one test, with the journal of what it does. */
export interface Engine {
  readonly wininet: WinInet;
  readonly journal: LiveJournal;
  readonly root: HINTERNET<'root'>;
}

/** Starts an engine with real drivers and a root handle; it is closed with the test, which must leave no handle behind. */
export async function startEngine(
  t: TestContext,
  drivers: Drivers = createDrivers(),
  dialogs: Dialogs | null = null,
): Promise<Engine> {
  let now = 0;
  const journal = new LiveJournal(() => ++now, 1_000_000);
  const wininet = createWinInet({ drivers, dialogs, recorder: journal });
  t.after(async () => {
    await wininet.dispose();
    const open = [...journal.tree.byValue.values()];
    assert.deepEqual(open, [], 'dispose leaves no handle');
    assert.deepEqual([...journal.tree.calls.values()], [], 'every call has ended');
  });
  return { wininet, journal, root: await wininet.InternetOpen('test/1.0') };
}

/** Checks after the tests of a file that no socket, server, timer or file is left. Call it after what starts servers. */
export function leavesNothingBehind(): void {
  let baseline: OpenResources;
  before(() => {
    baseline = openResources();
  });
  after(() => leftNothingSince(baseline));
}

/** Checks that nothing is open which was not then, once what has closed had a moment to be gone. */
export async function leftNothingSince(baseline: OpenResources): Promise<void> {
  for (let tries = 0; tries < 100 && openedSince(baseline).length > 0; tries += 1) await pause(tries < 20 ? 1 : 20);
  assert.deepEqual(openedSince(baseline), []);
}

/** A session with an HTTP server. */
export function connectHttp(
  { wininet, root }: Engine,
  server: URL,
  { user = null, password = null, flags = 0, context = 0 }: SessionOptions = {},
): Promise<HINTERNET<'http-connect'>> {
  const port = Number(server.port);
  return wininet.InternetConnect(root, server.hostname, port, user, password, INTERNET_SERVICE_HTTP, flags, context);
}

/** A session with an FTP server, anonymous unless told otherwise. */
export function connectFtp(
  { wininet, root }: Engine,
  server: URL,
  { user = null, password = null, flags = 0, context = 0 }: SessionOptions = {},
): Promise<HINTERNET<'ftp-connect'>> {
  const port = Number(server.port);
  return wininet.InternetConnect(root, server.hostname, port, user, password, INTERNET_SERVICE_FTP, flags, context);
}

/** A session with a Gopher server. */
export function connectGopher(
  { wininet, root }: Engine,
  server: URL,
  { flags = 0, context = 0 }: SessionOptions = {},
): Promise<HINTERNET<'gopher-connect'>> {
  const port = Number(server.port) || INTERNET_DEFAULT_GOPHER_PORT;
  return wininet.InternetConnect(root, server.hostname, port, null, null, INTERNET_SERVICE_GOPHER, flags, context);
}

/** How a session begins. */
export interface SessionOptions {
  readonly user?: string | null;
  readonly password?: string | null;
  readonly flags?: number;
  readonly context?: number;
}

/** A request that was not sent. */
export async function openRequest(
  engine: Engine,
  server: URL,
  path: string,
  options: SessionOptions & { readonly verb?: string; readonly requestFlags?: number } = {},
): Promise<HINTERNET<'http-request'>> {
  const session = await connectHttp(engine, server, options);
  const { verb = null, requestFlags = 0, context = 0 } = options;
  return engine.wininet.HttpOpenRequest(session, verb, path, null, null, null, requestFlags, context);
}

/** A request that was sent and answered. */
export async function sendRequest(
  engine: Engine,
  server: URL,
  path: string,
  options: Parameters<typeof openRequest>[3] = {},
): Promise<HINTERNET<'http-request'>> {
  const request = await openRequest(engine, server, path, options);
  await engine.wininet.HttpSendRequest(request);
  return request;
}

/** Reads to the end, in buffers of this many bytes. */
export async function readAll({ wininet }: Engine, handle: ReadableHandle, size = 65_536): Promise<Buffer> {
  const parts: Buffer[] = [];
  const buffer = new Uint8Array(size);
  for (let count = await wininet.InternetReadFile(handle, buffer); count > 0; ) {
    parts.push(Buffer.from(buffer.subarray(0, count)));
    count = await wininet.InternetReadFile(handle, buffer);
  }
  return Buffer.concat(parts);
}

/** Checks that a call fails with this error, which is one of its function's, and returns it. */
export async function failsWith(call: Promise<unknown>, symbol: string): Promise<WinInetError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof WinInetError, `not a WinInetError: ${String(error)}`);
    assert.equal(error.symbol, symbol, error.message);
    assert.ok(error.message.startsWith(`${error.functionName}: ${symbol} (${error.code}). `), error.message);
    const known: readonly string[] = errorsOf(error.functionName);
    assert.ok(known.includes(symbol), `${error.functionName} is not said to fail with ${symbol}`);
    return error;
  }
  assert.fail(`did not fail with ${symbol}`);
}

/** How long a call may outlast its time-out, in milliseconds, on a machine however busy. */
const MARGIN = 10_000;

/**
 * Checks that a call fails with this error, and that it is not left pending by its time-out: far longer than that, though far
 * shorter than the 30 seconds that count where no option was set. It says nothing on speed.
 */
export async function failsInTime(call: Promise<unknown>, symbol: string, timeout: number): Promise<WinInetError> {
  const limit = new AbortController();
  const late = wait(timeout + MARGIN, undefined, { signal: limit.signal }).then(() =>
    assert.fail(`still pending ${MARGIN} ms after a time-out of ${timeout} ms`),
  );
  late.catch(() => undefined);
  try {
    return await failsWith(Promise.race([call, late]), symbol);
  } finally {
    limit.abort();
  }
}

/** One status that a callback was told. */
export interface Told {
  readonly handle: HINTERNET;
  readonly context: number;
  readonly status: number;
  readonly information: StatusCallbackInformation;
}

/** A status callback that notes what it is told; `then` runs inside it. */
export function witness(then: (told: Told) => unknown = () => undefined): {
  readonly told: Told[];
  readonly callback: StatusCallback;
} {
  const told: Told[] = [];
  return {
    told,
    callback: (handle, context, status, information) => {
      const one = { handle, context, status, information };
      told.push(one);
      return then(one);
    },
  };
}

/** The entries of one type. */
export function entriesOf<T extends Entry['type']>(journal: LiveJournal, type: T): Extract<Entry, { type: T }>[] {
  return journal.entries.filter((entry): entry is Extract<Entry, { type: T }> => entry.type === type);
}

/** Waits until a condition holds; a test that hangs is ended by its runner. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(5);
}

/** Waits; only to give others a chance, never to measure. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
