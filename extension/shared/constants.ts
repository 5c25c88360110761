/**
 * WinINet's numeric constants, by their own names.
 *
 * Values follow wininet.h and winbase.h; where a page and the header disagree the header wins. Every constant is an export of
 * its own, so that ported code can import the names that it already uses.
 */

// Access types of InternetOpen

/** Stored proxy configuration. */
export const INTERNET_OPEN_TYPE_PRECONFIG = 0;
/** No proxy. */
export const INTERNET_OPEN_TYPE_DIRECT = 1;
/** Given proxy list and bypass list. */
export const INTERNET_OPEN_TYPE_PROXY = 3;
/** Stored configuration, no auto-proxy script. */
export const INTERNET_OPEN_TYPE_PRECONFIG_WITH_NO_AUTOPROXY = 4;

// Services of InternetConnect

export const INTERNET_SERVICE_FTP = 1;
export const INTERNET_SERVICE_GOPHER = 2;
export const INTERNET_SERVICE_HTTP = 3;

// Ports

export const INTERNET_INVALID_PORT_NUMBER = 0;
export const INTERNET_DEFAULT_FTP_PORT = 21;
export const INTERNET_DEFAULT_GOPHER_PORT = 70;
export const INTERNET_DEFAULT_HTTP_PORT = 80;
export const INTERNET_DEFAULT_HTTPS_PORT = 443;
export const INTERNET_DEFAULT_SOCKS_PORT = 1080;

// INTERNET_FLAG_*: how handles are opened and requests behave

/** IDN on direct connections only. */
export const INTERNET_FLAG_IDN_DIRECT = 1;
/** IDN on proxied connections only. */
export const INTERNET_FLAG_IDN_PROXY = 2;
/** Fetch from the origin, not the cache. */
export const INTERNET_FLAG_RELOAD = 0x80000000;
/** Folder listings as find-data records instead of HTML. */
export const INTERNET_FLAG_RAW_DATA = 0x40000000;
/** Reuse the one connection object cached per root handle. */
export const INTERNET_FLAG_EXISTING_CONNECT = 0x20000000;
/** All descendants work asynchronously. */
export const INTERNET_FLAG_ASYNC = 0x10000000;
/** Passive FTP data connections. */
export const INTERNET_FLAG_PASSIVE = 0x08000000;
/** Do not store the result in the cache. */
export const INTERNET_FLAG_NO_CACHE_WRITE = 0x04000000;
/** Same value as NO_CACHE_WRITE. */
export const INTERNET_FLAG_DONT_CACHE = 0x04000000;
/** Retired. */
export const INTERNET_FLAG_MAKE_PERSISTENT = 0x02000000;
/** Never touch the network; cache misses give error 2. */
export const INTERNET_FLAG_FROM_CACHE = 0x01000000;
/** Same value as FROM_CACHE. */
export const INTERNET_FLAG_OFFLINE = 0x01000000;
/** TLS; on a connection it is inherited by its requests. */
export const INTERNET_FLAG_SECURE = 0x00800000;
/** Keep-alive; needed by NTLM-like authentication. */
export const INTERNET_FLAG_KEEP_CONNECTION = 0x00400000;
/** Do not follow redirects; no REDIRECT callback. */
export const INTERNET_FLAG_NO_AUTO_REDIRECT = 0x00200000;
/** Disabled. */
export const INTERNET_FLAG_READ_PREFETCH = 0x00100000;
/** Neither send nor store cookies automatically. */
export const INTERNET_FLAG_NO_COOKIES = 0x00080000;
/** No automatic authentication. */
export const INTERNET_FLAG_NO_AUTH = 0x00040000;
/** Cookie belongs to an untrusted site. */
export const INTERNET_FLAG_RESTRICTED_ZONE = 0x00020000;
/** Use cached copy after error 12031 or 12029. */
export const INTERNET_FLAG_CACHE_IF_NET_FAIL = 0x00010000;
/** Allow secure to plain redirects silently. */
export const INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTP = 0x00008000;
/** Allow plain to secure redirects silently. */
export const INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS = 0x00004000;
/** Skip certificate date check. */
export const INTERNET_FLAG_IGNORE_CERT_DATE_INVALID = 0x00002000;
/** Skip certificate name check. */
export const INTERNET_FLAG_IGNORE_CERT_CN_INVALID = 0x00001000;
/** HTTP revalidates; FTP and Gopher always reload. */
export const INTERNET_FLAG_RESYNCHRONIZE = 0x00000800;
/** Reload when neither expiry nor modification time is known. */
export const INTERNET_FLAG_HYPERLINK = 0x00000400;
/** No cookie dialog. */
export const INTERNET_FLAG_NO_UI = 0x00000200;
/** Proxies must ask the origin. */
export const INTERNET_FLAG_PRAGMA_NOCACHE = 0x00000100;
/** Lazy cache write. */
export const INTERNET_FLAG_CACHE_ASYNC = 0x00000080;
/** Marks a form submission. */
export const INTERNET_FLAG_FORMS_SUBMIT = 0x00000040;
/** Use cached copy without freshness checks (back/forward). */
export const INTERNET_FLAG_FWD_BACK = 0x00000020;
/** Create a temp file when caching is impossible. */
export const INTERNET_FLAG_NEED_FILE = 0x00000010;
/** Same value as NEED_FILE. */
export const INTERNET_FLAG_MUST_CACHE_REQUEST = 0x00000010;
/** Same value as FTP_TRANSFER_TYPE_ASCII. */
export const INTERNET_FLAG_TRANSFER_ASCII = 1;
/** Same value as FTP_TRANSFER_TYPE_BINARY. */
export const INTERNET_FLAG_TRANSFER_BINARY = 2;

// Per-call flags of InternetReadFileEx, HttpSendRequestEx and HttpEndRequest

