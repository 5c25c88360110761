import type { FunctionName } from '../shared/hierarchy.ts';
import type { Engine } from './engine.ts';
import { findDataOf, type WIN32_FIND_DATA } from './findData.ts';
import type { HINTERNET } from './handle.ts';
import { CallFailure } from './winInetError.ts';

/** A handle from which bytes can be read. */
export type ReadableHandle = HINTERNET<
  'http-request' | 'ftp-file' | 'ftp-find-html' | 'gopher-file' | 'gopher-find-html'
>;

/** The functions of one engine that read, write and search, whatever the protocol. */
export function internetFileFunctions(engine: Engine) {
  return {
    /**
     * Reads bytes: fills the buffer unless the end comes first.
     * @returns how many bytes; 0 at the end
     */
    InternetReadFile(hFile: ReadableHandle, lpBuffer: Uint8Array): Promise<number> {
      return engine.use('InternetReadFile', hFile, [hFile, lpBuffer], (record, call) => {
        const { reader } = record.data;
        if (reader === null || reader === undefined) return 0;
        const finish = (count: number): number => {
          call.reachedEnd = count === 0 && lpBuffer.length > 0;
          engine.reports.bytes(record, 'in', count);
          return count;
        };
        const count = reader.read(lpBuffer);
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
    InternetWriteFile(hFile: HINTERNET<'ftp-file'>, lpBuffer: Uint8Array): Promise<number> {
      return engine.use('InternetWriteFile', hFile, [hFile, lpBuffer], async (record) => {
        if (!record.is('ftp-file') || record.data.writer === null) throw new CallFailure('ERROR_CALL_NOT_IMPLEMENTED');
        await record.data.writer.write(lpBuffer);
        engine.reports.bytes(record, 'out', lpBuffer.length);
        return lpBuffer.length;
      });
    },

    /** Returns the next entry of a search, also in `lpvFindData`. Fails with ERROR_NO_MORE_FILES at the end. */
    InternetFindNextFile(
      hFind: HINTERNET<'ftp-find'>,
      lpvFindData: WIN32_FIND_DATA | null = null,
    ): Promise<WIN32_FIND_DATA> {
      return engine.use('InternetFindNextFile', hFind, [hFind, lpvFindData], (record, call) => {
        if (!record.is('ftp-find')) throw new CallFailure('ERROR_CALL_NOT_IMPLEMENTED');
        const { entries } = record.data;
        const entry = entries.all[entries.next];
        if (entry === undefined) {
          call.reachedEnd = true;
          throw new CallFailure('ERROR_NO_MORE_FILES');
        }
        entries.next += 1;
        const found = findDataOf(entry);
        if (lpvFindData !== null) Object.assign(lpvFindData, found);
        return found;
      });
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}
