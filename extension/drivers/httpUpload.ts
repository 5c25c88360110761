import type { DriverObserver } from '../wininet/ports/driver.ts';
import type { HttpExchange } from '../wininet/ports/http.ts';
import type { HttpRequestHead } from './httpRequestHead.ts';
import type { DispatchOptions } from './undici.ts';

/** Larger bodies are written in slices of this size, so that time-outs and closing work between them. */
const SLICE_BYTES = 65_536;

/** What watches over an upload. */
export interface HttpUploadWatch {
  readonly observer: DriverObserver;
  /** Called before the server is given something: from now on it can be late. */
  giving(): void;
  /** Called when it was taken: the program may take its time for the next. Throws where the connection is gone instead. */
  taken(): void;
}

/** The request as undici needs to see it: framing only, since HttpWire writes the head. */
export function dispatchOptions(
  exchange: HttpExchange,
  head: HttpRequestHead,
  watch: HttpUploadWatch,
): DispatchOptions {
  const { body, method } = exchange;
  const { contentLength } = head;
  const streamed = isStreamed(exchange, head);
  return {
    path: '/',
    method: method === 'HEAD' ? 'HEAD' : body === null ? 'GET' : 'POST',
    body: body instanceof Uint8Array ? (streamed ? slices(body, watch) : body) : body && pieces(body, watch),
    headers: streamed && contentLength !== undefined ? ['content-length', String(contentLength)] : [],
    reset: head.closes,
    // Our own timers instead: undici's round to half a second and run while nobody reads.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
}

/** The caller's own pieces are reported one by one. */
export function isPieced({ body }: HttpExchange): boolean {
  return body !== null && !(body instanceof Uint8Array);
}

/** Does the head go ahead of the body? */
export function isStreamed({ body }: HttpExchange, head: HttpRequestHead): boolean {
  // A body of another size than announced goes out in one write: undici would refuse it in pieces.
  const announced = head.contentLength ?? (body instanceof Uint8Array ? body.length : undefined);
  return body instanceof Uint8Array ? body.length > SLICE_BYTES && announced === body.length : body !== null;
}

/** A large body in slices; undici asks for the next when the socket has room. */
function* slices(body: Uint8Array, watch: HttpUploadWatch): Generator<Uint8Array> {
  for (let start = 0; start < body.length; start += SLICE_BYTES) {
    watch.giving();
    yield body.subarray(start, start + SLICE_BYTES);
    watch.taken();
  }
}

/** The caller's pieces as they come, each reported as a request of its own, like the writes of InternetWriteFile (recorded). */
async function* pieces(body: AsyncIterable<Uint8Array>, watch: HttpUploadWatch): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    watch.observer({ type: 'sending' });
    yield* slices(piece, watch);
    watch.observer({ type: 'sent', bytes: piece.length });
  }
}
