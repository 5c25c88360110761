import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { answerRequest, type GopherSite } from './gopher/gopherAnswer.ts';
import { gopherRows } from './gopher/gopherRows.ts';
import { SocketSet } from './socketSet.ts';

/** What may be set for a Gopher server; everything has a default. */
export interface GopherServerOptions {
  readonly now?: () => Date;
  /** Milliseconds of silence after which a connection is closed; 15 minutes, so that nobody is thrown out of a debugger. */
  readonly idleLimit?: number;
}

/** A listening Gopher server of the playground. */
export interface GopherServer {
  readonly url: URL;
  /** How many connections are open. */
  connections(): number;
  /** Ends every connection and resolves when none is left. */
  close(): Promise<void>;
}

const IDLE_LIMIT = 15 * 60 * 1000;
const CONNECTION_LIMIT = 200;
/** A selector, words and what Gopher+ adds. In bytes. */
const REQUEST_LIMIT = 2048;

/** Listens on a free port of `host`. Rejects with the system's error when it cannot. */
export async function startGopherServer(host: string, options: GopherServerOptions = {}): Promise<GopherServer> {
  const { now = () => new Date(), idleLimit = IDLE_LIMIT } = options;
  const sockets = new SocketSet();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setTimeout(idleLimit, () => socket.destroy());
    if (sockets.size > CONNECTION_LIMIT) socket.end('3Too many connections\t\terror.host\t1\r\n.\r\n');
    else takeRequest(socket, (line) => answerRequest(socket, line, site));
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const site: GopherSite = { host, port, rows: gopherRows, started: now() };
  return {
    url: new URL(`gopher://${host.includes(':') ? `[${host}]` : host}:${port}/`),
    connections: () => sockets.size,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      await Promise.all([closed, sockets.destroyAll()]);
    },
  };
}

/** Waits for the one line that a client sends; what comes behind it is not looked at. */
function takeRequest(socket: Socket, answer: (line: string) => void): void {
  let received = Buffer.alloc(0);
  const take = (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    const end = received.indexOf('\n');
    if (end === -1 && received.length <= REQUEST_LIMIT) return;
    socket.off('data', take).resume();
    if (end === -1) socket.end('3The request is too long\t\terror.host\t1\r\n.\r\n');
    else answer(received.toString('utf8', 0, end).replace(/\r$/, ''));
  };
  socket.on('data', take);
}
