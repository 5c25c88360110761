import type { ByteSource } from './ports/driver.ts';
import type { SpoolFile } from './ports/drivers.ts';

/** An answer up to this size stays in memory; a larger one goes to a file. */
const MEMORY_BYTES = 65_536;
/** How much is read at once on the way to a place that lies ahead. */
const SKIP_BYTES = 16_384;

/**
 * A body that keeps what is read of it, so that reading can go on from another place. The kept bytes live until the request is
 * closed and nobody holds them by InternetLockRequestFile.
 */
export class SpooledBody implements ByteSource {
  readonly #source: ByteSource;
  readonly #createFile: () => SpoolFile;
  #memory: Uint8Array = new Uint8Array(0);
  #file: SpoolFile | null = null;
  /** Bytes kept: as many as have been read of the source. */
  #kept = 0;
  #ended = false;
  #position = 0;
  #holders = 1;
  /** What the call under way gets from what is kept. */
  #fromKept = 0;
  /** Why bytes could not be kept. They are lost, so that every later read has to fail too. */
  #failure: { readonly error: unknown } | null = null;

  constructor(source: ByteSource, createFile: () => SpoolFile) {
    this.#source = source;
    this.#createFile = createFile;
  }

  get size(): number | undefined {
    return this.#source.size;
  }

  /**
   * The file with what has been read so far; what is read later is added. Small bodies have one from now on only.
   * Throws DriverFailure ERROR_DISK_FULL.
   */
  get path(): string {
    return this.#inFile().path;
  }

  /** From which byte the next read starts. */
  get position(): number {
    return this.#position;
  }

  /** The next read starts here; the place may lie beyond what has been read, or beyond the end. */
  moveTo(position: number): void {
    this.#position = position;
  }

  /** Keeps the bytes until `release` has been called once more. */
  hold(): void {
    this.#holders += 1;
  }

  /** One that needed the bytes no longer does. */
  release(): void {
    this.#holders -= 1;
    if (this.#holders > 0) return;
    this.#file?.close();
    this.#memory = new Uint8Array(0);
    this.#kept = 0;
    this.#ended = true;
  }

  read(into: Uint8Array): number | Promise<number> {
    if (this.#failure !== null) throw this.#failure.error;
    if (this.#position < this.#kept) return this.#readKept(into);
    if (this.#ended) return 0;
    if (this.#position > this.#kept) return this.#skip().then(() => this.read(into));
    const count = this.#source.read(into);
    return typeof count === 'number' ? this.#keep(into, count) : count.then((come) => this.#keep(into, come));
  }

  available(): number | Promise<number> {
    if (this.#failure !== null) throw this.#failure.error;
    if (this.#position < this.#kept) return this.#kept - this.#position;
    if (this.#ended) return 0;
    if (this.#position > this.#kept) return this.#skip().then(() => this.available());
    return this.#source.available();
  }

  cancel(): Promise<void> {
    return this.#source.cancel();
  }

  beginCall(wanted: number): void {
    this.#fromKept = Math.min(wanted, this.#kept - this.#position);
    if (!this.#ended && wanted > this.#fromKept) this.#source.beginCall?.(wanted - this.#fromKept);
  }

  endCall(got: number): void {
    this.#source.endCall?.(Math.max(0, got - this.#fromKept));
  }

  async #skip(): Promise<void> {
    const scratch = new Uint8Array(SKIP_BYTES);
    const position = this.#position;
    while (this.#kept < position && !this.#ended) {
      const ahead = scratch.subarray(0, Math.min(SKIP_BYTES, position - this.#kept));
      this.#add(ahead, await this.#source.read(ahead));
    }
  }

  #keep(bytes: Uint8Array, count: number): number {
    this.#add(bytes, count);
    this.#position += count;
    return count;
  }

  #add(bytes: Uint8Array, count: number): void {
    if (count === 0) this.#ended = true;
    // Closed while the bytes were on their way.
    if (count === 0 || this.#holders === 0) return;
    const end = this.#kept + count;
    try {
      this.#store(bytes.subarray(0, count), end);
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
    this.#kept = end;
  }

  #store(bytes: Uint8Array, end: number): void {
    if (this.#file === null && end <= MEMORY_BYTES) this.#remember(bytes, end);
    else this.#inFile().append(bytes);
  }

  #inFile(): SpoolFile {
    if (this.#file !== null) return this.#file;
    const file = this.#createFile();
    try {
      file.append(this.#memory.subarray(0, this.#kept));
    } catch (error) {
      file.close();
      throw error;
    }
    this.#file = file;
    this.#memory = new Uint8Array(0);
    return file;
  }

  #remember(bytes: Uint8Array, end: number): void {
    if (end > this.#memory.length) {
      const larger = new Uint8Array(Math.min(MEMORY_BYTES, Math.max(end, this.#memory.length * 2)));
      larger.set(this.#memory.subarray(0, this.#kept));
      this.#memory = larger;
    }
    this.#memory.set(bytes, this.#kept);
  }

  #readKept(into: Uint8Array): number {
    const wanted = into.subarray(0, Math.min(into.length, this.#kept - this.#position));
    if (this.#file === null) wanted.set(this.#memory.subarray(this.#position, this.#position + wanted.length));
    const count = this.#file === null ? wanted.length : this.#file.read(this.#position, wanted);
    this.#position += count;
    return count;
  }
}
