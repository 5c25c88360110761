import type { CloseReason } from '../shared/journal.ts';
import type { Release } from './handleData.ts';
import type { HandleRecord } from './handleStore.ts';
import type { Reports } from './reports.ts';

/** One of the handles that close together. */
interface Closing {
  readonly record: HandleRecord;
  /** A call on it was cut off. */
  readonly interrupted: boolean;
}

/** The one path on which handles close. */
export class Closer {
  readonly #reports: Reports;
  readonly #leave: (record: HandleRecord) => void;

  /** @param leave takes a handle that is done out of the tree and frees its value */
  constructor(reports: Reports, leave: (record: HandleRecord) => void) {
    this.#reports = reports;
    this.#leave = leave;
  }

  /**
   * Closes a handle and everything below it: invalid at once, descendants first and the newest of them first, running calls
   * settle with ERROR_INTERNET_OPERATION_CANCELLED, then INTERNET_STATUS_HANDLE_CLOSING, and the value is freed last.
   * @returns a promise if sockets or uploads have to be waited for; it rejects if an upload failed
   */
  close(top: HandleRecord, reason: Exclude<CloseReason, 'cascade'>): undefined | Promise<undefined> {
    const closing = invalidate(top);
    for (const { record } of closing) this.#reports.closed(record, record === top ? reason : 'cascade', top);
    // Only now: the end of a call may be told to a status callback, which must find all of them closed.
    for (const { record, interrupted } of closing) {
      if (interrupted) for (const call of [...record.pending]) call.cancel();
    }
    for (const [index, { record, interrupted }] of closing.entries()) {
      // A child that is still here was closed before and has not gone yet: its parent waits for it.
      const release = record.hasChildren ? null : record.data.release?.(interrupted);
      if (release === undefined) {
        this.#reports.closing(record);
        this.#leave(record);
        continue;
      }
      const slow = closing.slice(index);
      const leaving = this.#closeSlowly(slow, release);
      for (const one of slow) one.record.leaving = leaving;
      return leaving;
    }
    return undefined;
  }

  /** @param begun what the first of them has to wait for, if its release has begun */
  async #closeSlowly(closing: readonly Closing[], begun: Release | null): Promise<undefined> {
    const failures: unknown[] = [];
    let release = begun;
    for (const { record, interrupted } of closing) {
      if (record.hasChildren) await Promise.allSettled([...record.children].map((child) => child.leaving));
      await this.#settle(record, release ?? record.data.release?.(interrupted) ?? {}, failures);
      release = null;
    }
    if (failures.length > 0) throw failures[0];
    return undefined;
  }

  async #settle(record: HandleRecord, release: Release, failures: unknown[]): Promise<void> {
    await release.closed?.catch((failure: unknown) => failures.push(failure));
    this.#reports.closing(record);
    await release.outcome?.catch((failure: unknown) => failures.push(failure));
    this.#leave(record);
  }
}

/** Makes a handle and everything below it invalid; returns them in the order in which they close. */
function invalidate(top: HandleRecord): readonly Closing[] {
  const order: Closing[] = [];
  const visit = (record: HandleRecord): void => {
    record.open = false;
    if (record.hasChildren) for (const child of [...record.children].reverse()) if (child.open) visit(child);
    order.push({ record, interrupted: record.isBusy });
  };
  visit(top);
  return order;
}
