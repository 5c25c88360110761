import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Entry, Wire } from '../../extension/shared/journal.ts';

/** Servers that answer what the servers of a log answered, so that a port meets what the native program met. */

/** A server on this machine. */
export interface LoggedServer extends AsyncDisposable {
  readonly port: number;
}

type LoggedWire = Wire & { readonly seq: number };

/** Answers each request with the head that the log shows for its path, and with as many bytes as were read. */
export async function loggedHttpServer(entries: readonly Entry[]): Promise<LoggedServer> {
  const wires = entries.filter((entry) => entry.type === 'wire');
  const answers = new Map<string, { readonly head: string; readonly bytes: number }>();
  wires.forEach((request, index) => {
    const [, target = ''] = /^\S+ (\S+) /.exec(request.text) ?? [];
    const answer = wires[index + 1];
    if (request.direction === 'out' && answer !== undefined) {
      answers.set(target, { head: answer.text, bytes: bytesRead(entries, request.serial) });
    }
  });
  const server = createHttpServer((request, response) => {
    request.resume().on('end', () => {
      const { head, bytes } = answers.get(request.url ?? '') ?? { head: 'HTTP/1.1 500 Not in the log', bytes: 0 };
      const [status = '', ...headers] = head.split('\r\n');
      const [, code, reason] = /^\S+ (\d+) (.*)$/.exec(status) ?? [];
      const announced = /Content-Length: (\d+)/.exec(head)?.[1];
      response.writeHead(
        Number(code),
        reason,
        headers.map((line) => line.split(': ') as [string, string]),
      );
      response.end('x'.repeat(Number(announced ?? bytes)));
    });
  });
  return await listening(server);
}

function bytesRead(entries: readonly Entry[], serial: number): number {
  return entries.reduce(
    (sum, entry) =>
      entry.type === 'bytes' && entry.serial === serial && entry.direction === 'in' ? sum + entry.count : sum,
    0,
  );
}

/**
 * Answers each FTP command with the lines that the log shows behind it; to what the native program never said, that it is not
 * implemented.
 * @param listing the lines of the folder
 * @param file what a download brings
 */
export async function loggedFtpServer(entries: readonly Entry[], listing: string, file: string): Promise<LoggedServer> {
  const wires = entries.filter((entry) => entry.type === 'wire');
  return await listening(createServer((socket) => new FtpDialogue(socket, wires, listing, file)));
}

class FtpDialogue {
  readonly #socket: Socket;
  readonly #wires: readonly LoggedWire[];
  readonly #data: Readonly<Record<string, string>>;
  #passive: { readonly server: Server; readonly connected: Promise<Socket> } | null = null;

  constructor(socket: Socket, wires: readonly LoggedWire[], listing: string, file: string) {
    this.#socket = socket;
    this.#wires = wires;
    this.#data = { LIST: listing, RETR: file, STOR: '' };
    const greeting = wires.findIndex(({ direction }) => direction === 'out');
    this.#say(wires.slice(0, greeting));
    let rest = '';
    socket.setEncoding('latin1').on('data', (piece) => {
      const lines = (rest + String(piece)).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) void this.#answer(line);
    });
    socket.on('error', () => undefined); // the engine hangs up
  }

  async #answer(line: string): Promise<void> {
    const [verb = ''] = line.split(' ');
    if (verb === 'QUIT') this.#socket.end('221 Goodbye\r\n');
    else if (verb === 'PASV') await this.#listen();
    else {
      const answers = this.#answersTo(verb === 'PASS' ? 'PASS ••••' : line);
      if (answers.length === 0) this.#socket.write('502 Not implemented\r\n');
      else if (this.#data[verb] === undefined || this.#passive === null) this.#say(answers);
      else await this.#transfer(verb, this.#data[verb], answers);
    }
  }

  #answersTo(line: string): readonly LoggedWire[] {
    const at = this.#wires.findIndex(({ direction, text }) => direction === 'out' && text === line);
    if (at === -1) return [];
    const next = this.#wires.findIndex(({ direction }, index) => index > at && direction === 'out');
    return this.#wires.slice(at + 1, next === -1 ? undefined : next);
  }

  async #listen(): Promise<void> {
    const server = createServer();
    const connected = new Promise<Socket>((resolve) => server.once('connection', resolve));
    const { port } = await listening(server);
    this.#passive = { server, connected };
    this.#socket.write(`227 Entering Passive Mode (127,0,0,1,${port >> 8},${port & 255})\r\n`);
  }

  async #transfer(verb: string, content: string, [first, ...later]: readonly LoggedWire[]): Promise<void> {
    const passive = this.#passive;
    this.#passive = null;
    if (passive === null || first === undefined) return;
    this.#say([first]);
    const data = await passive.connected;
    passive.server.close();
    const closed = new Promise((resolve) => data.once('close', resolve));
    data.on('error', () => undefined).resume();
    if (verb !== 'STOR') data.end(content);
    await closed;
    this.#say(later);
  }

  #say(wires: readonly LoggedWire[]): void {
    this.#socket.write(wires.map(({ text }) => `${text}\r\n`).join(''));
  }
}

async function listening(server: Server): Promise<LoggedServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
