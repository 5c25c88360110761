import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { createHttpDriver } from '../../extension/drivers/httpDriver.ts';
import type { HttpDriverOptions } from '../../extension/drivers/httpTrust.ts';
import {
  type ByteSource,
  type DriverContext,
  type DriverEvent,
  DriverFailure,
} from '../../extension/wininet/ports/driver.ts';
import type { HttpDriver, HttpExchange } from '../../extension/wininet/ports/http.ts';

/** What the server does for one request: text and bytes are written; the rest is named. */
export type Step = string | Uint8Array | 'end' | 'reset' | ((socket: Socket) => unknown);

/** Paths of request targets, each with what is done for it; a list of lists goes on with each request. */
export type Script = Readonly<Record<string, readonly Step[] | readonly (readonly Step[])[]>>;

/** A request as it came, with the number of its connection. */
export interface Received {
  readonly connection: number;
  readonly head: string;
  readonly body: string;
}

export interface RawServer {
  readonly port: number;
  readonly received: Received[];
  /** The connections in the order in which they were accepted. */
  readonly sockets: Socket[];
}

/** Marks that stand for what the socket does instead of text. */
export const END = 'end';
export const RESET = 'reset';

/** A server that reads requests and does what the script says, byte for byte. It is closed with the test. */
export async function serve(t: TestContext, script: Script, tls?: TlsOptions): Promise<RawServer> {
  const received: Received[] = [];
  const sockets: Socket[] = [];
  const hits = new Map<string, number>();
  const accept = (socket: Socket) => {
    const connection = sockets.push(socket) - 1;
    let pending = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (let request = cutRequest(pending); request !== undefined; request = cutRequest(pending)) {
        pending = pending.slice(request.length);
        received.push({ connection, head: request.head, body: request.body });
        perform(socket, stepsFor(script, request.head, hits));
      }
    });
  };
  const server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept);
  // A refused handshake is what some tests want; the client's side of it is what they assert.
  server.on('tlsClientError', () => undefined);
  const port = await listen(t, server, sockets);
  return { port, received, sockets };
}

/** Listens on a free port of loopback until the test ends. */
export async function listen(t: TestContext, server: Server, sockets: readonly Socket[]): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}

/** A driver that is closed with the test. */
export function driverFor(t: TestContext, options?: HttpDriverOptions): HttpDriver {
  const driver = createHttpDriver(options);
  t.after(() => driver.close());
  return driver;
}

/** A GET with the usual limits, changed where a test says so. */
export function get(port: number, target: string, changes: Partial<HttpExchange> = {}): HttpExchange {
  return {
    server: { scheme: 'http', host: '127.0.0.1', port },
    proxy: null,
    proxyHeaders: [],
    method: 'GET',
    target,
    headers: [['Host', `127.0.0.1:${port}`]],
    body: null,
    timeouts: { connect: 5000, send: 5000, receive: 5000 },
    maxConnectionsPerServer: 6,
    keepAlive: true,
    certificates: {
      unknownAuthority: false,
      wrongName: false,
      wrongDate: false,
      wrongUsage: false,
      weak: false,
      revocation: false,
    },
    ...changes,
  };
}

/** Notes what a driver reports. */
export interface Witness {
  readonly events: DriverEvent[];
  readonly context: DriverContext;
  readonly abort: () => void;
  /** The events without the wire and the sockets, each as `type` or `type value`. */
  told(): string[];
}

export function witness(): Witness {
  const events: DriverEvent[] = [];
  const controller = new AbortController();
  return {
    events,
    context: { observer: (event) => events.push(event), signal: controller.signal },
    abort: () => controller.abort(),
    told: () =>
      events
        .filter((event) => event.type !== 'wire' && event.type !== 'connection')
        .map((event) => {
          const value = Object.entries(event).find(([name]) => name !== 'type')?.[1];
          return value === undefined ? event.type : `${event.type} ${value}`;
        }),
  };
}

/** Reads a body to its end. */
export async function readAll(body: ByteSource, size = 65_536): Promise<Buffer> {
  const parts: Buffer[] = [];
  const buffer = new Uint8Array(size);
  for (let count = await body.read(buffer); count > 0; count = await body.read(buffer)) {
    parts.push(Buffer.from(buffer.subarray(0, count)));
  }
  return Buffer.concat(parts);
}

/** Checks that a promise rejects with a DriverFailure of this symbol, and returns it. */
export async function failsWith(promise: Promise<unknown>, symbol: string): Promise<DriverFailure> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof DriverFailure, `not a DriverFailure: ${String(error)}`);
    assert.equal(error.symbol, symbol, error.message);
    return error;
  }
  assert.fail(`did not fail with ${symbol}`);
}

/** Waits until a condition holds; a test that hangs is ended by its runner. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

function cutRequest(text: string): { head: string; body: string; length: number } | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const head = text.slice(0, end);
  const rest = text.slice(end + 4);
  if (/^transfer-encoding: *chunked/im.test(head)) {
    const last = rest.indexOf('0\r\n\r\n');
    return last === -1 ? undefined : { head, body: rest.slice(0, last + 5), length: end + last + 9 };
  }
  const size = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  return rest.length < size ? undefined : { head, body: rest.slice(0, size), length: end + 4 + size };
}

function stepsFor(script: Script, head: string, hits: Map<string, number>): readonly Step[] {
  const target = head.split(' ')[1] ?? '';
  const entry = script[target] ?? script['*'] ?? [`HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n`];
  const hit = hits.get(target) ?? 0;
  hits.set(target, hit + 1);
  const first = entry[0];
  if (!Array.isArray(first)) return entry as readonly Step[];
  const turns = entry as readonly (readonly Step[])[];
  return turns[Math.min(hit, turns.length - 1)] ?? [];
}

function perform(socket: Socket, steps: readonly Step[]): void {
  for (const step of steps) {
    if (step === END) socket.end();
    else if (step === RESET) setTimeout(() => socket.resetAndDestroy(), 20);
    else if (typeof step === 'function') step(socket);
    else socket.write(step, 'latin1');
  }
}

/** An answer with Content-Length. */
export function ok(body: string, headers = ''): string {
  return `HTTP/1.1 200 OK\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
}
