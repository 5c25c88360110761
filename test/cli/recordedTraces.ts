import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { createDrivers } from '../../extension/drivers/index.ts';
import type { EntryBody } from '../../extension/shared/journal.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { writeTrace } from '../../extension/sources/traceFile.ts';
import { createWinInet, type WinInet } from '../../extension/wininet/index.ts';

const MAIN = path.resolve(import.meta.dirname, '../../extension/cli/main.ts');

/** A folder that a test may use as the working directory of a program. */
export function scratch(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'hinternet-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Runs calls on an engine, with real sockets, and writes a trace of them into a file.
 * @param site where the calls stand: all on one line, or each where the function says
 */
export async function record(
  file: string,
  site: string | null | (() => string),
  run: (wininet: WinInet) => Promise<void>,
  limit = 10_000,
): Promise<void> {
  const start = process.hrtime.bigint();
  const journal = new LiveJournal(() => Number((process.hrtime.bigint() - start) / 1000n), limit);
  const placed = (body: EntryBody) =>
    site !== null && body.type === 'call-begin' ? { ...body, site: typeof site === 'string' ? site : site() } : body;
  const wininet = createWinInet({
    drivers: createDrivers(),
    recorder: { record: (body) => void journal.record(placed(body)) },
  });
  try {
    await run(wininet);
    const about = { title: path.basename(file, '.hintrace'), startedAt: new Date() };
    writeFileSync(file, [...writeTrace(about, journal.base, journal.entries)].join(''));
  } finally {
    await wininet.dispose();
  }
}

/** How the program ended, and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs `hinternet-explorer` from its source; `input` is what comes through its standard input. */
export async function cli(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input: Buffer | string | null = null,
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...process.env, FORCE_COLOR: undefined, ...environment },
  });
  child.stdin.end(input ?? '');
  const printed = { output: '', errors: '' };
  child.stdout.on('data', (piece) => {
    printed.output += String(piece);
  });
  child.stderr.on('data', (piece) => {
    printed.errors += String(piece);
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject).once('close', resolve);
  return { code: await promise, ...printed };
}
