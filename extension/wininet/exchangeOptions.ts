import * as constants from '../shared/constants.ts';
import type { HandleRecord } from './handleStore.ts';
import type { Library } from './library.ts';
import { addressLimit, timeoutsOf } from './options.ts';
import { DriverFailure } from './ports/driver.ts';
import type { HttpExchange } from './ports/http.ts';

type RequestRecord = HandleRecord<'http-request'>;

/** What the options of a request, and those of the library, say about its exchanges. */
export function exchangeOptions(
  library: Library,
  record: RequestRecord,
): Omit<HttpExchange, 'server' | 'proxyHeaders' | 'method' | 'target' | 'headers' | 'body' | 'keepAlive'> {
  const { data, options } = record;
  const proxy = options.proxy.choose(data.server);
  data.viaProxy = proxy !== null;
  return {
    proxy,
    timeouts: timeoutsOf(record),
    addressLimit: addressLimit(options),
    maxConnectionsPerServer: proxy === null ? library.maxConnectionsPerServer : library.maxConnectionsPerProxy,
    priority: options.priority,
    certificates: {
      unknownAuthority: (options.securityFlags & constants.SECURITY_FLAG_IGNORE_UNKNOWN_CA) !== 0,
      wrongName:
        data.has(constants.INTERNET_FLAG_IGNORE_CERT_CN_INVALID) ||
        (options.securityFlags & constants.SECURITY_FLAG_IGNORE_CERT_CN_INVALID) !== 0,
      wrongDate:
        data.has(constants.INTERNET_FLAG_IGNORE_CERT_DATE_INVALID) ||
        (options.securityFlags & constants.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID) !== 0,
      wrongUsage: (options.securityFlags & constants.SECURITY_FLAG_IGNORE_WRONG_USAGE) !== 0,
      weak: (options.securityFlags & constants.SECURITY_FLAG_IGNORE_WEAK_SIGNATURE) !== 0,
      revocation: (options.securityFlags & constants.SECURITY_FLAG_IGNORE_REVOCATION) !== 0,
    },
    clientCertificate: data.clientCertificate ?? undefined,
  };
}

/**
 * Throws the failure of an exchange as the program wants it: with INTERNET_ERROR_MASK_COMBINED_SEC_CERT every fault of a
 * certificate is ERROR_INTERNET_SEC_CERT_ERRORS. Who sends again after ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED and has set no
 * certificate goes on without one (support article 224282).
 */
export function failed({ data, options }: RequestRecord, failure: unknown): never {
  if (failure instanceof DriverFailure && failure.symbol === 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED') {
    data.clientCertificate ??= 'none';
  }
  const masked = (options.errorMask & constants.INTERNET_ERROR_MASK_COMBINED_SEC_CERT) !== 0;
  if (masked && failure instanceof DriverFailure && CERTIFICATE_FAULTS.has(failure.symbol)) {
    throw new DriverFailure('ERROR_INTERNET_SEC_CERT_ERRORS', failure.message, failure.cause);
  }
  throw failure;
}

const CERTIFICATE_FAULTS: ReadonlySet<string> = new Set([
  'ERROR_INTERNET_INVALID_CA',
  'ERROR_INTERNET_SEC_CERT_CN_INVALID',
  'ERROR_INTERNET_SEC_CERT_DATE_INVALID',
  'ERROR_INTERNET_SEC_CERT_REVOKED',
  'ERROR_INTERNET_SEC_CERT_REV_FAILED',
  'ERROR_INTERNET_SEC_INVALID_CERT',
  'ERROR_INTERNET_SEC_CERT_WEAK_SIGNATURE',
]);
