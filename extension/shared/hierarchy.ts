import type { RaisedSymbol } from './errorCodes.ts';

/**
 * THE TABLE: which function returns a handle, which uses one, of which kind, in which state.
 *
 * Everything that knows about handles reads it: the engine's checks, the argument types, the "legal now" lists, the diagrams and
 * the exhaustive tests. Sources: the page "HINTERNET Handles" (its seven diagrams are named ax-wnt01 to ax-wnt08; there is no 04)
 * and the pages of the functions. Where the pages are silent, the row says why it was decided so.
 */

/** One kind of handle. Kinds are WinINet's own handle types (INTERNET_OPTION_HANDLE_TYPE). */
interface HandleKindRow {
  /** Value of INTERNET_OPTION_HANDLE_TYPE. */
  readonly type: number;
  /** What a person calls it. */
  readonly title: string;
  /** Kinds under which it can hang; none for the root. Handles of InternetOpenUrl hang from the root itself. */
  readonly parents: readonly string[];
  /** Every state with what it means; a new handle is in the first one unless the call that made it says otherwise. */
  readonly states: Readonly<Record<string, string>>;
  /** State in which the parent is while a handle of this kind is open below it. */
  readonly occupies?: string;
  /** The error of a call that a state forbids; ERROR_INTERNET_INCORRECT_HANDLE_STATE where nothing is said. */
  readonly wrongState?: Readonly<Record<string, RaisedSymbol>>;
  readonly era?: 'xp';
}

/** Every kind of handle. INTERNET_HANDLE_TYPE_FTP_FILE_HTML, GOPHER_FILE_HTML and FILE_REQUEST are never made by any function. */
export const HANDLE_KINDS = {
  root: {
    type: 1,
    title: 'Root',
    parents: [],
    states: { open: 'The library is in use.' },
  },
  'ftp-connect': {
    type: 2,
    title: 'FTP session',
    parents: ['root'],
    states: {
      connecting: 'Connecting and logging on.',
      idle: 'Logged on; any FTP function may be called.',
      searching: 'A search is open: no file and no second search may be opened.',
      transferring: 'A file is open: nothing else can be done until it is closed.',
    },
    // FtpOpenFile page: every other FTP call on the session fails with this error while a file is open.
    wrongState: {
      searching: 'ERROR_FTP_TRANSFER_IN_PROGRESS',
      transferring: 'ERROR_FTP_TRANSFER_IN_PROGRESS',
    },
  },
  'gopher-connect': {
    type: 3,
    title: 'Gopher session',
    parents: ['root'],
    states: { open: 'Ready; each call makes its own connection.' },
    era: 'xp',
  },
  'http-connect': {
    type: 4,
    title: 'HTTP session',
    parents: ['root'],
    states: { open: 'Ready; the first request makes the connection.' },
  },
  'ftp-find': {
    type: 5,
    title: 'FTP search',
    parents: ['ftp-connect', 'root'],
    states: {
      opening: 'InternetOpenUrl is logging on and listing.',
      listing: 'Entries remain.',
      ended: 'No entries remain; the handle still needs closing.',
    },
    occupies: 'searching',
  },
  'ftp-find-html': {
    type: 6,
    title: 'FTP folder as HTML',
    parents: ['root'],
    states: {
      opening: 'InternetOpenUrl is logging on and listing.',
      reading: 'The page can be read.',
      drained: 'The page was read to its end.',
    },
  },
  'ftp-file': {
    type: 7,
    title: 'FTP file',
    parents: ['ftp-connect', 'root'],
    states: {
      opening: 'InternetOpenUrl is logging on and starting the download.',
      reading: 'The download can be read.',
      drained: 'The download was read to its end; the session stays busy until the handle is closed.',
      writing: 'The upload can be written; closing the handle completes it.',
    },
    occupies: 'transferring',
  },
  'gopher-find': {
    type: 9,
    title: 'Gopher search',
    parents: ['gopher-connect', 'root'],
    states: {
      opening: 'Connecting and fetching the menu.',
      listing: 'Entries remain.',
      ended: 'No entries remain; the handle still needs closing.',
    },
    era: 'xp',
  },
  'gopher-find-html': {
    type: 10,
    title: 'Gopher menu as HTML',
    parents: ['root'],
    states: {
      opening: 'InternetOpenUrl is connecting and fetching the menu.',
      reading: 'The page can be read.',
      drained: 'The page was read to its end.',
    },
    era: 'xp',
  },
  'gopher-file': {
    type: 11,
    title: 'Gopher file',
    parents: ['gopher-connect', 'root'],
    states: {
      opening: 'Connecting and asking for the file.',
      reading: 'The file can be read.',
      drained: 'The file was read to its end.',
    },
    era: 'xp',
  },
  'http-request': {
    type: 13,
    title: 'HTTP request',
    parents: ['http-connect', 'root'],
    states: {
      unsent: 'Nothing was sent yet; headers may be added.',
      sending: 'The request is under way.',
      upload: 'The head was sent; the body is written with InternetWriteFile, then HttpEndRequest.',
      retry: 'The server wants the request again from its start (ERROR_INTERNET_FORCE_RETRY).',
      answered: 'Status line and headers are there; the body can be read.',
      drained: 'The body was read to its end; the request may be sent again.',
    },
  },
} as const satisfies Record<string, HandleKindRow>;

/** A kind of handle, as `http-request`. */
export type HandleKind = keyof typeof HANDLE_KINDS;
/** The states of a kind, as `'reading' | 'drained' | 'writing'`. */
export type StateOf<K extends HandleKind> = { [P in K]: keyof (typeof HANDLE_KINDS)[P]['states'] & string }[K];
/** A state of any kind. */
export type HandleState = StateOf<HandleKind>;

