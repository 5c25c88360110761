import { ASKING, FLAG_ROWS, type FlagRow } from '../shared/flagTable.ts';
import { type FunctionName, functionRow } from '../shared/hierarchy.ts';
import type { Note } from '../shared/journal.ts';
import type { HandleRecord } from './handleStore.ts';
import type { PendingCall } from './pendingCall.ts';
import type { Reports } from './reports.ts';

/** Flags without an effect, by function and bit; of names that share a bit the first one stands for all. */
const ROWS: ReadonlyMap<FunctionName, ReadonlyMap<number, FlagRow>> = rowsByFunction();

function rowsByFunction(): ReadonlyMap<FunctionName, ReadonlyMap<number, FlagRow>> {
  const found = new Map<FunctionName, Map<number, FlagRow>>();
  for (const row of FLAG_ROWS) {
    if (row.note === undefined) continue;
    for (const fn of row.note.of ?? ASKING) {
      const rows = found.get(fn) ?? new Map<number, FlagRow>();
      if (!rows.has(row.flag)) rows.set(row.flag, row);
      found.set(fn, rows);
    }
  }
  return found;
}

/** Tells the journal of flags that change nothing here, each once for a handle. */
export class FlagNotes {
  readonly #reports: Reports;
  readonly #noted = new WeakMap<HandleRecord, Set<number>>();

  constructor(reports: Reports) {
    this.#reports = reports;
  }

  /** @param record the handle that the call makes, or else uses; null where there is none */
  note(call: PendingCall, record: HandleRecord | null): void {
    const rows = ROWS.get(call.fn);
    const flags = rows === undefined ? 0 : call.args[functionRow(call.fn).parameters.indexOf('dwFlags')];
    if (rows === undefined || typeof flags !== 'number' || flags === 0) return;
    const noted = (record === null ? undefined : this.#noted.get(record)) ?? new Set<number>();
    const given = [...rows.values()].filter(({ flag }) => (flags & flag) !== 0 && !noted.has(flag));
    if (given.length === 0) return;
    for (const { flag } of given) noted.add(flag);
    if (record !== null) this.#noted.set(record, noted);
    const serial = record?.handle.serial ?? null;
    for (const note of notesOf(call.fn, given)) this.#reports.note({ ...note, serial, call: call.id });
  }
}

/** What is said of flags: those that speak of a cache share one sentence. */
function notesOf(fn: FunctionName, rows: readonly FlagRow[]): readonly Pick<Note, 'topic' | 'text'>[] {
  const ofCache = rows.filter(({ note }) => note?.topic === 'no-cache').map(({ name }) => name);
  const others = rows.filter(({ note }) => note?.topic === 'flag-without-effect');
  const about = `${ofCache.join(' and ')} ${ofCache.length === 1 ? 'speaks' : 'speak'} of a cache.`;
  const text = `${about} Nothing is cached here: the answer comes from the server, every time.`;
  return [
    ...(ofCache.length === 0 ? [] : [{ topic: 'no-cache', text } as const]),
    ...others.map(({ name, summary }) => ({
      topic: 'flag-without-effect' as const,
      text: `${name} changes nothing of ${fn}. ${summary}`,
    })),
  ];
}
