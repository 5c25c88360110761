import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect, Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How to run one server in the foreground. */
export interface PeerCommand {
  readonly name: string;
  readonly executable: string;
  readonly args: readonly string[];
  /** Where the server keeps all it writes; removed when it is stopped. */
  readonly folder: string;
  /** Where the server listens; 127.0.0.1 unless told otherwise. */
  readonly host?: Loopback;
  /** The ports that accept connections once the server is ready. */
  readonly ports: readonly number[];
  /** Log files inside `folder`, shown with what the server prints when it fails to start. */
  readonly logs?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** An address of this machine that nobody else reaches. */
export type Loopback = '127.0.0.1' | '::1';

/** A server that accepts connections. */
export interface PeerProcess {
  readonly stop: () => Promise<void>;
  /** What the server printed and logged so far. */
  readonly log: () => string;
}

const readyLimitMs = 15_000;
const outputLog = 'output.log';

// Runs the server and watches its own standard input, whose other end only the test process holds: when that process
// stops the peer, or ends in any way (SIGKILL included), the input ends, and the server is asked to end, then its whole
// process group is killed and the folder removed. No exit or signal handler could promise as much. The one thing it
// prints is the exit code of a server that ends by itself.
const guard = `
folder=$1; shift
exec 3<&0 </dev/null
"$@" 3<&- >>"$folder/${outputLog}" 2>&1 &
server=$!
(
  cat <&3 >/dev/null
  kill -TERM "$server" 2>/dev/null
  rest=40
  while [ "$rest" -gt 0 ] && kill -0 "$server" 2>/dev/null; do sleep 0.05; rest=$((rest - 1)); done
  trap '' TERM
  kill -TERM 0
  chmod -R u+w "$folder"
  rm -rf "$folder"
  kill -KILL 0
) &
exec 3<&-
wait "$server"
echo "$?"
wait
`;

/**
 * Starts a server and waits until all its ports accept connections. Fails with the server's own log when it ends
 * before that or takes longer than 15 s.
 */
export async function startPeerProcess(command: PeerCommand): Promise<PeerProcess> {
  const child = spawn('/bin/sh', ['-c', guard, 'peer-guard', command.folder, command.executable, ...command.args], {
    cwd: command.folder,
    detached: true, // a process group of its own, so that the guard can kill all of it
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', ...command.environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const peer: PeerProcess = { stop: () => stopGuard(command, child), log: () => readLogs(command) };
  try {
    await waitUntilReady(command, child);
  } catch (cause) {
    const log = peer.log();
    await peer.stop();
    throw new Error(`${command.name} did not start: ${String(cause)}\n${log}`, { cause });
  }
  hold(child, false);
  return peer;
}

async function waitUntilReady(command: PeerCommand, child: ChildProcess): Promise<void> {
  let failure: string | undefined;
  child.once('error', (error) => {
    failure = error.message;
  });
  child.stdout?.once('data', (status: Buffer) => {
    failure = `it ended with exit code ${status.toString().trim()}`;
  });
  const deadline = performance.now() + readyLimitMs;
  for (const port of command.ports) {
    while (!(await accepts(port, command.host))) {
      if (failure !== undefined) {
        throw new Error(failure);
      }
      if (performance.now() > deadline) {
        throw new Error(`port ${port} accepted nothing for ${readyLimitMs} ms`);
      }
      await delay(15);
    }
  }
}

function accepts(port: number, host: Loopback = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** Ends the guard's input and waits until the guard has closed its output and no killed process holds a port. */
async function stopGuard(command: PeerCommand, child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.stdout?.closed === true) {
    return;
  }
  hold(child, true);
  const closed = new Promise<void>((resolve) => {
    child.stdout?.once('close', resolve);
  });
  child.stdout?.resume();
  child.stdin?.end();
  await closed;
  const deadline = performance.now() + 2_000;
  for (const port of command.ports) {
    while ((await accepts(port, command.host)) && performance.now() < deadline) {
      await delay(5);
    }
  }
}

/** Whether the running peer keeps the test process alive: only while it is being started or stopped. */
function hold(child: ChildProcess, held: boolean): void {
  for (const handle of [child, child.stdin, child.stdout]) {
    if (handle === child || handle instanceof Socket) {
      handle[held ? 'ref' : 'unref']();
    }
  }
}

function readLogs(command: PeerCommand): string {
  return [outputLog, ...(command.logs ?? [])]
    .map((name) => join(command.folder, name))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8').slice(-8_192))
    .join('');
}
