/**
 * Runs something when this program, or this worker, ends, after whatever the program itself does then: handles may be closed in
 * its own listeners.
 */
export function atProgramEnd(run: () => void): void {
  process.on('exit', run);
  process.on('newListener', (event, listener) => {
    if (event !== 'exit' || listener === run) return;
    // The new listener is added when this one returns.
    queueMicrotask(() => process.off('exit', run).on('exit', run));
  });
}
