import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** What the server does for a verb: replies with a text, or runs a script; `null` stays silent. */
export type FtpAct = string | null | ((argument: string, client: FtpClientView) => void | Promise<void>);

/** One client as scripts see it. */
export interface FtpClientView {
  readonly control: Socket;
  /** Sends lines as they are; CR LF is added to the last one. */
  reply(text: string): void;
  /** The data connection that the client has asked for. */
  data(): Promise<Socket>;
}

/** How a fixture differs from a well-behaved server. */
export interface FtpFixtureOptions {
  readonly host?: '127.0.0.1' | '::1';
  /** The greeting; null for none. */
  readonly greeting?: string | null;
  readonly acts?: Readonly<Record<string, FtpAct>>;
  /** Content by path; STOR adds to it. */
  readonly files?: Readonly<Record<string, Buffer>>;
  readonly listing?: string | Buffer;
  /** Replies leave in pieces of so many bytes. */
  readonly pieces?: number;
}

/** A running fixture. */
export interface FtpFixture {
  readonly host: string;
  readonly port: number;
  /** Every command line received, in order. */
  readonly lines: string[];
  readonly files: Map<string, Buffer>;
  /** How many control connections are open. */
  openControls(): number;
}

/** Starts an FTP server on loopback that follows a table from verb to act; it ends with the test. */
export async function startFtpFixture(t: TestContext, options: FtpFixtureOptions = {}): Promise<FtpFixture> {
  const host = options.host ?? '127.0.0.1';
  const lines: string[] = [];
  const files = new Map(Object.entries(options.files ?? {}));
  const sockets = new Set<Socket>();
  const servers = new Set<Server>();
  const acts = { ...standardActs(files, options), ...options.acts };
  let controls = 0;
  const server = createServer((control) => {
    controls += 1;
    control.setNoDelay(true);
    control.once('close', () => {
      controls -= 1;
    });
    const session = new Session(control, host, options.pieces ?? 0, sockets, servers);
    serve(session, acts, lines);
    if (options.greeting !== null) session.reply(options.greeting ?? '220 Fixture ready');
  });
  server.on('connection', (socket) => keep(sockets, socket));
  servers.add(server);
  const port = await listen(server, host);
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    for (const one of servers) one.close();
  });
  return { host, port, lines, files, openControls: () => controls };
}

class Session implements FtpClientView {
  readonly control: Socket;
  readonly #host: string;
  readonly #pieces: number;
  readonly #sockets: Set<Socket>;
  readonly #servers: Set<Server>;
  #data: (() => Promise<Socket>) | undefined;
  #sending: Promise<void> = Promise.resolve();

  constructor(control: Socket, host: string, pieces: number, sockets: Set<Socket>, servers: Set<Server>) {
    this.control = control;
    this.#host = host;
    this.#pieces = pieces;
    this.#sockets = sockets;
    this.#servers = servers;
  }

  reply(text: string): void {
    const bytes = Buffer.from(`${text}\r\n`);
    if (this.#pieces === 0) {
      this.control.write(bytes);
      return;
    }
    this.#sending = this.#sending.then(() => this.#sendPieces(bytes));
  }