/** Force async. */
export const WININET_API_FLAG_ASYNC = 1;
/** Force sync. */
export const WININET_API_FLAG_SYNC = 4;
/** Use context even if zero. */
export const WININET_API_FLAG_USE_CONTEXT = 8;
/** = WININET_API_FLAG_ASYNC. */
export const IRF_ASYNC = 1;
/** = WININET_API_FLAG_SYNC. */
export const IRF_SYNC = 4;
/** = WININET_API_FLAG_USE_CONTEXT. */
export const IRF_USE_CONTEXT = 8;
/** Return what is there now. */
export const IRF_NO_WAIT = 8;
/** = WININET_API_FLAG_ASYNC. */
export const HSR_ASYNC = 1;
/** = WININET_API_FLAG_SYNC. */
export const HSR_SYNC = 4;
/** = WININET_API_FLAG_USE_CONTEXT. */
export const HSR_USE_CONTEXT = 8;
/** Iterative send (flags reserved per page). */
export const HSR_INITIATE = 8;
/** Download to file (reserved per page). */
export const HSR_DOWNLOAD = 0x00000010;
/** Chunked send (reserved per page). */
export const HSR_CHUNKED = 0x00000020;

// Status codes that a status callback receives

/** DNS lookup is starting. */
export const INTERNET_STATUS_RESOLVING_NAME = 10;
/** DNS lookup succeeded. */
export const INTERNET_STATUS_NAME_RESOLVED = 11;
/** TCP connect is starting. */
export const INTERNET_STATUS_CONNECTING_TO_SERVER = 20;
/** TCP connect succeeded. */
export const INTERNET_STATUS_CONNECTED_TO_SERVER = 21;
/** Request bytes are about to go out. */
export const INTERNET_STATUS_SENDING_REQUEST = 30;
/** Request bytes went out. */
export const INTERNET_STATUS_REQUEST_SENT = 31;
/** Waiting for the server. */
export const INTERNET_STATUS_RECEIVING_RESPONSE = 40;
/** Some response arrived. */
export const INTERNET_STATUS_RESPONSE_RECEIVED = 41;
/** Never implemented. */
export const INTERNET_STATUS_CTL_RESPONSE_RECEIVED = 42;
/** Never implemented. */
export const INTERNET_STATUS_PREFETCH = 43;
/** Connection teardown is starting. */
export const INTERNET_STATUS_CLOSING_CONNECTION = 50;
/** Connection teardown is done. */
export const INTERNET_STATUS_CONNECTION_CLOSED = 51;
/** New child handle exists; lets caller close it early. */
export const INTERNET_STATUS_HANDLE_CREATED = 60;
/** Final callback for this handle. */
export const INTERNET_STATUS_HANDLE_CLOSING = 70;
/** Proxy detection event. */
export const INTERNET_STATUS_DETECTING_PROXY = 80;
/** A call that returned 997 has finished. */
export const INTERNET_STATUS_REQUEST_COMPLETE = 100;
/** Automatic redirect is about to be followed; suppressed by NO_AUTO_REDIRECT. */
export const INTERNET_STATUS_REDIRECT = 110;
/** A 1xx status arrived. */
export const INTERNET_STATUS_INTERMEDIATE_RESPONSE = 120;
/** Request is suspended until ResumeSuspendedDownload. */
export const INTERNET_STATUS_USER_INPUT_REQUIRED = 140;
/** Secure/insecure or online state changed. */
export const INTERNET_STATUS_STATE_CHANGE = 200;
/** Cookies sent or withheld with the request. */
export const INTERNET_STATUS_COOKIE_SENT = 320;
/** Cookies taken, refused, downgraded or leashed. */
export const INTERNET_STATUS_COOKIE_RECEIVED = 321;
/** Never implemented. */
export const INTERNET_STATUS_PRIVACY_IMPACTED = 324;
/** Response carries a P3P header. */
export const INTERNET_STATUS_P3P_HEADER = 325;
/** Never implemented. */
export const INTERNET_STATUS_P3P_POLICYREF = 326;
/** Past cookie decisions for content served from cache. */
export const INTERNET_STATUS_COOKIE_HISTORY = 327;

// INTERNET_OPTION_STATE flags

export const INTERNET_STATE_CONNECTED = 1;
export const INTERNET_STATE_DISCONNECTED = 2;
export const INTERNET_STATE_DISCONNECTED_BY_USER = 0x00000010;
export const INTERNET_STATE_IDLE = 0x00000100;
export const INTERNET_STATE_BUSY = 0x00000200;

// Handle types (INTERNET_OPTION_HANDLE_TYPE)

export const INTERNET_HANDLE_TYPE_INTERNET = 1;
export const INTERNET_HANDLE_TYPE_CONNECT_FTP = 2;
export const INTERNET_HANDLE_TYPE_CONNECT_GOPHER = 3;
export const INTERNET_HANDLE_TYPE_CONNECT_HTTP = 4;
export const INTERNET_HANDLE_TYPE_FTP_FIND = 5;
export const INTERNET_HANDLE_TYPE_FTP_FIND_HTML = 6;
export const INTERNET_HANDLE_TYPE_FTP_FILE = 7;
export const INTERNET_HANDLE_TYPE_FTP_FILE_HTML = 8;
export const INTERNET_HANDLE_TYPE_GOPHER_FIND = 9;
export const INTERNET_HANDLE_TYPE_GOPHER_FIND_HTML = 10;
export const INTERNET_HANDLE_TYPE_GOPHER_FILE = 11;
export const INTERNET_HANDLE_TYPE_GOPHER_FILE_HTML = 12;
export const INTERNET_HANDLE_TYPE_HTTP_REQUEST = 13;
export const INTERNET_HANDLE_TYPE_FILE_REQUEST = 14;

// Options of InternetQueryOption and InternetSetOption

