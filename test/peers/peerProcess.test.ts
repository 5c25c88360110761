import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type AbsentPeer, type Peer, withPeer } from './peer.ts';
import { startPeerProcess } from './peerProcess.ts';
import { findFreePorts } from './ports.ts';
import { makeScratchFolder } from './scratch.ts';

// A server of two processes, the second of which would outlive the first if only that one were ended.
const twoProcesses = `
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
const [, port, role] = process.argv;
createServer((socket) => socket.end()).listen(Number(port) + (role === 'second' ? 1 : 0), '127.0.0.1');
if (role !== 'second') {
  spawn(process.execPath, [...process.execArgv, port, 'second'], { stdio: 'inherit' });
}
process.on('SIGTERM', () => role === 'second' || process.exit());
`;

function serverArguments(port: number): string[] {
  return ['--input-type=module', '--eval', twoProcesses, String(port)];
}

test('startPeerProcess ends every process of the server and removes its folder', async () => {
  const folder = makeScratchFolder('stopped');
  const port = await findFreePorts(2);
  const command = { name: 'two', executable: process.execPath, args: serverArguments(port), folder };
  const peer = await startPeerProcess({ ...command, ports: [port, port + 1] });
  await peer.stop();
  assert.deepEqual([await accepts(port), await accepts(port + 1), existsSync(folder)], [false, false, false]);
  await peer.stop();
});

test('startPeerProcess ends the server when the test process is killed', async () => {
  const folder = makeScratchFolder('orphaned');
  const port = await findFreePorts(2);
  const options = {
    name: 'two',
    executable: process.execPath,
    args: serverArguments(port),
    folder,
    ports: [port, port + 1],
  };
  const module = JSON.stringify(new URL('./peerProcess.ts', import.meta.url).href);
  const script = `
    const { startPeerProcess } = await import(${module});
    await startPeerProcess(${JSON.stringify(options)});
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
  const signal = await new Promise((resolve) => child.once('exit', (_, name) => resolve(name)));
  assert.equal(signal, 'SIGKILL');
  while ((await accepts(port)) || (await accepts(port + 1)) || existsSync(folder)) {
    await delay(20); // the runner's own limit ends a wait that never succeeds
  }
});

test('startPeerProcess fails with the log of a server that does not start', async () => {
  const folder = makeScratchFolder('broken');
  const args = ['-c', 'echo "no such directive: frobnicate" >&2; exit 3'];
  const port = await findFreePorts(1);
  await assert.rejects(
    startPeerProcess({ name: 'broken', executable: '/bin/sh', args, folder, ports: [port] }),
    /^Error: broken did not start: .*exit code 3\nno such directive: frobnicate/,
  );
  assert.equal(existsSync(folder), false);
});

test('withPeer skips with the reason, or fails where peers are required', async (t) => {
  const start = async (): Promise<Peer | AbsentPeer> => ({ absent: 'frobnicated is not installed' });
  const before = process.env.HINTERNET_PEERS;
  t.after(() => {
    process.env.HINTERNET_PEERS = before ?? '';
  });
  process.env.HINTERNET_PEERS = 'required';
  await assert.rejects(withPeer(t, start, unreachable), /frobnicated is not installed/);
  process.env.HINTERNET_PEERS = '';
  const skip = t.mock.method(t, 'skip', () => undefined);
  await withPeer(t, start, unreachable);
  assert.deepEqual(skip.mock.calls[0]?.arguments, ['frobnicated is not installed']);
});

async function unreachable(): Promise<void> {
  assert.fail('an absent peer was used');
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
