import type { CallStep, LoopStep, Step } from './program.ts';

/**
 * Folds runs of the same call: reads to the end (0 bytes), a search to its end (ERROR_NO_MORE_FILES), and writes of pieces of one
 * size. All of them were waited for, one after the other.
 */
export function foldLoops(steps: readonly Step[]): readonly Step[] {
  const folded: Step[] = [];
  for (let at = 0; at < steps.length; ) {
    const length = runAt(steps, at);
    const loop = loopOf(steps.slice(at, at + length));
    folded.push(...(loop === null ? steps.slice(at, at + length) : [loop]));
    at += length;
  }
  return folded;
}

/** How many steps from here on are the same call. A call that ends a search belongs to it though it failed. */
function runAt(steps: readonly Step[], at: number): number {
  const first = steps[at];
  if (first?.is !== 'call' || !first.waits || endOf(first) === null) return 1;
  let length = 1;
  for (; ; length += 1) {
    const [last, next] = [steps[at + length - 1], steps[at + length]];
    if (last?.is !== 'call' || next?.is !== 'call' || !next.waits) return length;
    if (isEnd(last) || !isSame(first, next) || (next.error !== null && !isEnd(next))) return length;
  }
}

function loopOf(run: readonly Step[]): LoopStep | null {
  const [first, last] = [run[0], run.at(-1)];
  if (first?.is !== 'call' || last?.is !== 'call' || run.length < 2) return null;
  if (first.fn === 'InternetWriteFile') return { is: 'loop', call: first, until: run.length };
  if (!isEnd(last)) return null;
  return { is: 'loop', call: first, until: last.error ?? 'zero' };
}

/** How a repetition of this function ends; null where repeating it is no loop. */
function endOf({ fn, error }: CallStep): 'zero' | 'error' | 'count' | null {
  if (error !== null) return null;
  if (fn === 'InternetReadFile') return 'zero';
  if (fn === 'InternetFindNextFile') return 'error';
  return fn === 'InternetWriteFile' ? 'count' : null;
}

function isEnd({ fn, result, error }: CallStep): boolean {
  if (fn === 'InternetReadFile') return error === null && result === 0;
  return fn === 'InternetFindNextFile' && error === 'ERROR_NO_MORE_FILES';
}

function isSame(one: CallStep, other: CallStep): boolean {
  return one.fn === other.fn && JSON.stringify(one.args) === JSON.stringify(other.args);
}
