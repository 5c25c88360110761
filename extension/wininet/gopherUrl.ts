import type { GopherItem } from '../shared/gopherItem.ts';
import { fitsProtocolLine } from '../shared/protocolLine.ts';
import { joinUrl, type UrlParts, unescapeText } from './url.ts';
import { CallFailure } from './winInetError.ts';

/** What a gopher URL leads to. */
export interface GopherTarget {
  readonly item: GopherItem;
  /** What to search for; null where the URL does not say. */
  readonly words: string | null;
  /** The view of Gopher+ that it asks for; null for none. */
  readonly view: string | null;
}

/**
 * Reads a gopher URL: `/<type><selector>%09<search>%09<Gopher+ string>` (RFC 4266, 2.1), a menu where there is no path. Words
 * may also stand behind a question mark, as forms of pages send them. Fails with ERROR_INTERNET_INVALID_URL.
 */
export function gopherTargetOf({ host, port, path }: Pick<UrlParts, 'host' | 'port' | 'path'>): GopherTarget {
  const [, plain = '', query] = /^\/[72][^?]*\?/.test(path) ? (/^([^?]*)\?(.*)$/s.exec(path) ?? []) : ['', path];
  const [typed = '', words, plus] = unescapeText(plain.slice(1)).split('\t');
  const [type = '1'] = typed;
  if (!fitsProtocolLine(unescapeText(path))) {
    throw new CallFailure('ERROR_INTERNET_INVALID_URL', 'Take the escaped control characters out of the URL.');
  }
  return {
    item: { type, display: '', selector: typed.slice(type.length), host, port, mark: plus ? '+' : '' },
    words: words || (query === undefined ? null : unescapeText(query.replaceAll('+', ' '))),
    view: plus ? plus.replace(/^\+/, '') : null,
  };
}

/** The gopher URL of an item and what to search for. */
export function gopherUrlOf({ type, selector, host, port }: GopherItem, words: string | null = null): string {
  const search = words === null ? '' : `%09${encode(words)}`;
  return joinUrl({ scheme: 'gopher', host, port, path: `/${encode(type)}${encode(selector)}${search}` });
}

/** Slashes stay, for the eye. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replaceAll('%2F', '/');
}
