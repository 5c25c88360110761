import { type ErrorSymbol, errorCode } from '../errorCodes.ts';
import type { FunctionName } from '../hierarchy.ts';
import type { Entry } from '../journal.ts';
import { type Finding, NOTHING, type Rule, type World } from './rule.ts';

/** A call that is over for the program. */
interface Done {
  readonly call: number;
  readonly fn: FunctionName;
  readonly handle: number | null;
  readonly error: ErrorSymbol | null;
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
  /** The failure that the last error is about; null where none is unread. */
  #failed: Done | null = null;
  /** The failure before it, where nothing else lies between them and nobody has read its error. */
  #before: Done | null = null;
  /** The first call that succeeded after it. */
  #after: Done | null = null;

  read(entry: Entry, world: World): readonly Finding[] {
    switch (entry.type) {
      case 'call-pending':
        this.#pending.add(entry.call);
        this.#reset();
        return NOTHING;
      case 'call-end': {
        // The end of a pending call is told by its status, and leaves the last error alone.
        const begin = this.#pending.delete(entry.call) ? undefined : world.call(entry.call);
        if (begin !== undefined) {
          this.#done({ call: entry.call, fn: begin.fn, handle: begin.handle, error: entry.error ?? null });
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

  #done(done: Done): void {
    if (done.error === null) {
      if (this.#failed !== null) this.#after ??= done;
    } else {
      this.#before = this.#after === null ? this.#failed : null;
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

function told({ fn, error }: Done): string {
  return error === null ? fn : `${error} (${errorCode(error)}) of ${fn}`;
}