export const INTERNET_OPTION_CALLBACK = 1;
export const INTERNET_OPTION_CONNECT_TIMEOUT = 2;
export const INTERNET_OPTION_CONNECT_RETRIES = 3;
export const INTERNET_OPTION_CONNECT_BACKOFF = 4;
export const INTERNET_OPTION_CONTROL_SEND_TIMEOUT = 5;
export const INTERNET_OPTION_SEND_TIMEOUT = 5;
export const INTERNET_OPTION_CONTROL_RECEIVE_TIMEOUT = 6;
export const INTERNET_OPTION_RECEIVE_TIMEOUT = 6;
export const INTERNET_OPTION_DATA_SEND_TIMEOUT = 7;
export const INTERNET_OPTION_DATA_RECEIVE_TIMEOUT = 8;
export const INTERNET_OPTION_HANDLE_TYPE = 9;
export const INTERNET_OPTION_CONTEXT_VALUE_OLD = 10;
export const INTERNET_OPTION_LISTEN_TIMEOUT = 11;
export const INTERNET_OPTION_READ_BUFFER_SIZE = 12;
export const INTERNET_OPTION_WRITE_BUFFER_SIZE = 13;
export const INTERNET_OPTION_ASYNC_ID = 15;
export const INTERNET_OPTION_ASYNC_PRIORITY = 16;
export const INTERNET_OPTION_PARENT_HANDLE = 21;
export const INTERNET_OPTION_KEEP_CONNECTION = 22;
export const INTERNET_OPTION_REQUEST_FLAGS = 23;
export const INTERNET_OPTION_EXTENDED_ERROR = 24;
export const INTERNET_OPTION_OFFLINE_MODE = 26;
export const INTERNET_OPTION_CACHE_STREAM_HANDLE = 27;
export const INTERNET_OPTION_USERNAME = 28;
export const INTERNET_OPTION_PASSWORD = 29;
export const INTERNET_OPTION_ASYNC = 30;
export const INTERNET_OPTION_SECURITY_FLAGS = 31;
export const INTERNET_OPTION_SECURITY_CERTIFICATE_STRUCT = 32;
export const INTERNET_OPTION_DATAFILE_NAME = 33;
export const INTERNET_OPTION_URL = 34;
export const INTERNET_OPTION_SECURITY_CERTIFICATE = 35;
export const INTERNET_OPTION_SECURITY_KEY_BITNESS = 36;
export const INTERNET_OPTION_REFRESH = 37;
export const INTERNET_OPTION_PROXY = 38;
export const INTERNET_OPTION_SETTINGS_CHANGED = 39;
export const INTERNET_OPTION_VERSION = 40;
export const INTERNET_OPTION_USER_AGENT = 41;
export const INTERNET_OPTION_END_BROWSER_SESSION = 42;
export const INTERNET_OPTION_PROXY_USERNAME = 43;
export const INTERNET_OPTION_PROXY_PASSWORD = 44;
export const INTERNET_OPTION_CONTEXT_VALUE = 45;
export const INTERNET_OPTION_CONNECT_LIMIT = 46;
export const INTERNET_OPTION_SECURITY_SELECT_CLIENT_CERT = 47;
export const INTERNET_OPTION_POLICY = 48;
export const INTERNET_OPTION_DISCONNECTED_TIMEOUT = 49;
export const INTERNET_OPTION_CONNECTED_STATE = 50;
export const INTERNET_OPTION_IDLE_STATE = 51;
export const INTERNET_OPTION_OFFLINE_SEMANTICS = 52;
export const INTERNET_OPTION_SECONDARY_CACHE_KEY = 53;
export const INTERNET_OPTION_CALLBACK_FILTER = 54;
export const INTERNET_OPTION_CONNECT_TIME = 55;
export const INTERNET_OPTION_SEND_THROUGHPUT = 56;
export const INTERNET_OPTION_RECEIVE_THROUGHPUT = 57;
export const INTERNET_OPTION_REQUEST_PRIORITY = 58;
export const INTERNET_OPTION_HTTP_VERSION = 59;
export const INTERNET_OPTION_RESET_URLCACHE_SESSION = 60;
export const INTERNET_OPTION_ERROR_MASK = 62;
export const INTERNET_OPTION_FROM_CACHE_TIMEOUT = 63;
export const INTERNET_OPTION_BYPASS_EDITED_ENTRY = 64;
export const INTERNET_OPTION_HTTP_DECODING = 65;
export const INTERNET_OPTION_DIAGNOSTIC_SOCKET_INFO = 67;
export const INTERNET_OPTION_CODEPAGE = 68;
export const INTERNET_OPTION_CACHE_TIMESTAMPS = 69;
export const INTERNET_OPTION_DISABLE_AUTODIAL = 70;
export const INTERNET_OPTION_MAX_CONNS_PER_SERVER = 73;
export const INTERNET_OPTION_MAX_CONNS_PER_1_0_SERVER = 74;
export const INTERNET_OPTION_PER_CONNECTION_OPTION = 75;
export const INTERNET_OPTION_DIGEST_AUTH_UNLOAD = 76;
export const INTERNET_OPTION_IGNORE_OFFLINE = 77;
export const INTERNET_OPTION_IDENTITY = 78;
export const INTERNET_OPTION_REMOVE_IDENTITY = 79;
export const INTERNET_OPTION_ALTER_IDENTITY = 80;
export const INTERNET_OPTION_SUPPRESS_BEHAVIOR = 81;
export const INTERNET_OPTION_AUTODIAL_MODE = 82;
export const INTERNET_OPTION_AUTODIAL_CONNECTION = 83;
export const INTERNET_OPTION_CLIENT_CERT_CONTEXT = 84;
export const INTERNET_OPTION_AUTH_FLAGS = 85;
export const INTERNET_OPTION_COOKIES_3RD_PARTY = 86;
export const INTERNET_OPTION_DISABLE_PASSPORT_AUTH = 87;
export const INTERNET_OPTION_SEND_UTF8_SERVERNAME_TO_PROXY = 88;
export const INTERNET_OPTION_EXEMPT_CONNECTION_LIMIT = 89;
export const INTERNET_OPTION_ENABLE_PASSPORT_AUTH = 90;
export const INTERNET_OPTION_HIBERNATE_INACTIVE_WORKER_THREADS = 91;
export const INTERNET_OPTION_ACTIVATE_WORKER_THREADS = 92;
export const INTERNET_OPTION_RESTORE_WORKER_THREAD_DEFAULTS = 93;
export const INTERNET_OPTION_SOCKET_SEND_BUFFER_LENGTH = 94;
export const INTERNET_OPTION_PROXY_SETTINGS_CHANGED = 95;
export const INTERNET_OPTION_DATAFILE_EXT = 96;
export const INTERNET_OPTION_CODEPAGE_PATH = 100;
export const INTERNET_OPTION_CODEPAGE_EXTRA = 101;
export const INTERNET_OPTION_IDN = 102;
export const INTERNET_OPTION_MAX_CONNS_PER_PROXY = 103;
export const INTERNET_OPTION_SUPPRESS_SERVER_AUTH = 104;
export const INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT = 105;
export const INTERNET_OPTION_ENABLE_REDIRECT_CACHE_READ = 122;
export const INTERNET_OPTION_COMPRESSED_CONTENT_LENGTH = 147;
export const INTERNET_OPTION_ENABLE_HTTP_PROTOCOL = 148;
export const INTERNET_OPTION_HTTP_PROTOCOL_USED = 149;
export const INTERNET_OPTION_ENCODE_EXTRA = 155;
export const INTERNET_OPTION_HSTS = 157;
export const INTERNET_OPTION_ENTERPRISE_CONTEXT = 159;
export const INTERNET_OPTION_CONNECTION_FILTER = 162;
export const INTERNET_OPTION_REFERER_TOKEN_BINDING_HOSTNAME = 163;
export const INTERNET_OPTION_OPT_IN_WEAK_SIGNATURE = 176;
export const INTERNET_OPTION_TOKEN_BINDING_PUBLIC_KEY = 181;
export const INTERNET_OPTION_COOKIES_SAME_SITE_LEVEL = 187;

