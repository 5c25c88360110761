/**
 * Runs something when this program, or this worker, ends, after whatever the program itself does then: handles may be closed in
 * its own listeners.
 */
export function atProgramEnd(run: () => void): void {
  if (runs.size === 0) listen();
  runs.add(run);
}

/** Takes back what `atProgramEnd` was told. */
export function notAtProgramEnd(run: () => void): void {
  runs.delete(run);
}

/** One listener of the process for all: many would look like a leak. */
const runs = new Set<() => void>();
let listens = false;

function listen(): void {
  if (listens) return;
  listens = true;
  process.on('exit', end);
  process.on('newListener', (event, listener) => {
    if (event !== 'exit' || listener === end) return;
    // The new listener is added when this one returns.
    queueMicrotask(() => process.off('exit', end).on('exit', end));
  });
}

function end(): void {
  for (const run of [...runs]) run();
}
