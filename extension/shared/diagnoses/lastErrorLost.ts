import { type ErrorSymbol, errorCode } from '../errorCodes.ts';
import type { FunctionName } from '../hierarchy.ts';
import type { Entry } from '../journal.ts';
import type { HandleTree } from '../model.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** A call that is over for the program. */
interface Done {
  readonly call: number;
  readonly fn: FunctionName;
  readonly handle: number | null;
  readonly error: ErrorSymbol | null;
  /** Another call ran at the same time: two parts of the program are at work, as two threads of the original. */
  readonly besideOthers: boolean;
}

/** Failures that follow from an earlier one: nobody reads the last error for them. */
const CONSEQUENCES: ReadonlySet<ErrorSymbol> = new Set([
  'ERROR_INVALID_HANDLE',
  'ERROR_INTERNET_INCORRECT_HANDLE_TYPE',
  'ERROR_INTERNET_INCORRECT_HANDLE_STATE',
]);

/** GetLastError that is called when other calls have come after the one that failed. */
export class LastErrorLost implements Rule {
  readonly #pending = new Set<number>();
  /** Calls for which the program waits, each with whether another one has run at the same time. */
  readonly #running = new Map<number, boolean>();
  /** The failure that the last error is about; null where none is unread. */
  #failed: Done | null = null;
  /** The failure before it, where nothing else lies between them and nobody has read its error. */
  #before: Done | null = null;
  /** The first call that succeeded after it. */
  #after: Done | null = null;

  read(entry: Entry, world: World): readonly Finding[] {
    switch (entry.type) {
      case 'call-begin':
        // A callback runs inside the call of which it is told.
        if (entry.callback === undefined) this.#begun(entry.call);
        return NOTHING;
      case 'call-pending':
        this.#running.delete(entry.call);
        this.#pending.add(entry.call);
        this.#reset();
        return NOTHING;
      case 'call-end': {
        // The end of a pending call is told by its status, and leaves the last error alone.
        const begin = this.#pending.delete(entry.call) ? undefined : world.call(entry.call);
        const besideOthers = this.#running.get(entry.call) ?? false;
        this.#running.delete(entry.call);
        if (begin !== undefined) {
          const { fn, handle } = begin;
          this.#done({ call: entry.call, fn, handle, error: entry.error ?? null, besideOthers }, world.tree);
        }
        return NOTHING;
      }
      case 'last-error': {
        const found = this.#found();
        this.#reset();
        return found;
      }
      default:
        return NOTHING;
    }
  }

  #begun(call: number): void {
    const isBeside = this.#running.size > 0;
    if (isBeside) for (const other of this.#running.keys()) this.#running.set(other, true);
    this.#running.set(call, isBeside);
  }

  #done(done: Done, tree: HandleTree): void {
    // Each thread of the original has its own last error: what other parts of the program do in between counts for nothing.
    const isApart = this.#failed?.besideOthers === true && !concerns(done, this.#failed, tree);
    if (done.error === null) {
      if (this.#failed !== null && !isApart) this.#after ??= done;
    } else {
      this.#before = this.#after === null && !isApart ? this.#failed : null;
      this.#failed = done;
      this.#after = null;
    }
  }

  #reset(): void {
    this.#failed = null;
    this.#before = null;
    this.#after = null;
  }

  #found(): readonly Finding[] {
    const [failed, before, after] = [this.#failed, this.#before, this.#after];
    if (failed?.error == null) return NOTHING;
    if (after !== null) {
      const text = `GetLastError was called for ${told(failed)} when ${after.fn} had been called since: the original may have overwritten it.`;
      return [{ topic: 'last-error-lost', serial: after.handle, call: after.call, text }];
    }
    const isConsequence = failed.fn === 'InternetCloseHandle' || CONSEQUENCES.has(failed.error);
    if (before === null || !isConsequence) return NOTHING;
    const text = `${told(before)} was not read: GetLastError now tells of ${told(failed)}, which came after it.`;
    return [{ topic: 'last-error-lost', serial: failed.handle, call: failed.call, text }];
  }
}

/** Is a call about the handle with which another one failed, or one above it below the root, as cleaning up after it is? */
function concerns(done: Done, failed: Done, tree: HandleTree): boolean {
  for (let at = failed.handle; at !== null; ) {
    const node = tree.nodes.get(at);
    if (node === undefined || node.parent === null) return false;
    if (at === done.handle) return true;
    at = node.parent;
  }
  return false;
}

function told({ fn, error }: Done): string {
  return error === null ? fn : `${error} (${errorCode(error)}) of ${fn}`;
}
