import path from 'node:path';
import * as vscode from 'vscode';
import { printable } from '../../shared/format.ts';
import type { Mark, MarkComparison } from '../../shared/journal.ts';
import type { JournalHistory } from '../../shared/journalHistory.ts';
import type { EntryListener } from '../../shared/liveJournal.ts';
import { SiteTallies } from '../../shared/siteTallies.ts';
import type { AttachedProgram } from '../../sources/attachedProgram.ts';
import type { GraphModel } from '../graphModel.ts';

/** A watched program as the graph shows it: everything can be looked at, nothing can be called. */
export class ProgramModel implements GraphModel, vscode.Disposable {
  readonly program: AttachedProgram;
  /** What happened at which line of its code. */
  readonly tallies = new SiteTallies();
  readonly readOnly = true;
  readonly #selectionChanged = new vscode.EventEmitter<number | null>();
  readonly #stopListening: () => void;
  #selected: number | null = null;

  /** Fires with the serial of the selected handle, or null. */
  readonly onDidSelect = this.#selectionChanged.event;

  constructor(program: AttachedProgram) {
    this.program = program;
    for (const entry of program.history.entries) this.tallies.follow(entry);
    this.#stopListening = program.listen((entry) => this.tallies.follow(entry));
  }

  /** Name of its file, and which worker and which engine it is. */
  get name(): string {
    const { program, thread, engine } = this.program;
    const file = program === '' ? 'Node.js' : path.basename(program);
    const where = thread === 0 ? file : vscode.l10n.t('{0} (worker {1})', file, thread);
    if (engine === null) return where;
    return engine.name === ''
      ? vscode.l10n.t('{0} (engine {1})', where, engine.number)
      : vscode.l10n.t('{0} (engine {1}, {2})', where, engine.number, printable(engine.name, 80));
  }

  get title(): string {
    return `${this.name} ${this.program.pid}`;
  }

  get startedAt(): Date {
    return this.program.startedAt;
  }

  get history(): JournalHistory {
    return this.program.history;
  }

  get stopped(): boolean {
    return this.program.ended;
  }

  get now(): number {
    return this.program.now;
  }

  get selected(): number | null {
    return this.#selected;
  }

  select(serial: number | null): void {
    if (serial === this.#selected) return;
    this.#selected = serial;
    this.#selectionChanged.fire(serial);
  }

  /** Notes in this window's copy of the journal that its open handles were marked, or compared with a mark. */
  note(body: Mark | MarkComparison): void {
    this.program.note(body);
  }

  /** Listens to new entries until the returned function is called. */
  listen(listener: EntryListener): () => void {
    return this.program.listen(listener);
  }

  dispose(): void {
    this.#stopListening();
    this.#selectionChanged.dispose();
  }
}
