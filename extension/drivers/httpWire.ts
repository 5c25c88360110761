import type { Socket } from 'node:net';
import { httpFailure } from './httpFailure.ts';
import type { HttpRequestHead } from './httpRequestHead.ts';
import {
  endOfHead,
  type HttpResponseHead,
  readResponseHead,
  simpleResponse,
  strictFraming,
} from './httpResponseHead.ts';

/** Longest head of an answer, in bytes. */
export const MAX_HEAD_BYTES = 262_144;
/** A server that goes on with interim answers would hold the caller for ever. */
const MAX_INTERMEDIATES = 100;

/** Told what passes; `intermediate` for each 1xx, `head` once for the answer itself. */
export interface HttpWireListener {
  intermediate(head: HttpResponseHead): void;
  head(head: HttpResponseHead): void;
}

type Outgoing = 'pass' | 'substitute' | 'swallow' | 'strip-separator';

/**
 * Stands between undici and its socket, where heads pass. undici writes Host first, in lower case, adds Connection and moves
 * Content-Length to the end; WinINet's callers decide every byte of their head, so it is put in the place of undici's.
 * undici refuses `100 Continue`, bare line feeds and lines without a colon, which WinINet takes (recorded); so heads of
 * answers are read here, and undici is given only what it needs: the framing. Bodies pass untouched.
 */
export class HttpWire {
  readonly socket: Socket;
  /** The first error of the socket. TLS alerts are followed by others that say less. */
  failure: Error | undefined;
  readonly #peer: string;
  readonly #write: Socket['write'];
  readonly #read: Socket['read'];
  #outgoing: Outgoing = 'pass';
  #request: HttpRequestHead | undefined;
  #listener: HttpWireListener | undefined;
  #answered = false;
  /** The head of an answer has passed: an HTTP that ends no connection with its answer is spoken here. */
  #headed = false;
  #intermediates = 0;
  #partial: Buffer | undefined;
  #prelude: Buffer | undefined;

  /**
   * @param prelude bytes of an answer that has come before undici asked: a proxy's refusal to open a tunnel
   */
  constructor(socket: Socket, peer: string, prelude: Buffer | undefined) {
    this.socket = socket;
    this.#peer = peer;
    this.#prelude = prelude;
    socket.on('error', (error) => {
      this.failure ??= error;
    });
    this.#write = socket.write.bind(socket);
    this.#read = socket.read.bind(socket);
    const write = (chunk: string | Uint8Array, encoding?: BufferEncoding): boolean =>
      this.#outgoing === 'pass' ? this.#write(chunk, encoding) : this.#writeHead(chunk);
    socket.write = write as Socket['write'];
    // Node itself asks for no bytes when it only wants the next ones fetched.
    socket.read = (size?: number) =>
      this.#listener === undefined || size !== undefined ? this.#read(size) : this.#readHead();
  }

  /** Whether a byte of the awaited answer has come. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Prepares for a request, directly before undici writes it. A head that is sent early waits for no byte of the body. */
  begin(request: HttpRequestHead, early: boolean, listener: HttpWireListener): void {
    this.#request = request;
    this.#listener = listener;
    this.#answered = false;
    this.#intermediates = 0;
    this.#partial = undefined;
    if (this.#prelude !== undefined) {
      this.socket.unshift(this.#prelude);
      this.#prelude = undefined;
      this.#outgoing = 'swallow';
    } else if (early) {
      this.#write(`${request.text}\r\n\r\n`, 'latin1');
      this.#outgoing = 'swallow';
    } else {
      this.#outgoing = 'substitute';
    }
  }

  /** Every message of undici begins with one write of its head, as text. */
  #writeHead(chunk: string | Uint8Array): boolean {
    const { text = '', chunked = false } = this.#request ?? {};
    if (this.#outgoing === 'substitute') {
      this.#outgoing = 'pass';
      return this.#write(`${text}\r\n\r\n`, 'latin1');
    }
    if (this.#outgoing === 'strip-separator') {
      // undici writes the blank line behind the head together with the first chunk's size.
      this.#outgoing = 'pass';
      return this.#write(typeof chunk === 'string' ? chunk.replace(/^\r\n/, '') : chunk);
    }
    this.#outgoing = 'pass';
    if (chunked && typeof chunk === 'string') {
      if (!chunk.endsWith('chunked\r\n')) return this.#write('0\r\n\r\n');
      this.#outgoing = 'strip-separator';
    }
    return true;
  }

