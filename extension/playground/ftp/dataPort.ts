import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { SocketSet } from '../socketSet.ts';
import { Refusal } from './reply.ts';

/** Where the next transfer gets its data connection from. */
export interface DataPort {
  /** The connection; a Refusal with 425 when none comes about in time. */
  open(signal: AbortSignal): Promise<Socket>;
  /** Stops waiting. Resolves when nothing listens any more. */
  close(): Promise<void>;
}

/** A data port that the server listens on. */
export interface PassivePort extends DataPort {
  readonly port: number;
}

/** The two ends between which data may flow, and the keeper of its sockets. */
export interface DataPeers {
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly sockets: SocketSet;
}

const CONNECT_LIMIT = 30_000;

/** An address without the prefix that IPv4 gets inside IPv6. */
export function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:/i, '');
}

/** Listens on a free port for one connection from the client's own address (RFC 2577, 4 warns of others). */
export async function listenForData(peers: DataPeers): Promise<PassivePort> {
  const server = createServer();
  const arrival = new Promise<Socket>((resolve) => {
    server.on('connection', (socket) => {
      peers.sockets.add(socket);
      if (plainAddress(socket.remoteAddress) !== peers.remoteAddress) {
        socket.destroy();
        return;
      }
      server.close();
      resolve(socket);
    });
  });
  server.on('error', () => server.close());
  server.listen(0, peers.localAddress);
  await once(server, 'listening');
  const address = server.address();
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()));
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    open: (signal) => withinLimit(arrival, signal, 'No connection came to the passive port'),
    close: async () => {
      server.close();
      // A connection that came and was never used would otherwise stay behind.
      void arrival.then((socket) => socket.destroy());
      await closed;
    },
  };
}

/** Calls the client at the address and port that PORT or EPRT named. */
export function dialForData(port: number, peers: DataPeers): DataPort {
  let dialled: Socket | undefined;
  return {
    open: async (signal) => {
      const socket = connect({ host: peers.remoteAddress, port, localAddress: peers.localAddress });
      dialled = socket;
      peers.sockets.add(socket);
      const opened = new Promise<Socket>((resolve, reject) => {
        socket.once('connect', () => resolve(socket));
        socket.once('close', () => reject(new Refusal(425, `Cannot connect to port ${port}`)));
      });
      return withinLimit(opened, signal, `No answer from port ${port}`);
    },
    close: async () => {
      dialled?.destroy();
    },
  };
}

function withinLimit(socket: Promise<Socket>, signal: AbortSignal, complaint: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Refusal(425, complaint)), CONNECT_LIMIT);
    const abort = (): void => reject(new Refusal(426, 'Transfer aborted'));
    signal.addEventListener('abort', abort);
    void socket.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    });
    if (signal.aborted) {
      clearTimeout(timer);
      abort();
    }
  });
}
