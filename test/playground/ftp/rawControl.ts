import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A control connection that sends exactly what it is told and hands out complete replies, to see a server without any client's opinion. */
export class RawControl {
  readonly socket: Socket;
  #text = '';
  readonly #readers: (() => void)[] = [];

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('utf8');
    const wake = (): void => {
      for (const reader of this.#readers.splice(0)) {
        reader();
      }
    };
    socket.on('data', (part: string) => {
      this.#text += part;
      wake();
    });
    socket.on('close', wake);
    socket.on('error', () => undefined);
  }

  /** Connects and reads the greeting. */
  static async open(url: URL): Promise<RawControl> {
    const socket = connect({ host: url.hostname, port: Number(url.port) });
    const control = new RawControl(socket);
    await once(socket, 'connect');
    await control.reply();
    return control;
  }

  /** Connects and logs in as anonymous. */
  static async login(url: URL): Promise<RawControl> {
    const control = await RawControl.open(url);
    await control.ask('USER anonymous');
    await control.ask('PASS me@example.com');
    await control.ask('TYPE I');
    return control;
  }

  /** Sends one line and returns the reply to it. */
  ask(line: string): Promise<string> {
    this.socket.write(`${line}\r\n`);
    return this.reply();
  }

  /** The next complete reply without its last line end; what is left when the connection closes. */
  async reply(): Promise<string> {
    for (;;) {
      const complete = /^(\d{3})(?: .*|-[\s\S]*?\r\n\1 .*)\r\n/.exec(this.#text)?.[0];
      if (complete !== undefined) {
        this.#text = this.#text.slice(complete.length);
        return complete.slice(0, -2);
      }
      if (this.socket.destroyed || this.socket.readableEnded) {
        return this.#text;
      }
      await new Promise<void>((resolve) => this.#readers.push(resolve));
    }
  }

  /** Opens a data connection to the port that EPSV names. */
  async passive(): Promise<Socket> {
    const port = /\|\|\|(\d+)\|/.exec(await this.ask('EPSV'))?.[1];
    const data = connect({ host: '127.0.0.1', port: Number(port) });
    data.on('error', () => undefined);
    await once(data, 'connect');
    return data;
  }

  /** Listens, tells the server the port with `verb`, and returns the promise of the connection that it makes. */
  async active(verb: 'PORT' | 'EPRT'): Promise<{ readonly answer: string; readonly data: Promise<Socket> }> {
    const server = createServer();
    // If the server never calls, the listener must not keep the tests alive.
    server.unref();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const data = new Promise<Socket>((resolve) =>
      server.once('connection', (socket) => {
        server.close();
        resolve(socket);
      }),
    );
    const target = verb === 'PORT' ? `127,0,0,1,${port >> 8},${port & 255}` : `|1|127.0.0.1|${port}|`;
    return { answer: await this.ask(`${verb} ${target}`), data };
  }
}

/** Everything that arrives until the connection closes, also when it breaks. */
export async function readAll(socket: Socket): Promise<Buffer> {
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer | string) => parts.push(Buffer.from(part)));
  if (!socket.destroyed) {
    await new Promise((resolve) => socket.once('close', resolve));
  }
  return Buffer.concat(parts);
}
