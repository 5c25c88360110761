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
export function parseSite(site: string | undefined): SitePlace | null {
  const [, file, line, column] = /^(.+):(\d{1,9}):(\d{1,9})$/.exec(site ?? '') ?? [];
  if (file === undefined || line === undefined || column === undefined) return null;
  const place = { file, line: Number(line), column: Number(column) };
  return place.line >= 1 && place.column >= 1 ? place : null;
}
