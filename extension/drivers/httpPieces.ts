import { releaseMemory } from './releaseMemory.ts';

/** Pieces of a body that have come and wait to be read. */
export class HttpPieces {
  #pieces: Buffer[] = [];
  /** Pieces that were read to their end and whose memory is still held. */
  readonly #spent: Buffer[] = [];
  /** Index of the first piece that has unread bytes, and how many of its bytes are read. */
  #first = 0;
  #offset = 0;
  #bytes = 0;

  /** How many bytes wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many pieces wait, whole or in part. */
  get count(): number {
    return this.#pieces.length - this.#first;
  }

  push(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
  }

  /** Copies bytes until the buffer is full or none wait; answers how many. */
  take(into: Uint8Array): number {
    let copied = 0;
    while (copied < into.length) {
      const piece = this.#pieces[this.#first];
      if (piece === undefined) break;
      const end = Math.min(piece.length, this.#offset + into.length - copied);
      into.set(this.#offset === 0 && end === piece.length ? piece : piece.subarray(this.#offset, end), copied);
      copied += end - this.#offset;
      this.#offset = end;
      if (end === piece.length) this.#nextPiece(piece);
    }
    this.#bytes -= copied;
    return copied;
  }

  /** Gives back the memory of what was read; never inside `push`: the parser may still put the rest of the same memory back into its socket. */
  freeSpent(): void {
    for (const piece of this.#spent) releaseMemory(piece);
    this.#spent.length = 0;
  }

  /** Throws away what waits. */
  clear(): void {
    this.#pieces = [];
    this.#first = 0;
    this.#offset = 0;
    this.#bytes = 0;
  }

  #nextPiece(piece: Buffer): void {
    this.#spent.push(piece);
    this.#offset = 0;
    this.#first += 1;
    if (this.#first === this.#pieces.length) {
      this.#pieces = [];
      this.#first = 0;
    } else if (this.#first >= 64) {
      this.#pieces.splice(0, this.#first);
      this.#first = 0;
    }
  }
}
