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
export async function* linesOf(
  pieces: AsyncIterable<string> | string,
  {
    lineLimit = LINE_LIMIT,
    traceLimit = TRACE_LIMIT,
  }: { readonly lineLimit?: number; readonly traceLimit?: number } = {},
): AsyncGenerator<TraceLine, void> {
  const cutter = new Cutter(lineLimit);
  let total = 0;
  for await (const piece of typeof pieces === 'string' ? [pieces] : pieces) {
    const rest = traceLimit - total;
    total += piece.length;
    yield* cutter.cut(piece.length > rest ? piece.slice(0, rest) : piece);
    if (total > traceLimit) {
      yield { number: cutter.number + 1, text: null, last: true };
      return;
    }
  }
  yield* cutter.end();
}

class Cutter {
  readonly #limit: number;
  /** Parts of the line under way; joined once, so that a line in many pieces costs no more than its length. */
  #parts: string[] = [];
  #length = 0;
  /** How many lines have ended. */
  number = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  *cut(piece: string): Generator<TraceLine, void> {
    let from = 0;
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', from)) {
      this.#add(piece.slice(from, end));
      from = end + 1;
      yield* this.end();
    }
    this.#add(piece.slice(from));
  }

  *end(): Generator<TraceLine, void> {
    this.number += 1;
    const tooLong = this.#length > this.#limit;
    const joined = this.#parts.join('');
    // Editors on Windows begin a file with a byte order mark, and end its lines with CR LF.
    const text = (this.number === 1 ? joined.replace(/^\ufeff/, '') : joined).trimEnd();
    this.#parts = [];
    this.#length = 0;
    if (tooLong) yield { number: this.number, text: null };
    else if (text !== '') yield { number: this.number, text };
  }

  #add(part: string): void {
    this.#length += part.length;
    if (this.#length > this.#limit) this.#parts = [];
    else if (part !== '') this.#parts.push(part);
  }
}