  data(): Promise<Socket> {
    if (this.#data === undefined) return Promise.reject(new Error('no PASV or PORT before'));
    return this.#data();
  }

  /** Listens for the next data connection. */
  async listen(): Promise<number> {
    const server = createServer();
    this.#servers.add(server);
    const arrived = once(server, 'connection').then(([socket]: Socket[]) => {
      server.close();
      if (socket === undefined) throw new Error('no socket');
      return keep(this.#sockets, socket);
    });
    this.#data = () => arrived;
    return listen(server, this.#host);
  }

  /** Connects to the client when the next data connection is needed. */
  connectTo(host: string, port: number): void {
    this.#data = async () => {
      const socket = keep(this.#sockets, connect({ host, port }));
      await once(socket, 'connect');
      return socket;
    };
  }

  async #sendPieces(bytes: Buffer): Promise<void> {
    for (let start = 0; start < bytes.length; start += this.#pieces) {
      this.control.write(bytes.subarray(start, start + this.#pieces));
      // Long enough for the client's event loop to see the piece alone.
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

function serve(session: Session, acts: Readonly<Record<string, FtpAct>>, lines: string[]): void {
  let text = '';
  session.control.on('data', (bytes) => {
    text += bytes.toString();
    for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
      const line = text.slice(0, end);
      text = text.slice(end + 2);
      lines.push(line);
      perform(session, acts, line);
    }
  });
}

function perform(session: Session, acts: Readonly<Record<string, FtpAct>>, line: string): void {
  const space = line.indexOf(' ');
  const verb = space < 0 ? line : line.slice(0, space);
  const act = acts[verb];
  if (act === null) return;
  if (act === undefined) session.reply(`500 ${verb} not understood`);
  else if (typeof act === 'string') session.reply(act);
  else void Promise.resolve(act(space < 0 ? '' : line.slice(space + 1), session)).catch(() => undefined);
}

function standardActs(files: Map<string, Buffer>, options: FtpFixtureOptions): Record<string, FtpAct> {
  const host = options.host ?? '127.0.0.1';
  return {
    USER: '331 Password required',
    PASS: '230-Welcome\r\n230 User logged in',
    TYPE: (type, client) => client.reply(`200 Type set to ${type}`),
    PWD: '257 "/pub" is the current directory',
    CWD: '250 Directory changed',
    NOOP: '200 Command okay',
    PASV: async (_argument, client) => {
      const port = await asSession(client).listen();
      client.reply(`227 Entering Passive Mode (${host.replaceAll('.', ',')},${port >> 8},${port & 255})`);
    },
    EPSV: async (_argument, client) =>
      client.reply(`229 Entering Extended Passive Mode (|||${await asSession(client).listen()}|)`),
    PORT: (argument, client) => {
      const numbers = argument.split(',').map(Number);
      asSession(client).connectTo(numbers.slice(0, 4).join('.'), (numbers[4] ?? 0) * 256 + (numbers[5] ?? 0));
      client.reply('200 PORT okay');
    },
    EPRT: (argument, client) => {
      const [, , address = '', port = ''] = argument.split('|');
      asSession(client).connectTo(address, Number(port));
      client.reply('200 EPRT okay');
    },
    RETR: (path, client) => {
      const content = files.get(path);
      if (content === undefined) client.reply(`550 ${path}: No such file or directory`);
      else return sendContent(client, content);
    },
    LIST: (_argument, client) => sendContent(client, Buffer.from(options.listing ?? '')),
    STOR: async (path, client) => {
      client.reply('150 Opening data connection');
      const parts: Buffer[] = [];
      for await (const part of await client.data()) parts.push(Buffer.from(part));
      files.set(path, Buffer.concat(parts));
      client.reply('226 Transfer complete');
    },
  };
}

/** Sends a file as a server does: 150, the bytes, 226, or 426 when the client goes away. */
export async function sendContent(client: FtpClientView, content: Buffer): Promise<void> {
  client.reply(`150 Opening data connection (${content.length} bytes)`);
  const data = await client.data();
  data.end(content);
  const failed = await once(data, 'close').then(
    () => data.errored !== null,
    () => true,
  );
  client.reply(failed ? '426 Connection closed, transfer aborted' : '226 Transfer complete');
}

/** Opens the port of the next data connection, as PASV does. */
export function listenForData(client: FtpClientView): Promise<number> {
  return asSession(client).listen();
}

function asSession(client: FtpClientView): Session {
  if (client instanceof Session) return client;
  throw new TypeError('standard acts need the fixture itself');
}

function keep(sockets: Set<Socket>, socket: Socket): Socket {
  sockets.add(socket);
  socket.on('error', () => undefined);
  socket.once('close', () => sockets.delete(socket));
  return socket;
}

async function listen(server: Server, host: string): Promise<number> {
  server.listen({ host, port: 0 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}
