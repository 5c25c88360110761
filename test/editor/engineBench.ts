import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createDrivers } from '../../extension/drivers/index.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import {
  createWinInet,
  INTERNET_FLAG_PASSIVE,
  INTERNET_SERVICE_FTP,
  type UncheckedHandle,
  type WinInet,
} from '../../extension/wininet/index.ts';

/** An engine with its journal, closed when the test ends. */
export interface EngineBench {
  readonly wininet: WinInet;
  readonly journal: LiveJournal;
}

/** Makes an engine for one test. */
export function engineBench(t: TestContext): EngineBench {
  const journal = new LiveJournal(() => 0, 10_000);
  const wininet = createWinInet({ drivers: createDrivers(), recorder: journal });
  t.after(() => wininet.dispose());
  return { wininet, journal };
}

/** Logs on to an FTP server as a guest. */
export async function guestSession(wininet: WinInet, { hostname, port }: URL): Promise<UncheckedHandle> {
  const root = await wininet.InternetOpen('test');
  const [service, flags] = [INTERNET_SERVICE_FTP, INTERNET_FLAG_PASSIVE];
  return unchecked(wininet, await wininet.InternetConnect(root, hostname, Number(port), null, null, service, flags));
}

/** The handle as tools hold it. */
export function unchecked(wininet: WinInet, { serial }: { readonly serial: number }): UncheckedHandle {
  const handle = wininet.handleWithSerial(serial);
  assert.ok(handle !== null);
  return handle;
}
