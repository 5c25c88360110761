import * as vscode from 'vscode';
import { annotated } from '../shared/diagnoses/annotated.ts';
import { JournalHistory } from '../shared/journalHistory.ts';
import type { ReadTrace } from '../sources/traceFile.ts';
import type { GraphModel } from './graphModel.ts';
import { leakAge } from './settings.ts';

/** A recorded journal as the graph shows it: everything can be looked at, nothing can be called. */
export class TraceModel implements GraphModel, vscode.Disposable {
  /** The file that it was read from. */
  readonly uri: vscode.Uri;
  readonly history: JournalHistory;
  readonly title: string;
  readonly startedAt: Date;
  readonly readOnly = true;
  readonly stopped = true;
  readonly #selectionChanged = new vscode.EventEmitter<number | null>();
  #selected: number | null = null;

  /** Fires with the serial of the selected handle, or null. */
  readonly onDidSelect = this.#selectionChanged.event;

  constructor(uri: vscode.Uri, { header, base, entries }: Extract<ReadTrace, { readonly ok: true }>) {
    this.uri = uri;
    this.title = header.title;
    this.startedAt = new Date(header.startedAt);
    // All of it is kept: the reader of the file has set the limit.
    const told = annotated(base, entries, leakAge());
    this.history = new JournalHistory(told.length + 1, base);
    for (const entry of told) this.history.append(entry);
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

  /** Nothing is added to a file that was read. */
  listen(): () => void {
    return () => undefined;
  }

  dispose(): void {
    this.#selectionChanged.dispose();
  }
}
