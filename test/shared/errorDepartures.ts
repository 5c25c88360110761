import type { ErrorSymbol } from '../../extension/shared/errorCodes.ts';
import type { FunctionName } from '../../extension/shared/hierarchy.ts';

/** Where the errors of a function here are others than the reference names for it. */
export interface Departure {
  readonly errors: readonly ErrorSymbol[];
  readonly functions: readonly FunctionName[];
  readonly reason: string;
}

/** Named for a function by the reference and never its error here. */
export const NEVER_HERE: readonly Departure[] = [
  {
    errors: ['ERROR_IO_PENDING'],
    functions: ['InternetCloseHandle'],
    reason: 'The promise waits for what is outstanding and tells how it ended, which the number 997 could not.',
  },
  {
    errors: ['ERROR_INTERNET_INCORRECT_USER_NAME', 'ERROR_INTERNET_INCORRECT_PASSWORD'],
    functions: ['InternetConnect'],
    reason:
      'Servers answer 530 to either, to tell nobody which users there are: recorded as ERROR_INTERNET_LOGIN_FAILURE.',
  },
  {
    errors: ['ERROR_INTERNET_PROTOCOL_NOT_FOUND'],
    functions: ['InternetConnect'],
    reason: 'FTP, HTTP and Gopher are all there; any other service is an invalid parameter.',
  },
  {
    errors: ['ERROR_INTERNET_FORCE_RETRY', 'ERROR_CANCELLED'],
    functions: ['InternetErrorDlg'],
    reason: 'It returns these numbers, as in the original: they are answers of a person and no failures.',
  },
  {
    errors: ['ERROR_CANCELLED'],
    functions: ['InternetConfirmZoneCrossing'],
    reason: 'It returns a number, as in the original, and no dialog is there to be refused.',
  },
  {
    errors: ['ERROR_NOT_ENOUGH_MEMORY'],
    functions: ['InternetConfirmZoneCrossing', 'InternetSetCookieEx'],
    reason: 'Node ends a process that has no memory left: nobody would be there to be told.',
  },
  {
    errors: ['ERROR_INTERNET_EXTENDED_ERROR'],
    functions: ['InternetFindNextFile'],
    reason: 'A folder or menu is there whole before its first entry is returned, so no server is asked any more.',
  },
  {
    errors: ['ERROR_INTERNET_OUT_OF_HANDLES'],
    functions: ['InternetOpen', 'HttpOpenRequest'],
    reason: 'The table of handles grows as memory allows; a real WinINet (Wine 8) refused none of 200,000 either.',
  },
  {
    errors: ['ERROR_NO_MORE_FILES'],
    functions: ['InternetQueryDataAvailable'],
    reason: 'The sentence of the page belongs to the find functions: at the end this one tells 0 bytes.',
  },
  {
    errors: ['ERROR_INTERNET_INCORRECT_HANDLE_STATE'],
    functions: ['InternetSetFilePointer'],
    reason: 'ERROR_INTERNET_INVALID_OPERATION in every state: as recorded for whatever has no file to move in.',
  },
  {
    errors: ['ERROR_INTERNET_INVALID_OPERATION'],
    functions: ['InternetLockRequestFile'],
    reason: 'Derived there for https without a cache; here whatever keeps no file answers alike, ERROR_FILE_NOT_FOUND.',
  },
  {
    errors: ['ERROR_INTERNET_BAD_OPTION_LENGTH'],
    functions: ['InternetQueryOption'],
    reason:
      'A buffer that is too small is ERROR_INSUFFICIENT_BUFFER on the page and recorded; a larger one is welcome.',
  },
  {
    errors: ['ERROR_INTERNET_OPTION_NOT_SETTABLE'],
    functions: ['InternetSetOption'],
    reason: 'The table of errors alone has it: a read-only option is recorded as ERROR_INTERNET_INVALID_OPTION.',
  },
  {
    errors: ['ERROR_INTERNET_REQUEST_PENDING'],
    functions: ['InternetSetStatusCallback'],
    reason:
      'Derived, the page is silent: a real WinINet (Wine 8) takes the new callback and tells it the end of the call.',
  },
  {
    errors: ['ERROR_HTTP_REDIRECT_NEEDS_CONFIRMATION'],
    functions: ['HttpEndRequest'],
    reason:
      'Nobody is asked about redirects: one that a person would have to allow fails with an error that says which.',
  },
  {
    errors: ['ERROR_BAD_PATHNAME'],
    functions: ['InternetCanonicalizeUrl', 'InternetCombineUrl'],
    reason: 'Both pages name ERROR_INTERNET_INVALID_URL too, which says the same of what cannot be read as a URL.',
  },
];

