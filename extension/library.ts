import './program/requireNode.ts';
import './program/libraryExtent.ts';
import * as util from 'node:util';
import { createDrivers } from './drivers/index.ts';
import { programSpans } from './openTelemetry/programSpans.ts';
import { callSite } from './program/callSite.ts';
import { publishingRecorder, recordMarks } from './program/journalChannel.ts';
import { endLibrary } from './program/libraryExtent.ts';
import { startWatching } from './program/watching.ts';
import { createWinInet, proxiesOfEnvironment } from './wininet/index.ts';

/**
 * The library for programs in plain Node: WinINet's functions over one engine for this process, as the original has one library
 * for each process, and the parts to make more engines.
 */

export { createDrivers } from './drivers/index.ts';
export { createOwnWinInet as createWinInet, type OwnEngineParts } from './program/ownEngines.ts';
export * from './wininet/index.ts';

/** Those who watch this program from outside: a window or a trace file, and an OpenTelemetry SDK. */
const watchers = [startWatching(process.env, null)?.recorder ?? null, programSpans()].filter(
  (recorder) => recorder !== null,
);

const recorder = publishingRecorder(watchers);
recordMarks(recorder);

const wininet = createWinInet({
  drivers: createDrivers(),
  recorder,
  callSite,
  systemProxies: () => proxiesOfEnvironment(process.env),
});

const [end] = util.getCallSites(1, { sourceMap: false });
endLibrary(end);

/** Number of the last failure; a success leaves it alone. */
export const GetLastError = wininet.GetLastError;

