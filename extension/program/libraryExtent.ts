import * as util from 'node:util';

/**
 * Which part of which script is the library. It is a script of its own where a program imports it; a bundler puts it into one
 * script together with the program, in one piece. So it notes where it begins, for which this file is imported before all
 * others, and where it ends. (Not imported by name: an older Node, which lacks it, is to hear that it is too old.)
 */

/** A place in a script as it runs, before any source map. */
export interface FramePlace {
  readonly scriptName: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

// Asked for at the very place, here and where the library ends: functions are moved by what makes bundles small.
const [begin] = util.getCallSites(1, { sourceMap: false });
let end: FramePlace | undefined;

/** Says where the library ends. */
export function endLibrary(place: FramePlace | undefined): void {
  end = place;
}

/** Is this the library's own code? */
export function isLibrary(place: FramePlace): boolean {
  if (begin === undefined || place.scriptName !== begin.scriptName) return false;
  return !isBefore(place, begin) && (end === undefined || !isBefore(end, place));
}

function isBefore(one: FramePlace, other: FramePlace): boolean {
  return one.lineNumber === other.lineNumber
    ? one.columnNumber < other.columnNumber
    : one.lineNumber < other.lineNumber;
}
