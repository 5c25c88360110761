import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as util from 'node:util';
import { formatSite, parseSite, type SitePlace } from '../shared/callSite.ts';
import type { CallSite } from '../wininet/ports/callSite.ts';
import { type FramePlace, isLibrary } from './libraryExtent.ts';
import { originalPlace } from './sourceMaps.ts';

/** How many frames are looked at: a program's own is below those of the engine, perhaps below those of a package. */
const FRAMES = 24;

/**
 * Where the program's code makes the call that is now under way, in its source where there is a source map: the innermost frame
 * that is neither the library's nor Node's, and of a package only where there is no other.
 */
export const callSite: CallSite = () => {
  let inPackage: SitePlace | null = null;
  for (const [index, frame] of util.getCallSites(FRAMES, { sourceMap: false }).entries()) {
    if (isLibrary(frame)) continue;
    const place = placeOf(frame);
    if (place === null) continue;
    const source = toldPlace(index, place) ?? originalPlace(place);
    // A bundle holds packages as well.
    if (!isInPackage(place) && !isInPackage(source)) return formatSite(source);
    inPackage ??= source;
  }
  return inPackage === null ? undefined : formatSite(inPackage);
};

function isInPackage({ file }: SitePlace): boolean {
  return file.includes(`${path.sep}node_modules${path.sep}`);
}

/**
 * The place of a frame as a tool tells it that translates programs in memory and maps their stacks itself, as vitest does; null
 * where none does so with this script.
 */
function toldPlace(index: number, place: SitePlace): SitePlace | null {
  if (asWritten.has(place.file)) return null;
  // The stack begins below the first of the frames.
  const told = parseSite(stackBelow(callSite)[index - 1]?.replace(/^\s+at (?:.*\()?(.*?)\)?$/, '$1'));
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

/** The lines of the stack of those who called a function; which functions lie above it depends on who has bundled them. */
function stackBelow(called: CallSite): readonly string[] {
  const told = { stack: '' };
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(told, called);
  Error.stackTraceLimit = limit;
  return told.stack.split('\n').filter((line) => /^\s+at /.test(line));
}

/** What was not read from a file has no place. */
function placeOf({ scriptName, lineNumber, columnNumber }: FramePlace): SitePlace | null {
  const file = scriptName.startsWith('file:') ? fileURLToPath(scriptName) : scriptName;
  // What `--eval` and `--print` run has the name of a file in the working directory.
  return path.isAbsolute(file) && !/^\[eval\d*\]$/.test(path.basename(file))
    ? { file, line: lineNumber, column: columnNumber }
    : null;
}
