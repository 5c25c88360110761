// Journals for the graph's tests: scripted calls recorded in the shape in which the engine records its own.
import type { ErrorSymbol } from '../../../extension/shared/errorCodes.ts';
import type { FunctionName, HandleKind, HandleState } from '../../../extension/shared/hierarchy.ts';
import type { Entry, EntryBody } from '../../../extension/shared/journal.ts';
import { JournalHistory } from '../../../extension/shared/journalHistory.ts';
import { type Checkpoint, checkpoint } from '../../../extension/shared/model.ts';
import type { HostMessage } from '../../../extension/shared/protocol.ts';

/** The name of a journal whose name does not matter. */
export const JOURNAL = '2026-11-01T12:00:00.000Z';

/** What a call does besides beginning and ending. */
export interface CallOptions {
  readonly error?: ErrorSymbol;
  readonly microseconds?: number;
  /** Leaves the call under way. */
  readonly unfinished?: boolean;
}

/** A journal that grows by calls. Handle values are recycled, lowest first, as WinINet does. */
export class ScriptedJournal {
  /** Names the journal, as the host would. */
  readonly name: string;
  readonly entries: Entry[] = [];
  readonly #history = new JournalHistory(100_000);
  #serial = 0;
  #call = 0;
  #t = 0;
  /** No value below this one is free. */
  #lowest = 0x00cc0004;

  constructor(name = JOURNAL) {
    this.name = name;
  }

  /** Records a call that returns a handle; gives its serial. */
  open(
    fn: FunctionName,
    kind: HandleKind,
    state: HandleState,
    parent: number | null,
    target: string,
    microseconds = 900,
  ): number {
    const call = this.#begin(fn, parent);
    this.#t += microseconds;
    const serial = ++this.#serial;
    this.#record({ type: 'handle-open', serial, value: this.#freeValue(), kind, state, parent, fn, call, target });
    this.#record({ type: 'call-end', call, result: { handle: serial } });
    return serial;
  }

  /** Records a call that uses a handle. */
  call(fn: FunctionName, handle: number, options: CallOptions = {}): void {
    const call = this.#begin(fn, handle);
    this.#t += options.microseconds ?? 1200;
    if (options.unfinished) return;
    const failure = options.error === undefined ? {} : { error: options.error };
    this.#record({ type: 'call-end', call, result: options.error === undefined, ...failure });
  }

  state(serial: number, state: HandleState): void {
    this.#record({ type: 'handle-state', serial, state });
  }

  bytes(serial: number, direction: 'in' | 'out', count: number): void {
    this.#record({ type: 'bytes', serial, direction, count });
  }

  /** Closes a handle and all below it, deepest first. */
  close(serial: number): void {
    const call = this.#begin('InternetCloseHandle', serial);
    for (const one of this.#below(serial)) {
      this.#lowest = Math.min(this.#lowest, this.#history.tree.nodes.get(one)?.value ?? this.#lowest);
      this.#record({
        type: 'handle-close',
        serial: one,
        reason: one === serial ? 'call' : 'cascade',
        cascadeRoot: serial,
      });
    }
    this.#record({ type: 'call-end', call, result: true });
  }

  /** Records a call on a handle that was closed before; with `hit` its value belongs to that one now. */
  stale(fn: FunctionName, serial: number, hit?: number): void {
    const call = this.#begin(fn, null);
    const value = this.#history.tree.nodes.get(serial)?.value ?? 0;
    const text = `0x${value.toString(16)} was closed before.`;
    if (hit !== undefined) this.#record({ type: 'note', topic: 'stale-use', serial, call, text, hit });
    else {
      const topic = fn === 'InternetCloseHandle' ? 'double-close' : 'use-after-close';
      this.#record({ type: 'note', topic, serial, call, text });
    }
    this.#record({ type: 'call-end', call, result: false, error: 'ERROR_INVALID_HANDLE' });
  }

  /** Lets time pass, in microseconds. */
  pass(microseconds: number): void {
    this.#t += microseconds;
  }

  /** All that was recorded, as the host sends it. */
  snapshot(selected: number | null = null): Extract<HostMessage, { type: 'snapshot' }> {
    const { base, entries, limit } = this.#history;
    return {
      type: 'snapshot',
      journal: this.name,
      base,
      entries: [...entries],
      limit,
      selected,
      readOnly: false,
      stopped: false,
      strings: {},
    };
  }

  /** The tree after all that was recorded. */
  checkpoint(): Checkpoint {
    return checkpoint(this.#history.tree);
  }

  /** The entries recorded since the last `take`. */
  take(): Entry[] {
    return this.entries.splice(0);
  }

  #below(serial: number): number[] {
    const children = [...(this.#history.tree.children.get(serial) ?? [])].reverse();
    return [
      ...children
        .filter((one) => this.#history.tree.nodes.get(one)?.closed === null)
        .flatMap((one) => this.#below(one)),
      serial,
    ];
  }

  #begin(fn: FunctionName, handle: number | null): number {
    const call = ++this.#call;
    this.#t += 300;
    this.#record({ type: 'call-begin', call, fn, handle, args: [] });
    return call;
  }

  #freeValue(): number {
    while (this.#history.tree.byValue.has(this.#lowest)) this.#lowest += 4;
    return this.#lowest;
  }

  #record(body: EntryBody): void {
    const entry: Entry = { ...body, seq: this.#history.tree.seq + 1, t: this.#t };
    this.#history.append(entry);
    this.entries.push(entry);
  }
}
