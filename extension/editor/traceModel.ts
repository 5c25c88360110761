import * as vscode from 'vscode';
import { annotated } from '../shared/diagnoses/annotated.ts';
import type { Entry } from '../shared/journal.ts';
import { JournalHistory } from '../shared/journalHistory.ts';
import type { EntryListener } from '../shared/liveJournal.ts';
import { ENTRY_LIMIT, type ReadTrace } from '../sources/traceFile.ts';
import type { GraphModel } from './graphModel.ts';
import { leakAge } from './settings.ts';

type Trace = Extract<ReadTrace, { readonly ok: true }>;

/** A recorded journal as the graph shows it: everything can be looked at, nothing can be called. */
export class TraceModel implements GraphModel, vscode.Disposable {
  /** The file that it was read from. */
  readonly uri: vscode.Uri;
  readonly readOnly = true;
  readonly stopped = true;
  readonly #selectionChanged = new vscode.EventEmitter<number | null>();
  readonly #replaced = new vscode.EventEmitter<void>();
  readonly #listeners = new Set<EntryListener>();
  #header: Trace['header'];
  #history: JournalHistory;
  #selected: number | null = null;

  /** Fires with the serial of the selected handle, or null. */
  readonly onDidSelect = this.#selectionChanged.event;
  /** Fires when the file holds another journal than before. */
  readonly onDidReplace = this.#replaced.event;

  constructor(uri: vscode.Uri, trace: Trace) {
    this.uri = uri;
    this.#header = trace.header;
    this.#history = historyOf(trace.base, toldBy(trace));
  }

  get title(): string {
    return this.#header.title;
  }

  get startedAt(): Date {
    return new Date(this.#header.startedAt);
  }

  get history(): JournalHistory {
    return this.#history;
  }

  get selected(): number | null {
    return this.#selected;
  }

  /** Time has stopped with the last entry. */
  get now(): number {
    return this.history.tree.t;
  }

  select(serial: number | null): void {
    if (serial === this.#selected) return;
    this.#selected = serial;
    this.#selectionChanged.fire(serial);
  }

  note(): void {
    // What a program writes is its own: nothing is added to its file.
  }

  /** Listens to entries that are appended to the file, until the returned function is called. */
  listen(listener: EntryListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes in what the file holds now: what a program has appended, or the journal of its next run. */
  update(trace: Trace): void {
    const told = toldBy(trace);
    const { entries, cut } = this.#history;
    const [last, same] = [entries.at(-1), told[entries.length - 1]];
    const continues =
      trace.header.startedAt === this.#header.startedAt &&
      trace.base.seq === cut &&
      told.length >= entries.length &&
      JSON.stringify(last) === JSON.stringify(same);
    this.#header = trace.header;
    if (continues) {
      for (const entry of told.slice(entries.length)) {
        this.#history.append(entry);
        for (const listener of this.#listeners) listener(entry);
      }
      return;
    }
    this.#history = historyOf(trace.base, told);
    this.#selected = null;
    this.#replaced.fire();
  }

  dispose(): void {
    this.#selectionChanged.dispose();
    this.#replaced.dispose();
  }
}

function toldBy({ base, entries }: Trace): readonly Entry[] {
  return annotated(base, entries, leakAge());
}

function historyOf(base: Trace['base'], entries: readonly Entry[]): JournalHistory {
  // All of it is kept: the reader of the file has set the limit.
  const history = new JournalHistory(ENTRY_LIMIT, base);
  for (const entry of entries) history.append(entry);
  return history;
}
