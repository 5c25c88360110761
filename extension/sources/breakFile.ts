import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BreakCondition } from '../shared/breakConditions.ts';
import { formatBreaks, parseBreaks, type WatchAddress } from '../shared/watchProtocol.ts';

/**
 * What programs break on, in a file beside the window's socket. The socket tells it only when a program's event loop turns: what
 * the first calls do comes before that, and an environment is older than the last change in whatever was started from a program.
 */

/** Keeps what programs break on for those that start. Throws what node:fs throws. */
export function keepBreaks(address: WatchAddress, conditions: readonly BreakCondition[]): void {
  const file = fileOf(address);
  if (conditions.length === 0) {
    rmSync(file, { force: true });
    return;
  }
  // Whoever reads meanwhile reads one list or the other.
  writeFileSync(`${file}.new`, formatBreaks(conditions), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** What to break on, as the window has it at this moment; nothing where it does not say. */
export function readBreaks(address: WatchAddress): readonly BreakCondition[] {
  try {
    return parseBreaks(readFileSync(fileOf(address), 'utf8')) ?? [];
  } catch {
    return []; // there is no file where nothing is broken on
  }
}

/** Named pipes stand in no folder; the one for temporary files is its user's own where they are. */
function fileOf({ path: name }: WatchAddress): string {
  return process.platform === 'win32'
    ? path.join(tmpdir(), `${path.win32.basename(name)}.breaks`)
    : path.join(path.dirname(name), 'breaks');
}
