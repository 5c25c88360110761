import type { TestContext } from 'node:test';
import { createFtpDriver } from '../../extension/drivers/ftpDriver.ts';
import type { RaisedSymbol } from '../../extension/shared/errorCodes.ts';
import {
  type ByteSource,
  type DriverContext,
  type DriverEvent,
  DriverFailure,
} from '../../extension/wininet/ports/driver.ts';
import type { FtpSession, FtpTarget } from '../../extension/wininet/ports/ftp.ts';

/** A caller of the driver: what it hears, and how it closes its handle. */
export interface FtpCaller {
  readonly context: DriverContext;
  readonly events: DriverEvent[];
  readonly abort: AbortController;
}

/** Makes a caller that notes every event. */
export function makeCaller(): FtpCaller {
  const events: DriverEvent[] = [];
  const abort = new AbortController();
  return { events, abort, context: { observer: (event) => events.push(event), signal: abort.signal } };
}

/** Where to log on; time-outs are generous, so that only a hang meets them. */
export function targetOf(server: { host?: string; port: number }, overrides: Partial<FtpTarget> = {}): FtpTarget {
  const timeouts = { connect: 20_000, send: 20_000, receive: 20_000 };
  const { host = '127.0.0.1', port } = server;
  return { host, port, user: 'user', password: 'secret', passive: true, timeouts, ...overrides };
}

/** Logs on; the session is closed with the test. */
export async function logOn(
  t: TestContext,
  server: { host?: string; port: number },
  overrides: Partial<FtpTarget> = {},
  caller: FtpCaller = makeCaller(),
  now = new Date('2026-11-22T12:00:00Z'),
): Promise<{ readonly session: FtpSession } & FtpCaller> {
  const driver = createFtpDriver({ now: () => now });
  const session = await driver.connect(targetOf(server, overrides), caller.context);
  t.after(() => session.close());
  return { session, ...caller };
}

/** Reads to the end. */
export async function readAll(source: ByteSource, size = 64 * 1024): Promise<Buffer> {
  const buffer = Buffer.alloc(size);
  const parts: Buffer[] = [];
  for (let count = await source.read(buffer); count > 0; count = await source.read(buffer)) {
    parts.push(Buffer.from(buffer.subarray(0, count)));
  }
  return Buffer.concat(parts);
}

/** A check for assert.rejects: a failure with that symbol that names the server, and matches the text if one is given. */
export function failsWith(
  symbol: RaisedSymbol,
  text: RegExp = /FTP server \S+:\d+ .+; .+\.$/s,
): (error: unknown) => boolean {
  return (error) => {
    if (!(error instanceof DriverFailure)) throw error;
    if (error.symbol !== symbol || !text.test(error.message)) {
      throw new Error(`expected ${symbol} ${text}, got ${error.symbol}: ${error.message}`);
    }
    return true;
  };
}

/** The events in short: types, with the text of lines and replies. */
export function summarize(events: readonly DriverEvent[]): string[] {
  const steps = events.filter(({ type }) => type !== 'connection');
  return steps.map((event) => {
    if (event.type === 'wire') return `${event.direction === 'in' ? '<' : '>'} ${event.text}`;
    if (event.type === 'reply') return `reply ${event.text}`;
    return event.type;
  });
}