/** All kinds, in the order of their type numbers. */
export const handleKinds = Object.keys(HANDLE_KINDS) as readonly HandleKind[];

/** All states of a kind, the initial one first. */
export function statesOf<K extends HandleKind>(kind: K): readonly StateOf<K>[] {
  return Object.keys(HANDLE_KINDS[kind].states) as StateOf<K>[];
}

const PARENT_KINDS: ReadonlySet<string> = new Set(handleKinds.flatMap((kind) => kindRow(kind).parents));

/** Can a handle of this kind have others below it? */
export function canHaveChildren(kind: HandleKind): boolean {
  return PARENT_KINDS.has(kind);
}

/** Is this text a kind of handle? */
export function isHandleKind(text: string): text is HandleKind {
  return Object.hasOwn(HANDLE_KINDS, text);
}

/** The row of a kind, with its optional fields. */
export function kindRow(kind: HandleKind): HandleKindRow {
  return HANDLE_KINDS[kind];
}

type Uses = { readonly [K in HandleKind]?: readonly StateOf<K>[] };

/** How a call changes the state of the handle that it uses. */
export interface Move<S extends string = HandleState> {
  /** State while the call runs. */
  readonly during?: S;
  /** State after success. */
  readonly success?: S;
  /** State after failure. */
  readonly failure?: S | undefined;
  /** State once the call has met the end of the data. */
  readonly end?: S;
}
type Moves = { readonly [K in HandleKind]?: Move<StateOf<K>> };

/** The seven diagrams, in the order in which the page shows them. */
export const DIAGRAMS = ['ax-wnt01', 'ax-wnt02', 'ax-wnt06', 'ax-wnt03', 'ax-wnt05', 'ax-wnt07', 'ax-wnt08'] as const;
/** Name of a diagram's image on the page. */
export type DiagramName = (typeof DIAGRAMS)[number];

/** What a diagram is about, and what of its form does not follow from its boxes. */
interface DiagramRow {
  readonly title: string;
  /** What it shows, in one sentence. */
  readonly caption: string;
  /** The protocol of the section that prints it; without one it is about all of them. */
  readonly protocol?: 'http' | 'ftp';
  /** Boxes whose followers hang from a bracket, and the side of it; all others hang from stems. */
  readonly brackets: Readonly<Record<string, 'left' | 'right'>>;
}

/** The seven diagrams of the page. */
export const DIAGRAM_ROWS: Readonly<Record<DiagramName, DiagramRow>> = {
  'ax-wnt01': {
    title: 'Functions that return handles',
    caption: 'Each box is a function that returns a handle; it hangs from the function whose handle it needs.',
    brackets: { InternetConnect: 'right' },
  },
  'ax-wnt02': {
    title: 'After InternetOpenUrl',
    caption: 'InternetOpenUrl does everything in one call: from its handle the answer can be read at once.',
    brackets: { InternetOpenUrl: 'right' },
  },
  'ax-wnt06': {
    title: 'On an FTP session',
    caption: 'These functions need only the session that InternetConnect returns.',
    protocol: 'ftp',
    brackets: { InternetConnect: 'right' },
  },
  'ax-wnt03': {
    title: 'FTP files and searches',
    caption: 'FtpOpenFile and FtpFindFirstFile return handles of their own below the session.',
    protocol: 'ftp',
    brackets: { FtpOpenFile: 'left', FtpFindFirstFile: 'right' },
  },
  'ax-wnt05': {
    title: 'An HTTP request',
    caption: 'HttpOpenRequest makes a request; nothing is sent before HttpSendRequest or HttpSendRequestEx.',
    protocol: 'http',
    brackets: { HttpOpenRequest: 'left' },
  },
  'ax-wnt07': {
    title: 'After HttpSendRequest',
    caption: 'Once HttpSendRequest has used the request, its answer can be read.',
    protocol: 'http',
    brackets: { HttpSendRequest: 'left' },
  },
  'ax-wnt08': {
    title: 'After HttpSendRequestEx',
    caption: 'HttpSendRequestEx sends the head; the body is written in pieces, and HttpEndRequest fetches the answer.',
    protocol: 'http',
    brackets: { HttpSendRequestEx: 'left', HttpEndRequest: 'right' },
  },
};

/** One function of WinINet. */
interface FunctionRowShape {
  readonly family: 'general' | 'http' | 'ftp' | 'gopher' | 'url' | 'cookie';
  /** What it does, in one sentence. */
  readonly summary: string;
  /** The port's parameters in their order: a length that only measures another argument is dropped, an out-parameter is returned. */
  readonly parameters: readonly string[];
  /** Those that a caller must pass, besides the handle; any other may be left out, and is NULL or 0 then, as documented. */
  readonly required?: readonly string[];
  /** The parameter for a caller's buffer: without one the function returns its value whole. */
  readonly fills?: string;
  /** Kinds that it accepts, each with the states in which the call is legal; empty: it uses no handle. */
  readonly uses: Uses;
  /** NULL means the library itself. */
  readonly acceptsNull?: true;
  /** Kinds of handle that it returns; a function with this is shaded in the diagrams. */
  readonly returns?: readonly HandleKind[];
  /** States in which a handle may be once the call that returns it is over, where that is not the first one of its kind. */
  readonly begins?: Uses;
  readonly moves?: Moves;
  /** The error of a call on this kind in a wrong state, or in any where the kind is not used, if it is not the usual one. */
  readonly refusals?: { readonly [K in HandleKind]?: RaisedSymbol | { readonly [S in StateOf<K>]?: RaisedSymbol } };
  /** Under an asynchronous root it may answer ERROR_IO_PENDING. */
  readonly mayPend?: true;
  /** Only up to Windows XP and Windows Server 2003 R2. */
  readonly era?: 'xp';
  /** Named on the page "HINTERNET Handles". */
  readonly inSeed?: true;
  /** Diagrams that print it: place from the top, and the box from which its line or bracket hangs. */
  readonly seed?: { readonly [D in DiagramName]?: readonly [order: number, under: string | null] };
  /** Name of the function's page in Microsoft's documentation. */
  readonly source: string;
}

