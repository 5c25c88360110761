import { FILE_ATTRIBUTE_DIRECTORY } from '../shared/constants.ts';
import type { FtpEntry } from './ports/ftp.ts';

/** One entry of a search (WIN32_FIND_DATA), with the fields that an FTP server can fill. */
export interface WIN32_FIND_DATA {
  cFileName: string;
  /** FILE_ATTRIBUTE_DIRECTORY or 0. */
  dwFileAttributes: number;
  /** Upper 32 bits of the size in bytes. */
  nFileSizeHigh: number;
  /** Lower 32 bits of the size in bytes. */
  nFileSizeLow: number;
  /** Servers tell dates only roughly, in their own time, which is read as UTC; null where they tell none. */
  ftLastWriteTime: Date | null;
  /** FTP knows one date only: FtpFindFirstFile page, the others are copies of it. */
  ftCreationTime: Date | null;
  /** A copy too. */
  ftLastAccessTime: Date | null;
}

/** The entries of a search and how far it has come. */
export interface FindEntries {
  readonly all: readonly FtpEntry[];
  next: number;
}

/** An entry of a listing as WinINet reports it. */
export function findDataOf(entry: FtpEntry): WIN32_FIND_DATA {
  return {
    cFileName: entry.name,
    dwFileAttributes: entry.isDirectory ? FILE_ATTRIBUTE_DIRECTORY : 0,
    nFileSizeHigh: Math.floor(entry.size / 0x1_0000_0000),
    nFileSizeLow: entry.size % 0x1_0000_0000,
    ftLastWriteTime: entry.modified,
    ftCreationTime: entry.modified,
    ftLastAccessTime: entry.modified,
  };
}

/** A record for FtpFindFirstFile to fill. */
export function emptyFindData(): WIN32_FIND_DATA {
  return {
    cFileName: '',
    dwFileAttributes: 0,
    nFileSizeHigh: 0,
    nFileSizeLow: 0,
    ftLastWriteTime: null,
    ftCreationTime: null,
    ftLastAccessTime: null,
  };
}

/** The size of a found file in bytes. */
export function fileSize(found: WIN32_FIND_DATA): number {
  return found.nFileSizeHigh * 0x1_0000_0000 + found.nFileSizeLow;
}

/**
 * The folder that a search lists, with its separator: `pub/` of `pub/*.txt`. Servers of Windows separate folders with
 * backslashes; recorded: the last separator of either kind counts.
 */
export function searchedFolder(search: string): string {
  return search.slice(0, Math.max(search.lastIndexOf('/'), search.lastIndexOf('\\')) + 1);
}

/** The test that a search mask (`*` any text, `?` one character, case ignored) puts to names; every name passes an empty one. */
export function maskTest(mask: string): (name: string) => boolean {
  // "*.*" has meant everything since DOS, names without a dot included.
  if (mask === '' || mask === '*' || mask === '*.*') return () => true;
  const pattern = mask
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${pattern}$`, 'isu');
  return (name) => expression.test(name);
}
