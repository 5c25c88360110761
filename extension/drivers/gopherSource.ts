import { type ByteSource, DriverFailure } from '../wininet/ports/driver.ts';
import type { GopherConnection } from './gopherConnection.ts';
import { decoderFor, type GopherDecoder } from './gopherDecoder.ts';
import { gopherFailure } from './gopherFailure.ts';
import type { GopherHead } from './gopherHead.ts';
import { releaseMemory } from './releaseMemory.ts';

const NOTHING = new Uint8Array(0);

/** The bytes of a file, pulled: what the reader does not take stays in the connection, which then slows the server. */
export class GopherSource implements ByteSource {
  readonly size: number | undefined;
  readonly #connection: GopherConnection;
  readonly #decoder: GopherDecoder;
  /** What was decoded and not read yet. */
  #held: Uint8Array = NOTHING;
  #over = false;

  /** @param head what was looked at already */
  constructor(connection: GopherConnection, { framing, early }: GopherHead) {
    this.size = typeof framing === 'number' ? framing : undefined;
    this.#connection = connection;
    this.#decoder = decoderFor(framing);
    this.#take(early);
  }

  read(into: Uint8Array): number | Promise<number> {
    const waiting = into.length === 0 ? undefined : this.#fill();
    return waiting === undefined ? this.#copy(into) : waiting.then(() => this.#copy(into));
  }

  available(): number | Promise<number> {
    const waiting = this.#fill();
    return waiting === undefined ? this.#held.length : waiting.then(() => this.#held.length);
  }

  cancel(): Promise<void> {
    this.#held = NOTHING;
    return this.#connection.cancel();
  }

  /** Waits for bytes or the end; undefined where there is no need to wait. */
  #fill(): Promise<void> | undefined {
    while (this.#held.length === 0 && !this.#over) {
      const piece = this.#connection.next();
      if (piece instanceof Promise) return this.#fillLater(piece);
      this.#take(piece);
    }
    return undefined;
  }

  async #fillLater(waiting: Promise<Uint8Array | null>): Promise<void> {
    try {
      this.#take(await waiting);
    } catch (failure) {
      // A server that does not hang up after the final dot has still sent everything.
      const isLate = failure instanceof DriverFailure && failure.symbol === 'ERROR_INTERNET_TIMEOUT';
      if (!isLate || !this.#decoder.sawDot) throw failure;
      this.#take(null);
    }
    await this.#fill();
  }

  #take(piece: Uint8Array | null): void {
    if (piece !== null) this.#held = this.#decoder.push(piece);
    else if (!this.#decoder.mayEnd) throw this.#cutShort();
    if (piece !== null && !this.#decoder.complete) return;
    this.#over = true;
    void this.#connection.cancel();
  }

  #copy(into: Uint8Array): number {
    const count = Math.min(into.length, this.#held.length);
    into.set(this.#held.subarray(0, count));
    const rest = this.#held.subarray(count);
    if (count > 0 && rest.length === 0) releaseMemory(this.#held);
    this.#held = rest.length === 0 ? NOTHING : rest;
    return count;
  }

  #cutShort(): DriverFailure {
    return gopherFailure('gopher: answer cut short', this.#connection.request, 'sent less than it announced');
  }
}
