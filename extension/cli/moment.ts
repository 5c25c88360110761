import type { Entry } from '../shared/journal.ts';
import { UsageError } from './usageError.ts';

/** A moment of a journal as the command line names it: behind an entry, or a time in microseconds. */
export type Moment = { readonly seq: number } | { readonly t: number };

const UNITS: Readonly<Record<string, number>> = { us: 1, µs: 1, ms: 1000, s: 1_000_000 };

/** Reads `42`, `250ms` or `1.5s`. Throws UsageError. */
export function readMoment(text: string): Moment {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(us|µs|ms|s)?$/.exec(text) ?? [];
  const scale = unit === undefined ? undefined : UNITS[unit];
  if (number !== undefined && scale !== undefined) return { t: Number(number) * scale };
  if (number === undefined || number.includes('.'))
    throw new UsageError(`"${text}" is no moment: 42, 250ms or 1.5s is one`);
  return { seq: Number(number) };
}

/** The number of the last entry up to a moment; `before` where there is none. Throws UsageError for an entry that is not there. */
export function entryAt(moment: Moment, entries: readonly Entry[], before: number): number {
  if ('t' in moment) return entries.findLast(({ t }) => t <= moment.t)?.seq ?? before;
  const last = entries.at(-1)?.seq ?? before;
  if (moment.seq < before || moment.seq > last) {
    throw new UsageError(`there is no entry ${moment.seq}: this trace goes from ${before} to ${last}`);
  }
  return moment.seq;
}