const ANY_HANDLE = Object.fromEntries(handleKinds.map((kind) => [kind, statesOf(kind)])) as {
  readonly [K in HandleKind]: readonly StateOf<K>[];
};

const READABLE = {
  'http-request': ['answered', 'drained'],
  'ftp-file': ['reading', 'drained'],
  'ftp-find-html': ['reading', 'drained'],
  'gopher-file': ['reading', 'drained'],
  'gopher-find-html': ['reading', 'drained'],
} as const satisfies Uses;

const DRAINS = {
  'http-request': { end: 'drained' },
  'ftp-file': { end: 'drained' },
  'ftp-find-html': { end: 'drained' },
  'gopher-file': { end: 'drained' },
  'gopher-find-html': { end: 'drained' },
} as const satisfies Moves;

/** Every function of the page and those related to it that take or return handles or help to call the others. */
export const FUNCTIONS = {
  InternetOpen: {
    family: 'general',
    summary: 'Starts the library for a program and returns the root of its tree of handles.',
    parameters: ['lpszAgent', 'dwAccessType', 'lpszProxy', 'lpszProxyBypass', 'dwFlags'],
    required: ['lpszAgent'],
    uses: {},
    returns: ['root'],
    inSeed: true,
    seed: {
      'ax-wnt01': [0, null],
      'ax-wnt02': [0, null],
      'ax-wnt06': [0, null],
      'ax-wnt03': [0, null],
      'ax-wnt05': [0, null],
      'ax-wnt07': [0, null],
      'ax-wnt08': [0, null],
    },
    source: 'nf-wininet-internetopena',
  },
  InternetOpenUrl: {
    family: 'general',
    summary: 'Opens a whole URL in one call and returns a handle from which the answer can be read.',
    parameters: ['hInternet', 'lpszUrl', 'lpszHeaders', 'dwFlags', 'dwContext'],
    required: ['lpszUrl'],
    uses: { root: ['open'] },
    returns: [
      'http-request',
      'ftp-file',
      'ftp-find-html',
      'ftp-find',
      'gopher-file',
      'gopher-find-html',
      'gopher-find',
    ],
    begins: {
      'http-request': ['answered'],
      'ftp-file': ['reading'],
      'ftp-find-html': ['reading'],
      'ftp-find': ['listing'],
      'gopher-file': ['reading'],
      'gopher-find-html': ['reading'],
      'gopher-find': ['listing'],
    },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt01': [1, 'InternetOpen'], 'ax-wnt02': [1, 'InternetOpen'] },
    source: 'nf-wininet-internetopenurla',
  },
  InternetConnect: {
    family: 'general',
    summary:
      'Opens an FTP, HTTP or Gopher session with one server; FTP logs on at once, HTTP connects with the first request.',
    parameters: [
      'hInternet',
      'lpszServerName',
      'nServerPort',
      'lpszUserName',
      'lpszPassword',
      'dwService',
      'dwFlags',
      'dwContext',
    ],
    required: ['lpszServerName', 'dwService'],
    uses: { root: ['open'] },
    returns: ['http-connect', 'ftp-connect', 'gopher-connect'],
    begins: { 'ftp-connect': ['idle'] },
    mayPend: true,
    inSeed: true,
    seed: {
      'ax-wnt01': [2, 'InternetOpen'],
      'ax-wnt06': [1, 'InternetOpen'],
      'ax-wnt03': [1, 'InternetOpen'],
      'ax-wnt05': [1, 'InternetOpen'],
      'ax-wnt07': [1, 'InternetOpen'],
      'ax-wnt08': [1, 'InternetOpen'],
    },
    source: 'nf-wininet-internetconnecta',
  },
  HttpOpenRequest: {
    family: 'http',
    summary: 'Makes a request on an HTTP session; nothing is sent yet.',
    parameters: [
      'hConnect',
      'lpszVerb',
      'lpszObjectName',
      'lpszVersion',
      'lpszReferrer',
      'lplpszAcceptTypes',
      'dwFlags',
      'dwContext',
    ],
    uses: { 'http-connect': ['open'] },
    returns: ['http-request'],
    inSeed: true,
    seed: {
      'ax-wnt01': [5, 'InternetConnect'],
      'ax-wnt05': [2, 'InternetConnect'],
      'ax-wnt07': [2, 'InternetConnect'],
      'ax-wnt08': [2, 'InternetConnect'],
    },
    source: 'nf-wininet-httpopenrequesta',
  },
  HttpAddRequestHeaders: {
    family: 'http',
    summary: 'Adds, replaces or removes headers of a request before it is sent.',
    parameters: ['hRequest', 'lpszHeaders', 'dwModifiers'],
    required: ['lpszHeaders', 'dwModifiers'],
    uses: { 'http-request': ['unsent', 'retry', 'answered', 'drained'] },
    inSeed: true,
    seed: { 'ax-wnt05': [3, 'HttpOpenRequest'] },
    source: 'nf-wininet-httpaddrequestheadersa',
  },
  HttpQueryInfo: {
    family: 'http',
    summary: 'Reads the status line or a header of the answer, or of the request.',
    parameters: ['hRequest', 'dwInfoLevel', 'lpBuffer', 'lpdwIndex'],
    required: ['dwInfoLevel'],
    fills: 'lpBuffer',
    uses: { 'http-request': ['unsent', 'retry', 'answered', 'drained'] },
    inSeed: true,
    seed: { 'ax-wnt05': [4, 'HttpOpenRequest'] },
    source: 'nf-wininet-httpqueryinfoa',
  },
  HttpSendRequest: {
    family: 'http',
    summary: 'Sends the request, with its whole body, and receives the status line and headers of the answer.',
    parameters: ['hRequest', 'lpszHeaders', 'lpOptional'],
    uses: { 'http-request': ['unsent', 'retry', 'answered', 'drained'] },
    refusals: { 'http-request': { sending: 'ERROR_INTERNET_REQUEST_PENDING' } },
    moves: { 'http-request': { during: 'sending', success: 'answered', failure: 'unsent' } },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt05': [5, 'HttpOpenRequest'], 'ax-wnt07': [3, 'HttpOpenRequest'] },
    source: 'nf-wininet-httpsendrequesta',
  },
  HttpSendRequestEx: {
    family: 'http',
    summary: 'Sends the head of a request whose body follows through InternetWriteFile.',
    parameters: ['hRequest', 'lpBuffersIn', 'lpBuffersOut', 'dwFlags', 'dwContext'],
    uses: { 'http-request': ['unsent', 'retry', 'answered', 'drained'] },
    refusals: { 'http-request': { sending: 'ERROR_INTERNET_REQUEST_PENDING' } },
    moves: { 'http-request': { during: 'sending', success: 'upload', failure: 'unsent' } },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt05': [6, 'HttpOpenRequest'], 'ax-wnt08': [3, 'HttpOpenRequest'] },
    source: 'nf-wininet-httpsendrequestexa',
  },
  HttpEndRequest: {
    family: 'http',
    summary: 'Ends a request begun by HttpSendRequestEx and receives the status line and headers of the answer.',
    parameters: ['hRequest', 'lpBuffersOut', 'dwFlags', 'dwContext'],
    uses: { 'http-request': ['upload'] },
    // Met its end without an answer: ERROR_INTERNET_FORCE_RETRY.
    moves: { 'http-request': { during: 'sending', success: 'answered', failure: 'unsent', end: 'retry' } },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt08': [4, 'HttpSendRequestEx'] },
    source: 'nf-wininet-httpendrequesta',
  },
  InternetErrorDlg: {
    family: 'general',
    summary: 'Shows the dialog that fits an error: credentials, a certificate, a redirect.',
    parameters: ['hWnd', 'hRequest', 'dwError', 'dwFlags', 'lppvData'],
    required: ['dwError', 'dwFlags'],
    uses: { 'http-request': ['unsent', 'retry', 'answered', 'drained'] },
    inSeed: true,
    seed: { 'ax-wnt05': [7, 'HttpOpenRequest'] },
    source: 'nf-wininet-interneterrordlg',
  },
  InternetReadFileEx: {
    family: 'general',
    summary: 'Reads bytes of the answer into an INTERNET_BUFFERS record.',
    parameters: ['hFile', 'lpBuffersOut', 'dwFlags', 'dwContext'],
    required: ['lpBuffersOut'],
    uses: READABLE,
    moves: DRAINS,
    refusals: { 'ftp-file': 'ERROR_ACCESS_DENIED' },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt08': [5, 'HttpSendRequestEx'] },
    source: 'nf-wininet-internetreadfileexa',
  },
  InternetWriteFile: {
    family: 'general',
    summary: 'Writes bytes of an upload: to a file opened for writing, or to a request begun by HttpSendRequestEx.',
    parameters: ['hFile', 'lpBuffer'],
    required: ['lpBuffer'],
    uses: { 'http-request': ['upload'], 'ftp-file': ['writing'] },
    refusals: { 'ftp-file': 'ERROR_ACCESS_DENIED' },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt03': [5, 'FtpOpenFile'], 'ax-wnt08': [6, 'HttpSendRequestEx'] },
    source: 'nf-wininet-internetwritefile',
  },
  InternetReadFile: {
    family: 'general',
    summary: 'Reads bytes of the answer or file into a buffer; 0 bytes mean the end.',
    parameters: ['hFile', 'lpBuffer'],
    required: ['lpBuffer'],
    uses: READABLE,
    moves: DRAINS,
    refusals: { 'ftp-file': 'ERROR_ACCESS_DENIED' },
    mayPend: true,
    inSeed: true,
    seed: {
      'ax-wnt02': [3, 'InternetOpenUrl'],
      'ax-wnt03': [4, 'FtpOpenFile'],
      'ax-wnt07': [5, 'HttpSendRequest'],
      'ax-wnt08': [7, 'HttpEndRequest'],
    },
    source: 'nf-wininet-internetreadfile',
  },
  InternetSetFilePointer: {
    family: 'general',
    summary: 'Moves the place in the answer from which the next read starts.',
    parameters: ['hFile', 'lDistanceToMove', 'lpDistanceToMoveHigh', 'dwMoveMethod', 'dwContext'],
    required: ['lDistanceToMove'],
    uses: { 'http-request': ['answered'] },
    refusals: { 'http-request': 'ERROR_INTERNET_INVALID_OPERATION', 'ftp-file': 'ERROR_INTERNET_INVALID_OPERATION' },
    inSeed: true,
    seed: { 'ax-wnt02': [4, 'InternetOpenUrl'], 'ax-wnt07': [6, 'HttpSendRequest'], 'ax-wnt08': [8, 'HttpEndRequest'] },
    source: 'nf-wininet-internetsetfilepointer',
  },
  InternetQueryDataAvailable: {
    family: 'general',
    summary: 'Tells how many bytes can be read at once; waits until there are some, or the end.',
    parameters: ['hFile', 'dwFlags', 'dwContext'],
    uses: READABLE,
    moves: DRAINS,
    refusals: { 'ftp-file': 'ERROR_ACCESS_DENIED' },
    mayPend: true,
    inSeed: true,
    seed: {
      'ax-wnt02': [2, 'InternetOpenUrl'],
      'ax-wnt03': [3, 'FtpOpenFile'],
      'ax-wnt07': [4, 'HttpSendRequest'],
      'ax-wnt08': [9, 'HttpEndRequest'],
    },
    source: 'nf-wininet-internetquerydataavailable',
  },
  InternetFindNextFile: {
    family: 'general',
    summary: 'Returns the next entry of a search.',
    parameters: ['hFind', 'lpvFindData'],
    uses: { 'ftp-find': ['listing', 'ended'], 'gopher-find': ['listing', 'ended'] },
    moves: { 'ftp-find': { end: 'ended' }, 'gopher-find': { end: 'ended' } },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt03': [7, 'FtpFindFirstFile'] },
    source: 'nf-wininet-internetfindnextfilea',
  },
  FtpOpenFile: {
    family: 'ftp',
    summary: 'Opens a remote file for reading or for writing; the session is busy until the handle is closed.',
    parameters: ['hConnect', 'lpszFileName', 'dwAccess', 'dwFlags', 'dwContext'],
    required: ['lpszFileName', 'dwAccess'],
    uses: { 'ftp-connect': ['idle'] },
    returns: ['ftp-file'],
    begins: { 'ftp-file': ['reading', 'writing'] },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt01': [3, 'InternetConnect'], 'ax-wnt03': [2, 'InternetConnect'] },
    source: 'nf-wininet-ftpopenfilea',
  },
  FtpFindFirstFile: {
    family: 'ftp',
    summary: 'Starts a search in a remote folder and returns its first entry; one search at a time per session.',
    parameters: ['hConnect', 'lpszSearchFile', 'lpFindFileData', 'dwFlags', 'dwContext'],
    uses: { 'ftp-connect': ['idle'] },
    returns: ['ftp-find'],
    begins: { 'ftp-find': ['listing'] },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt01': [4, 'InternetConnect'], 'ax-wnt03': [6, 'InternetConnect'] },
    source: 'nf-wininet-ftpfindfirstfilea',
  },
  FtpCreateDirectory: {
    family: 'ftp',
    summary: 'Creates a remote folder.',
    parameters: ['hConnect', 'lpszDirectory'],
    required: ['lpszDirectory'],
    uses: { 'ftp-connect': ['idle', 'searching'] },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt06': [2, 'InternetConnect'] },
    source: 'nf-wininet-ftpcreatedirectorya',
  },
  FtpDeleteFile: {
    family: 'ftp',
    summary: 'Deletes a remote file.',
    parameters: ['hConnect', 'lpszFileName'],
    required: ['lpszFileName'],
    uses: { 'ftp-connect': ['idle', 'searching'] },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt06': [3, 'InternetConnect'] },
    source: 'nf-wininet-ftpdeletefilea',
  },
  FtpGetCurrentDirectory: {
    family: 'ftp',
    summary: 'Returns the current remote folder.',
    parameters: ['hConnect', 'lpszCurrentDirectory'],
    fills: 'lpszCurrentDirectory',
    uses: { 'ftp-connect': ['idle', 'searching'] },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt06': [4, 'InternetConnect'] },
    source: 'nf-wininet-ftpgetcurrentdirectorya',
  },
  FtpGetFile: {
    family: 'ftp',
    summary: 'Downloads a remote file into a local one.',
    parameters: [
      'hConnect',
      'lpszRemoteFile',
      'lpszNewFile',
      'fFailIfExists',
      'dwFlagsAndAttributes',
      'dwFlags',
      'dwContext',
    ],
    required: ['lpszRemoteFile', 'lpszNewFile'],
    uses: { 'ftp-connect': ['idle', 'searching'] },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt06': [5, 'InternetConnect'] },
    source: 'nf-wininet-ftpgetfilea',
  },
  FtpPutFile: {
    family: 'ftp',
    summary: 'Uploads a local file.',
    parameters: ['hConnect', 'lpszLocalFile', 'lpszNewRemoteFile', 'dwFlags', 'dwContext'],
    required: ['lpszLocalFile', 'lpszNewRemoteFile'],
    uses: { 'ftp-connect': ['idle', 'searching'] },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt06': [6, 'InternetConnect'] },
    source: 'nf-wininet-ftpputfilea',
  },
  FtpRemoveDirectory: {
    family: 'ftp',
    summary: 'Removes a remote folder.',
    parameters: ['hConnect', 'lpszDirectory'],
    required: ['lpszDirectory'],
    uses: { 'ftp-connect': ['idle', 'searching'] },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt06': [7, 'InternetConnect'] },
    source: 'nf-wininet-ftpremovedirectorya',
  },
  FtpRenameFile: {
    family: 'ftp',
    summary: 'Renames a remote file.',
    parameters: ['hConnect', 'lpszExisting', 'lpszNew'],
    required: ['lpszExisting', 'lpszNew'],
    uses: { 'ftp-connect': ['idle', 'searching'] },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt06': [8, 'InternetConnect'] },
    source: 'nf-wininet-ftprenamefilea',
  },
  FtpSetCurrentDirectory: {
    family: 'ftp',
    summary: 'Changes the current remote folder.',
    parameters: ['hConnect', 'lpszDirectory'],
    required: ['lpszDirectory'],
    uses: { 'ftp-connect': ['idle', 'searching'] },
    mayPend: true,
    inSeed: true,
    seed: { 'ax-wnt06': [9, 'InternetConnect'] },
    source: 'nf-wininet-ftpsetcurrentdirectorya',
  },
  FtpCommand: {
    family: 'ftp',
    summary: "Sends a command of the caller's own; with fExpectResponse it returns a handle to the data.",
    parameters: ['hConnect', 'fExpectResponse', 'dwFlags', 'lpszCommand', 'dwContext'],
    required: ['fExpectResponse', 'dwFlags', 'lpszCommand'],
    uses: { 'ftp-connect': ['idle', 'searching'] },
    returns: ['ftp-file'],
    begins: { 'ftp-file': ['reading', 'writing'] },
    mayPend: true,
    source: 'nf-wininet-ftpcommanda',
  },
  FtpGetFileSize: {
    family: 'ftp',
    summary: 'Returns the size of an open remote file.',
    parameters: ['hFile'],
    uses: { 'ftp-file': ['reading', 'drained', 'writing'] },
    source: 'nf-wininet-ftpgetfilesize',
  },
  GopherOpenFile: {
    family: 'gopher',
    summary: 'Opens a file of a Gopher server for reading.',
    parameters: ['hConnect', 'lpszLocator', 'lpszView', 'dwFlags', 'dwContext'],
    required: ['lpszLocator'],
    uses: { 'gopher-connect': ['open'] },
    returns: ['gopher-file'],
    begins: { 'gopher-file': ['reading'] },
    mayPend: true,
    era: 'xp',
    inSeed: true,
    seed: { 'ax-wnt01': [6, 'InternetConnect'] },
    source: 'nf-wininet-gopheropenfilea',
  },
  GopherFindFirstFile: {
    family: 'gopher',
    summary: 'Opens a menu or search of a Gopher server and returns its first entry.',
    parameters: ['hConnect', 'lpszLocator', 'lpszSearchString', 'lpFindData', 'dwFlags', 'dwContext'],
    uses: { 'gopher-connect': ['open'] },
    returns: ['gopher-find'],
    begins: { 'gopher-find': ['listing'] },
    mayPend: true,
    era: 'xp',
    inSeed: true,
    seed: { 'ax-wnt01': [7, 'InternetConnect'] },
    source: 'nf-wininet-gopherfindfirstfilea',
  },
  GopherGetAttribute: {
    family: 'gopher',
    summary: 'Asks a Gopher+ server for attributes of an item.',
    parameters: ['hConnect', 'lpszLocator', 'lpszAttributeName', 'lpBuffer', 'lpfnEnumerator', 'dwContext'],
    required: ['lpszLocator'],
    fills: 'lpBuffer',
    uses: { 'gopher-connect': ['open'] },
    mayPend: true,
    era: 'xp',
    source: 'nf-wininet-gophergetattributea',
  },
  GopherCreateLocator: {
    family: 'gopher',
    summary: 'Builds the locator text of a Gopher item.',
    parameters: ['lpszHost', 'nServerPort', 'lpszDisplayString', 'lpszSelectorString', 'dwGopherType', 'lpszLocator'],
    required: ['lpszHost'],
    fills: 'lpszLocator',
    uses: {},
    era: 'xp',
    source: 'nf-wininet-gophercreatelocatora',
  },
  GopherGetLocatorType: {
    family: 'gopher',
    summary: 'Tells the type of the item that a locator names.',
    parameters: ['lpszLocator'],
    required: ['lpszLocator'],
    uses: {},
    era: 'xp',
    source: 'nf-wininet-gophergetlocatortypea',
  },
  InternetCloseHandle: {
    family: 'general',
    summary: 'Closes a handle and everything below it.',
    parameters: ['hInternet'],
    uses: ANY_HANDLE,
    inSeed: true,
    source: 'nf-wininet-internetclosehandle',
  },
  InternetQueryOption: {
    family: 'general',
    summary: 'Reads an option of a handle, or of the library.',
    parameters: ['hInternet', 'dwOption', 'lpBuffer'],
    required: ['dwOption'],
    fills: 'lpBuffer',
    uses: ANY_HANDLE,
    acceptsNull: true,
    source: 'nf-wininet-internetqueryoptiona',
  },
  InternetSetOption: {
    family: 'general',
    summary: 'Changes an option of a handle, or of the library.',
    parameters: ['hInternet', 'dwOption', 'lpBuffer'],
    required: ['dwOption'],
    uses: ANY_HANDLE,
    acceptsNull: true,
    source: 'nf-wininet-internetsetoptiona',
  },
  InternetSetOptionEx: {
    family: 'general',
    summary: 'Changes an option of a handle, with flags.',
    parameters: ['hInternet', 'dwOption', 'lpBuffer', 'dwFlags'],
    required: ['dwOption'],
    uses: ANY_HANDLE,
    acceptsNull: true,
    source: 'nf-wininet-internetsetoptionexa',
  },
  InternetSetStatusCallback: {
    family: 'general',
    summary: 'Sets the function that is told how calls on a handle proceed, and returns the previous one.',
    parameters: ['hInternet', 'lpfnInternetCallback'],
    uses: ANY_HANDLE,
    source: 'nf-wininet-internetsetstatuscallback',
  },
  InternetLockRequestFile: {
    family: 'general',
    summary: 'Keeps the file behind an answer from being removed.',
    parameters: ['hInternet'],
    uses: {
      'http-request': ['answered', 'drained'],
      'ftp-file': ['reading', 'drained'],
      'gopher-file': ['reading', 'drained'],
    },
    source: 'nf-wininet-internetlockrequestfile',
  },
  InternetUnlockRequestFile: {
    family: 'general',
    summary: 'Ends the lock of InternetLockRequestFile.',
    parameters: ['hLockRequestInfo'],
    required: ['hLockRequestInfo'],
    uses: {},
    source: 'nf-wininet-internetunlockrequestfile',
  },
  InternetGetLastResponseInfo: {
    family: 'general',
    summary: 'Returns the last words of a server, as after ERROR_INTERNET_EXTENDED_ERROR.',
    parameters: ['lpszBuffer'],
    fills: 'lpszBuffer',
    uses: {},
    source: 'nf-wininet-internetgetlastresponseinfoa',
  },
  ResumeSuspendedDownload: {
    family: 'general',
    summary: 'Goes on with a request that waits for the user.',
    parameters: ['hRequest', 'dwResultCode'],
    // Only a dialog of the system suspends a request, and here none does: no state is right for it.
    uses: { 'http-request': [] },
    mayPend: true,
    source: 'nf-wininet-resumesuspendeddownload',
  },
  InternetAttemptConnect: {
    family: 'general',
    summary: 'Tells whether the network can be used.',
    parameters: ['dwReserved'],
    uses: {},
    source: 'nf-wininet-internetattemptconnect',
  },
  InternetCheckConnection: {
    family: 'general',
    summary: 'Tells whether a connection to a URL can be made.',
    parameters: ['lpszUrl', 'dwFlags', 'dwReserved'],
    uses: {},
    source: 'nf-wininet-internetcheckconnectiona',
  },
  InternetGetConnectedState: {
    family: 'general',
    summary: 'Tells how this machine is connected.',
    parameters: ['dwReserved'],
    uses: {},
    source: 'nf-wininet-internetgetconnectedstate',
  },
  InternetGetConnectedStateEx: {
    family: 'general',
    summary: 'Tells how this machine is connected, with the name of the connection.',
    parameters: ['lpszConnectionName', 'dwReserved'],
    fills: 'lpszConnectionName',
    uses: {},
    source: 'nf-wininet-internetgetconnectedstateexa',
  },
  InternetConfirmZoneCrossing: {
    family: 'general',
    summary: 'Asks the user before a page leads from a secure to an open one.',
    parameters: ['hWnd', 'szUrlPrev', 'szUrlNew', 'bPost'],
    required: ['szUrlPrev', 'szUrlNew'],
    uses: {},
    source: 'nf-wininet-internetconfirmzonecrossinga',
  },
  InternetTimeFromSystemTime: {
    family: 'general',
    summary: 'Writes a time as HTTP does.',
    parameters: ['pst', 'dwRFC', 'lpszTime'],
    required: ['pst'],
    fills: 'lpszTime',
    uses: {},
    source: 'nf-wininet-internettimefromsystemtimea',
  },
  InternetTimeToSystemTime: {
    family: 'general',
    summary: 'Reads a time as HTTP writes it.',
    parameters: ['lpszTime', 'dwReserved'],
    required: ['lpszTime'],
    uses: {},
    source: 'nf-wininet-internettimetosystemtimea',
  },
  InternetCrackUrl: {
    family: 'url',
    summary: 'Splits a URL into its parts.',
    parameters: ['lpszUrl', 'dwUrlLength', 'dwFlags', 'lpUrlComponents'],
    required: ['lpszUrl'],
    uses: {},
    source: 'nf-wininet-internetcrackurla',
  },
  InternetCreateUrl: {
    family: 'url',
    summary: 'Builds a URL from its parts.',
    parameters: ['lpUrlComponents', 'dwFlags', 'lpszUrl'],
    required: ['lpUrlComponents'],
    fills: 'lpszUrl',
    uses: {},
    source: 'nf-wininet-internetcreateurla',
  },
  InternetCanonicalizeUrl: {
    family: 'url',
    summary: 'Brings a URL into its canonical form.',
    parameters: ['lpszUrl', 'lpszBuffer', 'dwFlags'],
    required: ['lpszUrl'],
    fills: 'lpszBuffer',
    uses: {},
    source: 'nf-wininet-internetcanonicalizeurla',
  },
  InternetCombineUrl: {
    family: 'url',
    summary: 'Resolves a relative URL against a base.',
    parameters: ['lpszBaseUrl', 'lpszRelativeUrl', 'lpszBuffer', 'dwFlags'],
    required: ['lpszBaseUrl', 'lpszRelativeUrl'],
    fills: 'lpszBuffer',
    uses: {},
    source: 'nf-wininet-internetcombineurla',
  },
  InternetGetCookie: {
    family: 'cookie',
    summary: 'Returns the cookies for a URL.',
    parameters: ['lpszUrl', 'lpszCookieName', 'lpszCookieData'],
    required: ['lpszUrl'],
    fills: 'lpszCookieData',
    uses: {},
    source: 'nf-wininet-internetgetcookiea',
  },
  InternetGetCookieEx: {
    family: 'cookie',
    summary: 'Returns the cookies for a URL, with flags.',
    parameters: ['lpszUrl', 'lpszCookieName', 'lpszCookieData', 'dwFlags'],
    required: ['lpszUrl'],
    fills: 'lpszCookieData',
    uses: {},
    source: 'nf-wininet-internetgetcookieexa',
  },
  InternetSetCookie: {
    family: 'cookie',
    summary: 'Stores a cookie for a URL.',
    parameters: ['lpszUrl', 'lpszCookieName', 'lpszCookieData'],
    required: ['lpszUrl', 'lpszCookieData'],
    uses: {},
    source: 'nf-wininet-internetsetcookiea',
  },
  InternetSetCookieEx: {
    family: 'cookie',
    summary: 'Stores a cookie for a URL, with flags.',
    parameters: ['lpszUrl', 'lpszCookieName', 'lpszCookieData', 'dwFlags', 'dwReserved'],
    required: ['lpszUrl', 'lpszCookieData'],
    uses: {},
    source: 'nf-wininet-internetsetcookieexa',
  },
} as const satisfies Record<string, FunctionRowShape>;

