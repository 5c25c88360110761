import type { RaisedSymbol } from '../shared/errorCodes.ts';

interface CauseRow {
  /** `code` of a native error, or what a protocol's server did, prefixed with the protocol's name. */
  readonly cause: string;
  readonly symbol: RaisedSymbol;
  /** Why this symbol: what the cause means to the caller of WinINet. */
  readonly reason: string;
  /** Winsock's number of it, if a socket or the resolver failed. */
  readonly winsock?: number;
}

/** Which native cause becomes which WinINet error. A cause occurs once. */
export const CAUSES = [
  // Looking up the host
  {
    cause: 'ENOTFOUND',
    symbol: 'ERROR_INTERNET_NAME_NOT_RESOLVED',
    reason: 'The resolver knows no such host.',
    winsock: 11001,
  },
  {
    cause: 'EAI_AGAIN',
    symbol: 'ERROR_INTERNET_NAME_NOT_RESOLVED',
    reason: 'The resolver did not answer.',
    winsock: 11002,
  },
  {
    cause: 'EAI_FAIL',
    symbol: 'ERROR_INTERNET_NAME_NOT_RESOLVED',
    reason: 'The resolver failed for good.',
    winsock: 11003,
  },
  {
    cause: 'EAI_NODATA',
    symbol: 'ERROR_INTERNET_NAME_NOT_RESOLVED',
    reason: 'The host exists without an address.',
    winsock: 11004,
  },
  // Opening a connection
  {
    cause: 'ECONNREFUSED',
    symbol: 'ERROR_INTERNET_CANNOT_CONNECT',
    reason: 'Nothing listens on that port.',
    winsock: 10061,
  },
  {
    cause: 'EHOSTUNREACH',
    symbol: 'ERROR_INTERNET_CANNOT_CONNECT',
    reason: 'No route leads to the host.',
    winsock: 10065,
  },
  {
    cause: 'ENETUNREACH',
    symbol: 'ERROR_INTERNET_CANNOT_CONNECT',
    reason: 'No route leads to the network.',
    winsock: 10051,
  },
  {
    cause: 'EADDRNOTAVAIL',
    symbol: 'ERROR_INTERNET_CANNOT_CONNECT',
    reason: 'No local address reaches the host.',
    winsock: 10049,
  },
  {
    cause: 'EADDRINUSE',
    symbol: 'ERROR_INTERNET_SOURCE_PORT_IN_USE',
    reason: 'No local port is free: the page of FtpOpenFile gives the number 12058.',
    winsock: 10048,
  },
  {
    cause: 'EACCES',
    symbol: 'ERROR_INTERNET_CANNOT_CONNECT',
    reason: 'A firewall or the system forbids the connection.',
    winsock: 10013,
  },
  {
    cause: 'EPERM',
    symbol: 'ERROR_INTERNET_CANNOT_CONNECT',
    reason: 'A firewall or the system forbids the connection.',
    winsock: 10013,
  },
  {
    cause: 'ETIMEDOUT',
    symbol: 'ERROR_INTERNET_TIMEOUT',
    reason: 'The system gave up waiting for the peer.',
    winsock: 10060,
  },
  // Losing a connection
  {
    cause: 'ECONNRESET',
    symbol: 'ERROR_INTERNET_CONNECTION_RESET',
    reason: 'The peer reset the connection.',
    winsock: 10054,
  },
  {
    cause: 'EPIPE',
    symbol: 'ERROR_INTERNET_CONNECTION_RESET',
    reason: 'The peer has stopped reading.',
    winsock: 10054,
  },
  {
    cause: 'ECONNABORTED',
    symbol: 'ERROR_INTERNET_CONNECTION_ABORTED',
    reason: 'The local system ended the connection.',
    winsock: 10053,
  },
  { cause: 'ABORT_ERR', symbol: 'ERROR_INTERNET_OPERATION_CANCELLED', reason: 'The caller closed the handle.' },
  // What an FTP server did
  {
    cause: 'ftp: reply 421',
    symbol: 'ERROR_FTP_DROPPED',
    reason: 'RFC 959: the service closes the control connection.',
  },
  { cause: 'ftp: control connection ended', symbol: 'ERROR_FTP_DROPPED', reason: 'The session is gone with it.' },
  {
    cause: 'ftp: no answer in time',
    symbol: 'ERROR_INTERNET_TIMEOUT',
    reason: 'A time-out option of the handle has elapsed.',
  },
  {
    cause: 'ftp: logon refused',
    symbol: 'ERROR_INTERNET_LOGIN_FAILURE',
    reason: 'The recorded answer to 530 after PASS.',
  },
  {
    cause: 'ftp: passive mode refused',
    symbol: 'ERROR_INTERNET_EXTENDED_ERROR',
    reason: 'The recorded answer to 502 after PASV, against the error table, which has ERROR_FTP_NO_PASSIVE_MODE.',
  },
  {
    cause: 'ftp: transfer not confirmed',
    symbol: 'ERROR_INTERNET_CONNECTION_ABORTED',
    reason: 'The recorded answer of FtpGetFile to 426: what has arrived may be a part only.',
  },
  {
    cause: 'ftp: negative reply',
    symbol: 'ERROR_INTERNET_EXTENDED_ERROR',
    reason: 'The server says why in InternetGetLastResponseInfo.',
  },
  {
    cause: 'ftp: done without data',
    symbol: 'ERROR_INTERNET_EXTENDED_ERROR',
    reason: 'The reply, for InternetGetLastResponseInfo, is all that there is to such a command.',
  },
  {
    cause: 'ftp: reply not understood',
    symbol: 'ERROR_INTERNET_EXTENDED_ERROR',
    reason: 'The reply is kept for InternetGetLastResponseInfo, to be judged there.',
  },
  {
    cause: 'ftp: size of no file',
    symbol: 'ERROR_INTERNET_INVALID_OPERATION',
    reason: 'The answer to a command of the caller is no file, so SIZE has no name to ask for.',
  },
  {
    cause: 'ftp: listing too long',
    symbol: 'ERROR_NOT_ENOUGH_MEMORY',
    reason: 'A listing beyond the limit is refused whole: a cut one would hide files.',
  },
  {
    cause: 'ftp: control character in a command',
    symbol: 'ERROR_INVALID_PARAMETER',
    reason: 'A line end would smuggle in a second command; other control characters have no place in one.',
  },
  // What an HTTP server did
  {
    cause: 'http: closed without an answer',
    symbol: 'ERROR_HTTP_INVALID_SERVER_RESPONSE',
    reason: 'Asserted on Windows: a connection that ends before the head is an answer that cannot be parsed.',
  },
  {
    cause: 'http: answer not understood',
    symbol: 'ERROR_HTTP_INVALID_SERVER_RESPONSE',
    reason: 'The status line, the framing or a chunk size is not HTTP.',
  },
  {
    cause: 'http: head too long',
    symbol: 'ERROR_HTTP_INVALID_SERVER_RESPONSE',
    reason: 'A head beyond the limit is refused to protect memory.',
  },
  { cause: 'http: body cut short', symbol: 'ERROR_INTERNET_CONNECTION_ABORTED', reason: 'The rest will never come.' },
  {
    cause: 'http: time-out elapsed',
    symbol: 'ERROR_INTERNET_TIMEOUT',
    reason: 'A time-out option of the handle has elapsed.',
  },
  {
    cause: 'http: request body of another size',
    symbol: 'ERROR_INVALID_PARAMETER',
    reason: 'What followed would be read as part of the next request.',
  },
  { cause: 'http: given up', symbol: 'ERROR_INTERNET_OPERATION_CANCELLED', reason: 'The caller closed the handle.' },
  // What a Gopher server did
  {
    cause: 'gopher: answer not understood',
    symbol: 'ERROR_GOPHER_PROTOCOL_ERROR',
    reason: 'No line of it is an item, or one has no end.',
  },
  {
    cause: 'gopher: answer cut short',
    symbol: 'ERROR_GOPHER_DATA_ERROR',
    reason: 'It ends inside a line, or before the length that was announced.',
  },
  {
    cause: 'gopher: answer too long',
    symbol: 'ERROR_GOPHER_DATA_ERROR',
    reason: 'A menu beyond the limit is refused whole: it may have no end, and a cut one would hide items.',
  },
  {
    cause: 'gopher: closed without an answer',
    symbol: 'ERROR_GOPHER_END_OF_DATA',
    reason: 'The end of the data came before any of it.',
  },
  {
    cause: 'gopher: request refused',
    symbol: 'ERROR_INTERNET_EXTENDED_ERROR',
    reason: 'The server says why in InternetGetLastResponseInfo.',
  },
  {
    cause: 'gopher: no Gopher+',
    symbol: 'ERROR_GOPHER_NOT_GOPHER_PLUS',
    reason: 'Answers of Gopher+ begin with a plus or a minus.',
  },
  {
    cause: 'gopher: no answer in time',
    symbol: 'ERROR_INTERNET_TIMEOUT',
    reason: 'A time-out option of the handle has elapsed.',
  },
  {
    cause: 'gopher: control character in a request',
    symbol: 'ERROR_INVALID_PARAMETER',
    reason: 'A line end would end the request early; other control characters mean something to other servers only.',
  },
  // What TLS found
  { cause: 'tls: unknown authority', symbol: 'ERROR_INTERNET_INVALID_CA', reason: 'No trusted root signed the chain.' },
  {
    cause: 'tls: wrong name',
    symbol: 'ERROR_INTERNET_SEC_CERT_CN_INVALID',
    reason: 'RFC 9110 4.3.4: the certificate names others.',
  },
  {
    cause: 'tls: wrong date',
    symbol: 'ERROR_INTERNET_SEC_CERT_DATE_INVALID',
    reason: 'It has expired, or is not valid yet.',
  },
  {
    cause: 'tls: wrong usage',
    symbol: 'ERROR_INTERNET_SEC_INVALID_CERT',
    reason: 'RFC 5280 4.2.1.12: it was issued for another purpose than that of a server.',
  },
  {
    cause: 'tls: weak certificate',
    symbol: 'ERROR_INTERNET_SEC_CERT_WEAK_SIGNATURE',
    reason: 'Its key is too short, or it is signed with an outdated hash, as OpenSSL has found.',
  },
  {
    cause: 'tls: revocation unknown',
    symbol: 'ERROR_INTERNET_SEC_CERT_REV_FAILED',
    reason: 'Lists were handed in, but none that is current of its authority.',
  },
  { cause: 'tls: revoked', symbol: 'ERROR_INTERNET_SEC_CERT_REVOKED', reason: 'The authority has withdrawn it.' },
  {
    cause: 'tls: client certificate demanded',
    symbol: 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED',
    reason: 'It is asked for in the handshake (RFC 8446 4.3.2), and nobody has said which one to present, or none.',
  },
  {
    cause: 'tls: client certificate refused',
    symbol: 'ERROR_INTERNET_SECURITY_CHANNEL_ERROR',
    reason:
      'An alert ends the handshake, and WinINet has no error of its own for a certificate that was presented in vain.',
  },
  {
    cause: 'tls: handshake failed',
    symbol: 'ERROR_INTERNET_SECURITY_CHANNEL_ERROR',
    reason: 'The peer does not speak TLS, or no version and cipher in common.',
  },
] as const satisfies readonly CauseRow[];

/** A cause that the table knows. */
export type Cause = (typeof CAUSES)[number]['cause'];

const symbols = new Map<string, RaisedSymbol>(CAUSES.map((row) => [row.cause, row.symbol]));

/** The WinINet error of a cause. */
export function symbolOfCause(cause: Cause): RaisedSymbol {
  return symbols.get(cause) ?? 'ERROR_INTERNET_INTERNAL_ERROR';
}

const winsock = new Map<string, number>(
  CAUSES.flatMap((row: CauseRow) => (row.winsock === undefined ? [] : [[row.cause, row.winsock] as const])),
);

/** Winsock's number of a cause; undefined where neither a socket nor the resolver failed. */
export function socketErrorOfCause(cause: Cause): number | undefined {
  return winsock.get(cause);
}

/** The cause that a native error names in its `code`; undefined when the table does not know it. A lookup always does. */
export function causeOfError(error: unknown): Cause | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const { code } = error;
  const known = CAUSES.find((row) => row.cause === code)?.cause;
  // The resolver calls a name that is no name at all EINVAL, among others.
  return known ?? ('syscall' in error && error.syscall === 'getaddrinfo' ? 'ENOTFOUND' : undefined);
}
