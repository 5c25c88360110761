import { askVersion, findExecutable } from './findExecutable.ts';
import type { AbsentPeer, Account, Peer } from './peer.ts';
import { startPeerProcess } from './peerProcess.ts';
import { findFreePorts } from './ports.ts';
import { makeScratchFolder, startedByRoot, writeScratch } from './scratch.ts';

/** Tinyproxy: forwards absolute http addresses and opens CONNECT tunnels to any port. */
export interface TinyproxyPeer extends Peer {
  readonly urls: { readonly proxy: string };
  /** What it asks for with 407, when it was started with a password. */
  readonly account: Account | undefined;
}

/** Starts Tinyproxy, open or asking for `account`; fails with its log when it is installed and does not start. */
export async function startTinyproxy(account?: Account): Promise<TinyproxyPeer | AbsentPeer> {
  const executable = findExecutable('tinyproxy');
  if (executable === undefined) {
    return { absent: 'tinyproxy is not installed' };
  }
  const version = await askVersion(executable, ['-v'], /tinyproxy (\S+)/);
  const folder = makeScratchFolder('tinyproxy');
  const port = await findFreePorts(1);
  const configuration = writeScratch(folder, 'tinyproxy.conf', configure(folder, port, account));
  const process = await startPeerProcess({
    name: 'tinyproxy',
    executable,
    args: ['-d', '-c', configuration],
    folder,
    ports: [port],
    logs: ['tinyproxy.log'],
  });
  return {
    name: 'tinyproxy',
    version,
    urls: { proxy: `http://127.0.0.1:${port}/` },
    account,
    stop: process.stop,
  };
}

function configure(folder: string, port: number, account: Account | undefined): string {
  return `
${startedByRoot ? 'User nobody\nGroup nogroup' : ''}
Listen 127.0.0.1
Port ${port}
Timeout 60
Allow 127.0.0.1
MaxClients 50
LogFile "${folder}/tinyproxy.log"
LogLevel Connect
PidFile "${folder}/tinyproxy.pid"
ViaProxyName "tinyproxy"
${account === undefined ? '' : `BasicAuth ${account.user} ${account.password}`}
`;
}
