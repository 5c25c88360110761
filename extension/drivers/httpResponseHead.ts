import { trimBlanks } from '../shared/httpToken.ts';

/** The head of an answer. Text has one character per byte. */
export interface HttpResponseHead {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As it came, without the blank line that ends it. */
  readonly text: string;
  /** Bytes on the wire, the blank line included. */
  readonly bytes: number;
  /** Bytes behind it that came with it and are at hand for the program. */
  readonly behind: number;
  /** Bytes of the body of an answer that by its status has none, but tells a length; as recorded, what came together with the head. */
  readonly strayBytes: number;
  /** There was none: the answer is that of HTTP/0.9. */
  readonly simple: boolean;
}

/** Recorded: so many bytes are taken from a connection before a program asks, the head's among them. */
export const FIRST_BYTES = 8192;

/** As recorded, a name need not be a token; a line that begins with a blank goes on with the one before it. */
const headerName = /^[^\p{Cc} ][^\p{Cc}]*$/u;
const statusLine = /^(HTTP\/\d\.\d) +(\d{3})(?: (.*))?$/;

/** Where the head ends: the index behind its blank line, or -1 while it is not whole. Bare line feeds count as line ends. */
export function endOfHead(bytes: Buffer, from: number): number {
  const regular = bytes.indexOf('\r\n\r\n', from, 'latin1');
  // Only what lies before the regular end can end the head earlier: a body is not searched.
  const part = regular === -1 ? bytes : bytes.subarray(0, regular + 2);
  const bare = part.indexOf('\n\n', from, 'latin1');
  const mixed = part.indexOf('\n\r\n', from, 'latin1');
  let end = regular === -1 ? -1 : regular + 4;
  if (bare !== -1) end = bare + 2;
  if (mixed !== -1 && (end === -1 || mixed + 3 < end)) end = mixed + 3;
  return end;
}

/**
 * Reads the head of an answer, or answers undefined if it does not begin with a status line of HTTP. As WinINet does, it
 * skips lines without a colon and the second line of a folded header, and forgives a missing reason and bare line feeds
 * (recorded).
 */
export function readResponseHead(bytes: Buffer, end: number): HttpResponseHead | undefined {
  const text = bytes.toString('latin1', 0, end);
  let next = text.indexOf('\n');
  const match = statusLine.exec(lineBefore(text, 0, next));
  if (match === null) return undefined;
  const headers: [string, string][] = [];
  for (let start = next + 1; start < end; start = next + 1) {
    next = text.indexOf('\n', start);
    const line = lineBefore(text, start, next);
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trimEnd();
    if (headerName.test(name)) headers.push([name, trimBlanks(line.slice(colon + 1))]);
  }
  const [, version = '', status = '', reason = ''] = match;
  const behind = atHand(bytes.length, end);
  const head = {
    version,
    status: Number(status),
    reason,
    headers,
    text: text.trimEnd(),
    bytes: end,
    behind,
    simple: false,
  };
  const hasLength = headers.some(([name, value]) => name.toLowerCase() === 'content-length' && Number(value) > 0);
  // No other answer can follow in the same piece, as none was asked for.
  return { ...head, strayBytes: isBodiless(head.status) && hasLength ? bytes.length - end : 0 };
}

/**
 * What a real WinINet makes of an answer that begins with anything but a status line: all of it is the body of a 200. So Wine's
 * test-suite asserts of Windows (test_response_without_headers); Wine 8 itself loses the first line. RFC 1945 6: HTTP/0.9's
 * Simple-Response.
 * @param bytes that have come
 */
export function simpleResponse(bytes: number): HttpResponseHead {
  // No head has passed the wire; this line names the version to those who read journals.
  const text = 'HTTP/0.9 200 OK';
  const known = { version: 'HTTP/1.0', status: 200, reason: 'OK', headers: [], text, strayBytes: 0 };
  return { ...known, bytes, behind: atHand(bytes, 0), simple: true };
}

/**
 * A head in strict form, reduced to what decides where the body ends and whether the connection lives on: all that undici
 * has to know. RFC 9112 6.3: Transfer-Encoding overrides Content-Length, and a length said twice alike is one length.
 */
export function strictFraming({ version, status, headers, strayBytes }: HttpResponseHead): string {
  let lengths = '';
  let codings = '';
  let rest = '';
  for (const [name, value] of headers) {
    const line = `${name}: ${value}\r\n`;
    switch (name.length) {
      case 10:
        if (/^(?:connection|keep-alive)$/i.test(name)) rest += line;
        break;
      case 14:
        if (/^content-length$/i.test(name) && lengths !== line) lengths += line;
        break;
      case 17:
        if (/^transfer-encoding$/i.test(name)) codings += line;
        break;
    }
  }
  const known = version === 'HTTP/1.0' ? version : 'HTTP/1.1';
  if (strayBytes > 0) return `${known} 200 OK\r\n${rest}Content-Length: ${strayBytes}\r\n\r\n`;
  return `${known} ${status} OK\r\n${rest}${codings === '' ? lengths : codings}\r\n`;
}

function lineBefore(text: string, start: number, lineFeed: number): string {
  return text.slice(start, text.charCodeAt(lineFeed - 1) === 13 ? lineFeed - 1 : lineFeed);
}

/** Bytes of an answer's body, undefined where they are not told. RFC 9112 6.3: what has no body whatever its headers say, and Content-Length unless Transfer-Encoding overrides it. */
export function bodySize(head: HttpResponseHead, method: string): number | undefined {
  const { status, headers, strayBytes } = head;
  if (method === 'HEAD') return 0;
  if (isBodiless(status)) return strayBytes;
  let size: number | undefined;
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (key === 'transfer-encoding') return undefined;
    if (key === 'content-length' && /^\d+$/.test(value)) size = Number(value);
  }
  return size;
}

/** Does the body come in chunks, the last of which ends it? */
export function isChunked({ headers }: HttpResponseHead): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'transfer-encoding' && /chunked\s*$/i.test(value));
}

/** Does the answer say that none follows it on its connection? A real WinINet takes any option but keep-alive for that. */
export function endsConnection({ version, headers }: HttpResponseHead): boolean {
  const said = headers.findLast(([name]) => /^(?:proxy-)?connection$/i.test(name))?.[1];
  return said === undefined ? version === 'HTTP/1.0' : !/^keep-alive$/i.test(said);
}

function atHand(bytes: number, headBytes: number): number {
  return Math.max(0, Math.min(bytes, FIRST_BYTES) - headBytes);
}

function isBodiless(status: number): boolean {
  return status === 204 || status === 304;
}
