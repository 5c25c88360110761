import type { Client } from 'undici';
import DeepClient from 'undici/lib/dispatcher/client.js';

// The deep path, as in the driver; the driver's own declarations of it leave out what only a benchmark needs.
const RawClient = DeepClient as unknown as typeof Client;

const ignore = () => undefined;

/** undici without anything on top: what the HTTP benchmarks compare with. */
export class RawHttp {
  readonly #client: Client;

  constructor(origin: string) {
    this.#client = new RawClient(origin, { allowH2: false, pipelining: 1 });
  }

  /** Gets a path and lets the body go by; resolves to its length in bytes. */
  get(path: string): Promise<number> {
    return new Promise((resolve, reject) => {
      let count = 0;
      this.#client.dispatch(
        { method: 'GET', path },
        {
          onRequestStart: ignore,
          onResponseStart: ignore,
          onResponseData: (_controller, chunk) => {
            count += chunk.length;
          },
          onResponseEnd: () => resolve(count),
          onResponseError: (_controller, error) => reject(error),
        },
      );
    });
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