// INTERNET_REQFLAG_*

export const INTERNET_REQFLAG_FROM_CACHE = 1;
export const INTERNET_REQFLAG_ASYNC = 2;
export const INTERNET_REQFLAG_VIA_PROXY = 4;
export const INTERNET_REQFLAG_NO_HEADERS = 8;
export const INTERNET_REQFLAG_PASSIVE = 0x00000010;
export const INTERNET_REQFLAG_CACHE_WRITE_DISABLED = 0x00000040;
export const INTERNET_REQFLAG_NET_TIMEOUT = 0x00000080;

// INTERNET_ERROR_MASK_*

export const INTERNET_ERROR_MASK_INSERT_CDROM = 1;
export const INTERNET_ERROR_MASK_COMBINED_SEC_CERT = 2;
export const INTERNET_ERROR_MASK_NEED_MSN_SSPI_PKG = 4;
export const INTERNET_ERROR_MASK_LOGIN_FAILURE_DISPLAY_ENTITY_BODY = 8;

// INTERNET_PER_CONN_*

export const INTERNET_PER_CONN_FLAGS = 1;
export const INTERNET_PER_CONN_PROXY_SERVER = 2;
export const INTERNET_PER_CONN_PROXY_BYPASS = 3;
export const INTERNET_PER_CONN_AUTOCONFIG_URL = 4;
export const INTERNET_PER_CONN_AUTODISCOVERY_FLAGS = 5;
export const INTERNET_PER_CONN_AUTOCONFIG_SECONDARY_URL = 6;
export const INTERNET_PER_CONN_AUTOCONFIG_RELOAD_DELAY_MINS = 7;
export const INTERNET_PER_CONN_AUTOCONFIG_LAST_DETECT_TIME = 8;
export const INTERNET_PER_CONN_AUTOCONFIG_LAST_DETECT_URL = 9;
export const INTERNET_PER_CONN_FLAGS_UI = 0x0000000a;

// PROXY_TYPE_*

export const PROXY_TYPE_DIRECT = 1;
export const PROXY_TYPE_PROXY = 2;
export const PROXY_TYPE_AUTO_PROXY_URL = 4;
export const PROXY_TYPE_AUTO_DETECT = 8;

// AUTO_PROXY_FLAG_*

export const AUTO_PROXY_FLAG_USER_SET = 1;
export const AUTO_PROXY_FLAG_ALWAYS_DETECT = 2;
export const AUTO_PROXY_FLAG_DETECTION_RUN = 4;
export const AUTO_PROXY_FLAG_MIGRATED = 8;
export const AUTO_PROXY_FLAG_DONT_CACHE_PROXY_RESULT = 0x00000010;
export const AUTO_PROXY_FLAG_CACHE_INIT_RUN = 0x00000020;
export const AUTO_PROXY_FLAG_DETECTION_SUSPECT = 0x00000040;

// SECURITY_*

export const SECURITY_INTERNET_MASK = 0x0000f000;
export const SECURITY_IGNORE_ERROR_MASK = 0x00013180;
export const SECURITY_FLAG_SECURE = 1;
export const SECURITY_FLAG_STRENGTH_WEAK = 0x10000000;
export const SECURITY_FLAG_STRENGTH_MEDIUM = 0x40000000;
export const SECURITY_FLAG_STRENGTH_STRONG = 0x20000000;
export const SECURITY_FLAG_UNKNOWNBIT = 0x80000000;
export const SECURITY_FLAG_FORTEZZA = 0x08000000;
export const SECURITY_FLAG_NORMALBITNESS = 0x10000000;
export const SECURITY_FLAG_SSL = 2;
export const SECURITY_FLAG_SSL3 = 4;
export const SECURITY_FLAG_PCT = 8;
export const SECURITY_FLAG_PCT4 = 0x00000010;
export const SECURITY_FLAG_IETFSSL4 = 0x00000020;
export const SECURITY_FLAG_40BIT = 0x10000000;
export const SECURITY_FLAG_128BIT = 0x20000000;
export const SECURITY_FLAG_56BIT = 0x40000000;
export const SECURITY_FLAG_IGNORE_REVOCATION = 0x00000080;
export const SECURITY_FLAG_IGNORE_UNKNOWN_CA = 0x00000100;
export const SECURITY_FLAG_IGNORE_WRONG_USAGE = 0x00000200;
export const SECURITY_FLAG_IGNORE_WEAK_SIGNATURE = 0x00010000;
export const SECURITY_FLAG_IGNORE_CERT_CN_INVALID = 0x00001000;
export const SECURITY_FLAG_IGNORE_CERT_DATE_INVALID = 0x00002000;
export const SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTPS = 0x00004000;
export const SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTP = 0x00008000;
export const SECURITY_SET_MASK = 0x00003380;
export const SECURITY_FLAG_OPT_IN_WEAK_SIGNATURE = 0x00020000;

// AUTH_FLAG_*

export const AUTH_FLAG_DISABLE_NEGOTIATE = 1;
export const AUTH_FLAG_ENABLE_NEGOTIATE = 2;
export const AUTH_FLAG_DISABLE_BASIC_CLEARCHANNEL = 4;
export const AUTH_FLAG_DISABLE_SERVER_AUTH = 8;

// AUTODIAL_MODE_*

