import assert from 'node:assert/strict';
import { emptyFindData, type HINTERNET } from '../../extension/wininet/index.ts';
import type { Engine } from './engineFixture.ts';

/** The names that a search finds, to its end. */
export async function list(
  { wininet }: Engine,
  session: HINTERNET<'ftp-connect'>,
  search: string | null,
): Promise<string[]> {
  const data = emptyFindData();
  const find = await wininet.FtpFindFirstFile(session, search, data);
  const names = [data.cFileName];
  for (;;) {
    try {
      names.push((await wininet.InternetFindNextFile(find)).cFileName);
    } catch {
      assert.equal(wininet.GetLastError(), 18);
      await wininet.InternetCloseHandle(find);
      return names;
    }
  }
}
