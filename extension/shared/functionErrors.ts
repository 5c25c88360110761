import type { ErrorSymbol } from './errorCodes.ts';
import { type FunctionName, functionRow, handleKinds, handleParameter, refusal, statesOf } from './hierarchy.ts';

/**
 * The errors with which each function may fail here. What follows from the table of functions is derived: handles that do not
 * fit, arguments of the wrong form, buffers, calls that pend or are cancelled. The rest stands in a list below. Whatever is
 * not among them would be ERROR_INTERNET_INTERNAL_ERROR, which is a mistake of the engine.
 */
export function errorsOf(fn: FunctionName): readonly ErrorSymbol[] {
  return [...new Set([...derived(fn), ...(FAILURES[fn] ?? [])])];
}

function derived(fn: FunctionName): readonly ErrorSymbol[] {
  const { parameters, mayPend, fills } = functionRow(fn);
  const place = handleParameter(fn);
  const refusals = handleKinds.flatMap((kind) => statesOf(kind).flatMap((state) => refusal(fn, kind, state) ?? []));
  return [
    ...(place === -1 ? [] : (['ERROR_INVALID_HANDLE', ...refusals] as const)),
    ...(parameters.length > (place === -1 ? 0 : 1) ? (['ERROR_INVALID_PARAMETER'] as const) : []),
    ...(fills === undefined ? [] : (['ERROR_INSUFFICIENT_BUFFER'] as const)),
    ...(mayPend === true ? (['ERROR_IO_PENDING', 'ERROR_INTERNET_OPERATION_CANCELLED'] as const) : []),
  ];
}

type Errors = readonly ErrorSymbol[];

const LOST: Errors = ['ERROR_INTERNET_TIMEOUT', 'ERROR_INTERNET_CONNECTION_ABORTED', 'ERROR_INTERNET_CONNECTION_RESET'];
/** The library is offline, or INTERNET_FLAG_FROM_CACHE was given. */
const OFFLINE: Errors = ['ERROR_INTERNET_DISCONNECTED', 'ERROR_FILE_NOT_FOUND'];
const CONNECTING: Errors = ['ERROR_INTERNET_NAME_NOT_RESOLVED', 'ERROR_INTERNET_CANNOT_CONNECT', ...LOST];
const SECURING: Errors = [
  'ERROR_INTERNET_INVALID_CA',
  'ERROR_INTERNET_SEC_CERT_CN_INVALID',
  'ERROR_INTERNET_SEC_CERT_DATE_INVALID',
  'ERROR_INTERNET_SEC_CERT_ERRORS',
  'ERROR_INTERNET_SEC_CERT_REVOKED',
  'ERROR_INTERNET_SEC_CERT_REV_FAILED',
  'ERROR_INTERNET_SEC_INVALID_CERT',
  'ERROR_INTERNET_SEC_CERT_WEAK_SIGNATURE',
  'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED',
  'ERROR_INTERNET_SECURITY_CHANNEL_ERROR',
];
const READING_URL: Errors = ['ERROR_INTERNET_INVALID_URL', 'ERROR_INTERNET_UNRECOGNIZED_SCHEME'];
const EXCHANGE: Errors = [
  ...CONNECTING,
  ...SECURING,
  'ERROR_HTTP_INVALID_HEADER',
  'ERROR_HTTP_INVALID_SERVER_RESPONSE',
  'ERROR_INTERNET_INVALID_URL',
];
const SENDING: Errors = [...OFFLINE, ...EXCHANGE];
const REDIRECTED: Errors = [
  ...READING_URL,
  'ERROR_HTTP_REDIRECT_FAILED',
  'ERROR_INTERNET_REDIRECT_SCHEME_CHANGE',
  'ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR',
  'ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR',
];
const FTP_REPLY: Errors = ['ERROR_INTERNET_EXTENDED_ERROR', 'ERROR_FTP_DROPPED', ...LOST];
const FTP_COMMAND: Errors = [...OFFLINE, 'ERROR_FTP_TRANSFER_IN_PROGRESS', ...FTP_REPLY];
/** The data connection of a transfer may come late. */
const FTP_DATA: Errors = [...FTP_REPLY, 'ERROR_INTERNET_CANNOT_CONNECT'];
const FTP_OPENING: Errors = [...FTP_COMMAND, ...FTP_DATA, 'ERROR_INTERNET_SOURCE_PORT_IN_USE'];
const LISTING: Errors = [...FTP_OPENING, 'ERROR_NOT_ENOUGH_MEMORY'];
const LOCAL_FILE: Errors = [
  'ERROR_FILE_NOT_FOUND',
  'ERROR_PATH_NOT_FOUND',
  'ERROR_ACCESS_DENIED',
  'ERROR_INVALID_NAME',
];
const LOCATOR: Errors = ['ERROR_GOPHER_INVALID_LOCATOR', 'ERROR_GOPHER_UNKNOWN_LOCATOR'];
const GOPHER: Errors = [
  ...OFFLINE,
  ...CONNECTING,
  'ERROR_INTERNET_EXTENDED_ERROR',
  'ERROR_GOPHER_PROTOCOL_ERROR',
  'ERROR_GOPHER_DATA_ERROR',
  'ERROR_GOPHER_END_OF_DATA',
  'ERROR_GOPHER_NOT_GOPHER_PLUS',
];
const READING: Errors = [
  ...LOST,
  'ERROR_HTTP_INVALID_SERVER_RESPONSE',
  'ERROR_INTERNET_DECODING_FAILED',
  'ERROR_INTERNET_EXTENDED_ERROR',
  'ERROR_FTP_DROPPED',
  'ERROR_GOPHER_DATA_ERROR',
  'ERROR_GOPHER_END_OF_DATA',
  'ERROR_GOPHER_PROTOCOL_ERROR',
  // What is read is kept in a file of its own.
  'ERROR_DISK_FULL',
  'ERROR_FILE_NOT_FOUND',
];
const OPTION: Errors = [
  'ERROR_INTERNET_INVALID_OPTION',
  'ERROR_INTERNET_INCORRECT_HANDLE_TYPE',
  'ERROR_INTERNET_INCORRECT_HANDLE_STATE',
  'ERROR_INTERNET_INVALID_OPERATION',
];
const SETTING: Errors = [...OPTION, 'ERROR_INTERNET_BAD_OPTION_LENGTH', 'ERROR_BAD_ARGUMENTS'];
const COOKIE: Errors = ['ERROR_INTERNET_INVALID_URL', 'ERROR_INTERNET_UNRECOGNIZED_SCHEME'];

