// Runs one program of a step with live output, and ends it with all of its children when the run is interrupted.
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const SILENCE_MS = 20_000;
const ENDING_LIMIT_MS = 5_000;

export const root = path.resolve(import.meta.dirname, '../..');

const running = new Set<ChildProcess>();
let ending = false;

/** The path of a program that a package brings along. */
export function packageProgram(name: string): string {
  return path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

/** Runs a program in the repository's root and resolves with its exit code; says so when it is quiet for twenty seconds. Rejects after an interruption. */
export async function runCommand(
  title: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  if (ending) throw new Error('the run was interrupted');
  const windows = process.platform === 'win32';
  // A shell takes a blank for the end of a word, also in a path that somebody else chose.
  const viaShell = windows && program.endsWith('.cmd');
  const quoted = (word: string) => (viaShell ? `"${word}"` : word);
  const child = spawn(quoted(program), args.map(quoted), {
    cwd: root,
    env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !windows, // a process group of its own, so that an interruption reaches the children too
    shell: viaShell,
  });
  running.add(child);
  const quiet = heartbeat(title);
  for (const [stream, target] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream.on('data', (chunk: Buffer) => {
      quiet.heard();
      target.write(chunk);
    });
  }
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    quiet.stop();
    running.delete(child);
  }
}

/** Ends every running program with its children: asks, then after five seconds insists. None can be started from now on. */
export async function endRunningCommands(): Promise<void> {
  ending = true;
  await Promise.all([...running].map(end));
}

/** Prints a line for every twenty seconds in which `heard` was not called. */
export function heartbeat(title: string): { heard(): void; stop(): void } {
  const started = Date.now();
  const timer = setInterval(() => {
    console.log(`  ... ${title} is still running, ${Math.round((Date.now() - started) / 1000)} s`);
  }, SILENCE_MS);
  return {
    heard: () => timer.refresh(),
    stop: () => clearInterval(timer),
  };
}

async function end(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  signalGroup(child, 'SIGTERM');
  const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), ENDING_LIMIT_MS);
  await closed;
  clearTimeout(insist);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended meanwhile.
  }
}
