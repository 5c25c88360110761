import { type FilterKey, filterKeyRow, filterKeys, isFilterKey } from './filterKeys.ts';
import { splitFilter } from './filterTerms.ts';
import type { HandleTree } from './model.ts';

/** What can stand at the cursor of a filter. */

/** One completion. */
export interface FilterSuggestion {
  /** What takes the place of the text from `from` to `to`. */
  readonly insert: string;
  /** What the list shows. */
  readonly label: string;
  /** What a key asks; absent for values. */
  readonly help?: string;
  /** How many handles have the value, open ones but where it asks for closed ones; absent for keys. */
  readonly count?: number;
}

/** The completions at a place of the text. */
export interface FilterSuggestions {
  readonly from: number;
  readonly to: number;
  readonly items: readonly FilterSuggestion[];
}

/** More values than a person reads are not offered. */
const SUGGESTION_LIMIT = 50;

/** What the tree offers at the cursor: keys, or after a key the values that occur in it, the most frequent first. */
export function filterSuggestions(text: string, cursor: number, tree: HandleTree, now = tree.t): FilterSuggestions {
  const term = splitFilter(text).find(({ from, to }) => from <= cursor && cursor <= to);
  if (term === undefined) return { from: cursor, to: cursor, items: keysLike('') };
  const value = term.values.find(({ from, to }) => from <= cursor && cursor <= to);
  if (term.key === null || value === undefined) {
    const typed = text.slice(term.from, cursor).toLowerCase();
    return { from: term.from, to: Math.max(cursor, keyEnd(text, term.from)), items: keysLike(typed) };
  }
  const { from, to } = value;
  if (!isFilterKey(term.key)) return { from, to, items: [] };
  const typed = text.slice(from, cursor).replace(/^"/, '').toLowerCase();
  return { from, to, items: valuesLike(term.key, typed, tree, now) };
}

/** The end of a key that is already there, so that taking another does not leave its rest behind. */
function keyEnd(text: string, from: number): number {
  return from + (/^[a-z]*:?/i.exec(text.slice(from))?.[0].length ?? 0);
}

function keysLike(typed: string): readonly FilterSuggestion[] {
  return filterKeys
    .filter((key) => key.startsWith(typed))
    .map((key) => ({ insert: `${key}:`, label: `${key}:`, help: filterKeyRow(key).help }));
}

function valuesLike(key: FilterKey, typed: string, tree: HandleTree, now: number): readonly FilterSuggestion[] {
  const counts = new Map<string, number>();
  const row = filterKeyRow(key);
  const count = (serials: Iterable<number>, wanted: (value: string) => boolean): void => {
    for (const serial of serials) {
      const node = tree.nodes.get(serial);
      if (node === undefined) continue;
      for (const value of row.offers(node, { tree, now })) {
        if (wanted(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
  };
  count(tree.byValue.values(), (value) => value !== '');
  const { asksClosed } = row;
  if (asksClosed !== undefined) count(tree.graves, (value) => asksClosed(value, false));
  return [...counts]
    .filter(([value]) => value.toLowerCase().includes(typed))
    .sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1))
    .slice(0, SUGGESTION_LIMIT)
    .map(([value, count]) => ({ insert: quoted(value), label: value, count }));
}

function quoted(value: string): string {
  return /[\s,"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}
