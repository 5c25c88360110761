import { isUtf8 } from 'node:buffer';

/** A line of a menu: no locator is longer, and words for people seldom are. In bytes. */
const LINE_LIMIT = 8192;
/** A whole menu, in bytes: thousands of items. */
const ANSWER_LIMIT = 4 * 1024 * 1024;

/** How far an answer of lines has come. */
export type LinesProgress = 'more' | 'ended' | 'line too long' | 'answer too long';

/** Gathers the lines of an answer from its pieces. A line may end with CR LF or LF; a line that is a dot ends the answer. */
export class GopherLines {
  readonly lines: string[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #length = 0;

  /** Takes the next bytes; what follows the dot is not looked at. */
  push(piece: Uint8Array): LinesProgress {
    this.#length += piece.length;
    if (this.#length > ANSWER_LIMIT) return 'answer too long';
    const bytes = Buffer.concat([this.#rest, piece]);
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      if (end - start > LINE_LIMIT) return 'line too long';
      const line = textOf(bytes.subarray(start, end));
      start = end + 1;
      if (line === '.') {
        this.#rest = Buffer.alloc(0);
        return 'ended';
      }
      this.lines.push(line);
    }
    this.#rest = bytes.subarray(start);
    return this.#rest.length > LINE_LIMIT ? 'line too long' : 'more';
  }

  /** What came behind the last line end; undefined where nothing did. A dot is an end too, even without its own. */
  get unfinished(): string | undefined {
    const text = textOf(this.#rest);
    return text === '' || text === '.' ? undefined : text;
  }
}

/** Text of a server: UTF-8 where it is that, Latin-1 where not, as older servers send it. */
export function textOf(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1').replace(/\r$/, '');
}
