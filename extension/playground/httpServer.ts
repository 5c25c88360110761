import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { ServerCertificate } from './certificate.ts';
import { sendText } from './http/answers.ts';
import { type Exchange, findRoute, methodsOf, type Route, type Site } from './http/route.ts';
import { SocketSet } from './socketSet.ts';

/** A listening HTTP or HTTPS server of the playground. */
export interface WebServer {
  readonly url: URL;
  /** How many connections are open. */
  connections(): number;
  /** Begins to answer. Apart from starting, because an answer may name the addresses of the other servers. */
  serve(site: Site): void;
  /** Ends every connection and resolves when none is left. */
  close(): Promise<void>;
}

const LIMITS = {
  maxHeaderSize: 64 * 1024,
  keepAliveTimeout: 30_000,
  headersTimeout: 60_000,
  // A program that is stepped through in a debugger may take its time over an upload.
  requestTimeout: 0,
} as const;

/** Listens on a free port of `host`: plain, or with TLS when there is a certificate. Rejects with the system's error when it cannot. */
export async function startWebServer(host: string, tls?: ServerCertificate): Promise<WebServer> {
  const server: Server = tls
    ? createTlsServer({ ...LIMITS, key: tls.key, cert: tls.certificate })
    : createServer({ ...LIMITS });
  const sockets = new SocketSet();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('secureConnection', (socket: Socket) => sockets.add(socket));
  server.on('clientError', refuseMalformed);
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const url = new URL(`${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}/`);
  return {
    url,
    connections: () => sockets.size,
    serve: (site) => {
      server.on('request', (request, response) => void answer(request, response, url, site, sockets));
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      await Promise.all([closed, sockets.destroyAll()]);
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  base: URL,
  site: Site,
  sockets: SocketSet,
): Promise<void> {
  request.on('error', () => response.destroy());
  response.on('error', () => request.destroy());
  const ended = new AbortController();
  response.once('close', () => ended.abort());
  const url = resolveTarget(request, base);
  const exchange: Exchange = {
    request,
    response,
    url: url ?? base,
    site,
    carrier: sockets.carrierOf(request.socket),
    signal: ended.signal,
  };
  try {
    await (url ? dispatch(exchange) : sendText(exchange, 400, 'The target of this request is no address.\n'));
  } catch (error) {
    failAnswer(exchange, error);
  }
}

function dispatch(exchange: Exchange): void | Promise<void> {
  const { request, url, site } = exchange;
  const route = findRoute(site.routes, url.pathname);
  if (!route) {
    sendText(exchange, 404, `Nothing lives at ${url.pathname}. All pages are listed at ${new URL('/', url).href}\n`);
    return;
  }
  const method = request.method ?? '';
  if (!methodsOf(route).includes(method)) {
    refuseMethod(exchange, route);
    return;
  }
  return route.answer(exchange);
}

function refuseMethod(exchange: Exchange, route: Route): void {
  const headers = { Allow: [...methodsOf(route), 'OPTIONS'].join(', ') };
  if (exchange.request.method === 'OPTIONS') {
    exchange.response.writeHead(204, headers).end();
    return;
  }
  sendText(exchange, 405, `This page answers ${headers.Allow}.\n`, headers);
}

/** A client that leaves is not a failure; anything else is answered if it still can be, and ends the connection if not. */
function failAnswer(exchange: Exchange, error: unknown): void {
  const { response, signal } = exchange;
  if (signal.aborted || response.headersSent) {
    response.destroy();
    return;
  }
  const reason = error instanceof Error ? error.message : String(error);
  sendText(exchange, 500, `The playground failed to make this page: ${reason}\n`, { Connection: 'close' });
}

function resolveTarget(request: IncomingMessage, base: URL): URL | undefined {
  // The host that the client used belongs to the address, so that redirects stay with it.
  const origin = `${base.protocol}//${request.headers.host ?? base.host}`;
  const root = URL.canParse(origin) ? origin : base.href;
  const target = request.url ?? '/';
  const absolute = target.startsWith('/') ? `${new URL(root).origin}${target}` : target;
  return URL.canParse(absolute, root) ? new URL(absolute, root) : undefined;
}

function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const status = tooLong ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
