import { MAX_GOPHER_DISPLAY_TEXT, MAX_GOPHER_HOST_NAME, MAX_GOPHER_SELECTOR_TEXT } from './constants.ts';

/** One item of a Gopher menu, as its line tells it: the form of a locator too. */
export interface GopherItem {
  /** One character: `0` a text, `1` a menu, … (RFC 1436, 3.8). */
  readonly type: string;
  readonly display: string;
  readonly selector: string;
  /** Empty only where the item leads nowhere. */
  readonly host: string;
  readonly port: number;
  /** `+` for an item of Gopher+, `?` for one that also asks questions before it is fetched. */
  readonly mark: '' | '+' | '?';
}

const LINE =
  /^(?<type>[^\t\r\n])(?<display>[^\t\r\n\0]*)\t(?<selector>[^\t\r\n\0]*)\t(?<host>[^\s\0]*)\t *(?<port>\d{1,5}) *(?:\t(?<mark>[+?]?)[^\r\n]*)?$/u;
/** Text and errors lead nowhere, so servers fill in whatever they like, or nothing. */
const LEADS_NOWHERE = /^(?<type>[i3])(?<display>[^\t\r\n\0]*)(?:\t[^\r\n]*)?$/u;

/** Reads one line of a menu, without its line end; undefined for a line that is no item or longer than a locator can be. */
export function parseGopherLine(line: string): GopherItem | undefined {
  const fields = LINE.exec(line)?.groups;
  const port = Number(fields?.port);
  if (fields !== undefined && port >= 1 && port <= 65_535 && fields.host !== '') {
    const { type = '', display = '', selector = '', host = '', mark } = fields;
    if (selector.length > MAX_GOPHER_SELECTOR_TEXT || host.length > MAX_GOPHER_HOST_NAME) return undefined;
    return { type, display, selector, host, port, mark: mark === '+' || mark === '?' ? mark : '' };
  }
  const words = LEADS_NOWHERE.exec(line)?.groups;
  if (words === undefined) return undefined;
  return { type: words.type ?? 'i', display: words.display ?? '', selector: '', host: '', port: 0, mark: '' };
}

/** Writes an item as a line, without line end. What a person sees is cut to the length that a locator allows. */
export function gopherLine({ type, display, selector, host, port, mark }: GopherItem): string {
  const fields = [type + display.slice(0, MAX_GOPHER_DISPLAY_TEXT), selector, host, port];
  return (mark === '' ? fields : [...fields, mark]).join('\t');
}
