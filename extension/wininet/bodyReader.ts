import { type ByteSource, DriverFailure } from './ports/driver.ts';

/**
 * Reads a body as InternetReadFile does: it fills the caller's buffer whole unless the end comes first, and answers calls in
 * their order.
 *
 * A body that breaks off is handed out up to the break; what the next read says is the protocol's business (`onBreak`).
 */
export class BodyReader {
  readonly #source: ByteSource;
  readonly #onBreak: (failure: DriverFailure) => 'end' | 'fail';
  #tail: Promise<unknown> | null = null;
  #failure: unknown = null;
  #atEnd = false;
  #touched = false;

  /** @param onBreak decides whether a connection that ended early counts as the end of the body */
  constructor(source: ByteSource, onBreak: (failure: DriverFailure) => 'end' | 'fail' = () => 'fail') {
    this.#source = source;
    this.#onBreak = onBreak;
  }

  /** Size that the server announced, in bytes. */
  get size(): number | undefined {
    return this.#source.size;
  }

  /** Was the end met? Nothing is left to give up then. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** A reader that takes its place, of the same body in another guise; null once somebody has read or waits. */
  over(wrap: (source: ByteSource) => ByteSource): BodyReader | null {
    return this.#touched || this.#tail !== null ? null : new BodyReader(wrap(this.#source), this.#onBreak);
  }

  /** Fills the buffer; resolves to the number of bytes, 0 at the end. Synchronous where everything has arrived. */
  read(into: Uint8Array): number | Promise<number> {
    this.#touched = true;
    const step = () => this.#told(into.length, () => this.#fill(into, 0));
    if (this.#tail !== null) return this.#queue(step);
    const result = step();
    return typeof result === 'number' ? result : this.#queue(() => result);
  }

  /** How many bytes can be read without waiting; waits until there is one, or answers 0 at the end. */
  available(): number | Promise<number> {
    const step = () => this.#told(1, () => this.#available());
    if (this.#tail !== null) return this.#queue(step);
    const result = step();
    return typeof result === 'number' ? result : this.#queue(() => result);
  }

  /** Reads on although the end was met: the source has been moved. */
  readOn(): void {
    this.#atEnd = false;
  }

  /** Gives up the rest. */
  cancel(): Promise<void> {
    return this.#source.cancel();
  }

  /** Lets the source tell, once for the whole call, that it goes to the connection. */
  #told(wanted: number, step: () => number | Promise<number>): number | Promise<number> {
    if (wanted === 0 || this.#atEnd || this.#failure !== null) return step();
    this.#source.beginCall?.(wanted);
    const got = step();
    if (typeof got !== 'number') return got.then((count) => this.#ended(count));
    return this.#ended(got);
  }

  #ended(got: number): number {
    this.#source.endCall?.(got);
    return got;
  }

  #queue(step: () => number | Promise<number>): Promise<number> {
    const before = this.#tail ?? Promise.resolve();
    const run = before.then(step, step);
    this.#tail = run;
    const clear = () => {
      if (this.#tail === run) this.#tail = null;
    };
    run.then(clear, clear);
    return run;
  }

  #fill(into: Uint8Array, filled: number): number | Promise<number> {
    if (into.length === 0 || this.#atEnd) return 0;
    if (this.#failure !== null) return this.#broken(this.#failure);
    let count = filled;
    try {
      while (count < into.length) {
        const got = this.#source.read(count === 0 ? into : into.subarray(count));
        if (typeof got !== 'number') return this.#fillLater(into, count, got);
        if (got === 0) {
          this.#atEnd = true;
          break;
        }
        count += got;
      }
    } catch (failure) {
      return this.#interrupted(failure, count);
    }
    return count;
  }

  async #fillLater(into: Uint8Array, filled: number, waiting: Promise<number>): Promise<number> {
    try {
      const got = await waiting;
      if (got === 0) {
        this.#atEnd = true;
        return filled;
      }
      const count = filled + got;
      return count === into.length ? count : await this.#fill(into, count);
    } catch (failure) {
      return this.#interrupted(failure, filled);
    }
  }

  /** Bytes that came before the break are delivered first; the failure waits for the next read. */
  #interrupted(failure: unknown, filled: number): number {
    this.#failure = failure;
    return filled > 0 ? filled : this.#broken(failure);
  }

  #broken(failure: unknown): number {
    if (failure instanceof DriverFailure && this.#onBreak(failure) === 'end') {
      this.#atEnd = true;
      return 0;
    }
    throw failure;
  }

  #available(): number | Promise<number> {
    if (this.#atEnd) return 0;
    if (this.#failure !== null) return this.#broken(this.#failure);
    try {
      const count = this.#source.available();
      return typeof count === 'number' ? count : count.catch((failure: unknown) => this.#interrupted(failure, 0));
    } catch (failure) {
      return this.#interrupted(failure, 0);
    }
  }
}
