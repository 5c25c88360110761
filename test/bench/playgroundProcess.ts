import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startPlayground } from '../../extension/playground/playground.ts';

/** The playground in a process of its own, so that what is measured is the client. */
export interface PlaygroundProcess {
  readonly http: URL;
  readonly ftp: URL;
  close(): Promise<void>;
}

/** Starts it and waits until its servers listen. */
export async function startPlaygroundProcess(): Promise<PlaygroundProcess> {
  const child = fork(fileURLToPath(import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [message]: unknown[] = await once(child, 'message');
  if (typeof message !== 'object' || message === null || !('http' in message) || !('ftp' in message)) {
    throw new Error('The playground process did not say where it listens.');
  }
  return {
    http: new URL(String(message.http)),
    ftp: new URL(String(message.ftp)),
    async close() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.send !== undefined) {
  const playground = await startPlayground();
  process.on('disconnect', () => void playground.close().then(() => process.exit(0)));
  process.send({ http: playground.http.href, ftp: playground.ftp.href });
}
