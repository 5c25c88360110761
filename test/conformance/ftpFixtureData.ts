import { connect, createServer, type Server, type Socket } from 'node:net';

/** The data connections of one FTP fixture session: which side connects, and to where. */
export class FtpFixtureData {
  #passive: { readonly server: Server; readonly socket: Promise<Socket> } | undefined;
  #active: number | undefined;
  #socket: Socket | undefined;

  /** The client listens on this port of this machine. */
  connectTo(port: number): void {
    this.drop();
    this.#active = port;
  }

  /** Listens for the client on a port whose two octets have three digits. */
  async listen(): Promise<number> {
    this.drop();
    for (;;) {
      const port = (100 + Math.floor(Math.random() * 100)) * 256 + 100 + Math.floor(Math.random() * 156);
      const server = createServer();
      const socket = new Promise<Socket>((resolve) => {
        server.once('connection', (one) => {
          one.on('error', () => undefined);
          resolve(one);
        });
      });
      const listening = await new Promise<boolean>((resolve) => {
        server.once('error', () => resolve(false));
        server.listen(port, '127.0.0.1', () => resolve(true));
      });
      if (!listening) continue;
      this.#passive = { server, socket };
      return port;
    }
  }

  /** The connection; undefined where there is none. */
  async open(): Promise<Socket | undefined> {
    try {
      if (this.#passive !== undefined) this.#socket = await this.#passive.socket;
      else if (this.#active !== undefined) this.#socket = await toPort(this.#active);
    } catch {
      // The client has gone away from its port.
      this.#socket = undefined;
    }
    return this.#socket;
  }

  /** Sends bytes and ends the connection without cutting it off. */
  async send(socket: Socket, content: Buffer): Promise<void> {
    await new Promise<void>((resolve) => {
      socket.on('error', () => resolve());
      socket.end(content, () => resolve());
    });
    this.#socket = undefined;
    this.drop();
  }

  /** Ends what there is. */
  drop(): void {
    this.#passive?.server.close();
    this.#socket?.destroy();
    this.#passive = undefined;
    this.#active = undefined;
    this.#socket = undefined;
  }
}

function toPort(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });
}
