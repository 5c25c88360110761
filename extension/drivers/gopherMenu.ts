import { type GopherItem, parseGopherLine } from '../shared/gopherItem.ts';

/** What the lines of a menu turned out to be. */
export type MenuReading =
  | { readonly is: 'menu'; readonly items: readonly GopherItem[] }
  /** Words of the server that say why there is no menu. */
  | { readonly is: 'refusal'; readonly words: string }
  | { readonly is: 'nonsense' };

/**
 * Reads a menu. Lines that are no items are skipped, as servers put in blank ones and comments; lines without any item are no
 * menu. Where the only items are errors (type 3), perhaps with words around them, the server has refused.
 */
export function readMenu(lines: readonly string[]): MenuReading {
  const written = lines.filter((line) => line.trim() !== '');
  const items = written.map(parseGopherLine).filter((item) => item !== undefined);
  if (items.length === 0) return written.length === 0 ? { is: 'menu', items } : { is: 'nonsense' };
  const errors = items.filter(({ type }) => type === '3');
  if (errors.length > 0 && items.every(({ type }) => type === '3' || type === 'i')) {
    return { is: 'refusal', words: errors.map(({ display }) => display).join('\r\n') };
  }
  return { is: 'menu', items };
}

/** Does this line look like an error item with all its fields? A text may begin with a 3 too. */
export function isErrorLine(line: string): boolean {
  return /^3[^\t]*\t[^\t]*\t[^\t]*\t\d+/.test(line);
}
