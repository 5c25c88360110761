import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as util from 'node:util';
import { formatSite, parseSite, type SitePlace } from '../shared/callSite.ts';
import type { CallSite } from '../wininet/ports/callSite.ts';
import { originalPlace } from './sourceMaps.ts';

/** How many frames are looked at: a program's own is below those of the engine, perhaps below those of a package. */
const FRAMES = 24;

/** The script that holds this code: the library is one script, so that every other frame is the program's. */
const own = frames(1)[0]?.scriptName;

/**
 * Where the program's code makes the call that is now under way, in its source where there is a source map: the innermost frame
 * that is neither the library's nor Node's, and of a package only where there is no other. Undefined before Node 22.9.
 */
export const callSite: CallSite = () => {
  let inPackage: SitePlace | null = null;
  for (const [index, frame] of frames(FRAMES).entries()) {
    if (frame.scriptName === own) continue;
    const place = placeOf(frame);
    if (place === null) continue;
    if (!place.file.includes(`${path.sep}node_modules${path.sep}`)) {
      return formatSite(toldPlace(index, place) ?? originalPlace(place));
    }
    inPackage ??= place;
  }
  return inPackage === null ? undefined : formatSite(originalPlace(inPackage));
};

function frames(count: number): readonly util.CallSiteObject[] {
  if (!('getCallSites' in util)) return [];
  return util.getCallSites(count, { sourceMap: false });
}

/**
 * The place of a frame as a tool tells it that translates programs in memory and maps their stacks itself, as vitest does; null
 * where none does so with this script.
 */
function toldPlace(index: number, place: SitePlace): SitePlace | null {
  if (asWritten.has(place.file)) return null;
  const told = parseSite(stackLines()[index]?.replace(/^\s+at (?:.*\()?(.*?)\)?$/, '$1'));
  if (told === null) return null;
  const found = placeOf({ scriptName: told.file, lineNumber: told.line, columnNumber: told.column });
  // Somebody may leave frames out.
  if (found?.file !== place.file) return null;
  if (found.line !== place.line || found.column !== place.column) return found;
  asWritten.add(place.file);
  return null;
}

/** Scripts with whose frames nobody does anything: for them stacks need not be told again. */
const asWritten = new Set<string>();

/** The lines of the stack, without the first, so that they stand where `frames` has them: it is called one function deeper. */
function stackLines(): readonly string[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES + 1;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = limit;
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(1);
}

/** What was not read from a file has no place. */
function placeOf({
  scriptName,
  lineNumber,
  columnNumber,
}: Pick<util.CallSiteObject, 'scriptName' | 'lineNumber' | 'columnNumber'>): SitePlace | null {
  const file = scriptName.startsWith('file:') ? fileURLToPath(scriptName) : scriptName;
  return path.isAbsolute(file) ? { file, line: lineNumber, column: columnNumber } : null;
}