export const AUTODIAL_MODE_NEVER = 1;
export const AUTODIAL_MODE_ALWAYS = 2;
export const AUTODIAL_MODE_NO_NETWORK_PRESENT = 4;

// INTERNET_SUPPRESS_*

export const INTERNET_SUPPRESS_RESET_ALL = 0;
export const INTERNET_SUPPRESS_COOKIE_POLICY = 1;
export const INTERNET_SUPPRESS_COOKIE_POLICY_RESET = 2;
export const INTERNET_SUPPRESS_COOKIE_PERSIST = 3;
export const INTERNET_SUPPRESS_COOKIE_PERSIST_RESET = 4;

// HTTP_PROTOCOL_*

export const HTTP_PROTOCOL_FLAG_HTTP2 = 2;
export const HTTP_PROTOCOL_MASK = 2;

// HTTP_COOKIES_SAME_SITE_*

export const HTTP_COOKIES_SAME_SITE_LEVEL_UNKNOWN = 0;
export const HTTP_COOKIES_SAME_SITE_LEVEL_SAME_SITE = 1;
export const HTTP_COOKIES_SAME_SITE_LEVEL_CROSS_SITE_LAX = 2;
export const HTTP_COOKIES_SAME_SITE_LEVEL_CROSS_SITE = 3;
export const HTTP_COOKIES_SAME_SITE_LEVEL_MAX = 3;

// IDSI_FLAG_*

export const IDSI_FLAG_KEEP_ALIVE = 1;
export const IDSI_FLAG_SECURE = 2;
export const IDSI_FLAG_PROXY = 4;
export const IDSI_FLAG_TUNNEL = 8;

// INTERNET_KEEP_ALIVE_*

export const INTERNET_KEEP_ALIVE_UNKNOWN = 0xffffffff;
export const INTERNET_KEEP_ALIVE_ENABLED = 1;
export const INTERNET_KEEP_ALIVE_DISABLED = 0;

// Attributes of HttpQueryInfo

export const HTTP_QUERY_MIME_VERSION = 0;
export const HTTP_QUERY_CONTENT_TYPE = 1;
export const HTTP_QUERY_CONTENT_TRANSFER_ENCODING = 2;
export const HTTP_QUERY_CONTENT_ID = 3;
export const HTTP_QUERY_CONTENT_DESCRIPTION = 4;
export const HTTP_QUERY_CONTENT_LENGTH = 5;
export const HTTP_QUERY_CONTENT_LANGUAGE = 6;
export const HTTP_QUERY_ALLOW = 7;
export const HTTP_QUERY_PUBLIC = 8;
export const HTTP_QUERY_DATE = 9;
export const HTTP_QUERY_EXPIRES = 10;
export const HTTP_QUERY_LAST_MODIFIED = 11;
export const HTTP_QUERY_MESSAGE_ID = 12;
export const HTTP_QUERY_URI = 13;
export const HTTP_QUERY_DERIVED_FROM = 14;
export const HTTP_QUERY_COST = 15;
export const HTTP_QUERY_LINK = 16;
export const HTTP_QUERY_PRAGMA = 17;
export const HTTP_QUERY_VERSION = 18;
export const HTTP_QUERY_STATUS_CODE = 19;
export const HTTP_QUERY_STATUS_TEXT = 20;
export const HTTP_QUERY_RAW_HEADERS = 21;
export const HTTP_QUERY_RAW_HEADERS_CRLF = 22;
export const HTTP_QUERY_CONNECTION = 23;
export const HTTP_QUERY_ACCEPT = 24;
export const HTTP_QUERY_ACCEPT_CHARSET = 25;
export const HTTP_QUERY_ACCEPT_ENCODING = 26;
export const HTTP_QUERY_ACCEPT_LANGUAGE = 27;
export const HTTP_QUERY_AUTHORIZATION = 28;
export const HTTP_QUERY_CONTENT_ENCODING = 29;
export const HTTP_QUERY_FORWARDED = 30;
export const HTTP_QUERY_FROM = 31;
export const HTTP_QUERY_IF_MODIFIED_SINCE = 32;
export const HTTP_QUERY_LOCATION = 33;
export const HTTP_QUERY_ORIG_URI = 34;
export const HTTP_QUERY_REFERER = 35;
export const HTTP_QUERY_RETRY_AFTER = 36;
export const HTTP_QUERY_SERVER = 37;
export const HTTP_QUERY_TITLE = 38;
export const HTTP_QUERY_USER_AGENT = 39;
export const HTTP_QUERY_WWW_AUTHENTICATE = 40;
export const HTTP_QUERY_PROXY_AUTHENTICATE = 41;
export const HTTP_QUERY_ACCEPT_RANGES = 42;
export const HTTP_QUERY_SET_COOKIE = 43;
export const HTTP_QUERY_COOKIE = 44;
export const HTTP_QUERY_REQUEST_METHOD = 45;
export const HTTP_QUERY_REFRESH = 46;
export const HTTP_QUERY_CONTENT_DISPOSITION = 47;
export const HTTP_QUERY_AGE = 48;
export const HTTP_QUERY_CACHE_CONTROL = 49;
export const HTTP_QUERY_CONTENT_BASE = 50;
export const HTTP_QUERY_CONTENT_LOCATION = 51;
export const HTTP_QUERY_CONTENT_MD5 = 52;
export const HTTP_QUERY_CONTENT_RANGE = 53;
export const HTTP_QUERY_ETAG = 54;
export const HTTP_QUERY_HOST = 55;
export const HTTP_QUERY_IF_MATCH = 56;
export const HTTP_QUERY_IF_NONE_MATCH = 57;
export const HTTP_QUERY_IF_RANGE = 58;
export const HTTP_QUERY_IF_UNMODIFIED_SINCE = 59;
export const HTTP_QUERY_MAX_FORWARDS = 60;
export const HTTP_QUERY_PROXY_AUTHORIZATION = 61;
export const HTTP_QUERY_RANGE = 62;
export const HTTP_QUERY_TRANSFER_ENCODING = 63;
export const HTTP_QUERY_UPGRADE = 64;
export const HTTP_QUERY_VARY = 65;
export const HTTP_QUERY_VIA = 66;
export const HTTP_QUERY_WARNING = 67;
export const HTTP_QUERY_EXPECT = 68;
export const HTTP_QUERY_PROXY_CONNECTION = 69;
export const HTTP_QUERY_UNLESS_MODIFIED_SINCE = 70;
export const HTTP_QUERY_ECHO_REQUEST = 71;
export const HTTP_QUERY_ECHO_REPLY = 72;
export const HTTP_QUERY_ECHO_HEADERS = 73;
export const HTTP_QUERY_ECHO_HEADERS_CRLF = 74;
export const HTTP_QUERY_PROXY_SUPPORT = 75;
export const HTTP_QUERY_AUTHENTICATION_INFO = 76;
export const HTTP_QUERY_PASSPORT_URLS = 77;
export const HTTP_QUERY_PASSPORT_CONFIG = 78;
export const HTTP_QUERY_X_CONTENT_TYPE_OPTIONS = 79;
export const HTTP_QUERY_P3P = 80;
export const HTTP_QUERY_X_P2P_PEERDIST = 81;
export const HTTP_QUERY_TRANSLATE = 82;
export const HTTP_QUERY_X_UA_COMPATIBLE = 83;
export const HTTP_QUERY_DEFAULT_STYLE = 84;
export const HTTP_QUERY_X_FRAME_OPTIONS = 85;
export const HTTP_QUERY_X_XSS_PROTECTION = 86;
export const HTTP_QUERY_SET_COOKIE2 = 87;
export const HTTP_QUERY_DO_NOT_TRACK = 88;
export const HTTP_QUERY_KEEP_ALIVE = 89;
export const HTTP_QUERY_HTTP2_SETTINGS = 90;
export const HTTP_QUERY_STRICT_TRANSPORT_SECURITY = 91;
export const HTTP_QUERY_TOKEN_BINDING = 92;
export const HTTP_QUERY_INCLUDE_REFERRED_TOKEN_BINDING_ID = 93;
export const HTTP_QUERY_INCLUDE_REFERER_TOKEN_BINDING_ID = 93;
export const HTTP_QUERY_PUBLIC_KEY_PINS = 94;
export const HTTP_QUERY_PUBLIC_KEY_PINS_REPORT_ONLY = 95;
export const HTTP_QUERY_CUSTOM = 65535;

