import * as zlib from 'node:zlib';
import { type ByteSource, DriverFailure } from './ports/driver.ts';

/** Encoded bytes taken from the source at a time. */
const INPUT_BYTES = 16_384;
/** No honest encoder packs tighter for long: deflate itself ends at about 1,030 to 1; small bodies are let through. */
const MAX_RATIO = 1100;
/** How much behind the encoded data is read away before the source is given up. */
const MAX_LEFTOVER_BYTES = 65_536;
const RATIO_FREE_BYTES = 16 * 1024 * 1024;

type Decoder = zlib.Gunzip | zlib.Inflate | zlib.InflateRaw | zlib.BrotliDecompress;

/**
 * Undoes a Content-Encoding: gzip, deflate (as RFC 9110 has it, and raw as some servers send it), br, zstd where Node has
 * it, and lists of them, which were applied from left to right. The source itself comes back where there is nothing to
 * undo. Otherwise the size is unknown, and reading fails with ERROR_INTERNET_DECODING_FAILED on bytes that the encoding
 * cannot have produced, on a stream cut short, and on an encoding that is not known. Decoding keeps pace with reading: no
 * more waits than was asked for and one chunk.
 */
export function decodeBody(source: ByteSource, contentEncoding: string): ByteSource {
  return contentEncoding
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity')
    .reduceRight<ByteSource>((encoded, name) => new DecodedSource(encoded, name), source);
}

/** One encoding undone. */
class DecodedSource implements ByteSource {
  readonly size = undefined;
  readonly #source: ByteSource;
  readonly #encoding: string;
  readonly #input = new Uint8Array(INPUT_BYTES);
  #decoder: Decoder | undefined;
  #output: Buffer | undefined;
  #taken = 0;
  #takenBefore = 0;
  #produced = 0;
  #failure: DriverFailure | undefined;
  #filling: Promise<boolean> | undefined;
  #ended = false;
  #digesting = false;
  #wake: () => void = () => undefined;

  constructor(source: ByteSource, encoding: string) {
    this.#source = source;
    this.#encoding = encoding;
  }

  read(into: Uint8Array): number | Promise<number> {
    if (into.length === 0) return 0;
    if (this.#output !== undefined) return this.#copy(this.#output, into);
    return this.#fill().then((some) => (some && this.#output !== undefined ? this.#copy(this.#output, into) : 0));
  }

  available(): number | Promise<number> {
    if (this.#output !== undefined) return this.#output.length;
    return this.#fill().then((some) => (some ? (this.#output?.length ?? 0) : 0));
  }

  async cancel(): Promise<void> {
    this.#failure ??= new DriverFailure('ERROR_INTERNET_OPERATION_CANCELLED', 'The rest of the body was given up.');
    this.#output = undefined;
    this.#decoder?.destroy();
    await this.#source.cancel();
  }

  beginCall(wanted: number): void {
    this.#takenBefore = this.#taken;
    // How many encoded bytes that takes is not known before.
    if (!this.#ended && wanted > (this.#output?.length ?? 0)) this.#source.beginCall?.(Number.POSITIVE_INFINITY);
  }

  endCall(): void {
    this.#source.endCall?.(this.#taken - this.#takenBefore);
  }

  #copy(output: Buffer, into: Uint8Array): number {
    const count = Math.min(output.length, into.length);
    into.set(count === output.length ? output : output.subarray(0, count));
    this.#output = count === output.length ? undefined : output.subarray(count);
    return count;
  }

  /** Decodes until bytes wait; false at the end. */
  #fill(): Promise<boolean> {
    this.#filling ??= this.#decodeMore().finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  async #decodeMore(): Promise<boolean> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      const decoded: unknown = this.#decoder?.read();
      if (decoded instanceof Buffer) return this.#keep(decoded);
      if (this.#ended) {
        await this.#takeLeftovers();
        return false;
      }
      // A piece that the decoder has not digested yet comes first: otherwise a bomb would queue up its input.
      if (!this.#digesting) await this.#feed();
      if (this.#decoder !== undefined && !this.#ended) await this.#change(this.#decoder);
    }
  }

  #keep(decoded: Buffer): boolean {
    this.#produced += decoded.length;
    if (this.#produced > RATIO_FREE_BYTES && this.#produced > this.#taken * MAX_RATIO) {
      throw this.#fail('expands beyond any honest ratio');
    }
    this.#output = decoded;
    return true;
  }

  /** Gives the decoder one piece, or the end. */
  async #feed(): Promise<void> {
    const count = await this.#source.read(this.#input);
    if (this.#failure !== undefined) throw this.#failure;
    this.#taken += count;
    if (count === 0 && this.#decoder === undefined) {
      // Nothing at all was sent: servers do that with an encoding named all the same.
      this.#ended = true;
      return;
    }
    this.#decoder ??= this.#start(this.#input[0] ?? 0);
    this.#digesting = true;
    if (count === 0) this.#decoder.end();
    else this.#decoder.write(Buffer.from(this.#input.subarray(0, count)), () => this.#digested());
  }

  #start(first: number): Decoder {
    const decoder = createDecoder(this.#encoding, first);
    if (decoder === undefined) throw this.#fail(`is encoded as ${this.#encoding}, which is not known`);
    decoder.on('readable', () => this.#wake());
    decoder.on('end', () => {
      this.#ended = true;
      this.#wake();
    });
    decoder.on('error', () => {
      this.#fail('was not produced by that encoding, or is cut short');
      this.#wake();
    });
    return decoder;
  }

  /** Waits until the decoder has done something: output, digested, ended or failed. */
  #change(decoder: Decoder): Promise<void> {
    if (!this.#digesting || decoder.readableLength > 0 || decoder.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #digested(): void {
    this.#digesting = false;
    this.#wake();
  }

  /** What follows the encoded data, the end of the message above all, so that its connection can serve again. */
  async #takeLeftovers(): Promise<void> {
    for (let taken = 0; taken <= MAX_LEFTOVER_BYTES; ) {
      const count = await this.#source.read(this.#input);
      if (count === 0) return;
      taken += count;
    }
    await this.#source.cancel();
  }

  #fail(what: string): DriverFailure {
    this.#failure ??= new DriverFailure(
      'ERROR_INTERNET_DECODING_FAILED',
      `The body ${what} (${this.#encoding}); ask for it without Accept-Encoding.`,
    );
    this.#decoder?.destroy();
    return this.#failure;
  }
}

const options = { chunkSize: 65_536 };

function createDecoder(encoding: string, first: number): Decoder | undefined {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip(options);
    case 'deflate':
      // RFC 1950: the low half of the first byte of a zlib stream is 8. Raw deflate never begins so in practice.
      return (first & 0x0f) === 8 ? zlib.createInflate(options) : zlib.createInflateRaw(options);
    case 'br':
      return zlib.createBrotliDecompress(options);
    case 'zstd':
      return 'createZstdDecompress' in zlib ? zlib.createZstdDecompress(options) : undefined;
    default:
      return undefined;
  }
}
