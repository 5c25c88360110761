import { type FunctionName, functionRow, handleParameter, isFunctionName } from '../../shared/hierarchy.ts';
import { type EntryPoint, entryPoint } from '../../shared/wineEntryPoints.ts';
import type { Told } from './callRecord.ts';
import type { LogLine } from './logLine.ts';

/**
 * What Wine's relay channel (WINEDEBUG=+relay) tells: which functions the program calls, what they return, and what
 * GetLastError says then. Wine's own calls inside of wininet are not in it.
 */

/** A line of it that is about a call. */
export type RelayNews =
  /** @param text the handle that is passed, as it is printed */
  | { readonly is: 'call'; readonly entry: EntryPoint; readonly text: string }
  | { readonly is: 'return'; readonly fn: FunctionName; readonly value: number }
  /** GetLastError has answered. */
  | { readonly is: 'last-error'; readonly code: number };

/** Reads a line of the channel; null where it is about something else. */
export function readRelayLine({ writer, text }: LogLine): RelayNews | null {
  const [module = '', name = ''] = writer.split('.');
  const [, value] = /^Ret\b.* retval=([0-9a-f]+)/.exec(text) ?? [];
  if (/^kernel(32|base)$/i.test(module) && name === 'GetLastError') {
    return value === undefined ? null : { is: 'last-error', code: Number.parseInt(value, 16) };
  }
  const fn = module.toLowerCase() === 'wininet' ? tableName(name) : null;
  if (fn === null) return null;
  if (value !== undefined) return { is: 'return', fn, value: Number.parseInt(value, 16) };
  const place = entryPoint(name)?.cells.findIndex(([form]) => form === 'handle') ?? -1;
  const parameter = functionRow(fn).parameters[handleParameter(fn)];
  const passed = text.split(/[(,)]/)[Math.max(place, 0) + 1] ?? '';
  // The wide form or the inner one may follow, and tells more.
  const entry = { fn, ansi: true, cells: parameter === undefined ? [] : [['handle', parameter] as const] };
  return { is: 'call', entry, text: passed };
}

function tableName(name: string): FunctionName | null {
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
