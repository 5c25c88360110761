import { DriverFailure } from '../wininet/ports/driver.ts';
import { type Cause, causeOfError, socketErrorOfCause, symbolOfCause } from './causeMap.ts';

/** The server that a failure is about. */
export interface FtpServer {
  readonly host: string;
  readonly port: number;
}

const advice = {
  ENOTFOUND: 'check the spelling of the host name, and DNS or VPN',
  EAI_AGAIN: 'check DNS or VPN and try again',
  EAI_FAIL: 'check the spelling of the host name, and DNS or VPN',
  EAI_NODATA: 'check the spelling of the host name, and DNS or VPN',
  ECONNREFUSED: 'check the port, and whether the server is running',
  EHOSTUNREACH: 'check the network, VPN and firewall',
  ENETUNREACH: 'check the network, VPN and firewall',
  EADDRNOTAVAIL: 'check the network interfaces',
  EADDRINUSE: 'close connections, or connect with INTERNET_FLAG_PASSIVE',
  EACCES: 'check the firewall',
  EPERM: 'check the firewall',
  ETIMEDOUT: 'check host, port and firewall',
  ECONNRESET: 'connect again',
  EPIPE: 'connect again',
  ECONNABORTED: 'connect again',
  ABORT_ERR: 'call again when the answer is wanted',
  'ftp: reply 421': 'connect again later',
  'ftp: control connection ended': 'connect again',
  'ftp: no answer in time': 'raise the time-out option, or check whether the server is alive',
  'ftp: logon refused': 'check user name and password',
  'ftp: passive mode refused': 'connect without INTERNET_FLAG_PASSIVE',
  'ftp: transfer not confirmed': 'transfer the file again',
  'ftp: negative reply': 'change the request as the server says',
  'ftp: done without data': 'read its reply with InternetGetLastResponseInfo, and expect no data of this command',
  'ftp: reply not understood': 'check that the server speaks FTP',
  'ftp: size of no file': 'read to the end and count',
  'ftp: listing too long': 'list a smaller folder or use a mask',
  'ftp: control character in a command': 'remove control characters from names, user and password',
} as const satisfies Partial<Record<Cause, string>>;

/** A cause that an FTP session can meet. */
export type FtpCause = keyof typeof advice;

/**
 * Makes the failure of a cause; its message is one sentence that names host and port and what to try.
 *
 * @param what what happened, as a predicate of the server: `refused the connection`
 */
export function ftpFailure(cause: FtpCause, server: FtpServer, what: string, native?: unknown): DriverFailure {
  const host = server.host.includes(':') ? `[${server.host}]` : server.host;
  const message = `FTP server ${host}:${server.port} ${what}; ${advice[cause]}.`;
  return new DriverFailure(symbolOfCause(cause), message, native, socketErrorOfCause(cause));
}

/** Translates a native error; `otherwise` is the cause of one that carries no known code. */
export function ftpFailureOf(error: unknown, otherwise: FtpCause, server: FtpServer, what: string): DriverFailure {
  if (error instanceof DriverFailure) return error;
  const cause = causeOfError(error);
  return ftpFailure(cause !== undefined && isFtpCause(cause) ? cause : otherwise, server, what, error);
}

function isFtpCause(cause: Cause): cause is FtpCause {
  return cause in advice;
}

/** The failure of a call whose handle was closed meanwhile. */
export function ftpCancelled(server: FtpServer): DriverFailure {
  return ftpFailure('ABORT_ERR', server, 'was left alone because the handle was closed');
}
