import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** The system account that a peer works as: the caller's own, or `nobody` when root starts it. */
export interface ServiceAccount {
  readonly user: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
}

const isRoot = process.getuid?.() === 0;

/** Root may not serve files with Apache, vsftpd or ProFTPD: they give up root for this account. */
export const serviceAccount: ServiceAccount = isRoot
  ? { user: 'nobody', group: 'nogroup', uid: 65_534, gid: 65_534 }
  : { user: userInfo().username, group: ownGroup(), uid: userInfo().uid, gid: userInfo().gid };

function ownGroup(): string {
  return execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
}

/** Whether peers are started by root, and so have an account to give up root for. */
export const startedByRoot = isRoot;

/** Makes an empty folder that the service account can enter. `PeerProcess.stop` removes it. */
export function makeScratchFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `hinternet-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}

/** Writes `text` to `folder/name`, making folders on the way, and returns the path. */
export function writeScratch(folder: string, name: string, text: string | Uint8Array, mode = 0o644): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
  return path;
}

/** Makes `folder/name` and returns its path. */
export function makeFolder(folder: string, name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Hands a folder and all below it to the service account. */
export function giveToService(path: string): void {
  if (!isRoot) {
    return;
  }
  chownSync(path, serviceAccount.uid, serviceAccount.gid);
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
    chownSync(join(entry.parentPath, entry.name), serviceAccount.uid, serviceAccount.gid);
  }
}
