import { askVersion, findExecutable } from './findExecutable.ts';
import { writeGopherSite } from './gopherSite.ts';
import type { AbsentPeer, Peer } from './peer.ts';
import { startPeerProcess } from './peerProcess.ts';
import { findFreePorts } from './ports.ts';
import { makeScratchFolder, serviceAccount, startedByRoot } from './scratch.ts';

/** Gophernicus, started by tcpsvd for each connection, serving `writeGopherSite`'s tree. */
export interface GophernicusPeer extends Peer {
  readonly urls: { readonly gopher: string };
  readonly port: number;
}

/** Starts tcpsvd with Gophernicus; fails with their output when they are installed and do not start. */
export async function startGophernicus(): Promise<GophernicusPeer | AbsentPeer> {
  const executable = findExecutable('gophernicus');
  const spawner = findExecutable('tcpsvd');
  if (executable === undefined || spawner === undefined) {
    return { absent: `${executable === undefined ? 'gophernicus' : 'tcpsvd'} is not installed` };
  }
  const version = await askVersion(executable, ['-v'], /Gophernicus\/(\S+)/);
  const folder = makeScratchFolder('gophernicus');
  const site = writeGopherSite(folder);
  const port = await findFreePorts(1);
  const account = startedByRoot ? ['-u', `${serviceAccount.user}:${serviceAccount.group}`] : [];
  // -nm: no shared memory, which would outlive the server; -nu, -nx, -ns: nothing of this machine but the tree.
  const options = ['-h', '127.0.0.1', '-p', String(port), '-r', site, '-nm', '-nu', '-nx', '-ns', '-np'];
  const process = await startPeerProcess({
    name: 'gophernicus',
    executable: spawner,
    args: ['-h', '-l', '127.0.0.1', ...account, '127.0.0.1', String(port), executable, ...options],
    folder,
    ports: [port],
  });
  return {
    name: 'gophernicus',
    version,
    urls: { gopher: `gopher://127.0.0.1:${port}/` },
    port,
    stop: process.stop,
  };
}
