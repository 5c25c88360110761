import type { OutgoingHttpHeaders } from 'node:http';
import type { Exchange } from './route.ts';

/** Answers with bytes whose length is announced. */
export function sendBytes(
  { response }: Exchange,
  status: number,
  type: string,
  bytes: Uint8Array,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': bytes.byteLength,
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(bytes);
}

/** Answers with plain UTF-8 text. */
export function sendText(exchange: Exchange, status: number, text: string, headers: OutgoingHttpHeaders = {}): void {
  sendBytes(exchange, status, 'text/plain; charset=utf-8', Buffer.from(text), headers);
}

/** Answers with a JSON value, indented for reading. */
export function sendJson(exchange: Exchange, status: number, value: unknown): void {
  sendBytes(exchange, status, 'application/json', Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`));
}

/**
 * Answers with exactly these bytes, status line included, and closes the connection.
 * For everything that node:http rightly refuses to send.
 */
export function sendRaw({ request }: Exchange, bytes: string | Uint8Array): void {
  request.resume();
  request.socket.end(bytes);
}

/** Ends the connection with a TCP reset, so that the peer sees an error instead of an end. */
export function resetConnection({ carrier, request }: Exchange): void {
  carrier.resetAndDestroy();
  request.socket.destroy();
}

/** Text made safe for HTML content and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
