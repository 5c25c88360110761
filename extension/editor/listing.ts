import { FILE_ATTRIBUTE_DIRECTORY } from '../shared/constants.ts';
import {
  emptyFindData,
  fileSize,
  type UncheckedHandle,
  type WIN32_FIND_DATA,
  type WinInet,
  WinInetError,
} from '../wininet/index.ts';

/** One entry of a remote folder. */
export interface ListedEntry {
  readonly name: string;
  readonly isFolder: boolean;
  /** In bytes. */
  readonly size: number;
  readonly modified: Date | null;
}

/**
 * Lists a remote folder with FtpFindFirstFile and InternetFindNextFile; the search's handle is closed whatever happens.
 * A folder in which nothing matches is empty, not an error.
 * @param search folder and mask, as `pub/*.txt`; empty for all of the current folder
 */
export async function listFolderEntries(
  wininet: WinInet,
  session: UncheckedHandle,
  search: string,
  context: number,
): Promise<readonly ListedEntry[]> {
  const found = emptyFindData();
  const entries: ListedEntry[] = [];
  const find = await atEnd(wininet.FtpFindFirstFile(session, search, found, 0, context));
  if (find === null) return entries;
  try {
    entries.push(entryOf(found));
    while ((await atEnd(wininet.InternetFindNextFile(find, found))) !== null) entries.push(entryOf(found));
  } finally {
    if (wininet.handleWithSerial(find.serial) !== null) await wininet.InternetCloseHandle(find);
  }
  return entries;
}

/** Folders first, then by name as people sort. */
export function inOrder(entries: readonly ListedEntry[]): readonly ListedEntry[] {
  return entries.toSorted(
    (one, other) => Number(other.isFolder) - Number(one.isFolder) || one.name.localeCompare(other.name),
  );
}

/** The folder above; null where the path leads no higher. */
export function parentOf(folder: string): string | null {
  const inner = folder.replace(/\/+$/, '');
  return inner === '' ? null : inner.slice(0, inner.lastIndexOf('/') + 1);
}

/** What is found, as data that a program can pass on. */
export function entryOf(found: WIN32_FIND_DATA): ListedEntry {
  return {
    name: found.cFileName,
    isFolder: (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) !== 0,
    size: fileSize(found),
    modified: found.ftLastWriteTime,
  };
}

async function atEnd<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof WinInetError && error.symbol === 'ERROR_NO_MORE_FILES') return null;
    throw error;
  }
}
