import {
  type FilterMoment,
  type FilterTest,
  filterKeyRow,
  filterKeys,
  isFilterKey,
  unknownName,
} from './filterKeys.ts';
import { FILTER_SENTENCES, type FilterSentence } from './filterSentences.ts';
import { FILTER_TEXT_LIMIT, type FilterValue, type RawTerm, splitFilter } from './filterTerms.ts';
import { formatHandleValue } from './format.ts';
import type { HandleNode, HandleTree } from './model.ts';

/**
 * The filter: which handles are shown.
 *
 * `kind:ftp-file,ftp-find host:example.org -is:running age:>10s "some text"`: every term must hold, of a term's values one; a
 * dash in front turns a term round; free words occur in the function, the target or the value. Case never matters.
 */

/** A filter that was understood. */
export interface HandleFilter {
  readonly text: string;
  /** It asks nothing: every handle passes. */
  readonly empty: boolean;
  /** A handle may come to pass, or cease to, as time goes by. */
  readonly usesTime: boolean;
  /** It asks for closed handles: without that only open ones are looked through. */
  readonly asksClosed: boolean;
  /** Does a handle of this tree pass? `now` is a time of its journal in microseconds; without it, that of the last entry. */
  test(node: HandleNode, tree: HandleTree, now?: number): boolean;
}

/** A filter, or what is wrong with it and the place in the text where. */
export type ParsedFilter =
  | { readonly ok: true; readonly filter: HandleFilter }
  | { readonly ok: false; readonly problem: FilterSentence; readonly at: number };

/** The filter that lets every handle pass. */
export const NO_FILTER: HandleFilter = {
  text: '',
  empty: true,
  usesTime: false,
  asksClosed: false,
  test: () => true,
};

/** Reads a filter; never throws. */
export function parseFilter(text: string): ParsedFilter {
  if (text.length > FILTER_TEXT_LIMIT) {
    return {
      ok: false,
      problem: [FILTER_SENTENCES.tooLong, String(FILTER_TEXT_LIMIT)],
      at: FILTER_TEXT_LIMIT,
    };
  }
  const tests: FilterTest[] = [];
  let [usesTime, asksClosed] = [false, false];
  for (const raw of splitFilter(text)) {
    const term = readTerm(raw);
    if (!term.ok) return term;
    tests.push(raw.negated ? (node, moment) => !term.test(node, moment) : term.test);
    usesTime ||= term.usesTime;
    asksClosed ||= term.asksClosed;
  }
  if (tests.length === 0) return { ok: true, filter: { ...NO_FILTER, text } };
  return {
    ok: true,
    filter: {
      text,
      empty: false,
      usesTime,
      asksClosed,
      test: (node, tree, now = tree.t) => tests.every((test) => test(node, { tree, now })),
    },
  };
}

type ReadTerm =
  | { readonly ok: true; readonly test: FilterTest; readonly usesTime: boolean; readonly asksClosed: boolean }
  | Extract<ParsedFilter, { ok: false }>;

function readTerm(raw: RawTerm): ReadTerm {
  if (raw.openQuote !== null) return { ok: false, problem: [FILTER_SENTENCES.openQuote], at: raw.openQuote };
  const { key } = raw;
  if (key === null) return { ok: true, test: wordTest(raw.values), usesTime: false, asksClosed: false };
  if (!isFilterKey(key)) return { ok: false, problem: unknownName('key', key, filterKeys), at: raw.from };
  const row = filterKeyRow(key);
  const tests: FilterTest[] = [];
  for (const { text, quoted, from } of raw.values) {
    if (text === '' && !quoted) return { ok: false, problem: [FILTER_SENTENCES.noValue, key], at: from };
    const test = row.read(text);
    if (typeof test !== 'function') return { ok: false, problem: test, at: from };
    tests.push(test);
  }
  return {
    ok: true,
    test: (node, moment) => tests.some((test) => test(node, moment)),
    usesTime: raw.values.some(({ text }) => row.usesTime?.(text) ?? false),
    asksClosed: raw.values.some(({ text }) => row.asksClosed?.(text, raw.negated) ?? false),
  };
}

function wordTest(values: readonly FilterValue[]): FilterTest {
  const words = values.map(({ text }) => text.toLowerCase());
  return (node: HandleNode, _: FilterMoment) => {
    const text = searchedText(node);
    return words.every((word) => text.includes(word));
  };
}

const searched = new WeakMap<HandleNode, string>();

/** What free words are looked for in; the value also as people shorten it. Nodes never change, so each is put together once. */
function searchedText(node: HandleNode): string {
  const known = searched.get(node);
  if (known !== undefined) return known;
  const short = `0x${node.value.toString(16)}`;
  const text = [node.fn, node.target, formatHandleValue(node.value), short].join('\n').toLowerCase();
  searched.set(node, text);
  return text;
}
