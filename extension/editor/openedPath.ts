import { realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * The path by which a person knows a file. Programs tell real paths; a folder that is open may be a link, and under its real path
 * the same file would open a second time, outside of the workspace.
 * @param folders paths of the folders that are open
 */
export function openedPath(file: string, folders: readonly string[]): string {
  if (folders.some((folder) => isBelow(file, folder))) return file;
  for (const folder of folders) {
    const real = realPath(folder);
    if (isBelow(file, real)) return path.join(folder, path.relative(real, file));
  }
  return file;
}

/** The path without links, as Node has it when it runs the file; the path itself where there is no such file. */
export function realPath(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
}

function isBelow(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`);
}