// Modifiers of HttpQueryInfo

/** Look in the request headers instead of the response. */
export const HTTP_QUERY_FLAG_REQUEST_HEADERS = 0x80000000;
/** Parse a date header into SYSTEMTIME (16 bytes). */
export const HTTP_QUERY_FLAG_SYSTEMTIME = 0x40000000;
/** Return a 32-bit number. */
export const HTTP_QUERY_FLAG_NUMBER = 0x20000000;
/** Join repeated headers. */
export const HTTP_QUERY_FLAG_COALESCE = 0x10000000;
/** Return a 64-bit number. */
export const HTTP_QUERY_FLAG_NUMBER64 = 0x08000000;
/** Join repeated headers with commas. */
export const HTTP_QUERY_FLAG_COALESCE_WITH_COMMA = 0x04000000;

/** The bits of dwInfoLevel that carry modifiers. */
export const HTTP_QUERY_MODIFIER_FLAGS_MASK = 0xfc000000;
/** The bits of dwInfoLevel that carry the attribute. */
export const HTTP_QUERY_HEADER_MASK = 0x03ffffff;

// HTTP status codes

export const HTTP_STATUS_CONTINUE = 100;
export const HTTP_STATUS_SWITCH_PROTOCOLS = 101;
export const HTTP_STATUS_OK = 200;
export const HTTP_STATUS_CREATED = 201;
export const HTTP_STATUS_ACCEPTED = 202;
export const HTTP_STATUS_PARTIAL = 203;
export const HTTP_STATUS_NO_CONTENT = 204;
export const HTTP_STATUS_RESET_CONTENT = 205;
export const HTTP_STATUS_PARTIAL_CONTENT = 206;
export const HTTP_STATUS_AMBIGUOUS = 300;
export const HTTP_STATUS_MOVED = 301;
export const HTTP_STATUS_REDIRECT = 302;
export const HTTP_STATUS_REDIRECT_METHOD = 303;
export const HTTP_STATUS_NOT_MODIFIED = 304;
export const HTTP_STATUS_USE_PROXY = 305;
export const HTTP_STATUS_REDIRECT_KEEP_VERB = 307;
export const HTTP_STATUS_PERMANENT_REDIRECT = 308;
export const HTTP_STATUS_BAD_REQUEST = 400;
export const HTTP_STATUS_DENIED = 401;
export const HTTP_STATUS_PAYMENT_REQ = 402;
export const HTTP_STATUS_FORBIDDEN = 403;
export const HTTP_STATUS_NOT_FOUND = 404;
export const HTTP_STATUS_BAD_METHOD = 405;
export const HTTP_STATUS_NONE_ACCEPTABLE = 406;
export const HTTP_STATUS_PROXY_AUTH_REQ = 407;
export const HTTP_STATUS_REQUEST_TIMEOUT = 408;
export const HTTP_STATUS_CONFLICT = 409;
export const HTTP_STATUS_GONE = 410;
export const HTTP_STATUS_LENGTH_REQUIRED = 411;
export const HTTP_STATUS_PRECOND_FAILED = 412;
export const HTTP_STATUS_REQUEST_TOO_LARGE = 413;
export const HTTP_STATUS_URI_TOO_LONG = 414;
export const HTTP_STATUS_UNSUPPORTED_MEDIA = 415;
export const HTTP_STATUS_MISDIRECTED_REQUEST = 421;
export const HTTP_STATUS_RETRY_WITH = 449;
export const HTTP_STATUS_SERVER_ERROR = 500;
export const HTTP_STATUS_NOT_SUPPORTED = 501;
export const HTTP_STATUS_BAD_GATEWAY = 502;
export const HTTP_STATUS_SERVICE_UNAVAIL = 503;
export const HTTP_STATUS_GATEWAY_TIMEOUT = 504;
export const HTTP_STATUS_VERSION_NOT_SUP = 505;
export const HTTP_STATUS_FIRST = 100;
export const HTTP_STATUS_LAST = 505;

// HttpAddRequestHeaders

