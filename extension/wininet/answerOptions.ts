import * as constants from '../shared/constants.ts';
import type { HandleRecord } from './handleStore.ts';
import type { SocketSecurity } from './ports/driver.ts';
import { CallFailure } from './winInetError.ts';

/** What options tell of the answer to a request, and of the connection that brought it. */

/** Bits of INTERNET_OPTION_SECURITY_FLAGS that only tell, and are not for a program to set. */
export const CONNECTION_FLAGS =
  constants.SECURITY_FLAG_SECURE |
  constants.SECURITY_FLAG_STRENGTH_STRONG |
  constants.SECURITY_FLAG_STRENGTH_MEDIUM |
  constants.SECURITY_FLAG_STRENGTH_WEAK;

/** INTERNET_OPTION_REQUEST_FLAGS. */
export function requestFlags(record: HandleRecord | null): number {
  if (!record?.is('http-request') || record.data.answer === null) return constants.INTERNET_REQFLAG_NO_HEADERS;
  return record.data.viaProxy ? constants.INTERNET_REQFLAG_VIA_PROXY : 0;
}

/** How the connection of the answer is secured; undefined for one in the clear, and before the answer. */
export function securityOf(record: HandleRecord | null): SocketSecurity | undefined {
  return record?.is('http-request') ? record.data.answer?.security : undefined;
}

/** The same where an option is about nothing else. Fails with ERROR_INTERNET_INVALID_OPERATION for one in the clear. */
export function secured(record: HandleRecord | null): SocketSecurity {
  const security = securityOf(record);
  if (security !== undefined) return security;
  throw new CallFailure('ERROR_INTERNET_INVALID_OPERATION', 'Send the request to an https server first.');
}

/** SECURITY_FLAG_* that tell of a connection. */
export function connectionFlags(security: SocketSecurity | undefined): number {
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