/** Name of a WinINet function. */
export type FunctionName = keyof typeof FUNCTIONS;
/** Kinds of handle that a function accepts. */
export type KindsUsedBy<F extends FunctionName> = keyof (typeof FUNCTIONS)[F]['uses'] & HandleKind;
/** Functions for which NULL, in place of a handle, means the library itself. */
export type FunctionsOfLibrary = {
  [F in FunctionName]: (typeof FUNCTIONS)[F] extends { readonly acceptsNull: true } ? F : never;
}[FunctionName];
/** A row of the table, with its optional fields. */
export type FunctionRow = FunctionRowShape;

/** All functions, those of a diagram in the order in which the page introduces them. */
export const functionNames = Object.keys(FUNCTIONS) as readonly FunctionName[];

/** Is this text the name of a function in the table? */
export function isFunctionName(text: string): text is FunctionName {
  return Object.hasOwn(FUNCTIONS, text);
}

/** The row of a function, with its optional fields. */
export function functionRow(name: FunctionName): FunctionRow {
  return FUNCTIONS[name];
}

/** Functions that accept a kind of handle, whatever its state. */
export function functionsUsing(kind: HandleKind): readonly FunctionName[] {
  return functionNames.filter((name) => functionRow(name).uses[kind] !== undefined);
}

