import { type FunctionName, functionRow, isFunctionName } from '../../shared/hierarchy.ts';
import type { Told } from './callRecord.ts';
import type { LogLine } from './logLine.ts';

/**
 * What Wine's relay channel (WINEDEBUG=+relay) tells: which functions the program calls, what they return, and what
 * GetLastError says then. Wine's own calls inside of wininet are not in it.
 */

/** A line of it that is about a call. */
export type RelayNews =
  /** @param printed what is passed, as it is printed */
  | { readonly is: 'call'; readonly fn: FunctionName; readonly printed: string }
  | { readonly is: 'return'; readonly fn: FunctionName; readonly value: number }
  /** GetLastError has answered. */
  | { readonly is: 'last-error'; readonly code: number };

/** Reads a line of the channel; null where it is about something else. */
export function readRelayLine({ writer, text }: LogLine): RelayNews | null {
  const [module = '', name = ''] = writer.split('.');
  const isLastError = name === 'GetLastError' && /^kernel(?:32|base)$/i.test(module);
  const fn = module.toLowerCase() === 'wininet' ? calledFunction(name) : null;
  if (fn === null && !isLastError) return null;
  const [, value] = /^Ret\b.* retval=([0-9a-f]+)/.exec(text) ?? [];
  if (fn === null) return value === undefined ? null : { is: 'last-error', code: Number.parseInt(value, 16) };
  if (value !== undefined) return { is: 'return', fn, value: Number.parseInt(value, 16) };
  return { is: 'call', fn, printed: text.replace(/^Call \(?/, '').replace(/\) ret=[0-9a-f]+$/, '') };
}

/** The function of the table that a program calls by this name, in its ANSI or wide form; null for any other. */
export function calledFunction(name: string): FunctionName | null {
  const bare = name.replace(/[AW]$/, '');
  if (isFunctionName(name)) return name;
  return isFunctionName(bare) ? bare : null;
}

/** Functions that return a number, and the one with which they fail. */
const NUMBERS: Readonly<Partial<Record<FunctionName, number>>> = {
  FtpGetFileSize: 0xffff_ffff,
  InternetSetFilePointer: 0xffff_ffff,
};

/** Functions that return the code of their error. */
const CODES: ReadonlySet<FunctionName> = new Set([
  'InternetAttemptConnect',
  'InternetConfirmZoneCrossing',
  'InternetErrorDlg',
]);

/** Does a function return the code of its error? GetLastError says nothing of it then. */
export function returnsCode(fn: FunctionName): boolean {
  return CODES.has(fn);
}

/** Functions that return what was there before, which may be nothing. */
const ALWAYS_SUCCEED: ReadonlySet<FunctionName> = new Set(['InternetSetStatusCallback']);

/** A function has returned: writes down what that tells of its call. */
export function tellReturn(fn: FunctionName, value: number, told: Told): void {
  const failing = NUMBERS[fn];
  // FtpCommand returns its handle another way.
  if (functionRow(fn).returns !== undefined && fn !== 'FtpCommand') told.returned = value;
  else if (failing !== undefined && value !== failing) told.number = value;
  const low = value % 0x1_0000_0000;
  const failed = CODES.has(fn) ? low !== 0 : !ALWAYS_SUCCEED.has(fn) && low === (failing ?? 0);
  if (!failed) told.code = 0;
  else if (CODES.has(fn)) told.code = low;
  else told.failed = true;
}
