import { createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { createGopherDriver } from '../../extension/drivers/gopherDriver.ts';
import type { ByteSource, DriverContext, DriverEvent, Timeouts } from '../../extension/wininet/ports/driver.ts';
import type { GopherRequest } from '../../extension/wininet/ports/gopher.ts';

/** What the server does for a line: sends bytes and hangs up, or runs a script. */
export type GopherAct = string | Buffer | ((socket: Socket) => void);

/** A running fixture. */
export interface GopherFixture {
  readonly port: number;
  /** Every line received, in order. */
  readonly lines: string[];
  /** How many connections are open. */
  open(): number;
}

/** Starts a Gopher server on loopback that follows a table from the line received to an act; it ends with the test. */
export async function startGopherFixture(
  t: TestContext,
  acts: Readonly<Record<string, GopherAct>>,
): Promise<GopherFixture> {
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    let received = '';
    socket.on('data', (bytes) => {
      received += bytes.toString('utf8');
      const end = received.indexOf('\r\n');
      if (end === -1) return;
      const line = received.slice(0, end);
      received = '';
      lines.push(line);
      const act = acts[line] ?? '3Not here\t\terror.host\t1\r\n.\r\n';
      if (typeof act === 'function') act(socket);
      else socket.end(act);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    lines,
    open: () => sockets.size,
  };
}

/** An act that sends the bytes in pieces of this size. */
export function inPieces(bytes: Buffer, size: number): GopherAct {
  return (socket) => {
    const send = (at: number): void => {
      if (at >= bytes.length) socket.end();
      else socket.write(bytes.subarray(at, at + size), () => setImmediate(send, at + size));
    };
    send(0);
  };
}

/** The driver with one server, and what its calls reported. */
export function gopherCalls(port: number, timeouts: Partial<Timeouts> = {}) {
  const driver = createGopherDriver();
  const events: DriverEvent[] = [];
  const abort = new AbortController();
  const context: DriverContext = { observer: (event) => events.push(event), signal: abort.signal };
  const request = (line: string, plus = false): GopherRequest => ({
    host: '127.0.0.1',
    port,
    line,
    plus,
    timeouts: { connect: 5000, send: 5000, receive: 5000, ...timeouts },
  });
  return {
    events,
    abort,
    menu: (line: string, plus = false) => driver.menu(request(line, plus), context),
    phoneBook: (line: string) => driver.phoneBook(request(line), context),
    blocks: (line: string) => driver.blocks(request(line, true), context),
    openRead: (line: string, isText = false, plus = false) => driver.openRead(request(line, plus), isText, context),
  };
}

/** Reads a source to its end. */
export async function readSource(source: ByteSource, size = 65_536): Promise<Buffer> {
  const parts: Buffer[] = [];
  const buffer = new Uint8Array(size);
  for (let count = await source.read(buffer); count > 0; count = await source.read(buffer)) {
    parts.push(Buffer.from(buffer.subarray(0, count)));
  }
  return Buffer.concat(parts);
}
