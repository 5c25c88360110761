import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { type HttpRequest, RequestParser } from './httpFixtureRequest.ts';
import { framedBody, type HttpResponse, headOf, pathOf, RESPONSE } from './httpFixtureResponse.ts';

const WHEN = v.object({
  method: v.optional(v.string()),
  header: v.optional(v.tuple([v.string(), v.nullable(v.string())])),
  hit: v.optional(v.number()),
  listener: v.optional(v.string()),
});

/** The routes of the HTTP fixture as data. */
export const HTTP_FIXTURE = v.object({
  listeners: v.optional(v.array(v.string()), ['http', 'http2']),
  notFound: v.optional(RESPONSE, { status: 404, reason: 'Not Found' }),
  routes: v.array(
    v.object({ path: v.string(), responses: v.array(v.object({ ...RESPONSE.entries, when: v.optional(WHEN) })) }),
  ),
});

/** What the HTTP fixture saw: one request. */
export interface SeenRequest {
  readonly listener: string;
  readonly conn: number;
  readonly head: readonly string[];
  readonly body: string;
}

/** The HTTP server of the vectors: answers from data, byte for byte, and keeps what it saw. */
export class HttpFixture {
  /** Since the last reset. */
  seen: SeenRequest[] = [];
  readonly #routes: v.InferOutput<typeof HTTP_FIXTURE>;
  readonly #substitute: (text: string) => string;
  readonly #sockets = new Set<Socket>();
  readonly #hits = new Map<string, number>();
  readonly #connections = new Map<string, number>();

  /** @param substitute puts the ports into texts */
  constructor(routes: v.InferOutput<typeof HTTP_FIXTURE>, substitute: (text: string) => string) {
    this.#routes = routes;
    this.#substitute = substitute;
  }

  /** A server that answers as one of the listeners. */
  server(listener: string): Server {
    return createServer((socket) => this.#serve(listener, socket));
  }

  /** Ends every connection and forgets what was seen. */
  reset(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    this.#hits.clear();
    this.#connections.clear();
    this.seen = [];
  }

  #serve(listener: string, socket: Socket): void {
    const parser = new RequestParser();
    // Counted at the first request, so that a connection on which nothing is asked does not shift the numbers.
    let conn: number | undefined;
    let turn: Promise<void> = Promise.resolve();
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (bytes) => {
      for (const request of parser.push(bytes)) {
        conn ??= this.#countConnection(listener);
        this.seen.push({ listener, conn, head: request.head, body: request.body.toString('latin1') });
        turn = turn.then(() => this.#answer(listener, request, socket));
      }
    });
  }

  /** As recorded, each listener counts its own from 0. */
  #countConnection(listener: string): number {
    const conn = this.#connections.get(listener) ?? 0;
    this.#connections.set(listener, conn + 1);
    return conn;
  }

  async #answer(listener: string, request: HttpRequest, socket: Socket): Promise<void> {
    const response = this.#responseTo(listener, request);
    if (response.delayMs !== undefined) await pause(response.delayMs);
    if (socket.destroyed) return;
    if (response.drop) {
      socket.destroy();
      return;
    }
    if (response.raw !== undefined) {
      socket.write(this.#substitute(response.raw), 'latin1');
      if (response.close !== false) socket.end();
      return;
    }
    const { body, length, isCut } = framedBody(response, request, this.#substitute);
    const head = Buffer.from(this.#substitute(headOf(response, length)), 'latin1');
    const bare = response.noBody || request.method === 'HEAD' ? Buffer.alloc(0) : body;
    await writeWithPauses(socket, head, bare, response.pauses ?? []);
    if (isCut || closes(response, request)) socket.end();
  }

  #responseTo(listener: string, request: HttpRequest): HttpResponse {
    const path = pathOf(request.target);
    const hit = (this.#hits.get(path) ?? 0) + 1;
    this.#hits.set(path, hit);
    const route = this.#routes.routes.find((one) => one.path === path);
    const found = route?.responses.find(({ when }) => {
      if (when === undefined) return true;
      if (when.method !== undefined && when.method !== request.method) return false;
      if (when.hit !== undefined && when.hit !== hit) return false;
      if (when.listener !== undefined && when.listener !== listener) return false;
      if (when.header === undefined) return true;
      const [name, value] = when.header;
      const sent = request.header(name);
      return value === null ? sent === undefined : sent === this.#substitute(value);
    });
    return found ?? this.#routes.notFound;
  }
}

async function writeWithPauses(
  socket: Socket,
  head: Buffer,
  body: Buffer,
  pauses: readonly { readonly afterBodyBytes: number; readonly ms: number }[],
): Promise<void> {
  let sent = 0;
  let pending = head;
  for (const { afterBodyBytes, ms } of pauses) {
    const end = Math.min(afterBodyBytes, body.length);
    socket.write(Buffer.concat([pending, body.subarray(sent, end)]));
    pending = Buffer.alloc(0);
    sent = end;
    await pause(ms);
    if (socket.destroyed) return;
  }
  socket.write(Buffer.concat([pending, body.subarray(sent)]));
}

function closes(response: HttpResponse, request: HttpRequest): boolean {
  const asked = (request.header('connection') ?? request.header('proxy-connection') ?? '').toLowerCase();
  if (response.close ?? response.framing === 'none') return true;
  if (asked.includes('close')) return true;
  if (request.version === 'HTTP/1.0' && !asked.includes('keep-alive')) return true;
  return (response.headers ?? []).some(([name, value]) => /^connection$/i.test(name) && /close/i.test(value));
}
