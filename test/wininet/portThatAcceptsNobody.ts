import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** A port whose queue is full: its process sleeps and takes nobody, so that the system answers nothing. */
export async function portThatAcceptsNobody(t: TestContext): Promise<number> {
  const script = `const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const queue: Socket[] = [];
  t.after(async () => {
    for (const socket of queue) socket.destroy();
    child.kill('SIGKILL');
    await once(child, 'close');
  });
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(text.toString());
  const attempts = Array.from({ length: 8 }, () => {
    const socket = connect({ host: '127.0.0.1', port }).on('error', () => undefined);
    queue.push(socket);
    return once(socket, 'connect');
  });
  // The first ones fill the queue.
  await Promise.race(attempts);
  return port;
}
