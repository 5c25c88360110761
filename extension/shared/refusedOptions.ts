import * as constants from './constants.ts';
import type { RaisedSymbol } from './errorCodes.ts';

/** Options of the header that the engine refuses, for every handle and for NULL, each with its reason. */

/** Why an option is refused, in one sentence, and with which error. */
export interface RefusedOption {
  readonly symbol: RaisedSymbol;
  readonly reason: string;
}

const UNIMPLEMENTED = 'The page of options calls it not implemented in the original.';
const UNDOCUMENTED = 'No page says what it is; only the header of the original names it.';
const DIAL = 'Nothing is dialled here: the network is there or it is not.';
const THREADS = 'It steers threads of the original; Node has none to be steered.';

/** By number; INTERNET_OPTION_* that are here are not in OPTIONS. */
export const REFUSED_OPTIONS: ReadonlyMap<number, RefusedOption> = new Map([
  refused(constants.INTERNET_OPTION_CONNECT_BACKOFF, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_LISTEN_TIMEOUT, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_ASYNC_ID, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_ASYNC_PRIORITY, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_KEEP_CONNECTION, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_OFFLINE_MODE, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_CACHE_STREAM_HANDLE, 'The page of options calls it retired.'),
  refused(constants.INTERNET_OPTION_ASYNC, UNIMPLEMENTED),
  refused(
    constants.INTERNET_OPTION_CONNECT_LIMIT,
    `${UNDOCUMENTED} INTERNET_OPTION_MAX_CONNS_PER_SERVER limits connections.`,
  ),
  refused(
    constants.INTERNET_OPTION_SECURITY_SELECT_CLIENT_CERT,
    `${UNDOCUMENTED} Set INTERNET_OPTION_CLIENT_CERT_CONTEXT, or let InternetErrorDlg ask.`,
  ),
  // Recorded with this error.
  refused(constants.INTERNET_OPTION_POLICY, UNIMPLEMENTED, 'ERROR_INVALID_PARAMETER'),
  refused(constants.INTERNET_OPTION_DISCONNECTED_TIMEOUT, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_IDLE_STATE, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_OFFLINE_SEMANTICS, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_CALLBACK_FILTER, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_CONNECT_TIME, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_SEND_THROUGHPUT, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_RECEIVE_THROUGHPUT, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_DISABLE_AUTODIAL, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_IDENTITY, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_REMOVE_IDENTITY, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_ALTER_IDENTITY, UNIMPLEMENTED),
  refused(constants.INTERNET_OPTION_AUTODIAL_MODE, DIAL),
  refused(constants.INTERNET_OPTION_AUTODIAL_CONNECTION, DIAL),
  refused(
    constants.INTERNET_OPTION_AUTH_FLAGS,
    `${UNDOCUMENTED} INTERNET_OPTION_SUPPRESS_SERVER_AUTH keeps credentials back.`,
  ),
  refused(constants.INTERNET_OPTION_COOKIES_3RD_PARTY, UNDOCUMENTED),
  refused(constants.INTERNET_OPTION_SEND_UTF8_SERVERNAME_TO_PROXY, UNDOCUMENTED),
  refused(constants.INTERNET_OPTION_EXEMPT_CONNECTION_LIMIT, UNDOCUMENTED),
  refused(
    constants.INTERNET_OPTION_ENABLE_PASSPORT_AUTH,
    'Passport, which it is about, was never offered here, and its servers are gone.',
  ),
  refused(constants.INTERNET_OPTION_HIBERNATE_INACTIVE_WORKER_THREADS, THREADS),
  refused(constants.INTERNET_OPTION_ACTIVATE_WORKER_THREADS, THREADS),
  refused(constants.INTERNET_OPTION_RESTORE_WORKER_THREAD_DEFAULTS, THREADS),
  refused(
    constants.INTERNET_OPTION_SOCKET_SEND_BUFFER_LENGTH,
    'Node does not let a program set the buffers of its sockets.',
  ),
  refused(constants.INTERNET_OPTION_CONNECTION_FILTER, UNDOCUMENTED),
  refused(constants.INTERNET_OPTION_REFERER_TOKEN_BINDING_HOSTNAME, 'Tokens are not bound to connections here.'),
  refused(constants.INTERNET_OPTION_TOKEN_BINDING_PUBLIC_KEY, 'Tokens are not bound to connections here.'),
  refused(
    constants.INTERNET_OPTION_COOKIES_SAME_SITE_LEVEL,
    'A request has no site here that a cookie could belong to.',
  ),
]);

function refused(
  option: number,
  reason: string,
  symbol: RaisedSymbol = 'ERROR_INTERNET_INVALID_OPTION',
): readonly [number, RefusedOption] {
  return [option, { symbol, reason }];
}
