import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WatchAddress } from '../shared/watchProtocol.ts';

const PIPES = String.raw`\\.\pipe\hinternet-`;
const SOCKET = 'watch.sock';
/** How many bytes the path of a socket may have: sun_path has 104 on macOS, 108 on Linux, and ends with a zero. */
const PATH_LIMIT = 103;

/**
 * Makes an address of which only this user can make use: a socket in a folder that nobody else may enter, or a named pipe whose
 * name cannot be guessed; and a random secret. `leaveAddress` takes it away again.
 *
 * Terminals outlive a reload of their window, and an address that changed with every reload would be lost on them: so the one
 * from before is taken again, unless somebody listens there.
 * Throws what node:fs throws, where no private folder can be made.
 * @param environment says where there may be one
 */
export async function ownAddress(
  before: WatchAddress | null,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<WatchAddress> {
  const places = placesOf(environment);
  if (before !== null && !(await answers(before.path)) && isPrepared(before.path, places)) return before;
  const name = randomBytes(8).toString('hex');
  const secret = randomBytes(16).toString('hex');
  if (process.platform === 'win32') return { path: `${PIPES}${name}`, secret };
  let failure: unknown = new Error(`Paths of sockets in ${places.join(', ')} are too long.`);
  for (const place of places) {
    const socket = path.join(place, `hinternet-${name}`, SOCKET);
    if (Buffer.byteLength(socket) > PATH_LIMIT) continue;
    try {
      if (prepare(socket)) return { path: socket, secret };
    } catch (error) {
      failure = error; // as where the folder is missing or read-only: the next may be better
    }
  }
  throw failure;
}

/** Folders in which a private one may be made, the best first. */
function placesOf({ XDG_RUNTIME_DIR: runtime }: NodeJS.ProcessEnv): readonly string[] {
  return [tmpdir(), ...(runtime !== undefined && path.isAbsolute(runtime) ? [path.normalize(runtime)] : []), '/tmp'];
}

/** Removes the private folder of an address. */
export function leaveAddress({ path: name }: WatchAddress): void {
  if (process.platform !== 'win32') rmSync(path.dirname(name), { recursive: true, force: true });
}

/** Can the address from before be used again? */
function isPrepared(name: string, places: readonly string[]): boolean {
  if (process.platform === 'win32') return name.startsWith(PIPES);
  const folder = path.dirname(name);
  // Only folders of this form are made, and later removed.
  if (!places.includes(path.dirname(folder)) || !path.basename(folder).startsWith('hinternet-')) return false;
  try {
    return prepare(name);
  } catch {
    return false; // another one will do
  }
}

/** Makes the private folder, and says whether it is one: somebody else may have made it before. */
function prepare(name: string): boolean {
  const folder = path.dirname(name);
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
