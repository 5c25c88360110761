import * as constants from '../shared/constants.ts';
import { QUERY_ATTRIBUTE_HEADERS } from '../shared/queryAttributes.ts';

/** One header of a message, with how HttpQueryInfo reads it. */
export interface ListedHeader {
  readonly name: string;
  readonly value: string;
  /** HTTP_QUERY_*; HTTP_QUERY_CUSTOM where the header has no attribute of its own. */
  readonly attribute: number;
  /** Which of the headers of this name it is, from 0. */
  readonly index: number;
}

/** The first line of a message and its headers, from HTTP_QUERY_RAW_HEADERS_CRLF. */
export function listHeaders(raw: string): { readonly firstLine: string; readonly headers: readonly ListedHeader[] } {
  const [firstLine = '', ...lines] = raw.split('\r\n');
  const seen = new Map<string, number>();
  const headers = lines
    .filter((line) => line !== '')
    .map((line): ListedHeader => {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon);
      const key = name.toLowerCase();
      const index = seen.get(key) ?? 0;
      seen.set(key, index + 1);
      return { name, value: line.slice(colon + 1).trim(), attribute: attributeOf(name), index };
    });
  return { firstLine, headers };
}

/** The attribute of HttpQueryInfo that reads a header. */
export function attributeOf(name: string): number {
  return attributes.get(name.toLowerCase()) ?? constants.HTTP_QUERY_CUSTOM;
}

const attributes = new Map<string, number>();
for (const [attribute, name] of QUERY_ATTRIBUTE_HEADERS) {
  if (!attributes.has(name.toLowerCase())) attributes.set(name.toLowerCase(), attribute);
}
