import * as v from 'valibot';
import { FILTER_TEXT_LIMIT } from './filterTerms.ts';

/** Filters under a name: those that everybody has, and those that a person has saved. */

/** A filter under a name. */
export interface SavedFilter {
  readonly name: string;
  readonly text: string;
}

/** Characters that a name may have. */
export const FILTER_NAME_LIMIT = 60;
/** How many filters a person may save. */
export const SAVED_FILTERS_LIMIT = 50;

/** Filters that are always there; their names are translated where they are shown. */
export const BUILT_IN_FILTERS: readonly SavedFilter[] = [
  { name: 'Leaks', text: 'is:leak' },
  { name: 'Failed', text: 'error:any' },
  { name: 'Running', text: 'is:running' },
  { name: 'HTTP', text: 'protocol:http' },
  { name: 'FTP', text: 'protocol:ftp' },
];

/** The shape of saved filters, as they come from the view and from where they are kept. */
export const savedFiltersSchema = v.pipe(
  v.array(
    v.object({
      name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(FILTER_NAME_LIMIT)),
      text: v.pipe(v.string(), v.maxLength(FILTER_TEXT_LIMIT)),
    }),
  ),
  v.maxLength(SAVED_FILTERS_LIMIT),
);

/** These filters with one more, or with another text under a name that is taken, in the order of their names. */
export function withFilter(filters: readonly SavedFilter[], added: SavedFilter): readonly SavedFilter[] {
  const others = filters.filter(({ name }) => name !== added.name);
  return [...others, added].sort((one, other) => one.name.localeCompare(other.name));
}
