import type { DriverObserver } from '../wininet/ports/driver.ts';

/** Larger bodies are written in slices of this size, so that time-outs and closing work between them. */
export const SLICE_BYTES = 65_536;

/** What watches over an upload. */
export interface HttpUploadWatch {
  readonly observer: DriverObserver;
  /** Called before the server is given something: from now on it can be late. */
  giving(): void;
  /** Called when it was taken: the program may take its time for the next. Throws where the connection is gone instead. */
  taken(): void;
}

/** A large body in slices; undici asks for the next when the socket has room. */
export function* slices(body: Uint8Array, watch: HttpUploadWatch): Generator<Uint8Array> {
  for (let start = 0; start < body.length; start += SLICE_BYTES) {
    watch.giving();
    yield body.subarray(start, start + SLICE_BYTES);
    watch.taken();
  }
}

/** The caller's pieces as they come, each reported as a request of its own, like the writes of InternetWriteFile (recorded). */
export async function* pieces(body: AsyncIterable<Uint8Array>, watch: HttpUploadWatch): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    watch.observer({ type: 'sending' });
    yield* slices(piece, watch);
    watch.observer({ type: 'sent', bytes: piece.length });
  }
}
