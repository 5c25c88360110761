import { type ErrorSymbol, errorSymbol } from '../../shared/errorCodes.ts';
import { bringsAnswer, type FunctionName, functionRow, refusal } from '../../shared/hierarchy.ts';
import type { RecordedValue } from '../../shared/journal.ts';
import { NOT_LOGGED } from '../../shared/notLogged.ts';
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
  /** The relay channel tells when it returns. */
  relayed: boolean;
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
  /** It returned that it failed, but not why. */
  failed?: true;
  /** The number that it returned. */
  number?: number;
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
  /** The folder that FtpFindFirstFile asked the server for. */
  folder?: string;
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
    relayed: false,
    told: {},
  };
}

/** How a call ended. */
export interface Outcome {
  /** Why it failed; null where it has succeeded, or nothing speaks against it. */
  readonly error: ErrorSymbol | null;
  /** Does the log tell that? Otherwise it is what is left to assume. */
  readonly isTold: boolean;
}

const SUCCESS: Outcome = { error: null, isTold: true };
const UNTOLD_SUCCESS: Outcome = { error: null, isTold: false };
/** It failed, and nobody knows why. */
const UNTOLD_FAILURE: Outcome = { error: 'ERROR_INTERNET_INTERNAL_ERROR', isTold: false };

function failure(error: ErrorSymbol): Outcome {
  return { error, isTold: true };
}

/** How a call ended, as far as the log tells. */
export function callOutcome(call: NativeCall): Outcome {
  const { fn, told, begin } = call;
  if (told.code === 0 || (told.returned !== undefined && told.returned !== 0)) return SUCCESS;
  if (told.invalid) return failure('ERROR_INVALID_HANDLE');
  if (told.code !== undefined) return codeOutcome(told.code);
  const refused = refusalOf(call);
  if (refused !== null) return failure(refused);
  const failed = told.failed || told.returned === 0;
  // Where an answer should have come, it shows in the log.
  const isRefused = SAY_WHAT_THEY_RETURN.has(fn) && told.returned === undefined && call.made === null;
  if (!failed && !isRefused && !bringsAnswer(fn)) return saysNothing(call) ? UNTOLD_FAILURE : isOverWithSuccess(call);
  const reason = wrongArgument(fn, told, begin.args[1]) ?? connectionError(told);
  if (reason !== null) return failure(reason);
  return told.reached === 'answered' && !failed ? SUCCESS : UNTOLD_FAILURE;
}

/** An error by its code, as far as the journal has a name for it. */
function codeOutcome(code: number): Outcome {
  const error = errorSymbol(code);
  return error === undefined ? UNTOLD_FAILURE : failure(error);
}

/** What a call was refused with: by Wine for its handle, or by the server. */
function refusalOf({ fn, handle, told }: NativeCall): ErrorSymbol | null {
  const refused = handle === null ? undefined : refusal(fn, handle.kind, handle.state);
  // Wine looks at the kind of a handle and at busy sessions, not at what was done before.
  const isRefused = !told.worked && refused !== undefined && refused !== 'ERROR_INTERNET_INCORRECT_HANDLE_STATE';
  if (isRefused) return refused;
  if (fn === 'InternetFindNextFile' && !told.entry) return 'ERROR_NO_MORE_FILES';
  if (fn === 'FtpFindFirstFile' && told.matched === 0) return 'ERROR_NO_MORE_FILES';
  if (told.reply === undefined || told.reply < 400) return null;
  return fn === 'InternetConnect' ? 'ERROR_INTERNET_LOGIN_FAILURE' : 'ERROR_INTERNET_EXTENDED_ERROR';
}

/** Whatever is asked of an FTP session is asked of its server: a call without an answer failed before it came to that. */
function saysNothing({ fn, handle, told }: NativeCall): boolean {
  return handle?.kind === 'ftp-connect' && functionRow(fn).family === 'ftp' && told.reply === undefined;
}

/** A call that nothing speaks against: does something speak for it? */
function isOverWithSuccess({ fn, told, made }: NativeCall): Outcome {
  const spoken = told.reply !== undefined || told.entry || told.object !== undefined || made !== null;
  return spoken || NEVER_REFUSED.has(fn) ? SUCCESS : UNTOLD_SUCCESS;
}

/** They print the handle that they return, but not where they refuse their arguments at once. */
const SAY_WHAT_THEY_RETURN: ReadonlySet<FunctionName> = new Set(['InternetConnect', 'HttpOpenRequest']);

/** Nothing but the handle can be wrong with them, and a handle that is none shows in the log. */
const NEVER_REFUSED: ReadonlySet<FunctionName> = new Set(['InternetCloseHandle', 'InternetSetStatusCallback']);

/** What a call fails with that was given something which leads nowhere: no line tells more than that it did. */
function wrongArgument(fn: FunctionName, { reached }: Told, place: RecordedValue | undefined): ErrorSymbol | null {
  if (reached !== undefined) return null;
  const isOpener = fn === 'InternetConnect' || fn === 'InternetOpenUrl';
  if (isOpener && (place === '' || place === null)) return 'ERROR_INVALID_PARAMETER';
  if (fn !== 'InternetOpenUrl' || place === NOT_LOGGED) return null;
  const isKnown = typeof place === 'string' && /^(?:https?|ftp|gopher|file):/i.test(place);
  return isKnown ? null : 'ERROR_INTERNET_UNRECOGNIZED_SCHEME';
}

function connectionError({ reached, broke }: Told): ErrorSymbol | null {
  switch (reached) {
    case 'looking-up':
      return 'ERROR_INTERNET_NAME_NOT_RESOLVED';
    case 'connecting':
      return (broke === undefined ? undefined : errorSymbol(broke)) ?? 'ERROR_INTERNET_CANNOT_CONNECT';
    case 'connected':
      return 'ERROR_INTERNET_CONNECTION_RESET';
    case 'answered':
    case undefined:
      return null;
  }
}

/** What a call returned that has succeeded. */
export function callResult({ fn, made, told }: NativeCall): RecordedValue {
  if (made !== null) return { handle: made.serial };
  return told.number ?? (fn === 'InternetReadFile' || fn === 'InternetWriteFile' ? (told.count ?? NOT_LOGGED) : true);
}
