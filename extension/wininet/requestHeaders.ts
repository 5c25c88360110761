import {
  HTTP_ADDREQ_FLAG_ADD,
  HTTP_ADDREQ_FLAG_ADD_IF_NEW,
  HTTP_ADDREQ_FLAG_COALESCE,
  HTTP_ADDREQ_FLAG_COALESCE_WITH_SEMICOLON,
  HTTP_ADDREQ_FLAG_REPLACE,
} from '../shared/constants.ts';
import { isHttpToken, trimBlanks } from '../shared/httpToken.ts';
import { CallFailure } from './winInetError.ts';

/** A header as it goes over the wire. */
export type Header = readonly [name: string, value: string];

/** The headers of one request, in their order. */
export class RequestHeaders {
  #headers: Header[];

  constructor(headers: readonly Header[] = []) {
    this.#headers = [...headers];
  }

  /** All headers. */
  get all(): readonly Header[] {
    return this.#headers;
  }

  /** The value of the first header of this name. */
  get(name: string): string | undefined {
    const wanted = name.toLowerCase();
    return this.#headers.find(([one]) => one.toLowerCase() === wanted)?.[1];
  }

  /** Adds a header after the others, whatever is there already. */
  append(name: string, value: string): void {
    this.#headers.push([name, value]);
  }

  /** Leaves one header of this name. */
  set(name: string, value: string): void {
    const at = this.#indexOf(name);
    this.remove(name);
    this.#headers.splice(at === -1 ? this.#headers.length : at, 0, [name, value]);
  }

  /** Removes every header of this name. */
  remove(name: string): void {
    const wanted = name.toLowerCase();
    this.#headers = this.#headers.filter(([one]) => one.toLowerCase() !== wanted);
  }

  /**
   * Does what HttpAddRequestHeaders does with lines of text.
   * Fails with ERROR_HTTP_INVALID_HEADER, ERROR_HTTP_HEADER_ALREADY_EXISTS (ADD_IF_NEW), ERROR_HTTP_HEADER_NOT_FOUND
   * (REPLACE of an absent header with nothing) or ERROR_INVALID_PARAMETER (an unfinished line without a value).
   */
  change(text: string, modifiers: number): void {
    if (text === '') throw new CallFailure('ERROR_HTTP_INVALID_HEADER', 'Pass at least one line "Name: value".');
    // Asserted on Windows; a replacement by nothing needs no more than the name.
    const replaces = (modifiers & HTTP_ADDREQ_FLAG_REPLACE) !== 0;
    if (!replaces && /(?:^|\n)[^\r\n:]+:[ \t]*$/.test(text)) {
      throw new CallFailure('ERROR_INVALID_PARAMETER', 'End a header without a value with CR LF.');
    }
    for (const [name, value] of parseHeaderLines(text)) this.#changeOne(name, value, modifiers);
  }

  /** Adds the headers that accompany a send: as recorded each replaces the first of its name, and without a value removes it. */
  merge(text: string): void {
    const modifiers = HTTP_ADDREQ_FLAG_ADD | HTTP_ADDREQ_FLAG_REPLACE;
    for (const [name, value] of parseHeaderLines(text)) this.#changeOne(name, value, modifiers);
  }

  #changeOne(name: string, value: string, modifiers: number): void {
    const at = this.#indexOf(name);
    const has = (flag: number) => (modifiers & flag) !== 0;
    if (has(HTTP_ADDREQ_FLAG_ADD_IF_NEW)) {
      if (at !== -1) throw new CallFailure('ERROR_HTTP_HEADER_ALREADY_EXISTS');
      this.append(name, value);
    } else if (has(HTTP_ADDREQ_FLAG_REPLACE)) {
      this.#replace(at, name, value, has(HTTP_ADDREQ_FLAG_ADD));
    } else if (at === -1 || has(HTTP_ADDREQ_FLAG_ADD)) {
      // Recorded: of these flags ADD outranks those that join.
      this.append(name, value);
    } else if (has(HTTP_ADDREQ_FLAG_COALESCE | HTTP_ADDREQ_FLAG_COALESCE_WITH_SEMICOLON)) {
      const [kept, before] = this.#headers[at] ?? [name, ''];
      // Recorded: of the two that join, the comma outranks the semicolon.
      this.#headers[at] = [kept, `${before}${has(HTTP_ADDREQ_FLAG_COALESCE) ? ', ' : '; '}${value}`];
    } else {
      // Recorded: nobody said what to do with the one that is there.
      throw new CallFailure('ERROR_HTTP_INVALID_HEADER', 'Pass HTTP_ADDREQ_FLAG_ADD or _REPLACE as dwModifiers.');
    }
  }

  /**
   * The first header of the name goes, and the new one comes last: recorded. Windows 10 adds one that was absent; with ADD that
   * one may be empty too.
   */
  #replace(at: number, name: string, value: string, orAdd: boolean): void {
    if (at === -1 && value === '' && !orAdd) throw new CallFailure('ERROR_HTTP_HEADER_NOT_FOUND');
    if (at !== -1) this.#headers.splice(at, 1);
    // The page: a replacement with an empty value removes the header.
    if (value !== '' || at === -1) this.append(name, value);
  }

  #indexOf(name: string): number {
    const wanted = name.toLowerCase();
    return this.#headers.findIndex(([one]) => one.toLowerCase() === wanted);
  }
}

/** The headers in lines of text separated by CR LF. Fails with ERROR_HTTP_INVALID_HEADER. */
export function parseHeaderLines(text: string): readonly Header[] {
  return text
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '')
    .map((line): Header => {
      const colon = line.indexOf(':');
      const name = trimBlanks(line.slice(0, Math.max(colon, 0)));
      const value = trimBlanks(line.slice(colon + 1));
      if (!isHttpToken(name) || value.includes('\0')) throw new CallFailure('ERROR_HTTP_INVALID_HEADER');
      return [name, value];
    });
}