const FTP_COMMANDS = [
  'FtpCreateDirectory',
  'FtpDeleteFile',
  'FtpGetCurrentDirectory',
  'FtpRemoveDirectory',
  'FtpRenameFile',
  'FtpSetCurrentDirectory',
] as const satisfies readonly FunctionName[];
const FTP_TRANSFERS = ['FtpFindFirstFile', 'FtpGetFile', 'FtpOpenFile'] as const satisfies readonly FunctionName[];
const GOPHER = [
  'GopherFindFirstFile',
  'GopherOpenFile',
  'GopherGetAttribute',
] as const satisfies readonly FunctionName[];
const READS = [
  'InternetReadFile',
  'InternetReadFileEx',
  'InternetQueryDataAvailable',
] as const satisfies readonly FunctionName[];
const COOKIES = [
  'InternetGetCookie',
  'InternetGetCookieEx',
  'InternetSetCookie',
  'InternetSetCookieEx',
] as const satisfies readonly FunctionName[];
const OPTIONS = [
  'InternetQueryOption',
  'InternetSetOption',
  'InternetSetOptionEx',
] as const satisfies readonly FunctionName[];

/** An error of a function here that the reference does not name for it: most pages name few, and none all. */
export const ONLY_HERE: readonly Departure[] = [
  {
    errors: ['ERROR_INVALID_PARAMETER'],
    functions: [
      ...FTP_COMMANDS,
      ...GOPHER,
      'GopherGetLocatorType',
      'InternetErrorDlg',
      'InternetFindNextFile',
      'InternetOpenUrl',
      'InternetReadFile',
      'InternetWriteFile',
      'InternetAttemptConnect',
      'InternetCheckConnection',
      'InternetConfirmZoneCrossing',
      'InternetGetConnectedState',
      'InternetGetConnectedStateEx',
      'InternetGetLastResponseInfo',
      'InternetSetOptionEx',
      'InternetSetStatusCallback',
      'InternetUnlockRequestFile',
      'ResumeSuspendedDownload',
    ],
    reason: 'A program without a compiler may pass anything: an argument of the wrong form is refused.',
  },
  {
    errors: ['ERROR_INTERNET_INCORRECT_HANDLE_STATE'],
    functions: [
      ...FTP_COMMANDS,
      ...FTP_TRANSFERS,
      'FtpPutFile',
      'FtpCommand',
      'FtpGetFileSize',
      'InternetErrorDlg',
      'InternetFindNextFile',
      'InternetLockRequestFile',
      'InternetQueryOption',
      'InternetSetOptionEx',
    ],
    reason: 'The handle is of the right kind and not that far, as a session that is still connecting.',
  },
  {
    errors: ['ERROR_INTERNET_DISCONNECTED'],
    functions: [
      ...FTP_COMMANDS,
      ...FTP_TRANSFERS,
      ...GOPHER,
      'FtpPutFile',
      'InternetConnect',
      'InternetOpenUrl',
      'HttpSendRequest',
      'HttpSendRequestEx',
    ],
    reason: 'The library was set offline with INTERNET_OPTION_CONNECTED_STATE.',
  },
  {
    errors: ['ERROR_FILE_NOT_FOUND'],
    functions: [...FTP_COMMANDS, ...FTP_TRANSFERS, ...GOPHER, 'FtpCommand', 'InternetConnect', 'HttpSendRequestEx'],
    reason: 'INTERNET_FLAG_FROM_CACHE asks for what is cached, and nothing is.',
  },
  {
    errors: ['ERROR_FILE_NOT_FOUND', 'ERROR_DISK_FULL'],
    functions: READS,
    reason: 'What is read of an answer is kept in a file, which a full disk or a cleaner of temporary files can hit.',
  },
  {
    errors: ['ERROR_DISK_FULL', 'ERROR_PATH_NOT_FOUND', 'ERROR_INVALID_NAME'],
    functions: ['FtpGetFile'],
    reason: 'The local file cannot be written; the page says nothing of local files.',
  },
  {
    errors: ['ERROR_PATH_NOT_FOUND', 'ERROR_ACCESS_DENIED', 'ERROR_INVALID_NAME'],
    functions: ['FtpPutFile'],
    reason: 'The local file cannot be read.',
  },
  {
    errors: ['ERROR_INTERNET_CONNECTION_ABORTED', 'ERROR_INTERNET_CONNECTION_RESET'],
    functions: [...FTP_COMMANDS, ...FTP_TRANSFERS, 'FtpPutFile', 'FtpCommand', 'FtpGetFileSize', 'GopherGetAttribute'],
    reason: 'Any connection may be lost at any time.',
  },
  {
    errors: ['ERROR_INTERNET_TIMEOUT'],
    functions: [
      'FtpFindFirstFile',
      'FtpGetFileSize',
      'GopherGetAttribute',
      'InternetCloseHandle',
      'InternetQueryDataAvailable',
      'InternetReadFileEx',
      'InternetWriteFile',
    ],
    reason: 'INTERNET_OPTION_RECEIVE_TIMEOUT and INTERNET_OPTION_SEND_TIMEOUT hold for whatever waits for a server.',
  },
  {
    errors: ['ERROR_INTERNET_CANNOT_CONNECT'],
    functions: [...FTP_TRANSFERS, 'FtpPutFile', 'FtpCommand', 'InternetCloseHandle', 'InternetWriteFile'],
    reason: 'The data connection of an FTP transfer does not come about, which a writer may learn late.',
  },
  {
    errors: ['ERROR_INTERNET_NAME_NOT_RESOLVED', 'ERROR_INTERNET_CANNOT_CONNECT'],
    functions: ['HttpEndRequest', 'GopherGetAttribute'],
    reason: 'It makes a connection of its own: after a redirect, or for every item of Gopher.',
  },
  {
    errors: ['ERROR_INTERNET_SOURCE_PORT_IN_USE'],
    functions: ['InternetConnect', 'InternetOpenUrl', 'FtpFindFirstFile', 'FtpGetFile', 'FtpPutFile', 'FtpCommand'],
    reason: 'As the page of FtpOpenFile says it: these too need a local port.',
  },
  {
    errors: ['ERROR_INTERNET_EXTENDED_ERROR'],
    functions: ['InternetCloseHandle', 'InternetQueryDataAvailable', 'FtpGetFileSize'],
    reason: 'A server of FTP refuses, at the end of an upload or download or when it is asked for a size.',
  },
  {
    errors: ['ERROR_FTP_DROPPED'],
    functions: [
      ...READS,
      'InternetCloseHandle',
      'InternetConnect',
      'InternetOpenUrl',
      'InternetWriteFile',
      'FtpGetFileSize',
    ],
    reason: 'The session is lost while it is used by a function that serves every protocol.',
  },
  {
    errors: ['ERROR_INTERNET_CONNECTION_ABORTED', 'ERROR_INTERNET_CONNECTION_RESET'],
    functions: ['InternetCloseHandle', 'InternetQueryDataAvailable', 'InternetReadFileEx'],
    reason: 'They wait for the bytes of a server, as InternetReadFile does.',
  },
  {
    errors: ['ERROR_INTERNET_CONNECTION_RESET'],
    functions: ['InternetReadFile', 'InternetWriteFile', 'HttpEndRequest'],
    reason: 'The pages of these name ERROR_INTERNET_CONNECTION_ABORTED alone; the system tells a reset apart.',
  },
  {
    errors: ['ERROR_INTERNET_OPERATION_CANCELLED'],
    functions: ['InternetErrorDlg', 'InternetCheckConnection', 'FtpGetFileSize'],
    reason: 'It waits, here, for a person or a server, and its handle or engine may be closed meanwhile.',
  },
  {
    errors: ['ERROR_INTERNET_SHUTDOWN'],
    functions: ['InternetOpen'],
    reason: 'A status callback opens a root while the engine closes everything.',
  },
  {
    errors: [
      'ERROR_INTERNET_INVALID_CA',
      'ERROR_INTERNET_SEC_CERT_ERRORS',
      'ERROR_INTERNET_SEC_CERT_REVOKED',
      'ERROR_INTERNET_SEC_CERT_REV_FAILED',
      'ERROR_INTERNET_SEC_INVALID_CERT',
      'ERROR_INTERNET_SEC_CERT_WEAK_SIGNATURE',
      'ERROR_INTERNET_SECURITY_CHANNEL_ERROR',
    ],
    functions: ['InternetOpenUrl', 'HttpEndRequest', 'HttpSendRequest', 'HttpSendRequestEx'],
    reason: 'What can be wrong with TLS, by the table of errors; the pages of these name some.',
  },
  {
    errors: ['ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED'],
    functions: ['InternetOpenUrl', 'HttpEndRequest', 'HttpSendRequestEx'],
    reason: 'As HttpSendRequest.',
  },
  {
    errors: ['ERROR_INTERNET_SEC_CERT_CN_INVALID', 'ERROR_INTERNET_SEC_CERT_DATE_INVALID'],
    functions: ['HttpEndRequest', 'HttpSendRequestEx'],
    reason: 'As HttpSendRequest.',
  },
  {
    errors: ['ERROR_INTERNET_SECURITY_CHANNEL_ERROR'],
    functions: ['InternetWriteFile'],
    reason: 'TLS breaks while a body is written.',
  },
  {
    errors: ['ERROR_HTTP_INVALID_HEADER'],
    functions: ['InternetOpenUrl', 'HttpEndRequest', 'HttpQueryInfo', 'HttpSendRequest', 'HttpSendRequestEx'],
    reason: 'A header of the request cannot be sent, or one of the answer is no number or date, as recorded.',
  },
  {
    errors: ['ERROR_HTTP_INVALID_SERVER_RESPONSE'],
    functions: [...READS, 'InternetOpenUrl', 'InternetWriteFile', 'HttpSendRequestEx'],
    reason: 'A server answers nonsense: at once, while a body is written, or in the middle of its own.',
  },
  {
    errors: ['ERROR_INTERNET_REDIRECT_SCHEME_CHANGE'],
    functions: ['InternetOpenUrl', 'HttpEndRequest', 'HttpSendRequest'],
    reason: 'A redirect to another protocol is not followed: the handle is one of HTTP.',
  },
  {
    errors: ['ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR', 'ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR'],
    functions: ['InternetOpenUrl', 'HttpEndRequest'],
    reason: 'As HttpSendRequest.',
  },
  {
    errors: ['ERROR_HTTP_REDIRECT_FAILED'],
    functions: ['HttpEndRequest'],
    reason: 'As HttpSendRequest; also where a server wants an upload again and again.',
  },
  {
    errors: ['ERROR_INTERNET_INVALID_URL', 'ERROR_INTERNET_UNRECOGNIZED_SCHEME'],
    functions: ['HttpEndRequest', 'HttpSendRequest'],
    reason: 'A redirect leads to what is no address.',
  },
  {
    errors: ['ERROR_INTERNET_INVALID_URL'],
    functions: ['HttpSendRequestEx'],
    reason: 'The request was made for an object that no server can be asked for.',
  },
  {
    errors: ['ERROR_INTERNET_INVALID_URL', 'ERROR_INTERNET_UNRECOGNIZED_SCHEME'],
    functions: [...COOKIES, 'InternetCheckConnection', 'InternetConfirmZoneCrossing'],
    reason: 'It takes a URL, and the pages of those that take one apart name these.',
  },
  {
    errors: ['ERROR_INTERNET_UNRECOGNIZED_SCHEME'],
    functions: ['InternetCanonicalizeUrl', 'InternetCombineUrl'],
    reason: 'As InternetCrackUrl.',
  },
  {
    errors: [
      'ERROR_FTP_TRANSFER_IN_PROGRESS',
      'ERROR_INTERNET_LOGIN_FAILURE',
      'ERROR_GOPHER_INVALID_LOCATOR',
      'ERROR_GOPHER_INCORRECT_LOCATOR_TYPE',
      'ERROR_GOPHER_PROTOCOL_ERROR',
      'ERROR_GOPHER_DATA_ERROR',
      'ERROR_NO_MORE_FILES',
    ],
    functions: ['InternetOpenUrl'],
    reason: 'It does what FtpOpenFile, FtpFindFirstFile, GopherOpenFile and GopherFindFirstFile do.',
  },
  {
    errors: ['ERROR_NOT_ENOUGH_MEMORY'],
    functions: ['InternetOpenUrl', 'FtpFindFirstFile'],
    reason: 'A listing has an end, so that a server which never ends does not end the process.',
  },
  {
    errors: ['ERROR_GOPHER_UNKNOWN_LOCATOR'],
    functions: [...GOPHER, 'InternetOpenUrl'],
    reason: 'The type of the item is none that is known.',
  },
  {
    errors: ['ERROR_GOPHER_END_OF_DATA'],
    functions: [...GOPHER, ...READS, 'InternetOpenUrl'],
    reason: 'The connection ends before the server has answered.',
  },
  {
    errors: ['ERROR_GOPHER_PROTOCOL_ERROR', 'ERROR_GOPHER_DATA_ERROR'],
    functions: READS,
    reason: 'A file of Gopher turns out broken where it is read.',
  },
  {
    errors: ['ERROR_GOPHER_NOT_GOPHER_PLUS'],
    functions: ['GopherFindFirstFile', 'GopherOpenFile', 'InternetOpenUrl'],
    reason: 'A view, or an item of Gopher+, is asked of a server that knows none.',
  },
  {
    errors: ['ERROR_ACCESS_DENIED'],
    functions: READS,
    reason: 'The file of FTP was opened for writing, as recorded.',
  },
  {
    errors: ['ERROR_INTERNET_DECODING_FAILED'],
    functions: ['InternetQueryDataAvailable'],
    reason: 'It waits for decoded bytes, as the functions that read them.',
  },
  {
    errors: ['ERROR_INSUFFICIENT_BUFFER'],
    functions: ['InternetReadFileEx'],
    reason: 'As InternetReadFile: a line of a folder or menu as HTML does not fit.',
  },
  {
    errors: ['ERROR_INSUFFICIENT_BUFFER'],
    functions: ['InternetGetConnectedStateEx'],
    reason: 'The name of the connection does not fit.',
  },
  {
    errors: ['ERROR_FILE_NOT_FOUND'],
    functions: ['InternetQueryOption'],
    reason: 'What Wine answers for INTERNET_OPTION_CACHE_TIMESTAMPS of an answer that is not kept.',
  },
  {
    errors: ['ERROR_INTERNET_INCORRECT_HANDLE_TYPE', 'ERROR_INTERNET_INVALID_OPERATION'],
    functions: OPTIONS,
    reason: 'Recorded: the option is one of another kind of handle, or of none.',
  },
  {
    errors: ['ERROR_INTERNET_ITEM_NOT_FOUND'],
    functions: ['InternetQueryOption'],
    reason: 'Recorded: there is no certificate, or no file, to tell of.',
  },
  {
    errors: ['ERROR_BAD_ARGUMENTS'],
    functions: ['InternetSetOption', 'InternetSetOptionEx'],
    reason: 'Recorded: the number is beyond those that the option takes.',
  },
  {
    errors: ['ERROR_INTERNET_INVALID_OPTION', 'ERROR_INTERNET_BAD_OPTION_LENGTH'],
    functions: ['InternetSetOptionEx'],
    reason: 'As InternetSetOption, which it is but for its flags.',
  },
  {
    errors: ['ERROR_INVALID_OPERATION'],
    functions: ['InternetSetCookie'],
    reason:
      'The cookie is, or would replace, one marked HttpOnly, which is out of reach without INTERNET_COOKIE_HTTPONLY.',
  },
];
