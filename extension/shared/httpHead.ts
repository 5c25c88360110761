import { trimBlanks } from './httpToken.ts';

/** The head of an HTTP message as the journal keeps it: one text, masked, perhaps cut. */
export interface HttpRequestLine {
  readonly method: string;
  readonly target: string;
  readonly version: string;
}

/** The first line of an answer. */
export interface HttpStatusLine {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
}

/** A header as it stands in a head: names keep their spelling. */
export type HttpHeader = readonly [name: string, value: string];

/** The request line of a head; null where the text is no head of a request, as a line of FTP. */
export function requestLine(text: string): HttpRequestLine | null {
  const [, method, target, version] = /^([!#$%&'*+.^`|~\w-]+) (\S+) (HTTP\/\d\.\d)(?=\r?\n|$)/.exec(text) ?? [];
  return method === undefined || target === undefined || version === undefined ? null : { method, target, version };
}

/** The status line of a head; null where the text is no head of an answer. */
export function statusLine(text: string): HttpStatusLine | null {
  const [, version, status, reason = ''] = /^(HTTP\/\d\.\d) +(\d{3})(?: ([^\r\n]*))?(?=\r?\n|$)/.exec(text) ?? [];
  return version === undefined ? null : { version, status: Number(status), reason };
}

/** The headers of a head in their order; a folded line goes on with the value before it, a line without a colon is left out. */
export function headersOf(text: string): HttpHeader[] {
  const headers: [string, string][] = [];
  for (const line of text.split(/\r?\n/).slice(1)) {
    const last = headers.at(-1);
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line) && last !== undefined) last[1] = `${last[1]} ${trimBlanks(line)}`;
    else if (colon > 0) headers.push([trimBlanks(line.slice(0, colon)), trimBlanks(line.slice(colon + 1))]);
  }
  return headers;
}

/** The value of the first header of this name, whatever its spelling. */
export function headerValue(headers: readonly HttpHeader[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([one]) => one.toLowerCase() === wanted)?.[1];
}
