/** How a filter's text falls into terms, with the place of each: what is wrong is shown where it stands. */

/** A value of a term: bare, or quoted so that it may hold spaces and commas. */
export interface FilterValue {
  readonly text: string;
  readonly quoted: boolean;
  /** Where it stands in the text, quotes included. */
  readonly from: number;
  readonly to: number;
}

/** One term, as `-kind:ftp-file,ftp-find` or a free word. */
export interface RawTerm {
  readonly negated: boolean;
  /** In lower case; null for a free word. */
  readonly key: string | null;
  /** Where the word or the key begins. */
  readonly from: number;
  readonly to: number;
  readonly values: readonly FilterValue[];
  /** A quote that is not closed. */
  readonly openQuote: number | null;
}

/** Characters that a filter may have. */
export const FILTER_TEXT_LIMIT = 500;

// A colon before two slashes is a URL's.
const KEY = /^([a-z]+):(?!\/\/)/i;

/** The terms of a filter. Takes any text. */
export function splitFilter(text: string): readonly RawTerm[] {
  const terms: RawTerm[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const term = termAt(text, at);
    terms.push(term);
    at = term.to;
  }
  return terms;
}

function termAt(text: string, start: number): RawTerm {
  // A dash alone is a word.
  const negated = /^-\S/.test(text.slice(start, start + 2));
  const from = negated ? start + 1 : start;
  const key = KEY.exec(text.slice(from))?.[1] ?? null;
  let at = key === null ? from : from + key.length + 1;
  const values: FilterValue[] = [];
  let openQuote: number | null = null;
  for (;;) {
    const value = valueAt(text, at, key !== null);
    values.push(value);
    at = value.to;
    if (value.quoted && (value.to - value.from < 2 || text[value.to - 1] !== '"')) openQuote ??= value.from;
    if (key === null || text[at] !== ',') break;
    at += 1;
  }
  return { negated, key: key?.toLowerCase() ?? null, from, to: at, values, openQuote };
}

function valueAt(text: string, from: number, inList: boolean): FilterValue {
  if (text[from] === '"') {
    const end = text.indexOf('"', from + 1);
    const to = end === -1 ? text.length : end + 1;
    return { text: text.slice(from + 1, end === -1 ? undefined : end), quoted: true, from, to };
  }
  let to = from;
  while (to < text.length && !/[\s"]/.test(text.charAt(to)) && !(inList && text[to] === ',')) to += 1;
  return { text: text.slice(from, to), quoted: false, from, to };
}
