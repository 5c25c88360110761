import * as constants from '../shared/constants.ts';
import { type FunctionName, functionRow } from '../shared/hierarchy.ts';

/** Flags that would let an answer come from a cache, or want it kept in one. Those that keep a cache out are true here anyway. */
const FLAGS = [
  ['INTERNET_FLAG_RESYNCHRONIZE', constants.INTERNET_FLAG_RESYNCHRONIZE],
  ['INTERNET_FLAG_HYPERLINK', constants.INTERNET_FLAG_HYPERLINK],
  ['INTERNET_FLAG_CACHE_IF_NET_FAIL', constants.INTERNET_FLAG_CACHE_IF_NET_FAIL],
  ['INTERNET_FLAG_CACHE_ASYNC', constants.INTERNET_FLAG_CACHE_ASYNC],
  ['INTERNET_FLAG_FWD_BACK', constants.INTERNET_FLAG_FWD_BACK],
  ['INTERNET_FLAG_NEED_FILE', constants.INTERNET_FLAG_NEED_FILE],
] as const;

/** The functions whose dwFlags are INTERNET_FLAG_*, with the place of that argument. */
const PLACES: ReadonlyMap<FunctionName, number> = new Map(
  (
    [
      'HttpOpenRequest',
      'InternetOpenUrl',
      'FtpOpenFile',
      'FtpFindFirstFile',
      'FtpGetFile',
      'FtpPutFile',
      'GopherFindFirstFile',
      'GopherOpenFile',
    ] as const
  ).map((fn) => [fn, functionRow(fn).parameters.indexOf('dwFlags')]),
);

/** What there is to say about a call's flags that speak of a cache, which is not here; null for none. */
export function cacheFlagsNote(fn: FunctionName, args: readonly unknown[]): string | null {
  const place = PLACES.get(fn);
  const flags = place === undefined ? 0 : args[place];
  if (typeof flags !== 'number' || flags === 0) return null;
  const given = FLAGS.flatMap(([name, flag]) => ((flags & flag) === 0 ? [] : [name]));
  if (given.length === 0) return null;
  const verb = given.length === 1 ? 'speaks' : 'speak';
  return `${given.join(' and ')} ${verb} of a cache. Nothing is cached here: the answer comes from the server, every time.`;
}