/** What the table of functions does not say. */
const FAILURES: Readonly<Partial<Record<FunctionName, Errors>>> = {
  InternetOpen: ['ERROR_INTERNET_SHUTDOWN'],
  InternetConnect: [
    ...OFFLINE,
    ...CONNECTING,
    'ERROR_INTERNET_SOURCE_PORT_IN_USE',
    'ERROR_INTERNET_LOGIN_FAILURE',
    'ERROR_INTERNET_EXTENDED_ERROR',
    'ERROR_FTP_DROPPED',
  ],
  InternetOpenUrl: [
    ...SENDING,
    ...REDIRECTED,
    ...LISTING,
    'ERROR_INTERNET_LOGIN_FAILURE',
    ...LOCATOR,
    ...GOPHER,
    'ERROR_GOPHER_INCORRECT_LOCATOR_TYPE',
    'ERROR_NO_MORE_FILES',
  ],
  // Closing completes an upload.
  InternetCloseHandle: FTP_DATA,
  InternetQueryOption: [...OPTION, 'ERROR_INTERNET_ITEM_NOT_FOUND', 'ERROR_FILE_NOT_FOUND'],
  InternetSetOption: SETTING,
  InternetSetOptionEx: SETTING,
  // The page of InternetReadFile: a line of a folder or menu as HTML is longer than the buffer.
  InternetReadFile: [...READING, 'ERROR_INSUFFICIENT_BUFFER'],
  InternetReadFileEx: [...READING, 'ERROR_INSUFFICIENT_BUFFER'],
  InternetQueryDataAvailable: READING,
  InternetWriteFile: [...FTP_DATA, 'ERROR_HTTP_INVALID_SERVER_RESPONSE', 'ERROR_INTERNET_SECURITY_CHANNEL_ERROR'],
  InternetFindNextFile: ['ERROR_NO_MORE_FILES'],
  InternetSetFilePointer: ['ERROR_INTERNET_INVALID_OPERATION', 'ERROR_NEGATIVE_SEEK'],
  InternetLockRequestFile: ['ERROR_FILE_NOT_FOUND'],
  InternetUnlockRequestFile: ['ERROR_INVALID_HANDLE'],
  InternetCheckConnection: [...READING_URL, 'ERROR_NOT_CONNECTED', 'ERROR_INTERNET_OPERATION_CANCELLED'],
  InternetConfirmZoneCrossing: READING_URL,
  InternetErrorDlg: ['ERROR_INTERNET_OPERATION_CANCELLED'],
  InternetCrackUrl: [...READING_URL, 'ERROR_INSUFFICIENT_BUFFER'],
  InternetCanonicalizeUrl: READING_URL,
  InternetCombineUrl: READING_URL,
  InternetSetCookie: [...COOKIE, 'ERROR_INVALID_OPERATION'],
  InternetSetCookieEx: COOKIE,
  InternetGetCookie: [...COOKIE, 'ERROR_NO_MORE_ITEMS'],
  InternetGetCookieEx: [...COOKIE, 'ERROR_NO_MORE_ITEMS'],
  HttpAddRequestHeaders: [
    'ERROR_HTTP_INVALID_HEADER',
    'ERROR_HTTP_HEADER_ALREADY_EXISTS',
    'ERROR_HTTP_HEADER_NOT_FOUND',
  ],
  HttpQueryInfo: [
    'ERROR_HTTP_HEADER_NOT_FOUND',
    'ERROR_HTTP_DOWNLEVEL_SERVER',
    'ERROR_HTTP_INVALID_QUERY_REQUEST',
    'ERROR_HTTP_INVALID_HEADER',
  ],
  HttpSendRequest: [...SENDING, ...REDIRECTED],
  HttpSendRequestEx: SENDING,
  HttpEndRequest: [...EXCHANGE, ...REDIRECTED, 'ERROR_INTERNET_FORCE_RETRY'],
  FtpOpenFile: FTP_OPENING,
  FtpFindFirstFile: [...LISTING, 'ERROR_NO_MORE_FILES'],
  // Its page names an error of its own where the library is offline.
  FtpCommand: [
    ...FTP_OPENING.filter((error) => error !== 'ERROR_INTERNET_DISCONNECTED'),
    'ERROR_INTERNET_NO_DIRECT_ACCESS',
  ],
  FtpGetFile: [...FTP_OPENING, ...LOCAL_FILE, 'ERROR_FILE_EXISTS', 'ERROR_DISK_FULL'],
  FtpPutFile: [...FTP_OPENING, ...LOCAL_FILE],
  FtpGetFileSize: [...FTP_REPLY, 'ERROR_INTERNET_INVALID_OPERATION', 'ERROR_INTERNET_OPERATION_CANCELLED'],
  FtpCreateDirectory: FTP_COMMAND,
  FtpDeleteFile: FTP_COMMAND,
  FtpGetCurrentDirectory: FTP_COMMAND,
  FtpRemoveDirectory: FTP_COMMAND,
  FtpRenameFile: FTP_COMMAND,
  FtpSetCurrentDirectory: FTP_COMMAND,
  GopherOpenFile: [...GOPHER, ...LOCATOR, 'ERROR_GOPHER_INCORRECT_LOCATOR_TYPE', 'ERROR_GOPHER_NOT_FILE'],
  GopherFindFirstFile: [...GOPHER, ...LOCATOR, 'ERROR_GOPHER_INCORRECT_LOCATOR_TYPE', 'ERROR_NO_MORE_FILES'],
  GopherGetAttribute: [...GOPHER, ...LOCATOR, 'ERROR_GOPHER_ATTRIBUTE_NOT_FOUND'],
  GopherCreateLocator: ['ERROR_GOPHER_UNKNOWN_LOCATOR'],
  GopherGetLocatorType: LOCATOR,
};
