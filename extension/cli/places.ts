import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatSite, parseSite } from '../shared/callSite.ts';

/** A place of a program as people read it: with the way from the working directory, where it is below it. */
export function shownSite(site: string): string {
  const place = parseSite(site);
  if (place === null) return site;
  const file = filePath(place.file);
  return formatSite({ ...place, file: pathBelow(process.cwd(), file) ?? file });
}

/** The path of a file that a trace names by its path or its URL. */
export function filePath(file: string): string {
  return URL.canParse(file) && file.startsWith('file:') ? fileURLToPath(file) : file;
}

/** The root of the repository to which a folder belongs; the folder itself where it belongs to none. */
export function repositoryRoot(folder: string): string {
  for (let above = folder; ; above = path.dirname(above)) {
    if (existsSync(path.join(above, '.git'))) return above;
    if (above === path.dirname(above)) return folder;
  }
}

/** The way from a folder to a file below it; null where it is not below it, or its place is not known. */
export function pathBelow(folder: string, file: string): string | null {
  if (!path.isAbsolute(file)) return null;
  const way = path.relative(folder, file);
  return way === '' || way.startsWith('..') || path.isAbsolute(way) ? null : way;
}
