import { type FunctionName, functionRow, isFunctionName } from './hierarchy.ts';

/**
 * How Wine prints the arguments of the functions that a program calls: for each value in its place, what it is and which
 * parameter of the table's row it fills. Values without a parameter only measure others, or are addresses of the caller's.
 */

/** What a printed value is. */
type CellForm =
  | 'handle'
  | 'text'
  /** A number in decimal digits, or in hexadecimal ones. */
  | 'dec'
  | 'hex'
  | 'bool'
  /** The address of something that the journal calls a record. */
  | 'record'
  /** The address of a secret. */
  | 'secret'
  /** How many bytes the caller's buffer has. */
  | 'size'
  /** As `size`, behind the buffer's address, which may be NULL. */
  | 'body'
  | 'skip';

/** One printed value: its form, and the parameter; null where it fills none. */
type Cell = readonly [form: CellForm, parameter: string | null];

const SKIP: Cell = ['skip', null];
const FLAGS: Cell = ['hex', 'dwFlags'];
const CONTEXT: Cell = ['hex', 'dwContext'];
const on = (parameter: string): Cell => ['handle', parameter];

/**
 * The functions whose calls Wine's log shows; what is not printed is absent. Those about URLs, cookies and the state of the
 * network use no handle, and Wine calls them itself all the time: who called them does not show, so they are left out.
 */
const CELLS: Readonly<Partial<Record<FunctionName, readonly Cell[]>>> = {
  InternetOpen: [
    ['text', 'lpszAgent'],
    ['dec', 'dwAccessType'],
    ['text', 'lpszProxy'],
    ['text', 'lpszProxyBypass'],
    ['dec', 'dwFlags'],
  ],
  InternetConnect: [
    on('hInternet'),
    ['text', 'lpszServerName'],
    ['dec', 'nServerPort'],
    ['text', 'lpszUserName'],
    ['secret', 'lpszPassword'],
    ['dec', 'dwService'],
    FLAGS,
    CONTEXT,
  ],
  InternetOpenUrl: [on('hInternet'), ['text', 'lpszUrl'], ['text', 'lpszHeaders'], SKIP, FLAGS, CONTEXT],
  HttpOpenRequest: [
    on('hConnect'),
    ['text', 'lpszVerb'],
    ['text', 'lpszObjectName'],
    ['text', 'lpszVersion'],
    ['text', 'lpszReferrer'],
    ['record', 'lplpszAcceptTypes'],
    FLAGS,
    CONTEXT,
  ],
  HttpAddRequestHeaders: [on('hRequest'), ['text', 'lpszHeaders'], SKIP, ['hex', 'dwModifiers']],
  HttpSendRequest: [on('hRequest'), ['text', 'lpszHeaders'], SKIP, SKIP, ['body', 'lpOptional']],
  HttpSendRequestEx: [on('hRequest'), ['record', 'lpBuffersIn'], ['record', 'lpBuffersOut'], FLAGS, CONTEXT],
  HttpEndRequest: [on('hRequest'), ['record', 'lpBuffersOut'], FLAGS, CONTEXT],
  HttpQueryInfo: [on('hRequest'), ['hex', 'dwInfoLevel']],
  InternetReadFile: [on('hFile'), SKIP, ['size', 'lpBuffer'], SKIP],
  InternetReadFileEx: [on('hFile'), ['record', 'lpBuffersOut'], FLAGS, CONTEXT],
  InternetWriteFile: [on('hFile'), SKIP, ['size', 'lpBuffer'], SKIP],
  InternetQueryDataAvailable: [on('hFile'), SKIP, FLAGS, CONTEXT],
  InternetSetFilePointer: [on('hFile'), ['dec', 'lDistanceToMove'], SKIP, ['dec', 'dwMoveMethod'], CONTEXT],
  InternetFindNextFile: [],
  InternetCloseHandle: [on('hInternet')],
  InternetQueryOption: [on('hInternet'), ['dec', 'dwOption'], SKIP, SKIP],
  InternetSetOption: [on('hInternet'), ['dec', 'dwOption'], SKIP, SKIP],
  InternetSetStatusCallback: [on('hInternet')],
  InternetLockRequestFile: [on('hInternet'), SKIP],
  InternetGetLastResponseInfo: [SKIP, SKIP, SKIP],
  InternetErrorDlg: [SKIP, on('hRequest'), ['dec', 'dwError'], FLAGS, SKIP],
  FtpOpenFile: [on('hConnect'), ['text', 'lpszFileName'], ['hex', 'dwAccess'], FLAGS, CONTEXT],
  FtpGetCurrentDirectory: [on('hConnect'), SKIP, SKIP],
  FtpCommand: [on('hConnect'), ['bool', 'fExpectResponse'], FLAGS, ['text', 'lpszCommand'], CONTEXT, SKIP],
  FtpGetFileSize: [on('hFile'), SKIP],
};

/** A function that programs call, as the writer of a line. */
export interface EntryPoint {
  readonly fn: FunctionName;
  /** The ANSI form, which calls the wide one: one call, two lines. */
  readonly ansi: boolean;
  readonly cells: readonly Cell[];
}

/** The function of the table that has this name inside Wine; null for everything else. */
export function entryPoint(writer: string): EntryPoint | null {
  const bare = writer.replace(/[AW]$/, '');
  for (const fn of [writer, bare]) {
    const cells = isFunctionName(fn) ? CELLS[fn] : undefined;
    if (isFunctionName(fn) && cells !== undefined) return { fn, ansi: fn !== writer && writer.endsWith('A'), cells };
  }
  return null;
}

/** The FTP functions that Wine's log names only by the inner function that does their work, once the session was looked up. */
export function innerFtpFunction(writer: string): FunctionName | null {
  const [, inner, bare = ''] = /^(FTP_)?(Ftp\w+)W$/.exec(writer) ?? [];
  return isFunctionName(bare) && (inner !== undefined || isNamedByWork(bare)) ? bare : null;
}

/** Does Wine's log name this function only by the work that is done for it? A call that is refused leaves no trace then. */
export function isNamedByWork(fn: FunctionName): boolean {
  return functionRow(fn).family === 'ftp' && CELLS[fn] === undefined;
}

/** Can Wine's log tell of calls of this function at all? */
export function isInWineLog(fn: FunctionName): boolean {
  return CELLS[fn] !== undefined || isNamedByWork(fn);
}