/** Functions that return a kind of handle. */
export function functionsReturning(kind: HandleKind): readonly FunctionName[] {
  return functionNames.filter((name) => functionRow(name).returns?.includes(kind) ?? false);
}

/** The error of calling a function on a live handle of this kind in this state; undefined where the call is legal. */
export function refusal(name: FunctionName, kind: HandleKind, state: HandleState): RaisedSymbol | undefined {
  const row = functionRow(name);
  const legal: readonly HandleState[] | undefined = row.uses[kind];
  if (legal?.includes(state)) return undefined;
  const own = row.refusals?.[kind];
  const states: Readonly<Partial<Record<HandleState, RaisedSymbol>>> = typeof own === 'object' ? own : {};
  const special = typeof own === 'string' ? own : states[state];
  if (legal === undefined) return special ?? 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE';
  return special ?? kindRow(kind).wrongState?.[state] ?? 'ERROR_INTERNET_INCORRECT_HANDLE_STATE';
}

/** Does the function look for bytes of an answer or file? It may meet their end then. */
export function looksForBytes(name: FunctionName): boolean {
  return functionRow(name).moves?.['ftp-file']?.end !== undefined;
}

/** Does the function give bytes of an answer or file, and not only their number? */
export function readsBytes(name: FunctionName): boolean {
  return looksForBytes(name) && functionRow(name).parameters.some((parameter) => parameter.startsWith('lpBuffer'));
}

