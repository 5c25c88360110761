import type { Entry } from '../journal.ts';
import { NOT_LOGGED } from '../notLogged.ts';
import { isInWineLog, isNamedByWork } from '../wineEntryPoints.ts';
import type { ComparedCall } from './comparedCall.ts';

/** Journals that were read from the log of a native program: what such a log cannot tell is no divergence. */

/** Was this journal read from a log? Its arguments say so. */
export function isFromLog(entries: readonly Entry[]): boolean {
  return entries.some((entry) => entry.type === 'call-begin' && entry.args.includes(NOT_LOGGED));
}

/** Could the log of a native program tell of this call, which a program recorded that journals itself? */
export function isLogged({ fn, error }: ComparedCall): boolean {
  return isInWineLog(fn) && !(isNamedByWork(fn) && error !== null && REFUSED.has(error));
}

const REFUSED: ReadonlySet<string> = new Set([
  'ERROR_FTP_TRANSFER_IN_PROGRESS',
  'ERROR_INTERNET_INCORRECT_HANDLE_TYPE',
  'ERROR_INTERNET_INCORRECT_HANDLE_STATE',
  'ERROR_INVALID_HANDLE',
]);