// Generated from the tables of functions and errors by test/repo/libraryExports.test.ts.
/** Starts the library for a program and returns the root of its tree of handles. */
export const InternetOpen = wininet.InternetOpen;
/** Opens a whole URL in one call and returns a handle from which the answer can be read. */
export const InternetOpenUrl = wininet.InternetOpenUrl;
/** Opens an FTP, HTTP or Gopher session with one server; FTP logs on at once, HTTP connects with the first request. */
export const InternetConnect = wininet.InternetConnect;
/** Makes a request on an HTTP session; nothing is sent yet. */
export const HttpOpenRequest = wininet.HttpOpenRequest;
/** Adds, replaces or removes headers of a request before it is sent. */
export const HttpAddRequestHeaders = wininet.HttpAddRequestHeaders;
/** Reads the status line or a header of the answer, or of the request. */
export const HttpQueryInfo = wininet.HttpQueryInfo;
/** Sends the request, with its whole body, and receives the status line and headers of the answer. */
export const HttpSendRequest = wininet.HttpSendRequest;
/** Sends the head of a request whose body follows through InternetWriteFile. */
export const HttpSendRequestEx = wininet.HttpSendRequestEx;
/** Ends a request begun by HttpSendRequestEx and receives the status line and headers of the answer. */
export const HttpEndRequest = wininet.HttpEndRequest;
/** Shows the dialog that fits an error: credentials, a certificate, a redirect. */
export const InternetErrorDlg = wininet.InternetErrorDlg;
/** Reads bytes of the answer into an INTERNET_BUFFERS record. */
export const InternetReadFileEx = wininet.InternetReadFileEx;
/** Writes bytes of an upload: to a file opened for writing, or to a request begun by HttpSendRequestEx. */
export const InternetWriteFile = wininet.InternetWriteFile;
/** Reads bytes of the answer or file into a buffer; 0 bytes mean the end. */
export const InternetReadFile = wininet.InternetReadFile;
/** Moves the place in the answer from which the next read starts. */
export const InternetSetFilePointer = wininet.InternetSetFilePointer;
/** Tells how many bytes can be read at once; waits until there are some, or the end. */
export const InternetQueryDataAvailable = wininet.InternetQueryDataAvailable;
/** Returns the next entry of a search. */
export const InternetFindNextFile = wininet.InternetFindNextFile;
/** Opens a remote file for reading or for writing; the session is busy until the handle is closed. */
export const FtpOpenFile = wininet.FtpOpenFile;
/** Starts a search in a remote folder and returns its first entry; one search at a time per session. */
export const FtpFindFirstFile = wininet.FtpFindFirstFile;
/** Creates a remote folder. */
export const FtpCreateDirectory = wininet.FtpCreateDirectory;
/** Deletes a remote file. */
export const FtpDeleteFile = wininet.FtpDeleteFile;
/** Returns the current remote folder. */
export const FtpGetCurrentDirectory = wininet.FtpGetCurrentDirectory;
/** Downloads a remote file into a local one. */
export const FtpGetFile = wininet.FtpGetFile;
/** Uploads a local file. */
export const FtpPutFile = wininet.FtpPutFile;
/** Removes a remote folder. */
export const FtpRemoveDirectory = wininet.FtpRemoveDirectory;
/** Renames a remote file. */
export const FtpRenameFile = wininet.FtpRenameFile;
/** Changes the current remote folder. */
export const FtpSetCurrentDirectory = wininet.FtpSetCurrentDirectory;
/** Sends a command of the caller's own; with fExpectResponse it returns a handle to the data. */
export const FtpCommand = wininet.FtpCommand;
/** Returns the size of an open remote file. */
export const FtpGetFileSize = wininet.FtpGetFileSize;
/** Opens a file of a Gopher server for reading. */
export const GopherOpenFile = wininet.GopherOpenFile;
/** Opens a menu or search of a Gopher server and returns its first entry. */
export const GopherFindFirstFile = wininet.GopherFindFirstFile;
/** Asks a Gopher+ server for attributes of an item. */
export const GopherGetAttribute = wininet.GopherGetAttribute;
/** Builds the locator text of a Gopher item. */
export const GopherCreateLocator = wininet.GopherCreateLocator;
/** Tells the type of the item that a locator names. */
export const GopherGetLocatorType = wininet.GopherGetLocatorType;
/** Closes a handle and everything below it. */
export const InternetCloseHandle = wininet.InternetCloseHandle;
/** Reads an option of a handle, or of the library. */
export const InternetQueryOption = wininet.InternetQueryOption;
/** Changes an option of a handle, or of the library. */
export const InternetSetOption = wininet.InternetSetOption;
/** Changes an option of a handle, with flags. */
export const InternetSetOptionEx = wininet.InternetSetOptionEx;
/** Sets the function that is told how calls on a handle proceed, and returns the previous one. */
export const InternetSetStatusCallback = wininet.InternetSetStatusCallback;
/** Keeps the file behind an answer from being removed. */
export const InternetLockRequestFile = wininet.InternetLockRequestFile;
/** Ends the lock of InternetLockRequestFile. */
export const InternetUnlockRequestFile = wininet.InternetUnlockRequestFile;
/** Returns the last words of a server, as after ERROR_INTERNET_EXTENDED_ERROR. */
export const InternetGetLastResponseInfo = wininet.InternetGetLastResponseInfo;
/** Goes on with a request that waits for the user. */
export const ResumeSuspendedDownload = wininet.ResumeSuspendedDownload;
/** Tells whether the network can be used. */
export const InternetAttemptConnect = wininet.InternetAttemptConnect;
/** Tells whether a connection to a URL can be made. */
export const InternetCheckConnection = wininet.InternetCheckConnection;
/** Tells how this machine is connected. */
export const InternetGetConnectedState = wininet.InternetGetConnectedState;
/** Tells how this machine is connected, with the name of the connection. */
export const InternetGetConnectedStateEx = wininet.InternetGetConnectedStateEx;
/** Asks the user before a page leads from a secure to an open one. */
export const InternetConfirmZoneCrossing = wininet.InternetConfirmZoneCrossing;
/** Writes a time as HTTP does. */
export const InternetTimeFromSystemTime = wininet.InternetTimeFromSystemTime;
/** Reads a time as HTTP writes it. */
export const InternetTimeToSystemTime = wininet.InternetTimeToSystemTime;
/** Splits a URL into its parts. */
export const InternetCrackUrl = wininet.InternetCrackUrl;
/** Builds a URL from its parts. */
export const InternetCreateUrl = wininet.InternetCreateUrl;
/** Brings a URL into its canonical form. */
export const InternetCanonicalizeUrl = wininet.InternetCanonicalizeUrl;
/** Resolves a relative URL against a base. */
export const InternetCombineUrl = wininet.InternetCombineUrl;
/** Returns the cookies for a URL. */
export const InternetGetCookie = wininet.InternetGetCookie;
/** Returns the cookies for a URL, with flags. */
export const InternetGetCookieEx = wininet.InternetGetCookieEx;
/** Stores a cookie for a URL. */
export const InternetSetCookie = wininet.InternetSetCookie;
/** Stores a cookie for a URL, with flags. */
export const InternetSetCookieEx = wininet.InternetSetCookieEx;
/** No error; also the all-clear result of InternetErrorDlg and InternetAttemptConnect. */
export const ERROR_SUCCESS = 0;
/** Offline or from-cache request missed the cache; also a missing local file. */
export const ERROR_FILE_NOT_FOUND = 2;
/** Local folder missing for FtpGetFile or FtpPutFile. */
export const ERROR_PATH_NOT_FOUND = 3;
/** Local file permission problem during FtpGetFile or FtpPutFile. */
export const ERROR_ACCESS_DENIED = 5;
/** Handle unknown, closed, invalidated, or not an HINTERNET; also bad dialog parent. */
export const ERROR_INVALID_HANDLE = 6;
/** Memory shortage. */
export const ERROR_NOT_ENOUGH_MEMORY = 8;
/** Directory or search enumeration has ended, or matched nothing. */
export const ERROR_NO_MORE_FILES = 18;
/** Feature not offered; sensible code for retired protocols in a port. */
export const ERROR_NOT_SUPPORTED = 50;
/** Local target already exists and fail-if-exists was set. */
export const ERROR_FILE_EXISTS = 80;
/** Null, non-zero reserved, or otherwise unacceptable argument or option. */
export const ERROR_INVALID_PARAMETER = 87;
/** The disk of a download is full. */
export const ERROR_DISK_FULL = 112;
/** Function is only a placeholder. */
export const ERROR_CALL_NOT_IMPLEMENTED = 120;
/** Output buffer null or too small; length variable receives the needed size. */
export const ERROR_INSUFFICIENT_BUFFER = 122;
/** Local file name is not allowed. */
export const ERROR_INVALID_NAME = 123;
/** File pointer would become negative; it stays where it was. */
export const ERROR_NEGATIVE_SEEK = 131;
/** Value that an option of the library cannot take. */
export const ERROR_BAD_ARGUMENTS = 160;
/** URL could not be canonicalised or combined. */
export const ERROR_BAD_PATHNAME = 161;
/** Object to create is already there. */
export const ERROR_ALREADY_EXISTS = 183;
/** Further data remains. */
export const ERROR_MORE_DATA = 234;
/** No cookie (or cache item) matches the URL or its parents. */
export const ERROR_NO_MORE_ITEMS = 259;
/** Used by the async sample when the request handle is already closing. */
export const ERROR_OPERATION_ABORTED = 995;
/** Call continues asynchronously; wait for INTERNET_STATUS_REQUEST_COMPLETE. */
export const ERROR_IO_PENDING = 997;
/** User dismissed the dialog. */
export const ERROR_CANCELLED = 1223;
/** Connectivity check failed or socket layer is offline. */
export const ERROR_NOT_CONNECTED = 2250;
/** The cookie is marked HttpOnly, which programs neither set nor replace. */
export const ERROR_INVALID_OPERATION = 4317;
/** Handle table exhausted; no new HINTERNET can be produced right now. */
export const ERROR_INTERNET_OUT_OF_HANDLES = 12001;
/** A configured time limit elapsed before the request finished. */
export const ERROR_INTERNET_TIMEOUT = 12002;
/** Server supplied its own text; read it with InternetGetLastResponseInfo. */
export const ERROR_INTERNET_EXTENDED_ERROR = 12003;
/** Library-side fault with no more specific code. */
export const ERROR_INTERNET_INTERNAL_ERROR = 12004;
/** URL text is malformed. */
export const ERROR_INTERNET_INVALID_URL = 12005;
/** URL scheme is unknown or unsupported. */
export const ERROR_INTERNET_UNRECOGNIZED_SCHEME = 12006;
/** Host lookup failed. */
export const ERROR_INTERNET_NAME_NOT_RESOLVED = 12007;
/** Protocol asked for is not available. */
export const ERROR_INTERNET_PROTOCOL_NOT_FOUND = 12008;
/** Option number passed to query/set option is not valid. */
export const ERROR_INTERNET_INVALID_OPTION = 12009;
/** Buffer length does not match what the option needs. */
export const ERROR_INTERNET_BAD_OPTION_LENGTH = 12010;
/** Option can be read but never written. */
export const ERROR_INTERNET_OPTION_NOT_SETTABLE = 12011;
/** Library is being unloaded. */
export const ERROR_INTERNET_SHUTDOWN = 12012;
/** FTP logon rejected because of the user name. */
export const ERROR_INTERNET_INCORRECT_USER_NAME = 12013;
/** FTP logon rejected because of the password; also drives credential dialog. */
export const ERROR_INTERNET_INCORRECT_PASSWORD = 12014;
/** FTP connect/logon failed as a whole. */
export const ERROR_INTERNET_LOGIN_FAILURE = 12015;
/** Operation makes no sense here. */
export const ERROR_INTERNET_INVALID_OPERATION = 12016;
/** Work was abandoned, normally because its handle was closed meanwhile. */
export const ERROR_INTERNET_OPERATION_CANCELLED = 12017;
/** Live handle, but of a kind this function does not take. */
export const ERROR_INTERNET_INCORRECT_HANDLE_TYPE = 12018;
/** Right kind of handle at the wrong point of its life. */
export const ERROR_INTERNET_INCORRECT_HANDLE_STATE = 12019;
/** Request cannot travel through a proxy. */
export const ERROR_INTERNET_NOT_PROXY_REQUEST = 12020;
/** Configuration value required by the library is missing. */
export const ERROR_INTERNET_REGISTRY_VALUE_NOT_FOUND = 12021;
/** Configuration value exists but has a wrong type or content. */
export const ERROR_INTERNET_BAD_REGISTRY_PARAMETER = 12022;
/** Direct network use is impossible now, for example while offline. */
export const ERROR_INTERNET_NO_DIRECT_ACCESS = 12023;
/** Async call refused because its context value was zero. */
export const ERROR_INTERNET_NO_CONTEXT = 12024;
/** Async call refused because no status callback is registered. */
export const ERROR_INTERNET_NO_CALLBACK = 12025;
/** Another request is still outstanding on the handle. */
export const ERROR_INTERNET_REQUEST_PENDING = 12026;
/** Request is badly formed. */
export const ERROR_INTERNET_INCORRECT_FORMAT = 12027;
/** Item asked for does not exist. */
export const ERROR_INTERNET_ITEM_NOT_FOUND = 12028;
/** TCP connection attempt failed. */
export const ERROR_INTERNET_CANNOT_CONNECT = 12029;
/** Established connection ended unexpectedly. */
export const ERROR_INTERNET_CONNECTION_ABORTED = 12030;
/** Peer reset the connection. */
export const ERROR_INTERNET_CONNECTION_RESET = 12031;
/** Caller must run the whole request again (dialog accepted, or authentication step). */
export const ERROR_INTERNET_FORCE_RETRY = 12032;
/** Request handed to the proxy was not valid. */
export const ERROR_INTERNET_INVALID_PROXY_REQUEST = 12033;
/** Blocking or user-interface work is required (Vista/2008 and older). */
export const ERROR_INTERNET_NEED_UI = 12034;
/** Handle to be created is already present. */
export const ERROR_INTERNET_HANDLE_EXISTS = 12036;
/** Server certificate is out of its validity dates. */
export const ERROR_INTERNET_SEC_CERT_DATE_INVALID = 12037;
/** Certificate name differs from the requested host. */
export const ERROR_INTERNET_SEC_CERT_CN_INVALID = 12038;
/** Redirect moves from plain to secure transport. */
export const ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR = 12039;
/** Redirect moves from secure to plain transport. */
export const ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR = 12040;
/** Content mixes secure and insecure sources. */
export const ERROR_INTERNET_MIXED_SECURITY = 12041;
/** Multi-line form change would be posted without encryption. */
export const ERROR_INTERNET_CHG_POST_IS_NON_SECURE = 12042;
/** Form data would be posted without encryption. */
export const ERROR_INTERNET_POST_IS_NON_SECURE = 12043;
/** Server wants a client certificate. */
export const ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED = 12044;
/** Certificate issuer is not trusted or known. */
export const ERROR_INTERNET_INVALID_CA = 12045;
/** Machine has no client authentication configured. */
export const ERROR_INTERNET_CLIENT_AUTH_NOT_SETUP = 12046;
/** Worker thread for async work could not start. */
export const ERROR_INTERNET_ASYNC_THREAD_FAILED = 12047;
/** Redirect switches protocol, for example HTTP to FTP; not followed. */
export const ERROR_INTERNET_REDIRECT_SCHEME_CHANGE = 12048;
/** Another thread already shows a password dialog. */
export const ERROR_INTERNET_DIALOG_PENDING = 12049;
/** Dialog should be shown again. */
export const ERROR_INTERNET_RETRY_DIALOG = 12050;
/** Cache container limit; name only seen in metadata, undocumented. */
export const ERROR_INTERNET_NO_NEW_CONTAINERS = 12051;
/** Submitted data would be redirected from secure to plain transport. */
export const ERROR_INTERNET_HTTPS_HTTP_SUBMIT_REDIR = 12052;
/** Cached resource lives on a CD-ROM that is not inserted. */
export const ERROR_INTERNET_INSERT_CDROM = 12053;
/** Resource requires Fortezza hardware logon. */
export const ERROR_INTERNET_FORTEZZA_LOGIN_NEEDED = 12054;
/** One or more certificate problems, reported together. */
export const ERROR_INTERNET_SEC_CERT_ERRORS = 12055;
/** No revocation information could be used for the certificate. */
export const ERROR_INTERNET_SEC_CERT_NO_REV = 12056;
/** Revocation check itself failed. */
export const ERROR_INTERNET_SEC_CERT_REV_FAILED = 12057;
/** No free local port; FtpOpenFile page mentions 12058 without naming it. */
export const ERROR_INTERNET_SOURCE_PORT_IN_USE = 12058;
/** Weaker TLS fallback would be needed; name from metadata only. */
export const ERROR_INTERNET_INSECURE_FALLBACK_REQUIRED = 12059;
/** Host policy demands https; name from metadata only. */
export const ERROR_HTTP_HSTS_REDIRECT_REQUIRED = 12060;
/** Proxy-related warning; name from metadata only. */
export const ERROR_INTERNET_PROXY_ALERT = 12061;
/** Certificate signed with a weak algorithm; name from metadata only. */
export const ERROR_INTERNET_SEC_CERT_WEAK_SIGNATURE = 12062;
/** No managed connection available; name from metadata only. */
export const ERROR_INTERNET_NO_CM_CONNECTION = 12080;
/** FTP session is busy: a file or search handle is still open. */
export const ERROR_FTP_TRANSFER_IN_PROGRESS = 12110;
/** FTP session ended before the operation finished. */
export const ERROR_FTP_DROPPED = 12111;
/** Server refuses passive data connections. */
export const ERROR_FTP_NO_PASSIVE_MODE = 12112;
/** Gopher reply could not be parsed. */
export const ERROR_GOPHER_PROTOCOL_ERROR = 12130;
/** Locator does not name a file. */
export const ERROR_GOPHER_NOT_FILE = 12131;
/** Failure while receiving Gopher data. */
export const ERROR_GOPHER_DATA_ERROR = 12132;
/** Nothing more to read from Gopher. */
export const ERROR_GOPHER_END_OF_DATA = 12133;
/** Locator text is not valid. */
export const ERROR_GOPHER_INVALID_LOCATOR = 12134;
/** Locator is of the wrong type for this call. */
export const ERROR_GOPHER_INCORRECT_LOCATOR_TYPE = 12135;
/** Only a Gopher+ server or locator supports this call. */
export const ERROR_GOPHER_NOT_GOPHER_PLUS = 12136;
/** Attribute asked for is absent. */
export const ERROR_GOPHER_ATTRIBUTE_NOT_FOUND = 12137;
/** Locator type code is not recognised. */
export const ERROR_GOPHER_UNKNOWN_LOCATOR = 12138;
/** Server push: unsupported status code; name from metadata only. */
export const ERROR_HTTP_PUSH_STATUS_CODE_NOT_SUPPORTED = 12147;
/** Server push: retry unsupported; name from metadata only. */
export const ERROR_HTTP_PUSH_RETRY_NOT_SUPPORTED = 12148;
/** Server push could not be enabled; name from metadata only. */
export const ERROR_HTTP_PUSH_ENABLE_FAILED = 12149;
/** Header absent, or header index beyond the last match. */
export const ERROR_HTTP_HEADER_NOT_FOUND = 12150;
/** Server answered without any headers (HTTP/0.9 style). */
export const ERROR_HTTP_DOWNLEVEL_SERVER = 12151;
/** Server reply could not be parsed. */
export const ERROR_HTTP_INVALID_SERVER_RESPONSE = 12152;
/** Header text supplied by the caller is not valid. */
export const ERROR_HTTP_INVALID_HEADER = 12153;
/** Info level or modifier combination given to HttpQueryInfo is wrong. */
export const ERROR_HTTP_INVALID_QUERY_REQUEST = 12154;
/** Add-if-new failed because that header is present. */
export const ERROR_HTTP_HEADER_ALREADY_EXISTS = 12155;
/** Redirect not completed: scheme changed or attempts (five by default) used up. */
export const ERROR_HTTP_REDIRECT_FAILED = 12156;
/** TLS libraries could not be loaded or failed. */
export const ERROR_INTERNET_SECURITY_CHANNEL_ERROR = 12157;
/** Download could not be stored in the cache. */
export const ERROR_INTERNET_UNABLE_TO_CACHE_FILE = 12158;
/** TCP/IP stack is missing or sockets cannot start. */
export const ERROR_INTERNET_TCPIP_NOT_INSTALLED = 12159;
/** Request was not redirected. */
export const ERROR_HTTP_NOT_REDIRECTED = 12160;
/** Cookie awaits user consent (Vista/2008 and older). */
export const ERROR_HTTP_COOKIE_NEEDS_CONFIRMATION = 12161;
/** Cookie was refused. */
export const ERROR_HTTP_COOKIE_DECLINED = 12162;
/** Internet connectivity was lost. */
export const ERROR_INTERNET_DISCONNECTED = 12163;
/** Alias of ERROR_INTERNET_DISCONNECTED. */
export const ERROR_INTERNET_OFFLINE = 12163;
/** Server cannot be reached. */
export const ERROR_INTERNET_SERVER_UNREACHABLE = 12164;
/** Configured proxy cannot be reached. */
export const ERROR_INTERNET_PROXY_SERVER_UNREACHABLE = 12165;
/** Proxy auto-configuration script is faulty. */
export const ERROR_INTERNET_BAD_AUTO_PROXY_SCRIPT = 12166;
/** Proxy auto-configuration script could not be fetched. */
export const ERROR_INTERNET_UNABLE_TO_DOWNLOAD_SCRIPT = 12167;
/** Redirect awaits user consent. */
export const ERROR_HTTP_REDIRECT_NEEDS_CONFIRMATION = 12168;
/** Server certificate is not valid. */
export const ERROR_INTERNET_SEC_INVALID_CERT = 12169;
/** Server certificate has been revoked. */
export const ERROR_INTERNET_SEC_CERT_REVOKED = 12170;
/** A security policy check blocked the call. */
export const ERROR_INTERNET_FAILED_DUETOSECURITYCHECK = 12171;
/** Library not initialised, for example InternetOpen was never called. */
export const ERROR_INTERNET_NOT_INITIALIZED = 12172;
/** Reserved; never implemented. */
export const ERROR_INTERNET_NEED_MSN_SSPI_PKG = 12173;
/** Digest logoff header received; reported only if error mask bit 0x8 is set. */
export const ERROR_INTERNET_LOGIN_FAILURE_DISPLAY_ENTITY_BODY = 12174;
/** gzip or deflate decoding of the body failed during InternetReadFile. */
export const ERROR_INTERNET_DECODING_FAILED = 12175;
/** Proxy wants a client certificate; name from metadata only. */
export const ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED_PROXY = 12187;
/** TLS failure towards the proxy; name from metadata only. */
export const ERROR_INTERNET_SECURE_FAILURE_PROXY = 12188;
/** Private-browsing restriction; name from metadata only. */
export const ERROR_INTERNET_DISALLOW_INPRIVATE = 12189;
/** HTTP version disagreement; name from metadata only. */
export const ERROR_INTERNET_HTTP_PROTOCOL_MISMATCH = 12190;
/** Process-wide callback failed; name from metadata only. */
export const ERROR_INTERNET_GLOBAL_CALLBACK_FAILED = 12191;
/** Feature switched off; name from metadata only. */
export const ERROR_INTERNET_FEATURE_DISABLED = 12192;
/** Internal socket code; not meant for callers. */
export const ERROR_INTERNET_INTERNAL_SOCKET_ERROR = 12901;
/** Internal connection-pool code; not meant for callers. */
export const ERROR_INTERNET_CONNECTION_AVAILABLE = 12902;
/** Internal connectivity-probe code; not meant for callers. */
export const ERROR_INTERNET_NO_KNOWN_SERVERS = 12903;
/** Internal connectivity-probe code; not meant for callers. */
export const ERROR_INTERNET_PING_FAILED = 12904;
/** Internal connectivity-probe code; not meant for callers. */
export const ERROR_INTERNET_NO_PING_SUPPORT = 12905;
/** Internal cache-hit code; not meant for callers. */
export const ERROR_INTERNET_CACHE_SUCCESS = 12906;
/** Internal variant of cookie confirmation; never meant for callers. */
export const ERROR_HTTP_COOKIE_NEEDS_CONFIRMATION_EX = 12907;
