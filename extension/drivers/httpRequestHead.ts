import { isHttpToken } from '../shared/httpToken.ts';
import { DriverFailure } from '../wininet/ports/driver.ts';
import type { HttpExchange } from '../wininet/ports/http.ts';

/** The head of a request as it goes on the wire, and what it says about the message. */
export interface HttpRequestHead {
  /** Request line and headers, one character per byte, without the blank line that ends them. */
  readonly text: string;
  /** Value of Content-Length. */
  readonly contentLength: number | undefined;
  /** The body goes in chunks because nothing announces its size. */
  readonly chunked: boolean;
  /** The connection ends with the answer. */
  readonly closes: boolean;
}

const unsendable = /[\0\r\n]|[^\0-\xff]/;
const unsendableTarget = /[^\x21-\x7e\x80-\xff]/;

/**
 * Writes the head of a request: the headers in their order and spelling. Added are only what the message cannot do
 * without: `Connection: close` where the connection is to end, and framing for a body that no header frames.
 * Throws DriverFailure: ERROR_INVALID_PARAMETER for a method that is no token, or CONNECT; ERROR_INTERNET_INVALID_URL for
 * a target with spaces or control characters; ERROR_HTTP_INVALID_HEADER for a header with CR, LF or NUL.
 */
export function writeRequestHead(exchange: HttpExchange): HttpRequestHead {
  const { method, body } = exchange;
  if (!isHttpToken(method) || method === 'CONNECT') {
    throw new DriverFailure('ERROR_INVALID_PARAMETER', `The method "${method}" cannot be sent: use a token.`);
  }
  const version = exchange.version === 'HTTP/1.0' ? 'HTTP/1.0' : 'HTTP/1.1';
  let text = `${method} ${requestTarget(exchange)} ${version}\r\n`;
  let contentLength: number | undefined;
  let framed = false;
  let connection = '';
  for (const [name, value] of exchange.headers) {
    checkHeader(name, value);
    const key = name.toLowerCase();
    // The body follows the head at once, so asking the server to wait with its 100 would be untrue.
    if (key === 'expect' && value.trim().toLowerCase() === '100-continue') continue;
    if (key === 'content-length' && /^\s*\d+\s*$/.test(value)) contentLength = Number(value);
    if (key === 'content-length' || key === 'transfer-encoding') framed = true;
    if (key === 'connection' || key === 'proxy-connection') connection += `,${value.toLowerCase()}`;
    text += `${name}: ${value}\r\n`;
  }
  if (!exchange.keepAlive && !says(connection, 'close')) {
    connection += ',close';
    text += 'Connection: close\r\n';
  }
  const streamed = body !== null && !(body instanceof Uint8Array);
  const chunked = streamed && contentLength === undefined;
  if (body instanceof Uint8Array && body.length > 0 && !framed) text += `Content-Length: ${body.length}\r\n`;
  if (chunked && !framed) text += 'Transfer-Encoding: chunked\r\n';
  const closes = endsWithAnswer(version, connection) || misframed(body, contentLength);
  // Without its last line end: the blank line that follows begins with one.
  return { text: text.slice(0, -2), contentLength, chunked, closes };
}

/** RFC 9112 9.3: a server keeps the connection of a request in HTTP/1.0 only where it was asked to. */
function endsWithAnswer(version: string, connection: string): boolean {
  return says(connection, 'close') || (version === 'HTTP/1.0' && !says(connection, 'keep-alive'));
}

function says(connection: string, option: string): boolean {
  return connection.split(',').some((one) => one.trim() === option);
}

/** Throws DriverFailure ERROR_HTTP_INVALID_HEADER for a header that would end its line early, or is not latin-1. */
export function checkHeader(name: string, value: string): void {
  if (!isHttpToken(name) || unsendable.test(value)) {
    throw new DriverFailure(
      'ERROR_HTTP_INVALID_HEADER',
      `The header "${name.replace(/[^\x20-\x7e]/g, '?')}" cannot be sent: names are tokens, values have no line ends.`,
    );
  }
}

/** An address as it stands in a request line: IPv6 in brackets, the port always there. */
export function authority(host: string, port: number): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]:${port}` : `${host}:${port}`;
}

function requestTarget({ server, proxy, target }: HttpExchange): string {
  if (target === '' || unsendableTarget.test(target)) {
    throw new DriverFailure(
      'ERROR_INTERNET_INVALID_URL',
      'The path cannot be sent: escape spaces and control characters.',
    );
  }
  if (proxy === null || server.scheme === 'https') return target;
  // Recorded: the port stands there even if it is 80. RFC 9112 3.2.4 has no path for the server as a whole.
  return `${server.scheme}://${authority(server.host, server.port)}${target === '*' ? '' : target}`;
}

/** After a body of another size than announced, the server reads the next request as its rest. */
function misframed(body: HttpExchange['body'], contentLength: number | undefined): boolean {
  if (contentLength === undefined || (body !== null && !(body instanceof Uint8Array))) return false;
  return (body?.length ?? 0) !== contentLength;
}
