import type { GopherEntry } from '../wininet/ports/gopher.ts';

/** What a phone book (CSO name server) answered. */
export type PhoneBookReading =
  | { readonly is: 'found'; readonly entries: readonly GopherEntry[] }
  | { readonly is: 'refusal'; readonly words: string }
  | { readonly is: 'nonsense' };

/** RFC 2378, 2.3: a minus says that more follow; found lines carry the number of their entry. */
const LINE = /^-?(?<code>[1-9]\d\d):(?:(?<entry>\d+):)?(?<text>.*)$/;
const NOTHING_FOUND = 501;

/** Reads the answer to a query. Nothing found is not a refusal. */
export function readPhoneBook(lines: readonly string[]): PhoneBookReading {
  const replies = lines.map((line) => LINE.exec(line)?.groups).filter((groups) => groups !== undefined);
  if (replies.length === 0) return { is: 'nonsense' };
  const refused = replies.filter(({ code }) => Number(code) >= 400 && Number(code) !== NOTHING_FOUND);
  if (refused.length > 0) return { is: 'refusal', words: refused.map(({ text }) => text ?? '').join('\r\n') };
  const found = replies.filter(({ code, entry }) => code === '200' && entry !== undefined);
  return { is: 'found', entries: found.map(({ text }) => wordsOnly((text ?? '').trim())) };
}

function wordsOnly(display: string): GopherEntry {
  return { item: { type: 'i', display, selector: '', host: '', port: 0, mark: '' }, blocks: [] };
}
