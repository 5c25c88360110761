import { parseSite } from './callSite.ts';
import type { ErrorSymbol } from './errorCodes.ts';
import type { FunctionName } from './hierarchy.ts';
import type { Entry } from './journal.ts';

/** What has happened at one place of a program's code. */
export interface SiteTally {
  readonly fn: FunctionName;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1. */
  readonly column: number;
  /** How many calls began here. */
  readonly count: number;
  readonly failures: number;
  /** The value of the handle that the last call here made. */
  readonly value: number | null;
  /** How the last call here failed; null where it did not. */
  readonly error: ErrorSymbol | null;
}

/** Follows a journal and counts, for every place in the program's code, what happened there. */
export class SiteTallies {
  readonly #files = new Map<string, Map<string, SiteTally>>();
  /** Calls that run: where they were made. */
  readonly #calls = new Map<number, { readonly file: string; readonly site: string }>();

  /** What happened in a file; nothing for one in which no call was made. */
  of(file: string): readonly SiteTally[] {
    return [...(this.#files.get(file)?.values() ?? [])];
  }

  /** Takes the next entry. True when a place has something new to tell. */
  follow(entry: Entry): boolean {
    switch (entry.type) {
      case 'call-begin': {
        const { call, fn, site } = entry;
        const place = parseSite(site);
        if (place === null || site === undefined) return false;
        const { file, line, column } = place;
        this.#calls.set(call, { file, site });
        const sites = this.#files.get(file) ?? new Map<string, SiteTally>();
        this.#files.set(file, sites);
        const before = sites.get(site) ?? { count: 0, failures: 0 };
        sites.set(site, { ...before, fn, line, column, count: before.count + 1, value: null, error: null });
        return true;
      }
      case 'handle-open':
        return this.#change(entry.call, () => ({ value: entry.value }));
      case 'call-end': {
        const { call, error } = entry;
        const told = this.#change(call, ({ failures }) =>
          error === undefined ? {} : { error, failures: failures + 1, value: null },
        );
        this.#calls.delete(call);
        return told;
      }
      default:
        return false;
    }
  }

  #change(call: number, patch: (before: SiteTally) => Partial<SiteTally>): boolean {
    const at = this.#calls.get(call);
    const sites = at === undefined ? undefined : this.#files.get(at.file);
    const before = at === undefined ? undefined : sites?.get(at.site);
    if (at === undefined || before === undefined) return false;
    sites?.set(at.site, { ...before, ...patch(before) });
    return true;
  }
}
