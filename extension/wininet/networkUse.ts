import * as constants from '../shared/constants.ts';
import type { HandleRecord } from './handleStore.ts';
import type { Library } from './library.ts';
import { CallFailure } from './winInetError.ts';

/**
 * Call it before a handle uses the network. Fails with ERROR_INTERNET_DISCONNECTED when the library is offline and the handle does
 * not ignore that, and with ERROR_FILE_NOT_FOUND where INTERNET_FLAG_FROM_CACHE, of the request or of its root, asks for a cached
 * answer: nothing is cached here.
 * @param offline the error where the library is offline, for a function whose page names one of its own
 */
export function requireNetwork(
  library: Library,
  record: HandleRecord,
  offline: 'ERROR_INTERNET_DISCONNECTED' | 'ERROR_INTERNET_NO_DIRECT_ACCESS' = 'ERROR_INTERNET_DISCONNECTED',
): void {
  if (library.offline && !record.options.ignoreOffline) {
    throw new CallFailure(
      offline,
      'The library was set offline: set INTERNET_OPTION_CONNECTED_STATE, or INTERNET_OPTION_IGNORE_OFFLINE on a request.',
    );
  }
  if (!isFromCache(record)) return;
  throw new CallFailure(
    'ERROR_FILE_NOT_FOUND',
    'INTERNET_FLAG_FROM_CACHE (INTERNET_FLAG_OFFLINE) asks for a cached answer, and nothing is cached: leave the flag out.',
  );
}

function isFromCache(record: HandleRecord): boolean {
  const { root } = record;
  const flag = constants.INTERNET_FLAG_FROM_CACHE;
  return (record.is('http-request') && record.data.has(flag)) || (root.is('root') && (root.data.flags & flag) !== 0);
}