/** Low half: header index. */
export const HTTP_ADDREQ_INDEX_MASK = 0x0000ffff;
/** High half: flags. */
export const HTTP_ADDREQ_FLAGS_MASK = 0xffff0000;
/** Add only when absent, else error 12155. */
export const HTTP_ADDREQ_FLAG_ADD_IF_NEW = 0x10000000;
/** Add when absent; companion of REPLACE. */
export const HTTP_ADDREQ_FLAG_ADD = 0x20000000;
/** Append to first match with comma. */
export const HTTP_ADDREQ_FLAG_COALESCE_WITH_COMMA = 0x40000000;
/** Append to first match with semicolon. */
export const HTTP_ADDREQ_FLAG_COALESCE_WITH_SEMICOLON = 0x01000000;
/** Alias of COALESCE_WITH_COMMA. */
export const HTTP_ADDREQ_FLAG_COALESCE = 0x40000000;
/** Replace value, or remove when value is empty; one header per call. */
export const HTTP_ADDREQ_FLAG_REPLACE = 0x80000000;

// FTP transfer types

/** Treated as binary. */
export const FTP_TRANSFER_TYPE_UNKNOWN = 0;
/** Type A, line ends and control characters converted. */
export const FTP_TRANSFER_TYPE_ASCII = 1;
/** Type I, bytes unchanged (default). */
export const FTP_TRANSFER_TYPE_BINARY = 2;
/** Both bits. */
export const FTP_TRANSFER_TYPE_MASK = 3;

// URL schemes

export const INTERNET_SCHEME_PARTIAL = -2;
export const INTERNET_SCHEME_UNKNOWN = -1;
export const INTERNET_SCHEME_DEFAULT = 0;
export const INTERNET_SCHEME_FTP = 1;
export const INTERNET_SCHEME_GOPHER = 2;
export const INTERNET_SCHEME_HTTP = 3;
export const INTERNET_SCHEME_HTTPS = 4;
export const INTERNET_SCHEME_FILE = 5;
export const INTERNET_SCHEME_NEWS = 6;
export const INTERNET_SCHEME_MAILTO = 7;
export const INTERNET_SCHEME_SOCKS = 8;
export const INTERNET_SCHEME_JAVASCRIPT = 9;
export const INTERNET_SCHEME_VBSCRIPT = 10;
export const INTERNET_SCHEME_RES = 11;

// InternetCrackUrl, InternetCreateUrl, InternetCanonicalizeUrl, InternetCombineUrl

/** Crack: unescape; create: escape path and extra info. */
export const ICU_ESCAPE = 0x80000000;
/** Obsolete, ignored. */
export const ICU_USERNAME = 0x40000000;
/** Leave unsafe characters as they are. */
export const ICU_NO_ENCODE = 0x20000000;
/** Decode %XX before parsing. */
export const ICU_DECODE = 0x10000000;
/** Keep . and .. segments. */
export const ICU_NO_META = 0x08000000;
/** Encode spaces only. */
export const ICU_ENCODE_SPACES_ONLY = 0x04000000;
/** Leave text after # or ? alone, keep trailing blanks after ?. */
export const ICU_BROWSER_MODE = 0x02000000;
/** Encode % signs too. */
export const ICU_ENCODE_PERCENT = 0x00001000;

// Gopher item types

export const GOPHER_TYPE_TEXT_FILE = 1;
export const GOPHER_TYPE_DIRECTORY = 2;
export const GOPHER_TYPE_CSO = 4;
export const GOPHER_TYPE_ERROR = 8;
export const GOPHER_TYPE_MAC_BINHEX = 0x00000010;
export const GOPHER_TYPE_DOS_ARCHIVE = 0x00000020;
export const GOPHER_TYPE_UNIX_UUENCODED = 0x00000040;
export const GOPHER_TYPE_INDEX_SERVER = 0x00000080;
export const GOPHER_TYPE_TELNET = 0x00000100;
export const GOPHER_TYPE_BINARY = 0x00000200;
export const GOPHER_TYPE_REDUNDANT = 0x00000400;
export const GOPHER_TYPE_TN3270 = 0x00000800;
export const GOPHER_TYPE_GIF = 0x00001000;
export const GOPHER_TYPE_IMAGE = 0x00002000;
export const GOPHER_TYPE_BITMAP = 0x00004000;
export const GOPHER_TYPE_MOVIE = 0x00008000;
export const GOPHER_TYPE_SOUND = 0x00010000;
export const GOPHER_TYPE_HTML = 0x00020000;
export const GOPHER_TYPE_PDF = 0x00040000;
export const GOPHER_TYPE_CALENDAR = 0x00080000;
export const GOPHER_TYPE_INLINE = 0x00100000;
export const GOPHER_TYPE_UNKNOWN = 0x20000000;
export const GOPHER_TYPE_ASK = 0x40000000;
export const GOPHER_TYPE_GOPHER_PLUS = 0x80000000;

// Gopher limits

export const MAX_GOPHER_DISPLAY_TEXT = 128;
export const MAX_GOPHER_SELECTOR_TEXT = 256;
export const MAX_GOPHER_HOST_NAME = 256;
export const MAX_GOPHER_LOCATOR_LENGTH = 653;
export const MAX_GOPHER_CATEGORY_NAME = 128;
export const MAX_GOPHER_ATTRIBUTE_NAME = 128;
export const MIN_GOPHER_ATTRIBUTE_LENGTH = 256;

// Gopher+ attribute ids

