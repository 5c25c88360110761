import type { ShownCall, ShownRow } from '../../extension/shared/compare/shownComparison.ts';

/**
 * The rows, by number, in which every word of a text stands: in the calls of either side, in the lines that made them, or in what
 * differs. Upper and lower case are the same. A text without a word finds nothing.
 */
export function searchRows(rows: readonly ShownRow[], text: string): readonly number[] {
  const words = folded(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return rows.flatMap((row, index) => {
    const told = toldIn(row);
    return words.every((word) => told.includes(word)) ? [index] : [];
  });
}

/**
 * The next of the rows that were found, from a row on in a direction; around the end, it goes on at the other. Null where there are none.
 * @param found in rising order
 * @param from null for before the first
 */
export function nextFound(found: readonly number[], from: number | null, by: 1 | -1): number | null {
  const at = from ?? -1;
  const next = by === 1 ? found.find((row) => row > at) : found.findLast((row) => row < at);
  return next ?? found.at(by === 1 ? 0 : -1) ?? null;
}

function toldIn({ left, right, divergences }: ShownRow): string {
  return folded([...told(left), ...told(right), ...divergences.map(({ text }) => text)].join('\n'));
}

function told(call: ShownCall | null): readonly string[] {
  return call === null ? [] : [call.title, call.args, call.outcome, call.site ?? ''];
}

/** Without regard to case, also where a language has several small letters for a capital. */
function folded(text: string): string {
  return text.toUpperCase().toLowerCase();
}