  #readHead(): Buffer | null {
    let chunk: Buffer | null = this.#read();
    while (chunk !== null) {
      this.#answered = true;
      const searched = this.#partial?.length ?? 0;
      const bytes: Buffer = this.#partial === undefined ? chunk : Buffer.concat([this.#partial, chunk]);
      const passed = this.#takeHead(bytes, Math.max(0, searched - 3));
      if (passed !== undefined) return passed;
      chunk = this.#read();
    }
    return null;
  }

  /** The bytes to hand on, or undefined while more are needed. */
  #takeHead(bytes: Buffer, from: number): Buffer | undefined {
    const start = this.#intermediates === 0 ? 0 : startOfHead(bytes);
    if (start > 0) return this.#takeHead(bytes.subarray(start), 0);
    const end = endOfHead(bytes, from);
    if (end === -1 && (beginsLikeHttp(bytes) || this.#intermediates > 0)) {
      this.#partial = bytes;
      if (bytes.length > MAX_HEAD_BYTES) {
        this.socket.destroy(httpFailure('http: head too long', this.#peer, 'sent a head without an end'));
      }
      return undefined;
    }
    const head = end === -1 ? undefined : readResponseHead(bytes, end);
    if (head !== undefined && head.status < 200 && head.status !== 101) return this.#passIntermediate(bytes, head);
    const listener = this.#listener;
    this.#listener = undefined;
    this.#partial = undefined;
    // HTTP/0.9 has one answer to a connection (RFC 1945 1.3): what comes here without a head later belongs to nobody's request.
    if (head === undefined && !this.#headed && !beginsLikeHttp(bytes)) {
      const simple = simpleResponse(bytes.length);
      listener?.head(simple);
      return Buffer.concat([Buffer.from(strictFraming(simple), 'latin1'), bytes]);
    }
    // What is no head goes on as it is: undici says what is wrong with it.
    if (head === undefined) return bytes;
    this.#headed = true;
    listener?.head(head);
    return Buffer.concat([Buffer.from(strictFraming(head), 'latin1'), bytes.subarray(end)]);
  }

  /** Asserted of Windows by Wine's test-suite: lines of a 1xx that are none of HTTP's are passed over, and its blank line may be missing. */
  #passIntermediate(bytes: Buffer, whole: HttpResponseHead): Buffer | undefined {
    this.#partial = undefined;
    this.#intermediates += 1;
    if (this.#intermediates > MAX_INTERMEDIATES) {
      this.socket.destroy(httpFailure('http: head too long', this.#peer, 'sent interim answers without an end'));
      return undefined;
    }
    const next = bytes.subarray(0, whole.bytes).indexOf('\nHTTP/', 0, 'latin1');
    const end = next === -1 ? whole.bytes : next + 1;
    this.#listener?.intermediate((end < whole.bytes ? readResponseHead(bytes, end) : undefined) ?? whole);
    const rest = bytes.subarray(end);
    return rest.length === 0 ? undefined : this.#takeHead(rest, 0);
  }
}

/** Where the first line begins that may be a status line; where there is none, the last, unfinished one. */
function startOfHead(bytes: Buffer): number {
  let start = 0;
  while (!beginsLikeHttp(bytes.subarray(start))) {
    const lineFeed = bytes.indexOf('\n', start, 'latin1');
    if (lineFeed === -1) break;
    start = lineFeed + 1;
  }
  return start;
}

function beginsLikeHttp(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 5);
  return 'HTTP/'.startsWith(start) || start === 'HTTP/';
}
