import { printable } from '../shared/format.ts';
import { unescapeText } from '../wininet/url.ts';

/** A name for what a handle leads to (`GET http://host/a/b.txt?c`, `pub/b.txt`): the last part of its path. */
export function bodyName(target: string): string {
  const path = target
    .replace(/^[A-Z]+ (?=https?:)/, '')
    .replace(/^[a-z]+:\/\/[^/]*/i, '')
    .replace(/[?#].*$/s, '')
    .replace(/\/+$/, '');
  const last = unescapeText(path.slice(path.lastIndexOf('/') + 1));
  return printable(last, 80).replace(/[/\\]/g, '_') || 'index';
}
