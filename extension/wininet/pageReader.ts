import { needRoom } from './callerBuffer.ts';

const LF = 10;

/**
 * Reads a page that InternetOpenUrl made of a folder or menu. InternetReadFile page, Remarks: such a page is handed out in whole
 * lines, so a read may bring less than was asked for before the end, and a buffer that does not hold the next line is refused.
 */
export class PageReader {
  readonly #page: Buffer;
  #at = 0;

  /** @param page its last line has an end, too */
  constructor(page: string) {
    this.#page = Buffer.from(page, 'utf8');
  }

  /**
   * Fills the buffer with as many whole lines as it holds.
   * @returns the number of bytes, 0 at the end. Fails with ERROR_INSUFFICIENT_BUFFER where not one line fits: it tells how
   * long the next one is, and nothing is lost.
   */
  read(into: Uint8Array): number {
    const rest = this.#page.subarray(this.#at);
    if (into.length === 0 || rest.length === 0) return 0;
    const lines = rest.subarray(0, into.length);
    const whole = lines.lastIndexOf(LF) + 1;
    if (whole === 0) needRoom(into, rest.indexOf(LF) + 1);
    into.set(lines.subarray(0, whole));
    this.#at += whole;
    return whole;
  }

  /** How many bytes are left: a buffer of that size takes them all. */
  available(): number {
    return this.#page.length - this.#at;
  }
}
