import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as util from 'node:util';
import { formatSite, type SitePlace } from '../shared/callSite.ts';
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
  for (const frame of frames(FRAMES)) {
    if (frame.scriptName === own) continue;
    const place = placeOf(frame);
    if (place === null) continue;
    if (!place.file.includes(`${path.sep}node_modules${path.sep}`)) return formatSite(originalPlace(place));
    inPackage ??= place;
  }
  return inPackage === null ? undefined : formatSite(originalPlace(inPackage));
};

function frames(count: number): readonly util.CallSiteObject[] {
  if (!('getCallSites' in util)) return [];
  return util.getCallSites(count, { sourceMap: false });
}

/** What was not read from a file has no place. */
function placeOf({ scriptName, lineNumber, columnNumber }: util.CallSiteObject): SitePlace | null {
  const file = scriptName.startsWith('file:') ? fileURLToPath(scriptName) : scriptName;
  return path.isAbsolute(file) ? { file, line: lineNumber, column: columnNumber } : null;
}
