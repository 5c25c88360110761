import type { GopherFraming } from './gopherPlus.ts';

/** Turns what a server sends into the bytes of a file. */
export interface GopherDecoder {
  /** The file's bytes in this piece. */
  push(piece: Uint8Array): Uint8Array;
  /** The file is complete: no more is wanted from the connection. */
  readonly complete: boolean;
  /** May the connection end here? False where a part is missing. */
  readonly mayEnd: boolean;
  /** The last line was a dot: nothing more is expected, though only the end of the connection proves it. */
  readonly sawDot: boolean;
}

/** The decoder for a way of ending. */
export function decoderFor(framing: GopherFraming): GopherDecoder {
  if (framing === 'dot') return new DottedText();
  return framing === 'close' ? UNTIL_CLOSE : new CountedBytes(framing);
}

const UNTIL_CLOSE: GopherDecoder = { push: (piece) => piece, complete: false, mayEnd: true, sawDot: false };

class CountedBytes implements GopherDecoder {
  readonly sawDot = false;
  #left: number;

  constructor(count: number) {
    this.#left = count;
  }

  get complete(): boolean {
    return this.#left === 0;
  }

  get mayEnd(): boolean {
    return this.#left === 0;
  }

  push(piece: Uint8Array): Uint8Array {
    const wanted = piece.subarray(0, this.#left);
    this.#left -= wanted.length;
    return wanted;
  }
}

const DOT = 46;
const CR = 13;
const LF = 10;

/**
 * A text whose last line is a dot and in which lines that begin with a dot have it doubled (RFC 1436, 3.8). Many servers do
 * neither. So a dot is the end only if nothing follows it, and a line that begins with a single dot shows that the server
 * doubles none: from there on the text is left as it is.
 */
class DottedText implements GopherDecoder {
  readonly complete = false;
  readonly mayEnd = true;
  /** A dot at the beginning of a line, and perhaps a line end, of which it is not known yet what they are. */
  #held = Buffer.alloc(0);
  #atLineStart = true;
  #doubles = true;

  get sawDot(): boolean {
    return this.#held.length > 1;
  }

  push(piece: Uint8Array): Uint8Array {
    const bytes = Buffer.concat([this.#held, piece]);
    this.#held = Buffer.alloc(0);
    const kept: Buffer[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (this.#atLineStart && bytes[at] === DOT) {
        const dot = this.#judge(bytes, at);
        if (dot === 'unknown') {
          this.#held = bytes.subarray(at);
          break;
        }
        if (dot === 'doubled') at += 1;
      }
      const end = bytes.indexOf(LF, at);
      this.#atLineStart = end !== -1;
      const next = end === -1 ? bytes.length : end + 1;
      kept.push(bytes.subarray(at, next));
      at = next;
    }
    return Buffer.concat(kept);
  }

  #judge(bytes: Buffer, at: number): 'unknown' | 'doubled' | 'plain' {
    const second = bytes[at + 1];
    if (second === DOT) return this.#doubles ? 'doubled' : 'plain';
    const lineEnd = second === CR ? at + 2 : at + 1;
    const isAlone = lineEnd >= bytes.length || bytes[lineEnd] === LF;
    if (isAlone && lineEnd + 1 >= bytes.length) return 'unknown';
    this.#doubles = false;
    return 'plain';
  }
}
