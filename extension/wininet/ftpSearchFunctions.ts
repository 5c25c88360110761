import type { FunctionName } from '../shared/hierarchy.ts';
import type { Engine } from './engine.ts';
import { findDataOf, maskTest, searchedFolder, type WIN32_FIND_DATA } from './findData.ts';
import { requiredName } from './ftpArguments.ts';
import type { HINTERNET } from './handle.ts';
import { idleSession } from './idleSession.ts';
import { CallFailure } from './winInetError.ts';

/** The function of one engine that searches FTP folders; InternetFindNextFile goes on for every protocol. */
export function ftpSearchFunctions(engine: Engine) {
  return {
    /**
     * Starts a search and returns its first entry in `lpFindFileData`. As recorded, the folder alone is listed, whole, and the
     * mask is matched here.
     * @param lpszSearchFile a folder's path and a mask, as "pub/*.txt"; null or empty for all of the current folder. The page
     * forbids blanks in it: a mask with one is refused, while the plain name of a folder or file may have them.
     * Fails with ERROR_INVALID_PARAMETER for such a mask.
     * Fails with ERROR_NO_MORE_FILES if nothing matches: the page says ERROR_INTERNET_EXTENDED_ERROR, both of its samples and
     * the recorded end of a search say otherwise.
     */
    FtpFindFirstFile(
      hConnect: HINTERNET<'ftp-connect'>,
      lpszSearchFile: string | null = null,
      lpFindFileData: WIN32_FIND_DATA | null = null,
      dwFlags = 0,
      dwContext = 0,
    ): Promise<HINTERNET<'ftp-find'>> {
      const args = [hConnect, lpszSearchFile, lpFindFileData, dwFlags, dwContext];
      return engine.use('FtpFindFirstFile', hConnect, args, async (record, call) => {
        const search = requiredName(lpszSearchFile ?? '');
        const { session, context } = idleSession(engine, record, call);
        const folder = searchedFolder(search);
        const mask = search.slice(folder.length);
        if (mask.includes(' ') && /[*?]/.test(mask)) {
          throw new CallFailure('ERROR_INVALID_PARAMETER', 'Put ? where lpszSearchFile has a blank: masks take none.');
        }
        const matches = maskTest(mask);
        const listed = await session.list(folder, context);
        // Asserted on Windows: a mask for folders finds nothing, though servers may list what it matches.
        const all = /[*?]/.test(folder) ? [] : listed.filter((entry) => matches(entry.name));
        const first = all[0];
        if (first === undefined) throw new CallFailure('ERROR_NO_MORE_FILES', `Nothing matches "${search || '*'}".`);
        if (lpFindFileData !== null) Object.assign(lpFindFileData, findDataOf(first));
        return engine.open(call, {
          kind: 'ftp-find',
          parent: record,
          state: 'listing',
          data: { entries: { all, next: 1 } },
          context: dwContext,
          target: () => search || '*',
          announce: false,
        }).handle;
      });
    },
  } satisfies Partial<Record<FunctionName, unknown>>;
}
