import { askVersion, findExecutable } from './findExecutable.ts';
import { writeGopherSite } from './gopherSite.ts';
import type { AbsentPeer, Peer } from './peer.ts';
import { startPeerProcess } from './peerProcess.ts';
import { findFreePorts } from './ports.ts';
import { giveToService, makeScratchFolder, startedByRoot, writeScratch } from './scratch.ts';

/** PyGopherd, with Gopher+, serving `writeGopherSite`'s tree. */
export interface PygopherdPeer extends Peer {
  readonly urls: { readonly gopher: string };
  readonly port: number;
}

/** Starts PyGopherd; fails with its output when it is installed and does not start. */
export async function startPygopherd(): Promise<PygopherdPeer | AbsentPeer> {
  const executable = findExecutable('pygopherd');
  if (executable === undefined) {
    return { absent: 'pygopherd is not installed' };
  }
  const version = await askVersion(
    '/usr/bin/python3',
    ['-c', 'import pygopherd; print(pygopherd.__version__)'],
    /(\S+)/,
  );
  const folder = makeScratchFolder('pygopherd');
  const site = writeGopherSite(folder);
  giveToService(site); // it keeps a cache file beside each menu
  const port = await findFreePorts(1);
  const configuration = writeScratch(folder, 'pygopherd.conf', configure(folder, site, port));
  const process = await startPeerProcess({
    name: 'pygopherd',
    executable,
    args: [configuration],
    folder,
    ports: [port],
    environment: { PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' },
  });
  return {
    name: 'pygopherd',
    version,
    urls: { gopher: `gopher://127.0.0.1:${port}/` },
    port,
    stop: process.stop,
  };
}

function configure(folder: string, site: string, port: number): string {
  return `
[pygopherd]
detach = no
pidfile = ${folder}/pygopherd.pid
servername = 127.0.0.1
interface = 127.0.0.1
port = ${port}
servertype = ThreadingTCPServer
timeout = 60
abstract_headers = off
abstract_entries = off
tracebacks = yes
usechroot = no
enable_tls = no
${startedByRoot ? 'setuid = nobody\nsetgid = nogroup' : ''}
root = ${site}
mimetypes = ${writeScratch(folder, 'mime.types', 'text/plain txt\ntext/html html\napplication/octet-stream bin dat\n')}
encoding = list(mimetypes.encodings_map.items())
[logger]
logmethod = file
[GopherEntry]
defaultmimetype = text/plain
mapping = [['text/html', 'h'],
        ['application/gopher-menu', '1'],
        ['application/gopher\\\\+-menu', '1'],
        ['text/.+', '0'],
        ['application/.+', '9'],
        ['.*', '0']]
eaexts = {'.abstract' : 'ABSTRACT'}
[handlers.HandlerMultiplexer]
handlers = [url.HTMLURLHandler, gophermap.BuckGophermapHandler, dir.DirHandler, file.FileHandler]
[handlers.dir.DirHandler]
ignorepatt = /\\.cache|/gophermap$
cachetime = 0
cachefile = .cache.pygopherd.dir
[handlers.ZIP.ZIPHandler]
enabled = false
pattern = \\.zip$
[protocols.ProtocolMultiplexer]
protocols = [gopherp.GopherPlusProtocol, rfc1436.GopherProtocol]
[protocols.gopherp.GopherPlusProtocol]
admin = The peer's keeper <keeper@127.0.0.1>
`;
}
