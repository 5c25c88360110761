import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import type { BreakReason } from '../shared/breakConditions.ts';
import { parseSite } from '../shared/callSite.ts';

/**
 * Stops a debugged program on a line of its own code.
 *
 * A `debugger` statement in the engine would show the engine, and debuggers pass over it where they are told to skip the engine's
 * files; and when a call fails later, the program's line is on no stack at all. So the statement is compiled as if it stood on
 * the program's line, in a function whose only variable says why it stopped. Without a debugger nothing happens.
 */
export function pauseAt({ site, why }: BreakReason): void {
  const pause = pauses.get(site) ?? compile(site);
  pauses.set(site, pause);
  pause?.(why);
}

const pauses = new Map<string, ((why: string) => void) | null>();

function compile(site: string): ((why: string) => void) | null {
  const place = parseSite(site);
  if (place === null) return null;
  const made: unknown = new vm.Script('(function HINTERNET(why) { debugger; })', {
    filename: pathToFileURL(place.file).href,
    lineOffset: place.line - 1,
  }).runInThisContext();
  return typeof made === 'function' ? (why) => void made(why) : null;
}
