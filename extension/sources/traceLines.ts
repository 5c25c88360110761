/** How many characters a line may have; the tree of a journal that was cut is one line. */
export const LINE_LIMIT = 67_108_864;
/** How many characters a trace may have; what comes after them is not read. */
export const TRACE_LIMIT = 1_073_741_824;

/** A line of a trace that is not blank. */
export interface TraceLine {
  /** Counts from 1, blank ones too. */
  readonly number: number;
  /** Without its end; null where it was longer than LINE_LIMIT, and thrown away as it came. */
  readonly text: string | null;
  /** The trace goes on, but only up to here it is read. */
  readonly last?: true;
}

/** Cuts a text that comes in pieces into lines, and never holds more than one line and one piece. */
export class TraceLines {
  readonly #lineLimit: number;
  readonly #traceLimit: number;
  /** Parts of the line under way; joined once, so that a line in many pieces costs no more than its length. */
  #parts: string[] = [];
  #length = 0;
  #total = 0;
  #number = 0;

  constructor({ lineLimit = LINE_LIMIT, traceLimit = TRACE_LIMIT } = {}) {
    this.#lineLimit = lineLimit;
    this.#traceLimit = traceLimit;
  }

  /** The lines that end in the next piece. */
  *cut(piece: string): Generator<TraceLine, void> {
    const rest = this.#traceLimit - this.#total;
    if (rest < 0) return;
    this.#total += piece.length;
    const kept = piece.length > rest ? piece.slice(0, rest) : piece;
    let from = 0;
    for (let end = kept.indexOf('\n'); end !== -1; end = kept.indexOf('\n', from)) {
      this.#add(kept.slice(from, end));
      from = end + 1;
      yield* this.end();
    }
    this.#add(kept.slice(from));
    if (kept !== piece) yield { number: this.#number + 1, text: null, last: true };
  }

  /** The line under way, which is the last one when the text has no more pieces. */
  *end(): Generator<TraceLine, void> {
    this.#number += 1;
    const tooLong = this.#length > this.#lineLimit;
    const joined = this.#parts.join('');
    // Editors on Windows begin a file with a byte order mark, and end its lines with CR LF.
    const text = (this.#number === 1 ? joined.replace(/^\ufeff/, '') : joined).trimEnd();
    this.#parts = [];
    this.#length = 0;
    if (tooLong) yield { number: this.#number, text: null };
    else if (text !== '') yield { number: this.#number, text };
  }

  #add(part: string): void {
    this.#length += part.length;
    if (this.#length > this.#lineLimit) this.#parts = [];
    else if (part !== '') this.#parts.push(part);
  }
}
