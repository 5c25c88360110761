import type { Socket } from 'node:net';

/** Every open socket of one server, so that closing the server ends all conversations at once instead of waiting for the peers. */
export class SocketSet {
  readonly #sockets = new Set<Socket>();

  /** How many sockets are open. */
  get size(): number {
    return this.#sockets.size;
  }

  /** Follows a socket until it closes. Its errors end there: a broken connection is an everyday event for a server. */
  add(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }

  /** Ends every socket now, without flushing, and resolves when all have closed. */
  async destroyAll(): Promise<void> {
    const closings = [...this.#sockets].map(
      (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()).destroy()),
    );
    await Promise.all(closings);
  }

  /**
   * The plain TCP socket that carries a connection: for TLS the one beneath it, because only a TCP socket can be reset.
   * Without a match the socket itself.
   */
  carrierOf(socket: Socket): Socket {
    for (const candidate of this.#sockets) {
      const same = candidate.remotePort === socket.remotePort && candidate.remoteAddress === socket.remoteAddress;
      if (same && !('encrypted' in candidate)) {
        return candidate;
      }
    }
    return socket;
  }
}
