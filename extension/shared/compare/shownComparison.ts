import { decodeArgument, decodeValue } from '../decode.ts';
import { functionRow } from '../hierarchy.ts';
import type { Entry } from '../journal.ts';
import { JournalHistory } from '../journalHistory.ts';
import type { Checkpoint, HandleTree } from '../model.ts';
import type { Translate } from '../stepSentence.ts';
import type { ComparedCall } from './comparedCall.ts';
import type { ComparedJournal, Comparison } from './comparison.ts';
import type { DivergenceKind } from './divergence.ts';

/** A comparison as the page shows it: texts, and the two journals for the trees. */

/** A call in the list. */
export interface ShownCall {
  /** The function, and how many calls in a row this stands for. */
  readonly title: string;
  /** Its arguments as they would be written. */
  readonly args: string;
  readonly outcome: string;
  readonly failed: boolean;
  /** Serial of the handle to look at: the one that it returned, or else the one that it used. */
  readonly serial: number | null;
  readonly site: string | null;
}

/** A row of the list. */
export interface ShownRow {
  readonly left: ShownCall | null;
  readonly right: ShownCall | null;
  readonly leftSeq: number;
  readonly rightSeq: number;
  readonly divergences: readonly { readonly kind: DivergenceKind; readonly text: string }[];
}

/** One of the two journals. */
export interface ShownSide {
  readonly title: string;
  readonly base: Checkpoint;
  readonly entries: readonly Entry[];
}

/** From the host to the page. */
export interface ComparisonMessage {
  readonly type: 'comparison';
  readonly left: ShownSide;
  readonly right: ShownSide;
  readonly rows: readonly ShownRow[];
  /** URIs of both sides if both are files: what brings the page back after a reload of the window. */
  readonly files: readonly [left: string, right: string] | null;
  /** Translations: the English sentence to that of the person's language. */
  readonly strings: Readonly<Record<string, string>>;
}

/** From the page to the host: it is there; copy the report; read both sides again; show the line of the program that made a call. */
export type ComparisonRequest =
  | { readonly type: 'ready' }
  | { readonly type: 'copy' }
  | { readonly type: 'again' }
  | { readonly type: 'goTo'; readonly site: string };

/**
 * Puts a comparison into words.
 * @param strings translations for the page
 */
export function shownComparison(
  { rows }: Comparison,
  left: ComparedJournal,
  right: ComparedJournal,
  strings: Readonly<Record<string, string>>,
  t: Translate,
): Omit<ComparisonMessage, 'files'> {
  const [lefts, rights] = [treesOf(left), treesOf(right)];
  return {
    type: 'comparison',
    left,
    right,
    strings,
    rows: rows.map((row) => ({
      left: row.left === null ? null : shownCall(row.left, lefts(row.left.begin), t),
      right: row.right === null ? null : shownCall(row.right, rights(row.right.begin), t),
      leftSeq: row.leftSeq,
      rightSeq: row.rightSeq,
      divergences: row.divergences.map(({ kind, text }) => ({ kind, text })),
    })),
  };
}

/** Rows come in the order of both journals, so going on from the last moment costs little. */
function treesOf({ base, entries }: ComparedJournal): (seq: number) => HandleTree {
  const history = new JournalHistory(entries.length + 1, base);
  for (const entry of entries) history.append(entry);
  return (seq) => history.treeAt(seq);
}

/** Puts a call into words. @param tree as it was when the call began */
export function shownCall(call: ComparedCall, tree: HandleTree, t: Translate): ShownCall {
  const { fn, times, args, error, ended, result, handle, opened, site, bytes } = call;
  const parameters = functionRow(fn).parameters.slice(0, args.length);
  const decoded = parameters.map((_, index) =>
    decodeArgument(fn, index, args[index] ?? null, tree)
      .map(({ text }) => text)
      .join(' | '),
  );
  while (decoded.at(-1) === 'NULL') decoded.pop();
  const value = opened === null && result !== true ? decodeValue(result, tree).text : '';
  return {
    title: times === 1 ? fn : `${fn} ×${times}`,
    args: decoded.join(', '),
    outcome: error ?? (ended ? (times > 1 || bytes > 0 ? t('{0} bytes', bytes) : value) : '…'),
    failed: error !== null,
    serial: opened ?? handle,
    site,
  };
}
