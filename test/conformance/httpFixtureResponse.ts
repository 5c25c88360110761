import * as v from 'valibot';
import type { HttpRequest } from './httpFixtureRequest.ts';

const PAIR = v.tuple([v.string(), v.string()]);

/** An answer of the HTTP fixture as data; README.md says what each field means. */
export const RESPONSE = v.object({
  version: v.optional(v.string()),
  status: v.optional(v.number()),
  reason: v.optional(v.string()),
  headers: v.optional(v.array(PAIR)),
  body: v.optional(
    v.union([
      v.object({ text: v.string() }),
      v.object({ base64: v.string() }),
      v.object({ repeat: v.object({ text: v.string(), count: v.number() }) }),
      v.object({ echo: v.picklist(['request', 'body']) }),
    ]),
  ),
  framing: v.optional(v.picklist(['length', 'chunked', 'none', 'bare'])),
  chunks: v.optional(v.array(v.number())),
  trailers: v.optional(v.array(PAIR)),
  declaredLength: v.optional(v.number()),
  truncate: v.optional(v.number()),
  noBody: v.optional(v.boolean()),
  close: v.optional(v.boolean()),
  raw: v.optional(v.string()),
  preamble: v.optional(v.string()),
  delayMs: v.optional(v.number()),
  pauses: v.optional(v.array(v.object({ afterBodyBytes: v.number(), ms: v.number() }))),
  drop: v.optional(v.boolean()),
});

/** An answer of the HTTP fixture. */
export type HttpResponse = v.InferOutput<typeof RESPONSE>;

/** The path of a target, without query; of an absolute one the path part counts. */
export function pathOf(target: string): string {
  const path = target.replace(/^[a-z]+:\/\/[^/?]*/i, '').replace(/\?.*$/s, '');
  return path === '' ? '/' : path;
}

/** Preamble, status line and headers, with the blank line. */
export function headOf(response: HttpResponse, length: number): string {
  const { version = 'HTTP/1.1', status = 200, reason = 'OK', headers = [], framing = 'length' } = response;
  const lines = [`${version} ${status} ${reason}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  if (framing === 'length') lines.push(`Content-Length: ${response.declaredLength ?? length}`);
  if (framing === 'chunked') lines.push('Transfer-Encoding: chunked');
  return `${response.preamble ?? ''}${lines.join('\r\n')}\r\n\r\n`;
}

/** The body as it goes over the wire, the length to announce, and whether it is cut off there. */
export function framedBody(
  response: HttpResponse,
  request: HttpRequest,
  substitute: (text: string) => string,
): { readonly body: Buffer; readonly length: number; readonly isCut: boolean } {
  const whole = bodyOf(response, request, substitute);
  const framed = response.framing === 'chunked' ? inChunks(whole, response) : whole;
  const { truncate } = response;
  return { body: framed.subarray(0, truncate), length: whole.length, isCut: truncate !== undefined };
}

function bodyOf({ body }: HttpResponse, request: HttpRequest, substitute: (text: string) => string): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if ('text' in body) return Buffer.from(substitute(body.text), 'latin1');
  if ('base64' in body) return Buffer.from(body.base64, 'base64');
  if ('repeat' in body) return Buffer.from(body.repeat.text.repeat(body.repeat.count), 'latin1');
  if (body.echo === 'body') return request.body;
  return Buffer.concat([Buffer.from(`${request.head.join('\r\n')}\r\n\r\n`, 'latin1'), request.body]);
}

function inChunks(whole: Buffer, { chunks, trailers = [] }: HttpResponse): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const size of chunks ?? (whole.length > 0 ? [whole.length] : [])) {
    const piece = whole.subarray(at, at + size);
    at += piece.length;
    if (piece.length > 0) parts.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
  }
  if (at < whole.length) {
    const rest = whole.subarray(at);
    parts.push(Buffer.from(`${rest.length.toString(16)}\r\n`), rest, Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(`0\r\n${trailers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`));
  return Buffer.concat(parts);
}
