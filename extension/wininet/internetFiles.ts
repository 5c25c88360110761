import { IRF_ASYNC, IRF_NO_WAIT, IRF_SYNC, IRF_USE_CONTEXT } from '../shared/constants.ts';
import type { FunctionName, KindsUsedBy } from '../shared/hierarchy.ts';
import { obeyCallFlags } from './asyncCalls.ts';
import type { Engine } from './engine.ts';
import { findDataOf, type WIN32_FIND_DATA } from './findData.ts';
import { type GOPHER_FIND_DATA, gopherFindDataOf } from './gopherFindData.ts';
import type { HINTERNET } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import { type INTERNET_BUFFERS, roomIn } from './internetBuffers.ts';
import type { PendingCall } from './pendingCall.ts';
import { CallFailure } from './winInetError.ts';

/** A handle from which bytes can be read. */
export type ReadableHandle = HINTERNET<
  'http-request' | 'ftp-file' | 'ftp-find-html' | 'gopher-file' | 'gopher-find-html'
>;

type ReadableRecord = HandleRecord<KindsUsedBy<'InternetReadFile'>>;

/** IRF_*: all that the header of the original knows. */
const READ_FLAGS = IRF_ASYNC | IRF_SYNC | IRF_USE_CONTEXT | IRF_NO_WAIT;

/** The functions of one engine that read, write and search, whatever the protocol. */
export function internetFileFunctions(engine: Engine) {
  const read = (record: ReadableRecord, call: PendingCall, into: Uint8Array): number | Promise<number> => {
    const { reader } = record.data;
    if (reader === null || reader === undefined) return 0;
    const finish = (count: number): number => {
      call.reachedEnd = count === 0 && into.length > 0;
      engine.reports.bytes(record, 'in', count);
      return count;
    };
    const count = reader.read(into);
    return typeof count === 'number' ? finish(count) : count.then(finish);
  };
  const readPresent = async (record: ReadableRecord, call: PendingCall, into: Uint8Array): Promise<number> => {
    const present = (await record.data.reader?.available()) ?? 0;
    // At the end a read says so.
    return await read(record, call, present === 0 ? into : into.subarray(0, present));
  };
  function InternetFindNextFile(
    hFind: HINTERNET<'ftp-find'>,
    lpvFindData?: WIN32_FIND_DATA | null,
  ): Promise<WIN32_FIND_DATA>;
  function InternetFindNextFile(
    hFind: HINTERNET<'gopher-find'>,
    lpvFindData?: GOPHER_FIND_DATA | null,
  ): Promise<GOPHER_FIND_DATA>;
  /** Returns the next entry of a search, also in `lpvFindData`. Fails with ERROR_NO_MORE_FILES at the end. */
  function InternetFindNextFile(
    hFind: HINTERNET<'ftp-find'> | HINTERNET<'gopher-find'>,
    lpvFindData: WIN32_FIND_DATA | GOPHER_FIND_DATA | null = null,
  ): Promise<WIN32_FIND_DATA | GOPHER_FIND_DATA> {
    return engine.use('InternetFindNextFile', hFind, [hFind, lpvFindData], (record, call) => {
      const found = record.is('gopher-find')
        ? nextOf(record.data.entries, gopherFindDataOf)
        : record.is('ftp-find')
          ? nextOf(record.data.entries, findDataOf)
          : undefined;
      if (found === undefined) {
        call.reachedEnd = true;
        throw new CallFailure('ERROR_NO_MORE_FILES');
      }
      if (lpvFindData !== null) Object.assign(lpvFindData, found);
      return found;
    });
  }

  return {
    /**
     * Reads bytes: fills the buffer unless the end comes first. The page of an FTP folder or Gopher menu comes in whole lines,
     * as many as the buffer holds.
     * @returns how many bytes; 0 at the end
     * Errors: ERROR_INSUFFICIENT_BUFFER where the next line of such a page does not fit, with the length that it needs.
     */
    InternetReadFile(hFile: ReadableHandle, lpBuffer: Uint8Array): Promise<number> {
      return engine.use('InternetReadFile', hFile, [hFile, lpBuffer], (record, call) => read(record, call, lpBuffer));
    },

    /**
     * Reads bytes into lpvBuffer, as many as dwBufferLength asks for, and leaves their number there; 0 at the end.
     * @param dwFlags IRF_NO_WAIT takes what is there, and waits only where nothing is; IRF_SYNC waits although the root is
     * asynchronous, IRF_ASYNC pends although it is not. IRF_USE_CONTEXT, which has the number of IRF_NO_WAIT, tells the end of a
     * call that pends with dwContext even if that is 0, and then to nobody
     * @param dwContext for the end of this call; 0 for that of the handle
     * Errors: ERROR_INVALID_PARAMETER.
     */
    InternetReadFileEx(
      hFile: ReadableHandle,
      lpBuffersOut: INTERNET_BUFFERS,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<true> {
      return engine.use('InternetReadFileEx', hFile, [hFile, lpBuffersOut, dwFlags, dwContext], (handle, call) => {
        const { record, room } = roomIn(lpBuffersOut);
        if ((dwFlags & ~READ_FLAGS) !== 0) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass IRF_* as dwFlags.');
        obeyCallFlags(call, dwFlags);
        const finish = (count: number): true => {
          record.dwBufferLength = count;
          return true;
        };
        const count = (dwFlags & IRF_NO_WAIT) === 0 ? read(handle, call, room) : readPresent(handle, call, room);
        return typeof count === 'number' ? finish(count) : count.then(finish);
      });
    },

    /**
     * Tells how many bytes can be read without waiting; waits until there is one.
     * @returns the number of bytes; 0 at the end
     */
    InternetQueryDataAvailable(hFile: ReadableHandle, dwFlags = 0, dwContext = 0): Promise<number> {
      return engine.use('InternetQueryDataAvailable', hFile, [hFile, dwFlags, dwContext], (record, call) => {
        const finish = (count: number): number => {
          call.reachedEnd = count === 0;
          return count;
        };
        const count = record.data.reader?.available() ?? 0;
        return typeof count === 'number' ? finish(count) : count.then(finish);
      });
    },

    /**
     * Writes bytes of an upload; resolves when the server is ready for more.
     * @returns how many bytes were taken: all
     */
    InternetWriteFile(hFile: HINTERNET<'ftp-file' | 'http-request'>, lpBuffer: Uint8Array): Promise<number> {
      return engine.use('InternetWriteFile', hFile, [hFile, lpBuffer], async (record) => {
        if (record.is('ftp-file')) await record.data.writer?.write(lpBuffer);
        else if (record.is('http-request')) await record.data.upload?.write(lpBuffer);
        engine.reports.bytes(record, 'out', lpBuffer.length);
        return lpBuffer.length;
      });
    },

    InternetFindNextFile,
  } satisfies Partial<Record<FunctionName, unknown>>;
}

/** The next of the entries that a search still has; undefined at the end. */
function nextOf<Entry, Found>(
  entries: { readonly all: readonly Entry[]; next: number },
  reported: (entry: Entry) => Found,
): Found | undefined {
  const entry = entries.all[entries.next];
  if (entry === undefined) return undefined;
  entries.next += 1;
  return reported(entry);
}
