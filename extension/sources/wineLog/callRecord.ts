import { type ErrorSymbol, errorSymbol } from '../../shared/errorCodes.ts';
import { bringsAnswer, type FunctionName, refusal } from '../../shared/hierarchy.ts';
import type { RecordedValue } from '../../shared/journal.ts';
import type { EntryPoint } from '../../shared/wineEntryPoints.ts';
import type { Draft } from './draftJournal.ts';
import type { NativeHandle } from './handleBook.ts';

/** A call of the native program while its lines are read. */
export interface NativeCall {
  readonly fn: FunctionName;
  readonly begin: Draft<'call-begin'>;
  /** The handle that it uses; null where it uses none or an invalid one. */
  handle: NativeHandle | null;
  /** Value of that handle as it was printed; null where it was not. */
  value: number | null;
  /** The handle that it makes. */
  made: NativeHandle | null;
  /** The ANSI form wrote the line: the wide one that it calls follows. */
  ansi: boolean;
  /** How often its handle was looked up and not let go again. */
  lookups: number;
  /** It has let its handle go: only its last words can follow. */
  released: boolean;
  /** It answered ERROR_IO_PENDING. */
  pending: boolean;
  /** What the log has told of how it fared. */
  readonly told: Told;
}

/** Evidence of how a call fared. */
export interface Told {
  /** Its handle was looked up and found to be none. */
  invalid?: true;
  /** It came to its work: it was not refused. */
  worked?: true;
  /** Code of an error that it printed; 0 for none. */
  code?: number;
  /** Value of the handle that it returned; 0 for NULL. */
  returned?: number;
  /** Address of the object that it made. */
  object?: string;
  /** Bytes that it read, or wants to write. */
  count?: number;
  /** Code of the last reply of an FTP server. */
  reply?: number;
  /** An entry was found. */
  entry?: true;
  /** Code with which the way there ended. */
  broke?: number;
  /** FtpFindFirstFile found as many entries. */
  matched?: number;
  /** How far it came on the way to a server. */
  reached?: 'looking-up' | 'connecting' | 'connected' | 'answered';
  /** Head of an HTTP answer, line by line. */
  head?: string[];
}

/** A call begins. */
export function nativeCall({ fn, ansi }: Pick<EntryPoint, 'fn' | 'ansi'>, begin: Draft<'call-begin'>): NativeCall {
  return {
    fn,
    begin,
    handle: null,
    value: null,
    made: null,
    ansi,
    lookups: 0,
    released: false,
    pending: false,
    told: {},
  };
}

/** Why a call failed as far as the log tells; null where it has succeeded, or nothing speaks against it. */
export function callError({ fn, handle, told, begin }: NativeCall): ErrorSymbol | null {
  if (told.invalid) return 'ERROR_INVALID_HANDLE';
  if (told.code !== undefined) {
    return told.code === 0 ? null : (errorSymbol(told.code) ?? 'ERROR_INTERNET_INTERNAL_ERROR');
  }
  if (told.returned !== undefined && told.returned !== 0) return null;
  const refused = handle === null ? undefined : refusal(fn, handle.kind, handle.state);
  if (!told.worked && refused !== undefined) return refused;
  if (fn === 'InternetFindNextFile' && !told.entry) return 'ERROR_NO_MORE_FILES';
  if (fn === 'FtpFindFirstFile' && told.matched === 0) return 'ERROR_NO_MORE_FILES';
  if (told.reply !== undefined && told.reply >= 400) {
    return fn === 'InternetConnect' ? 'ERROR_INTERNET_LOGIN_FAILURE' : 'ERROR_INTERNET_EXTENDED_ERROR';
  }
  // Where an answer should have come, it shows in the log.
  const failed = told.returned === 0 || bringsAnswer(fn);
  return failed ? (wrongArgument(fn, told, begin.args[1]) ?? connectionError(told)) : null;
}

/** What a call fails with that was given something which leads nowhere: no line tells more than that it did. */
function wrongArgument(fn: FunctionName, { reached }: Told, place: RecordedValue | undefined): ErrorSymbol | null {
  if (reached !== undefined) return null;
  if (fn === 'InternetConnect' && place === '') return 'ERROR_INVALID_PARAMETER';
  const isUrl = typeof place === 'string' && /^[a-z][a-z0-9+.-]*:/i.test(place);
  return fn === 'InternetOpenUrl' && !isUrl ? 'ERROR_INTERNET_UNRECOGNIZED_SCHEME' : null;
}

function connectionError({ reached, broke }: Told): ErrorSymbol | null {
  switch (reached) {
    case 'answered':
      return null;
    case 'looking-up':
      return 'ERROR_INTERNET_NAME_NOT_RESOLVED';
    case 'connecting':
      return (broke === undefined ? undefined : errorSymbol(broke)) ?? 'ERROR_INTERNET_CANNOT_CONNECT';
    case 'connected':
      return 'ERROR_INTERNET_CONNECTION_RESET';
    case undefined:
      return 'ERROR_INTERNET_INTERNAL_ERROR';
  }
}

/** What a call returned that has succeeded. */
export function callResult({ fn, made, told }: NativeCall): RecordedValue {
  if (made !== null) return { handle: made.serial };
  return fn === 'InternetReadFile' || fn === 'InternetWriteFile' ? (told.count ?? null) : true;
}
