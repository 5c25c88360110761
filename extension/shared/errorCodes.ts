/**
 * Every error that WinINet's pages name, with its number and what it means; those that this engine raises also say what to do.
 *
 * Numbers and meanings follow winerror.h, wininet.h and the error table of the documentation. Callers compare symbols or
 * codes, never texts.
 */
export const ERRORS = {
  ERROR_SUCCESS: {
    code: 0,
    meaning: 'No error; also the all-clear result of InternetErrorDlg and InternetAttemptConnect.',
  },
  ERROR_FILE_NOT_FOUND: {
    code: 2,
    meaning: 'Offline or from-cache request missed the cache; also a missing local file.',
    remedy: 'Check the local path, or drop the offline flag so that the network may be used.',
  },
  ERROR_PATH_NOT_FOUND: {
    code: 3,
    meaning: 'Local folder missing for FtpGetFile or FtpPutFile.',
    remedy: 'Create the local folder first, or choose another one.',
  },
  ERROR_ACCESS_DENIED: {
    code: 5,
    meaning: 'Local file permission problem during FtpGetFile or FtpPutFile.',
    remedy: 'Check the permissions of the local file and its folder.',
  },
  ERROR_INVALID_HANDLE: {
    code: 6,
    meaning: 'Handle unknown, closed, invalidated, or not an HINTERNET; also bad dialog parent.',
    remedy:
      'Pass a handle that is still open: it was closed (perhaps with its parent), or never came from this engine.',
  },
  ERROR_NOT_ENOUGH_MEMORY: {
    code: 8,
    meaning: 'Memory shortage.',
    remedy: 'Close handles that are no longer needed and try again.',
  },
  ERROR_NO_MORE_FILES: {
    code: 18,
    meaning: 'Directory or search enumeration has ended, or matched nothing.',
    remedy: 'The search is at its end: close the handle. An empty first answer means that nothing matched.',
  },
  ERROR_NOT_SUPPORTED: {
    code: 50,
    meaning: 'Feature not offered; sensible code for retired protocols in a port.',
    remedy: 'Use another way: this feature is not offered here.',
  },
  ERROR_FILE_EXISTS: {
    code: 80,
    meaning: 'Local target already exists and fail-if-exists was set.',
    remedy: 'Choose another local name, or pass fFailIfExists as false to overwrite.',
  },
  ERROR_INVALID_PARAMETER: {
    code: 87,
    meaning: 'Null, non-zero reserved, or otherwise unacceptable argument or option.',
    remedy: 'Check the arguments: one is missing, reserved, or out of range.',
  },
  ERROR_DISK_FULL: {
    code: 112,
    meaning: 'The disk of a download is full.',
    remedy: 'Free space on the disk, or choose another folder. Nothing was left under the final name.',
  },
  ERROR_CALL_NOT_IMPLEMENTED: {
    code: 120,
    meaning: 'Function is only a placeholder.',
    remedy: 'This engine does not offer the function yet: use another one.',
  },
  ERROR_INSUFFICIENT_BUFFER: {
    code: 122,
    meaning: 'Output buffer null or too small; length variable receives the needed size.',
    remedy: 'Pass a buffer of the required size, or no buffer to get the value whole.',
  },
  ERROR_INVALID_NAME: {
    code: 123,
    meaning: 'Local file name is not allowed.',
    remedy: 'Use a local file name that the file system allows.',
  },
  ERROR_NEGATIVE_SEEK: {
    code: 131,
    meaning: 'File pointer would become negative; it stays where it was.',
    remedy: 'Seek to a position at or after the start.',
  },
  ERROR_BAD_ARGUMENTS: {
    code: 160,
    meaning: 'Value that an option of the library cannot take.',
    remedy: 'Pass a value in the range that the option allows.',
  },
  ERROR_BAD_PATHNAME: {
    code: 161,
    meaning: 'URL could not be canonicalised or combined.',
    remedy: 'Check the URL: it could not be combined or canonicalised.',
  },
  ERROR_ALREADY_EXISTS: { code: 183, meaning: 'Object to create is already there.' },
  ERROR_MORE_DATA: { code: 234, meaning: 'Further data remains.' },
  ERROR_NO_MORE_ITEMS: {
    code: 259,
    meaning: 'No cookie (or cache item) matches the URL or its parents.',
    remedy: 'There is no such item for this URL.',
  },
  ERROR_OPERATION_ABORTED: {
    code: 995,
    meaning: 'Used by the async sample when the request handle is already closing.',
  },
  ERROR_IO_PENDING: {
    code: 997,
    meaning: 'Call continues asynchronously; wait for INTERNET_STATUS_REQUEST_COMPLETE.',
    remedy: 'Wait for INTERNET_STATUS_REQUEST_COMPLETE: the call goes on asynchronously.',
  },
  ERROR_CANCELLED: {
    code: 1223,
    meaning: 'User dismissed the dialog.',
    remedy: 'Call again when the user is ready to answer.',
  },
  ERROR_NOT_CONNECTED: {
    code: 2250,
    meaning: 'Connectivity check failed or socket layer is offline.',
    remedy: 'Connect this machine, or check the host of the URL.',
  },
  ERROR_INVALID_OPERATION: {
    code: 4317,
    meaning: 'The cookie is marked HttpOnly, which programs neither set nor replace.',
    remedy: 'Pass INTERNET_COOKIE_HTTPONLY to InternetSetCookieEx.',
  },
  ERROR_INTERNET_OUT_OF_HANDLES: {
    code: 12001,
    meaning: 'Handle table exhausted; no new HINTERNET can be produced right now.',
    remedy: 'Close handles that are no longer needed.',
  },
  ERROR_INTERNET_TIMEOUT: {
    code: 12002,
    meaning: 'A configured time limit elapsed before the request finished.',
    remedy: 'Raise the time-out option, or check whether the server is alive.',
  },
  ERROR_INTERNET_EXTENDED_ERROR: {
    code: 12003,
    meaning: 'Server supplied its own text; read it with InternetGetLastResponseInfo.',
    remedy: 'Read what the server said with InternetGetLastResponseInfo.',
  },
  ERROR_INTERNET_INTERNAL_ERROR: {
    code: 12004,
    meaning: 'Library-side fault with no more specific code.',
    remedy: 'Report this with the journal: the engine met a case that it does not know.',
  },
  ERROR_INTERNET_INVALID_URL: {
    code: 12005,
    meaning: 'URL text is malformed.',
    remedy: 'Check the URL: it needs a scheme, a host and a valid port.',
  },
  ERROR_INTERNET_UNRECOGNIZED_SCHEME: {
    code: 12006,
    meaning: 'URL scheme is unknown or unsupported.',
    remedy: 'Use http, https, ftp or gopher.',
  },
  ERROR_INTERNET_NAME_NOT_RESOLVED: {
    code: 12007,
    meaning: 'Host lookup failed.',
    remedy: 'Check the spelling of the host name, and DNS or VPN.',
  },
  ERROR_INTERNET_PROTOCOL_NOT_FOUND: {
    code: 12008,
    meaning: 'Protocol asked for is not available.',
    remedy: 'Use another protocol.',
  },
  ERROR_INTERNET_INVALID_OPTION: {
    code: 12009,
    meaning: 'Option number passed to query/set option is not valid.',
    remedy: 'Use an option that exists for this kind of handle.',
  },
  ERROR_INTERNET_BAD_OPTION_LENGTH: {
    code: 12010,
    meaning: 'Buffer length does not match what the option needs.',
    remedy: 'Pass a value of the length that the option needs.',
  },
  ERROR_INTERNET_OPTION_NOT_SETTABLE: {
    code: 12011,
    meaning: 'Option can be read but never written.',
    remedy: 'This option can only be read.',
  },
  ERROR_INTERNET_SHUTDOWN: {
    code: 12012,
    meaning: 'Library is being unloaded.',
    remedy: 'Open handles before everything is closed, or afterwards.',
  },
  ERROR_INTERNET_INCORRECT_USER_NAME: {
    code: 12013,
    meaning: 'FTP logon rejected because of the user name.',
    remedy: 'Check the user name.',
  },
  ERROR_INTERNET_INCORRECT_PASSWORD: {
    code: 12014,
    meaning: 'FTP logon rejected because of the password; also drives credential dialog.',
    remedy: 'Check the password.',
  },
  ERROR_INTERNET_LOGIN_FAILURE: {
    code: 12015,
    meaning: 'FTP connect/logon failed as a whole.',
    remedy: "Check user name and password; InternetGetLastResponseInfo has the server's words.",
  },
  ERROR_INTERNET_INVALID_OPERATION: {
    code: 12016,
    meaning: 'Operation makes no sense here.',
    remedy: 'This handle cannot do that: choose another function.',
  },
  ERROR_INTERNET_OPERATION_CANCELLED: {
    code: 12017,
    meaning: 'Work was abandoned, normally because its handle was closed meanwhile.',
    remedy: 'The handle was closed while the call was running: open a new one to try again.',
  },
  ERROR_INTERNET_INCORRECT_HANDLE_TYPE: {
    code: 12018,
    meaning: 'Live handle, but of a kind this function does not take.',
    remedy: 'Pass a handle of the kind that the function uses.',
  },
  ERROR_INTERNET_INCORRECT_HANDLE_STATE: {
    code: 12019,
    meaning: 'Right kind of handle at the wrong point of its life.',
    remedy: "Call the functions in their order: this one is not legal in the handle's present state.",
  },
  ERROR_INTERNET_NOT_PROXY_REQUEST: { code: 12020, meaning: 'Request cannot travel through a proxy.' },
  ERROR_INTERNET_REGISTRY_VALUE_NOT_FOUND: {
    code: 12021,
    meaning: 'Configuration value required by the library is missing.',
  },
  ERROR_INTERNET_BAD_REGISTRY_PARAMETER: {
    code: 12022,
    meaning: 'Configuration value exists but has a wrong type or content.',
  },
  ERROR_INTERNET_NO_DIRECT_ACCESS: {
    code: 12023,
    meaning: 'Direct network use is impossible now, for example while offline.',
    remedy: 'Set INTERNET_OPTION_CONNECTED_STATE to INTERNET_STATE_CONNECTED.',
  },
  ERROR_INTERNET_NO_CONTEXT: {
    code: 12024,
    meaning: 'Async call refused because its context value was zero.',
    remedy: 'Pass a context that is not zero.',
  },
  ERROR_INTERNET_NO_CALLBACK: { code: 12025, meaning: 'Async call refused because no status callback is registered.' },
  ERROR_INTERNET_REQUEST_PENDING: {
    code: 12026,
    meaning: 'Another request is still outstanding on the handle.',
    remedy: 'Wait until the call that is running on this handle has completed.',
  },
  ERROR_INTERNET_INCORRECT_FORMAT: { code: 12027, meaning: 'Request is badly formed.' },
  ERROR_INTERNET_ITEM_NOT_FOUND: {
    code: 12028,
    meaning: 'Item asked for does not exist.',
    remedy: 'Check the name of the item.',
  },
  ERROR_INTERNET_CANNOT_CONNECT: {
    code: 12029,
    meaning: 'TCP connection attempt failed.',
    remedy: 'Check host and port, and whether the server is running.',
  },
  ERROR_INTERNET_CONNECTION_ABORTED: {
    code: 12030,
    meaning: 'Established connection ended unexpectedly.',
    remedy: 'Send the request again: the connection ended early.',
  },
  ERROR_INTERNET_CONNECTION_RESET: {
    code: 12031,
    meaning: 'Peer reset the connection.',
    remedy: 'Send the request again: the server reset the connection.',
  },
  ERROR_INTERNET_FORCE_RETRY: {
    code: 12032,
    meaning: 'Caller must run the whole request again (dialog accepted, or authentication step).',
    remedy: 'Send the request again, from HttpSendRequest or HttpSendRequestEx on.',
  },
  ERROR_INTERNET_INVALID_PROXY_REQUEST: { code: 12033, meaning: 'Request handed to the proxy was not valid.' },
  ERROR_INTERNET_NEED_UI: {
    code: 12034,
    meaning: 'Blocking or user-interface work is required (Vista/2008 and older).',
  },
  ERROR_INTERNET_HANDLE_EXISTS: { code: 12036, meaning: 'Handle to be created is already present.' },
  ERROR_INTERNET_SEC_CERT_DATE_INVALID: {
    code: 12037,
    meaning: 'Server certificate is out of its validity dates.',
    remedy: 'Check the clock; to accept the certificate nevertheless pass INTERNET_FLAG_IGNORE_CERT_DATE_INVALID.',
  },
  ERROR_INTERNET_SEC_CERT_CN_INVALID: {
    code: 12038,
    meaning: 'Certificate name differs from the requested host.',
    remedy:
      'Connect by the name in the certificate; to accept it nevertheless pass INTERNET_FLAG_IGNORE_CERT_CN_INVALID.',
  },
  ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR: { code: 12039, meaning: 'Redirect moves from plain to secure transport.' },
  ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR: { code: 12040, meaning: 'Redirect moves from secure to plain transport.' },
  ERROR_INTERNET_MIXED_SECURITY: { code: 12041, meaning: 'Content mixes secure and insecure sources.' },
  ERROR_INTERNET_CHG_POST_IS_NON_SECURE: {
    code: 12042,
    meaning: 'Multi-line form change would be posted without encryption.',
  },
  ERROR_INTERNET_POST_IS_NON_SECURE: { code: 12043, meaning: 'Form data would be posted without encryption.' },
  ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED: {
    code: 12044,
    meaning: 'Server wants a client certificate.',
    remedy:
      'Set INTERNET_OPTION_CLIENT_CERT_CONTEXT on the request, or let InternetErrorDlg ask for one, and send again; without one it goes as it is.',
  },
  ERROR_INTERNET_INVALID_CA: {
    code: 12045,
    meaning: 'Certificate issuer is not trusted or known.',
    remedy: "Install the issuer's certificate; to accept an unknown issuer set SECURITY_FLAG_IGNORE_UNKNOWN_CA.",
  },
  ERROR_INTERNET_CLIENT_AUTH_NOT_SETUP: { code: 12046, meaning: 'Machine has no client authentication configured.' },
  ERROR_INTERNET_ASYNC_THREAD_FAILED: { code: 12047, meaning: 'Worker thread for async work could not start.' },
  ERROR_INTERNET_REDIRECT_SCHEME_CHANGE: {
    code: 12048,
    meaning: 'Redirect switches protocol, for example HTTP to FTP; not followed.',
    remedy: 'Open the new URL with a call of its own: a redirect does not change the protocol.',
  },
  ERROR_INTERNET_DIALOG_PENDING: { code: 12049, meaning: 'Another thread already shows a password dialog.' },
  ERROR_INTERNET_RETRY_DIALOG: { code: 12050, meaning: 'Dialog should be shown again.' },
  ERROR_INTERNET_NO_NEW_CONTAINERS: {
    code: 12051,
    meaning: 'Cache container limit; name only seen in metadata, undocumented.',
  },
  ERROR_INTERNET_HTTPS_HTTP_SUBMIT_REDIR: {
    code: 12052,
    meaning: 'Submitted data would be redirected from secure to plain transport.',
  },
  ERROR_INTERNET_INSERT_CDROM: { code: 12053, meaning: 'Cached resource lives on a CD-ROM that is not inserted.' },
  ERROR_INTERNET_FORTEZZA_LOGIN_NEEDED: { code: 12054, meaning: 'Resource requires Fortezza hardware logon.' },
  ERROR_INTERNET_SEC_CERT_ERRORS: {
    code: 12055,
    meaning: 'One or more certificate problems, reported together.',
    remedy: 'Look at the certificate: several things are wrong with it.',
  },
  ERROR_INTERNET_SEC_CERT_NO_REV: {
    code: 12056,
    meaning: 'No revocation information could be used for the certificate.',
  },
  ERROR_INTERNET_SEC_CERT_REV_FAILED: {
    code: 12057,
    meaning: 'Revocation check itself failed.',
    remedy: 'Check whether the revocation server can be reached.',
  },
  ERROR_INTERNET_SOURCE_PORT_IN_USE: {
    code: 12058,
    meaning: 'No free local port; FtpOpenFile page mentions 12058 without naming it.',
    remedy: 'Close connections that are no longer needed, or connect with INTERNET_FLAG_PASSIVE.',
  },
  ERROR_INTERNET_INSECURE_FALLBACK_REQUIRED: {
    code: 12059,
    meaning: 'Weaker TLS fallback would be needed; name from metadata only.',
  },
  ERROR_HTTP_HSTS_REDIRECT_REQUIRED: { code: 12060, meaning: 'Host policy demands https; name from metadata only.' },
  ERROR_INTERNET_PROXY_ALERT: { code: 12061, meaning: 'Proxy-related warning; name from metadata only.' },
  ERROR_INTERNET_SEC_CERT_WEAK_SIGNATURE: {
    code: 12062,
    meaning: 'Certificate signed with a weak algorithm; name from metadata only.',
    remedy:
      'Ask who runs the server for a certificate of today; to accept a weak one set SECURITY_FLAG_IGNORE_WEAK_SIGNATURE.',
  },
  ERROR_INTERNET_NO_CM_CONNECTION: {
    code: 12080,
    meaning: 'No managed connection available; name from metadata only.',
  },
  ERROR_FTP_TRANSFER_IN_PROGRESS: {
    code: 12110,
    meaning: 'FTP session is busy: a file or search handle is still open.',
    remedy: 'Close the file or search handle that is open on this FTP session first.',
  },
  ERROR_FTP_DROPPED: {
    code: 12111,
    meaning: 'FTP session ended before the operation finished.',
    remedy: 'Connect again: the FTP session has ended.',
  },
  ERROR_FTP_NO_PASSIVE_MODE: {
    code: 12112,
    meaning: 'Server refuses passive data connections.',
    remedy: 'Connect without INTERNET_FLAG_PASSIVE: the server refuses passive data connections.',
  },
  ERROR_GOPHER_PROTOCOL_ERROR: {
    code: 12130,
    meaning: 'Gopher reply could not be parsed.',
    remedy: 'Check that a Gopher server answers on this port.',
  },
  ERROR_GOPHER_NOT_FILE: {
    code: 12131,
    meaning: 'Locator does not name a file.',
    remedy: 'Pass a locator of a file; use GopherFindFirstFile for a menu.',
  },
  ERROR_GOPHER_DATA_ERROR: {
    code: 12132,
    meaning: 'Failure while receiving Gopher data.',
    remedy: 'Try again: the data broke off.',
  },
  ERROR_GOPHER_END_OF_DATA: {
    code: 12133,
    meaning: 'Nothing more to read from Gopher.',
    remedy: 'Nothing more can be read.',
  },
  ERROR_GOPHER_INVALID_LOCATOR: {
    code: 12134,
    meaning: 'Locator text is not valid.',
    remedy: 'Make the locator with GopherCreateLocator.',
  },
  ERROR_GOPHER_INCORRECT_LOCATOR_TYPE: {
    code: 12135,
    meaning: 'Locator is of the wrong type for this call.',
    remedy: 'Pass a locator of the type that the function uses.',
  },
  ERROR_GOPHER_NOT_GOPHER_PLUS: {
    code: 12136,
    meaning: 'Only a Gopher+ server or locator supports this call.',
    remedy: 'Ask a Gopher+ server.',
  },
  ERROR_GOPHER_ATTRIBUTE_NOT_FOUND: {
    code: 12137,
    meaning: 'Attribute asked for is absent.',
    remedy: "Check the attribute's name.",
  },
  ERROR_GOPHER_UNKNOWN_LOCATOR: {
    code: 12138,
    meaning: 'Locator type code is not recognised.',
    remedy: "Check the locator's item type.",
  },
  ERROR_HTTP_PUSH_STATUS_CODE_NOT_SUPPORTED: {
    code: 12147,
    meaning: 'Server push: unsupported status code; name from metadata only.',
  },
  ERROR_HTTP_PUSH_RETRY_NOT_SUPPORTED: {
    code: 12148,
    meaning: 'Server push: retry unsupported; name from metadata only.',
  },
  ERROR_HTTP_PUSH_ENABLE_FAILED: { code: 12149, meaning: 'Server push could not be enabled; name from metadata only.' },
  ERROR_HTTP_HEADER_NOT_FOUND: {
    code: 12150,
    meaning: 'Header absent, or header index beyond the last match.',
    remedy: 'The header is absent, or the index is past its last occurrence.',
  },
  ERROR_HTTP_DOWNLEVEL_SERVER: {
    code: 12151,
    meaning: 'Server answered without any headers (HTTP/0.9 style).',
    remedy: 'The server sent no headers: read the body only.',
  },
  ERROR_HTTP_INVALID_SERVER_RESPONSE: {
    code: 12152,
    meaning: 'Server reply could not be parsed.',
    remedy: 'Check that an HTTP server answers on this port: its answer is not HTTP.',
  },
  ERROR_HTTP_INVALID_HEADER: {
    code: 12153,
    meaning: 'Header text supplied by the caller is not valid.',
    remedy: 'Write headers as "Name: value" lines separated by CR LF, without control characters.',
  },
  ERROR_HTTP_INVALID_QUERY_REQUEST: {
    code: 12154,
    meaning: 'Info level or modifier combination given to HttpQueryInfo is wrong.',
    remedy: 'Check dwInfoLevel: the attribute or the combination of modifiers does not exist.',
  },
  ERROR_HTTP_HEADER_ALREADY_EXISTS: {
    code: 12155,
    meaning: 'Add-if-new failed because that header is present.',
    remedy: 'Use HTTP_ADDREQ_FLAG_REPLACE to change a header that is there.',
  },
  ERROR_HTTP_REDIRECT_FAILED: {
    code: 12156,
    meaning: 'Redirect not completed: scheme changed or attempts (five by default) used up.',
    remedy: 'Look at the Location headers: the redirect loops, or leads to another protocol.',
  },
  ERROR_INTERNET_SECURITY_CHANNEL_ERROR: {
    code: 12157,
    meaning: 'TLS libraries could not be loaded or failed.',
    remedy: 'Check that the server speaks TLS on this port.',
  },
  ERROR_INTERNET_UNABLE_TO_CACHE_FILE: { code: 12158, meaning: 'Download could not be stored in the cache.' },
  ERROR_INTERNET_TCPIP_NOT_INSTALLED: { code: 12159, meaning: 'TCP/IP stack is missing or sockets cannot start.' },
  ERROR_HTTP_NOT_REDIRECTED: {
    code: 12160,
    meaning: 'Request was not redirected.',
    remedy: 'The server did not redirect.',
  },
  ERROR_HTTP_COOKIE_NEEDS_CONFIRMATION: { code: 12161, meaning: 'Cookie awaits user consent (Vista/2008 and older).' },
  ERROR_HTTP_COOKIE_DECLINED: { code: 12162, meaning: 'Cookie was refused.' },
  ERROR_INTERNET_DISCONNECTED: {
    code: 12163,
    meaning: 'Internet connectivity was lost.',
    remedy: 'Check the network connection.',
  },
  ERROR_INTERNET_OFFLINE: { code: 12163, meaning: 'Alias of ERROR_INTERNET_DISCONNECTED.' },
  ERROR_INTERNET_SERVER_UNREACHABLE: {
    code: 12164,
    meaning: 'Server cannot be reached.',
    remedy: 'Check the route to the server, and firewalls.',
  },
  ERROR_INTERNET_PROXY_SERVER_UNREACHABLE: {
    code: 12165,
    meaning: 'Configured proxy cannot be reached.',
    remedy: "Check the proxy's address and whether it is running.",
  },
  ERROR_INTERNET_BAD_AUTO_PROXY_SCRIPT: { code: 12166, meaning: 'Proxy auto-configuration script is faulty.' },
  ERROR_INTERNET_UNABLE_TO_DOWNLOAD_SCRIPT: {
    code: 12167,
    meaning: 'Proxy auto-configuration script could not be fetched.',
  },
  ERROR_HTTP_REDIRECT_NEEDS_CONFIRMATION: { code: 12168, meaning: 'Redirect awaits user consent.' },
  ERROR_INTERNET_SEC_INVALID_CERT: {
    code: 12169,
    meaning: 'Server certificate is not valid.',
    remedy: 'Look at the certificate: it is not valid for this use.',
  },
  ERROR_INTERNET_SEC_CERT_REVOKED: {
    code: 12170,
    meaning: 'Server certificate has been revoked.',
    remedy: 'Do not trust this server: its certificate was revoked.',
  },
  ERROR_INTERNET_FAILED_DUETOSECURITYCHECK: { code: 12171, meaning: 'A security policy check blocked the call.' },
  ERROR_INTERNET_NOT_INITIALIZED: {
    code: 12172,
    meaning: 'Library not initialised, for example InternetOpen was never called.',
    remedy: 'Call InternetOpen first.',
  },
  ERROR_INTERNET_NEED_MSN_SSPI_PKG: { code: 12173, meaning: 'Reserved; never implemented.' },
  ERROR_INTERNET_LOGIN_FAILURE_DISPLAY_ENTITY_BODY: {
    code: 12174,
    meaning: 'Digest logoff header received; reported only if error mask bit 0x8 is set.',
  },
  ERROR_INTERNET_DECODING_FAILED: {
    code: 12175,
    meaning: 'gzip or deflate decoding of the body failed during InternetReadFile.',
    remedy: 'The body is not what its Content-Encoding says: read it without INTERNET_OPTION_HTTP_DECODING.',
  },
  ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED_PROXY: {
    code: 12187,
    meaning: 'Proxy wants a client certificate; name from metadata only.',
  },
  ERROR_INTERNET_SECURE_FAILURE_PROXY: {
    code: 12188,
    meaning: 'TLS failure towards the proxy; name from metadata only.',
  },
  ERROR_INTERNET_DISALLOW_INPRIVATE: { code: 12189, meaning: 'Private-browsing restriction; name from metadata only.' },
  ERROR_INTERNET_HTTP_PROTOCOL_MISMATCH: {
    code: 12190,
    meaning: 'HTTP version disagreement; name from metadata only.',
  },
  ERROR_INTERNET_GLOBAL_CALLBACK_FAILED: {
    code: 12191,
    meaning: 'Process-wide callback failed; name from metadata only.',
  },
  ERROR_INTERNET_FEATURE_DISABLED: { code: 12192, meaning: 'Feature switched off; name from metadata only.' },
  ERROR_INTERNET_INTERNAL_SOCKET_ERROR: { code: 12901, meaning: 'Internal socket code; not meant for callers.' },
  ERROR_INTERNET_CONNECTION_AVAILABLE: {
    code: 12902,
    meaning: 'Internal connection-pool code; not meant for callers.',
  },
  ERROR_INTERNET_NO_KNOWN_SERVERS: { code: 12903, meaning: 'Internal connectivity-probe code; not meant for callers.' },
  ERROR_INTERNET_PING_FAILED: { code: 12904, meaning: 'Internal connectivity-probe code; not meant for callers.' },
  ERROR_INTERNET_NO_PING_SUPPORT: { code: 12905, meaning: 'Internal connectivity-probe code; not meant for callers.' },
  ERROR_INTERNET_CACHE_SUCCESS: { code: 12906, meaning: 'Internal cache-hit code; not meant for callers.' },
  ERROR_HTTP_COOKIE_NEEDS_CONFIRMATION_EX: {
    code: 12907,
    meaning: 'Internal variant of cookie confirmation; never meant for callers.',
  },
} as const satisfies Record<string, ErrorRow>;

