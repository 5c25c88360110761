import { existsSync, readFileSync } from 'node:fs';
import { findSourceMap, SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { SitePlace } from '../shared/callSite.ts';

/** Source maps of the program's scripts, each read once, when a call from its script is first seen. */
const maps = new Map<string, LoadedMap | null>();

interface LoadedMap {
  readonly map: SourceMap;
  /** Stands before the name of every source; may be empty. */
  readonly root: string;
  /** Sources are named from here. */
  readonly base: string;
  /** Where sources were found, by their name. */
  readonly files: Map<string, string | null>;
}

/** The place in the source from which a script was made; the place itself where no source map tells of one. */
export function originalPlace(place: SitePlace): SitePlace {
  let loaded = maps.get(place.file);
  if (loaded === undefined) {
    loaded = load(place.file);
    maps.set(place.file, loaded);
  }
  if (loaded === null) return place;
  const origin = loaded.map.findEntry(place.line - 1, place.column - 1);
  if (!('originalSource' in origin) || typeof origin.originalSource !== 'string') return place;
  const file = fileOf(origin.originalSource, loaded);
  return file === null ? place : { file, line: origin.originalLine + 1, column: origin.originalColumn + 1 };
}

/** Node knows the maps of what a loader has translated in memory, where it was asked to; otherwise the script names its map. */
function load(file: string): LoadedMap | null {
  const url = pathToFileURL(file).href;
  const known = findSourceMap(file) ?? findSourceMap(url);
  if (known !== undefined) return { map: known, root: '', base: url, files: new Map() };
  try {
    const named = [...readFileSync(file, 'utf8').matchAll(/^\/\/[#@] sourceMappingURL=(\S+)\s*$/gm)].at(-1)?.[1];
    if (named === undefined) return null;
    const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/.exec(named);
    const base = inline === null ? new URL(named, url).href : url;
    const text =
      inline === null
        ? readFileSync(fileURLToPath(base), 'utf8')
        : inline[1] === undefined
          ? decodeURIComponent(inline[2] ?? '')
          : Buffer.from(inline[2] ?? '', 'base64').toString();
    // Node checks the form of a map itself: what is none throws, here or at the first question.
    const map = new SourceMap(JSON.parse(text) as SourceMapPayload);
    map.findEntry(0, 0);
    const { sourceRoot } = map.payload;
    // https://tc39.es/ecma426/#sec-source-map-format: followed by a slash, unless it ends with one.
    return { map, root: sourceRoot ? sourceRoot.replace(/\/?$/, '/') : '', base, files: new Map() };
  } catch {
    // A script without a readable map is its own source.
    return null;
  }
}

function fileOf(source: string, { root, base, files }: LoadedMap): string | null {
  let file = files.get(source);
  if (file === undefined) {
    const url = URL.parse(`${root}${source}`, base);
    if (url?.protocol === 'file:') file = fileURLToPath(url);
    else file = url?.protocol === 'webpack:' ? fileOfProject(decodeURI(url.pathname), fileURLToPath(base)) : null;
    files.set(source, file);
  }
  return file;
}

/**
 * The file of which webpack tells: it names sources from the project's folder, and that one after the package
 * (https://webpack.js.org/configuration/output/#outputdevtoolmodulefilenametemplate). The script lies somewhere in this folder.
 */
function fileOfProject(name: string, script: string): string | null {
  for (let folder = path.dirname(script); ; folder = path.dirname(folder)) {
    const file = path.join(folder, name);
    if (existsSync(file)) return file;
    if (folder === path.dirname(folder)) return null;
  }
}
