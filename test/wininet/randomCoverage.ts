import assert from 'node:assert/strict';
import {
  type FunctionName,
  functionNames,
  functionRow,
  handleKinds,
  statesOf,
} from '../../extension/shared/hierarchy.ts';
import type { LiveJournal } from '../../extension/shared/liveJournal.ts';

/** How many states of every kind, and functions, the random programs got to: where that is little, they prove little. */
export class RandomCoverage {
  readonly #counts = new Map<string, number>();

  /** Calls that a status callback made. */
  reacted(): void {
    this.#count('calls of status callbacks');
  }

  /** Takes account of what one program led to. */
  add({ entries }: LiveJournal, isAsynchronous: (serial: number) => boolean): void {
    const functions = new Map<number, FunctionName>();
    const kinds = new Map<number, string>();
    for (const entry of entries) {
      if (entry.type === 'call-begin') functions.set(entry.call, entry.fn);
      if (entry.type === 'call-begin' && entry.callback !== undefined) this.#count('calls within status callbacks');
      if (entry.type === 'call-pending') this.#count(`${functions.get(entry.call)} pends`);
      if (entry.type === 'call-end') {
        this.#count(`${functions.get(entry.call)} ${entry.error === undefined ? 'succeeds' : 'fails'}`);
        if (entry.error === 'ERROR_INTERNET_OPERATION_CANCELLED') this.#count('cancelled calls');
      }
      if (entry.type === 'handle-open') {
        kinds.set(entry.serial, entry.kind);
        this.#count(`${entry.kind} ${isAsynchronous(entry.serial) ? 'asynchronous' : 'synchronous'}`);
        this.#count(`${entry.kind} of ${entry.fn}`);
      }
      if (entry.type === 'handle-open' || entry.type === 'handle-state') {
        this.#count(`${kinds.get(entry.serial)} ${entry.state}`);
      }
    }
  }

  /**
   * Every kind of handle was there in both modes, from each function that returns it, and in each of its states; every function has succeeded; calls pended,
   * were cancelled, and were made by status callbacks.
   */
  check(): void {
    const wanted = [
      ...handleKinds.flatMap((kind) => [`${kind} synchronous`, `${kind} asynchronous`]),
      ...functionNames.flatMap((fn) => (functionRow(fn).returns ?? []).map((kind) => `${kind} of ${fn}`)),
      ...handleKinds.flatMap((kind) => statesOf(kind).map((state) => `${kind} ${state}`)),
      ...functionNames.filter((fn) => !NEVER_SUCCEEDS.has(fn)).map((fn) => `${fn} succeeds`),
      ...['InternetConnect', 'HttpSendRequest', 'FtpOpenFile', 'GopherOpenFile'].map((fn) => `${fn} pends`),
      'calls of status callbacks',
      'calls within status callbacks',
      'cancelled calls',
    ];
    assert.deepEqual(
      wanted.filter((one) => !this.#counts.has(one)),
      [],
      'what no program got to',
    );
  }

  /** The rarest of what was counted, for whoever tunes the programs. */
  get rarest(): string {
    return [...this.#counts]
      .toSorted(([, one], [, other]) => one - other)
      .slice(0, 12)
      .map(([name, count]) => `${name} × ${count}`)
      .join(', ');
  }

  #count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }
}

/** Nothing is ever suspended here. */
const NEVER_SUCCEEDS: ReadonlySet<FunctionName> = new Set(['ResumeSuspendedDownload']);