interface ErrorRow {
  readonly code: number;
  readonly meaning: string;
  readonly remedy?: string;
}

/** Symbol of any error that WinINet's pages name. */
export type ErrorSymbol = keyof typeof ERRORS;

/** Symbol of an error that this engine raises; each has a remedy. */
export type RaisedSymbol = {
  [S in ErrorSymbol]: (typeof ERRORS)[S] extends { readonly remedy: string } ? S : never;
}[ErrorSymbol];

/** Number of an error symbol. */
export function errorCode(symbol: ErrorSymbol): number {
  return ERRORS[symbol].code;
}

const symbolsByCode = new Map<number, ErrorSymbol>();
for (const symbol of Object.keys(ERRORS) as ErrorSymbol[]) {
  // ERROR_INTERNET_OFFLINE is an alias: the first symbol of a number is its name.
  if (!symbolsByCode.has(ERRORS[symbol].code)) symbolsByCode.set(ERRORS[symbol].code, symbol);
}

/** Symbol of an error number, if WinINet's pages name it. */
export function errorSymbol(code: number): ErrorSymbol | undefined {
  return symbolsByCode.get(code);
}

/** What to do about an error, in one sentence; its meaning where no remedy is known. */
export function errorRemedy(symbol: ErrorSymbol): string {
  const row: ErrorRow = ERRORS[symbol];
  return row.remedy ?? row.meaning;
}

/** What has happened, in one sentence. */
export function errorMeaning(symbol: ErrorSymbol): string {
  const row: ErrorRow = ERRORS[symbol];
  return row.meaning;
}

/** Is this text the symbol of an error? */
export function isErrorSymbol(text: string): text is ErrorSymbol {
  return Object.hasOwn(ERRORS, text);
}
