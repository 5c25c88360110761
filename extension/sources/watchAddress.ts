import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WatchAddress } from '../shared/watchProtocol.ts';

const PIPES = String.raw`\\.\pipe\hinternet-`;
const SOCKET = 'watch.sock';

/**
 * Makes an address of which only this user can make use: a socket in a folder that nobody else may enter, or a named pipe whose
 * name cannot be guessed; and a random secret. `leaveAddress` takes it away again.
 *
 * Terminals outlive a reload of their window, and an address that changed with every reload would be lost on them: so the one
 * from before is taken again, unless somebody listens there.
 * Throws what node:fs throws, where no private folder can be made.
 */
export async function ownAddress(before: WatchAddress | null): Promise<WatchAddress> {
  if (before !== null && !(await answers(before.path)) && prepare(before.path)) return before;
  const name = randomBytes(8).toString('hex');
  const socket = path.join(tmpdir(), `hinternet-${name}`, SOCKET);
  const address = {
    path: process.platform === 'win32' ? `${PIPES}${name}` : socket,
    secret: randomBytes(16).toString('hex'),
  };
  if (!prepare(address.path)) throw new Error(`${path.dirname(socket)} is not private.`);
  return address;
}

/** Removes the private folder of an address. */
export function leaveAddress({ path: name }: WatchAddress): void {
  if (process.platform !== 'win32') rmSync(path.dirname(name), { recursive: true, force: true });
}

/** Makes the private folder, and says whether it is one: somebody else may have made it before. */
function prepare(name: string): boolean {
  if (process.platform === 'win32') return name.startsWith(PIPES);
  const folder = path.dirname(name);
  // Only folders of this form are made, and later removed.
  if (path.dirname(folder) !== tmpdir() || !path.basename(folder).startsWith('hinternet-')) return false;
  mkdirSync(folder, { mode: 0o700, recursive: true });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0) return false;
  // A window that was killed leaves its socket, and nobody can listen there until it is gone.
  rmSync(name, { force: true });
  return true;
}

/** Does somebody listen there? */
async function answers(name: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(name)
    .once('connect', () => resolve(true))
    .once('error', () => resolve(false));
  const answer = await promise;
  socket.destroy();
  return answer;
}
