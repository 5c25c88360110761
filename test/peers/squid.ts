import { askVersion, findExecutable } from './findExecutable.ts';
import type { AbsentPeer, Account, Peer } from './peer.ts';
import { startPeerProcess } from './peerProcess.ts';
import { findFreePorts } from './ports.ts';
import { makeScratchFolder, startedByRoot, writeScratch } from './scratch.ts';

/** Squid: a proxy that serves FTP addresses too, and asks for passwords by Digest. */
export interface SquidPeer extends Peer {
  readonly urls: { readonly proxy: string };
}

/** Debian keeps the program here that checks passwords. */
const DIGEST_PROGRAM = '/usr/lib/squid/digest_file_auth';

/** Starts Squid, open or asking for `account`; fails with its log when it is installed and does not start. */
export async function startSquid(account?: Account): Promise<SquidPeer | AbsentPeer> {
  const executable = findExecutable('squid');
  if (executable === undefined) return { absent: 'squid is not installed' };
  const version = await askVersion(executable, ['-v'], /Version (\S+)/);
  const folder = makeScratchFolder('squid');
  const port = await findFreePorts(1);
  const configuration = writeScratch(folder, 'squid.conf', configure(folder, port, account));
  const process = await startPeerProcess({
    name: 'squid',
    executable,
    args: ['-N', '-f', configuration],
    folder,
    ports: [port],
    logs: ['cache.log'],
  });
  return { name: 'squid', version, urls: { proxy: `http://127.0.0.1:${port}/` }, stop: process.stop };
}

function configure(folder: string, port: number, account: Account | undefined): string {
  return `
${startedByRoot ? 'cache_effective_user proxy' : ''}
http_port 127.0.0.1:${port}
visible_hostname squid.test
cache deny all
cache_log ${folder}/cache.log
access_log none
pid_filename none
coredump_dir ${folder}
shutdown_lifetime 0 seconds
${access(folder, account)}
`;
}

function access(folder: string, account: Account | undefined): string {
  if (account === undefined) return 'http_access allow all';
  const passwords = writeScratch(folder, 'passwords', `${account.user}:${account.password}\n`);
  return `
auth_param digest program ${DIGEST_PROGRAM} ${passwords}
auth_param digest realm squid
acl known proxy_auth REQUIRED
http_access allow known
http_access deny all`;
}
