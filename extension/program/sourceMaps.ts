import { readFileSync } from 'node:fs';
import { findSourceMap, SourceMap, type SourceMapPayload } from 'node:module';
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
  const file = pathOf(origin.originalSource, loaded);
  return file === null ? place : { file, line: origin.originalLine + 1, column: origin.originalColumn + 1 };
}

/** Node knows the maps of what a loader has translated in memory, where it was asked to; otherwise the script names its map. */
function load(file: string): LoadedMap | null {
  const url = pathToFileURL(file).href;
  const known = findSourceMap(file) ?? findSourceMap(url);
  if (known !== undefined) return { map: known, root: '', base: url };
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
    return { map, root: sourceRoot ? sourceRoot.replace(/\/?$/, '/') : '', base };
  } catch {
    // A script without a readable map is its own source.
    return null;
  }
}

function pathOf(source: string, { root, base }: LoadedMap): string | null {
  const url = URL.parse(`${root}${source}`, base);
  return url?.protocol === 'file:' ? fileURLToPath(url) : null;
}
