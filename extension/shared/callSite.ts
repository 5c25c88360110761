import type { JournalHistory } from './journalHistory.ts';

/** A place in a program's code, as journals tell it: `file:line:column`. */
export interface SitePlace {
  /** An absolute path. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1. */
  readonly column: number;
}

/** A place as the journal keeps it. */
export function formatSite({ file, line, column }: SitePlace): string {
  return `${file}:${line}:${column}`;
}

/** The place that a journal tells of; null where it names none. */
export function parseSite(site: string | null | undefined): SitePlace | null {
  const [, file, line, column] = /^(.+):(\d{1,9}):(\d{1,9})$/.exec(site ?? '') ?? [];
  if (file === undefined || line === undefined || column === undefined) return null;
  const place = { file, line: Number(line), column: Number(column) };
  return place.line >= 1 && place.column >= 1 ? place : null;
}

/** A place in a few letters: the name of its file, and the line. */
export function shortSite({ file, line }: SitePlace): string {
  return `${file.replace(/^.*[/\\]/, '')}:${line}`;
}

/** Where a call of this journal was made; null where the journal does not know any more. */
export function placeOfCall({ entries, tree }: JournalHistory, call: number): SitePlace | null {
  const begin = entries.find((entry) => entry.type === 'call-begin' && entry.call === call);
  if (begin?.type === 'call-begin') return parseSite(begin.site);
  // The entry may have been cut off: the handle that it made remembers it.
  for (const node of tree.nodes.values()) if (node.call === call) return parseSite(node.site);
  return null;
}
