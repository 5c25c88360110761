import { channel, subscribe } from 'node:diagnostics_channel';

/**
 * Ends spans when the program does: what is open then was never closed, and a span that never ends is never sent.
 *
 * SDKs are often shut down when the event loop has run empty, and take no span from then on: so this comes before whatever else
 * listens. Where a program ends by process.exit(), as on a signal, it says so itself before it shuts its SDK down.
 */

/** What has spans that have not ended. */
export interface Unended {
  /** The program ends. */
  end(): void;
}

/** A process may hold this code more than once: for `import` and `require`, and in several bundles. */
const NAME = 'hinternet-explorer.end-spans.1';

const all = new Set<Unended>();
let listens = false;

/** Ends the spans of this, too, when the program ends. */
export function endWithProgram(one: Unended): void {
  all.add(one);
  if (listens) return;
  listens = true;
  process.prependListener('beforeExit', endAll);
  process.on('exit', endAll);
  subscribe(NAME, endAll);
}

/** Nothing of it is left to be ended. */
export function endedBefore(one: Unended): void {
  all.delete(one);
}

/** Ends the spans of everything in this process that has some open. */
export function endSpansOfProcess(): void {
  channel(NAME).publish(null);
}

function endAll(): void {
  for (const one of [...all]) one.end();
}
