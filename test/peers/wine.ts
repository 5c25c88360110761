import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findExecutable } from './findExecutable.ts';

/** How a native program ended, and what it and Wine said. */
export interface WineRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
  /** What Wine logged of its WinINet, without what the program printed itself. */
  readonly log: string;
}

/** An installation of Wine's own: a drive, a registry, a server, all of it in a temporary folder. */
export interface Wine {
  /** Where the caller may put files; programs run there. */
  readonly folder: string;
  /** Runs a program for Windows. One that does not end within a minute is ended. */
  run(program: string, environment?: Readonly<Record<string, string>>): Promise<WineRun>;
  /** Ends every process of it and removes it. */
  stop(): Promise<void>;
}

/** Makes an installation, which takes seconds. `wine64` and `wineserver` stand where Debian puts them. */
export async function startWine(wine64: string): Promise<Wine> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hinternet-wine-'));
  const own = {
    ...process.env,
    WINEPREFIX: path.join(folder, 'prefix'),
    // Neither menus nor what Wine would ask about: Mono and Gecko.
    WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d',
    DISPLAY: '',
  };
  const run = async (program: string, channels: string, environment: Readonly<Record<string, string>>) => {
    const options = {
      cwd: folder,
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...own, WINEDEBUG: channels, ...environment },
    };
    return await promisify(execFile)(wine64, [program], options).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { readonly code?: unknown; readonly stdout: string; readonly stderr: string }) => ({
        code: typeof error.code === 'number' ? error.code : -1,
        stdout: error.stdout,
        stderr: error.stderr,
      }),
    );
  };
  await run('wineboot', '-all', {});
  return {
    folder,
    async run(program, environment = {}) {
      const { code, stdout, stderr } = await run(program, '+wininet,+timestamp,+pid', environment);
      const lines = stderr.split(/\r?\n/);
      const isLog = (line: string): boolean => /^[\d.]+:[0-9a-f]+:[0-9a-f]+:/.test(line);
      return {
        code,
        output: stdout.replaceAll('\r\n', '\n'),
        errors: lines.filter((line) => !isLog(line)).join('\n'),
        log: lines.filter(isLog).join('\n'),
      };
    },
    async stop() {
      const server = findExecutable('wineserver') ?? findExecutable('wineserver64');
      if (server !== undefined) {
        const ask = (what: string): Promise<unknown> =>
          promisify(execFile)(server, [what], { env: own, timeout: 20_000 }).catch(() => undefined); // none runs any more
        await ask('-k');
        await ask('-w');
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