export const GOPHER_CATEGORY_ID_ALL = 0xabcccc01;
export const GOPHER_CATEGORY_ID_INFO = 0xabcccc02;
export const GOPHER_CATEGORY_ID_ADMIN = 0xabcccc03;
export const GOPHER_CATEGORY_ID_VIEWS = 0xabcccc04;
export const GOPHER_CATEGORY_ID_ABSTRACT = 0xabcccc05;
export const GOPHER_CATEGORY_ID_VERONICA = 0xabcccc06;
export const GOPHER_CATEGORY_ID_ASK = 0xabcccc07;
export const GOPHER_CATEGORY_ID_UNKNOWN = 0xabcccc08;
export const GOPHER_ATTRIBUTE_ID_BASE = 0xabcccc00;
export const GOPHER_ATTRIBUTE_ID_ALL = 0xabcccc09;
export const GOPHER_ATTRIBUTE_ID_ADMIN = 0xabcccc0a;
export const GOPHER_ATTRIBUTE_ID_MOD_DATE = 0xabcccc0b;
export const GOPHER_ATTRIBUTE_ID_TTL = 0xabcccc0c;
export const GOPHER_ATTRIBUTE_ID_SCORE = 0xabcccc0d;
export const GOPHER_ATTRIBUTE_ID_RANGE = 0xabcccc0e;
export const GOPHER_ATTRIBUTE_ID_SITE = 0xabcccc0f;
export const GOPHER_ATTRIBUTE_ID_ORG = 0xabcccc10;
export const GOPHER_ATTRIBUTE_ID_LOCATION = 0xabcccc11;
export const GOPHER_ATTRIBUTE_ID_GEOG = 0xabcccc12;
export const GOPHER_ATTRIBUTE_ID_TIMEZONE = 0xabcccc13;
export const GOPHER_ATTRIBUTE_ID_PROVIDER = 0xabcccc14;
export const GOPHER_ATTRIBUTE_ID_VERSION = 0xabcccc15;
export const GOPHER_ATTRIBUTE_ID_ABSTRACT = 0xabcccc16;
export const GOPHER_ATTRIBUTE_ID_VIEW = 0xabcccc17;
export const GOPHER_ATTRIBUTE_ID_TREEWALK = 0xabcccc18;
export const GOPHER_ATTRIBUTE_ID_UNKNOWN = 0xabcccc19;

// Cookie flags

export const INTERNET_COOKIE_IS_SECURE = 1;
export const INTERNET_COOKIE_IS_SESSION = 2;
export const INTERNET_COOKIE_THIRD_PARTY = 0x00000010;
export const INTERNET_COOKIE_PROMPT_REQUIRED = 0x00000020;
export const INTERNET_COOKIE_EVALUATE_P3P = 0x00000040;
export const INTERNET_COOKIE_APPLY_P3P = 0x00000080;
export const INTERNET_COOKIE_P3P_ENABLED = 0x00000100;
export const INTERNET_COOKIE_IS_RESTRICTED = 0x00000200;
export const INTERNET_COOKIE_IE6 = 0x00000400;
export const INTERNET_COOKIE_IS_LEGACY = 0x00000800;
export const INTERNET_COOKIE_NON_SCRIPT = 0x00001000;
export const INTERNET_COOKIE_HTTPONLY = 0x00002000;
export const INTERNET_COOKIE_HOST_ONLY = 0x00004000;
export const INTERNET_COOKIE_APPLY_HOST_ONLY = 0x00008000;
export const INTERNET_COOKIE_HOST_ONLY_APPLIED = 0x00080000;
export const INTERNET_COOKIE_SAME_SITE_STRICT = 0x00100000;
export const INTERNET_COOKIE_SAME_SITE_LAX = 0x00200000;
export const INTERNET_COOKIE_SAME_SITE_LEVEL_CROSS_SITE = 0x00400000;

// Results of InternetSetCookieEx

export const COOKIE_STATE_UNKNOWN = 0;
export const COOKIE_STATE_ACCEPT = 1;
export const COOKIE_STATE_PROMPT = 2;
export const COOKIE_STATE_LEASH = 3;
export const COOKIE_STATE_DOWNGRADE = 4;
export const COOKIE_STATE_REJECT = 5;

// InternetErrorDlg

export const FLAGS_ERROR_UI_FILTER_FOR_ERRORS = 1;
export const FLAGS_ERROR_UI_FLAGS_CHANGE_OPTIONS = 2;
export const FLAGS_ERROR_UI_FLAGS_GENERATE_DATA = 4;
export const FLAGS_ERROR_UI_FLAGS_NO_UI = 8;
export const FLAGS_ERROR_UI_SERIALIZE_DIALOGS = 0x00000010;

// InternetGetConnectedState

export const INTERNET_CONNECTION_MODEM = 1;
export const INTERNET_CONNECTION_LAN = 2;
export const INTERNET_CONNECTION_PROXY = 4;
export const INTERNET_CONNECTION_MODEM_BUSY = 8;
export const INTERNET_CONNECTION_OFFLINE = 0x00000020;
export const INTERNET_CONNECTION_CONFIGURED = 0x00000040;
export const INTERNET_RAS_INSTALLED = 0x00000010;

// INTERNET_CONNECTED_INFO

export const ISO_FORCE_DISCONNECTED = 1;
export const ISO_GLOBAL = 1;
export const ISO_REGISTRY = 2;
export const ISO_VALID_FLAGS = 3;

// Limits

export const INTERNET_MAX_HOST_NAME_LENGTH = 256;
export const INTERNET_MAX_USER_NAME_LENGTH = 128;
export const INTERNET_MAX_PASSWORD_LENGTH = 128;
export const INTERNET_MAX_PORT_NUMBER_LENGTH = 5;
export const INTERNET_MAX_PORT_NUMBER_VALUE = 65535;
export const INTERNET_MAX_PATH_LENGTH = 2048;
export const INTERNET_MAX_SCHEME_LENGTH = 32;
export const INTERNET_RFC1123_FORMAT = 0;
export const INTERNET_RFC1123_BUFSIZE = 30;
export const INTERNET_MAX_URL_LENGTH = 2084;
export const MAX_PATH = 260;

// From winbase.h and winnt.h

/** No time-out. */
export const INFINITE = 0xffffffff;

export const FLAG_ICC_FORCE_CONNECTION = 1;
export const FILE_BEGIN = 0;
export const FILE_CURRENT = 1;
export const FILE_END = 2;
export const INVALID_SET_FILE_POINTER = 0xffffffff;
export const GENERIC_READ = 0x80000000;
export const GENERIC_WRITE = 0x40000000;
export const FILE_ATTRIBUTE_DIRECTORY = 16;
export const FILE_ATTRIBUTE_NORMAL = 128;
export const FILE_ATTRIBUTE_READONLY = 1;
export const INTERNET_PRIORITY_FOREGROUND = 1000;
export const HTTP_MAJOR_VERSION = 1;
export const HTTP_MINOR_VERSION = 0;

// Sentinels of InternetSetStatusCallback
/** Passed and returned for "no callback". */
export const INTERNET_NO_CALLBACK = null;