/** Does the function send the head of an HTTP request? */
export function sendsRequest(name: FunctionName): boolean {
  const { uses, moves, begins } = functionRow(name);
  const sends = moves?.['http-request']?.during === 'sending' && uses['http-request']?.includes('unsent') === true;
  return sends || begins?.['http-request']?.[0] === 'answered';
}

/** Has an HTTP request its answer when the function has succeeded on it? */
export function bringsAnswer(name: FunctionName): boolean {
  return functionRow(name).moves?.['http-request']?.success === 'answered';
}

/** Can the bytes behind a handle of this kind be read, in one state or another? */
export function hasBytes(kind: HandleKind): boolean {
  return functionsUsing(kind).some(readsBytes);
}

/** Position of the parameter that carries the handle which a function uses; -1 where it uses none. */
export function handleParameter(name: FunctionName): number {
  return functionRow(name).parameters.findIndex((parameter) =>
    /^h(Internet|Connect|Request|File|Find)$/.test(parameter),
  );
}

/** Does the function take a handle of any kind? The diagrams say that of such functions once, not in every box. */
export function takesAnyHandle(name: FunctionName): boolean {
  const { uses } = functionRow(name);
  return handleKinds.every((kind) => uses[kind] !== undefined);
}

/** The protocol of a kind of handle; undefined for the root, which has none. */
export function protocolOf(kind: HandleKind): 'http' | 'ftp' | 'gopher' | undefined {
  return (['http', 'ftp', 'gopher'] as const).find((protocol) => kind.startsWith(`${protocol}-`));
}

/** The page of a function in Microsoft's documentation. */
export function documentationUrl(name: FunctionName): string {
  return `https://learn.microsoft.com/windows/win32/api/wininet/${functionRow(name).source}`;
}
