import * as constants from '../shared/constants.ts';
import { type CERT_CHAIN_CONTEXT, certificateChain } from './certificateChain.ts';
import type { HandleRecord } from './handleStore.ts';
import { parseHttpDate } from './httpDate.ts';
import type { HttpSecurity } from './ports/http.ts';
import { CallFailure } from './winInetError.ts';

/** What options tell of the answer to a request, and of the connection that brought it. */

/** Bits of INTERNET_OPTION_SECURITY_FLAGS that are for a program to set; all others only tell, or are nothing. */
export const TOLERANCES =
  constants.SECURITY_FLAG_IGNORE_REVOCATION |
  constants.SECURITY_FLAG_IGNORE_UNKNOWN_CA |
  constants.SECURITY_FLAG_IGNORE_WRONG_USAGE |
  constants.SECURITY_FLAG_IGNORE_CERT_CN_INVALID |
  constants.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID |
  constants.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTPS |
  constants.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTP |
  constants.SECURITY_FLAG_IGNORE_WEAK_SIGNATURE;

/** INTERNET_OPTION_REQUEST_FLAGS. */
export function requestFlags(record: HandleRecord | null): number {
  if (!record?.is('http-request') || record.data.answer === null) return constants.INTERNET_REQFLAG_NO_HEADERS;
  const { answer, viaProxy } = record.data;
  return (
    (viaProxy ? constants.INTERNET_REQFLAG_VIA_PROXY : 0) | (answer.simple ? constants.INTERNET_REQFLAG_NO_HEADERS : 0)
  );
}

/** How the connection of the answer is secured; undefined for one in the clear, and before the answer. */
export function securityOf(record: HandleRecord | null): HttpSecurity | undefined {
  return record?.is('http-request') ? record.data.answer?.security : undefined;
}

/** The same where an option is about nothing else. Fails with ERROR_INTERNET_INVALID_OPERATION for one in the clear. */
export function secured(record: HandleRecord | null): HttpSecurity {
  const security = securityOf(record);
  if (security !== undefined) return security;
  throw new CallFailure('ERROR_INTERNET_INVALID_OPERATION', 'Send the request to an https server first.');
}

/** SECURITY_FLAG_* that tell of a connection. */
export function connectionFlags(security: HttpSecurity | undefined): number {
  if (security === undefined) return 0;
  const { keyBits } = security;
  if (keyBits >= 128) return constants.SECURITY_FLAG_SECURE | constants.SECURITY_FLAG_STRENGTH_STRONG;
  if (keyBits >= 56) return constants.SECURITY_FLAG_SECURE | constants.SECURITY_FLAG_STRENGTH_MEDIUM;
  return constants.SECURITY_FLAG_SECURE | constants.SECURITY_FLAG_STRENGTH_WEAK;
}

/**
 * INTERNET_OPTION_COMPRESSED_CONTENT_LENGTH: Content-Length counts the body as it came; 0 where the body is not decoded, or its
 * length was not announced. Fails with ERROR_INTERNET_INCORRECT_HANDLE_STATE before the answer.
 */
export function compressedLength(record: HandleRecord | null): number {
  const data = record?.is('http-request') ? record.data : null;
  if (!data?.answer) throw new CallFailure('ERROR_INTERNET_INCORRECT_HANDLE_STATE', 'Send the request first.');
  return data.compressedLength;
}

/** The value of INTERNET_OPTION_DIAGNOSTIC_SOCKET_INFO. */
export interface INTERNET_DIAGNOSTIC_SOCKET_INFO {
  /** The system's number of the socket; 0 before the answer, and where that is not known. */
  readonly Socket: number;
  /** Of this machine. */
  readonly SourcePort: number;
  /** Of the server, or of the proxy. */
  readonly DestPort: number;
  /** IDSI_FLAG_*. */
  readonly Flags: number;
}

/** The socket of the answer; before it, as recorded, none with the server's port. */
export function socketInfo(record: HandleRecord | null): INTERNET_DIAGNOSTIC_SOCKET_INFO | null {
  if (!record?.is('http-request')) return null;
  const { answer, server, viaProxy } = record.data;
  if (answer === null) return { Socket: 0, SourcePort: 0, DestPort: server.port, Flags: 0 };
  const { descriptor, localPort, remotePort, reused } = answer.socket;
  const secure = answer.security !== undefined;
  const Flags =
    (reused ? constants.IDSI_FLAG_KEEP_ALIVE : 0) |
    (secure ? constants.IDSI_FLAG_SECURE : 0) |
    (viaProxy ? constants.IDSI_FLAG_PROXY : 0) |
    (viaProxy && secure ? constants.IDSI_FLAG_TUNNEL : 0);
  return { Socket: descriptor, SourcePort: localPort, DestPort: remotePort, Flags };
}

/** INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT. Fails with ERROR_INTERNET_INCORRECT_HANDLE_STATE, as recorded, where there is none. */
export function serverChain(record: HandleRecord | null): CERT_CHAIN_CONTEXT {
  const security = securityOf(record);
  if (security !== undefined) return certificateChain(security);
  throw new CallFailure('ERROR_INTERNET_INCORRECT_HANDLE_STATE', 'Send the request to an https server first.');
}

/** The value of INTERNET_OPTION_CACHE_TIMESTAMPS; null where the server has not told, or in no form of a date. */
export interface INTERNET_CACHE_TIMESTAMPS {
  readonly ftExpires: Date | null;
  readonly ftLastModified: Date | null;
}

/** The times of an answer that is kept, which stands in for a cached copy. Fails with ERROR_FILE_NOT_FOUND, as recorded, where none is. */
export function cacheTimestamps(record: HandleRecord | null): INTERNET_CACHE_TIMESTAMPS {
  const data = record?.is('http-request') ? record.data : null;
  if (!data?.answer || data.spool === null) {
    throw new CallFailure(
      'ERROR_FILE_NOT_FOUND',
      'Nothing is kept of this answer: lock it with InternetLockRequestFile.',
    );
  }
  const { headers } = data.answer;
  const timeOf = (header: string) =>
    parseHttpDate(headers.find(([name]) => name.toLowerCase() === header)?.[1] ?? '') ?? null;
  return { ftExpires: timeOf('expires'), ftLastModified: timeOf('last-modified') };
}

/**
 * INTERNET_OPTION_DATAFILE_NAME: the file with what has been read so far of an answer that is kept. Fails with
 * ERROR_INTERNET_ITEM_NOT_FOUND, as recorded, where none is, and with ERROR_DISK_FULL.
 */
export function dataFileName(record: HandleRecord | null): string {
  const spool = record?.is('http-request') ? record.data.spool : null;
  if (spool !== null) return spool.path;
  const sentence = 'No file is behind the answer: open the request with INTERNET_FLAG_NEED_FILE, or lock the answer.';
  throw new CallFailure('ERROR_INTERNET_ITEM_NOT_FOUND', sentence);
}
