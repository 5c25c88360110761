/** How many entries span recorders have taken: one count for all copies of this library in the process, and for all its bundles. */
const TAKEN = Symbol.for('hinternet-explorer.spans');

const shared = globalThis as { [TAKEN]?: number };

/** A span recorder takes an entry. */
export function countSpanEntry(): void {
  shared[TAKEN] = takenSoFar() + 1;
}

/**
 * Does `record`, which passes an entry to somebody's recorder, lead to one that makes spans? It may stand behind others, which know
 * nothing of this.
 */
export function makesSpans(record: () => void): boolean {
  const before = takenSoFar();
  record();
  return takenSoFar() !== before;
}

function takenSoFar(): number {
  return shared[TAKEN] ?? 0;
}
