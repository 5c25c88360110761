import * as vscode from 'vscode';
import { DiagnosisPlaces } from '../../shared/diagnoses/diagnosisPlaces.ts';
import { CoalescedRefresh } from '../coalescedRefresh.ts';
import type { GraphModel } from '../graphModel.ts';
import { type Problem, problemOf } from './problem.ts';

/** A change is shown at most this much later. */
const REFRESH_MILLISECONDS = 100;
/** Problems that one journal shows, the newest: a loop that does wrong does it thousands of times. */
const LIMIT = 500;

/** A journal of whatever source that holds notes of what is wrong in it. */
type Journal = Pick<GraphModel, 'history' | 'listen'>;

/** Shows what is wrong in journals as problems at the call sites. Calls that a person makes here have none. */
export class DiagnosisProblems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('hinternet');
  readonly #journals = new Map<Journal, readonly Problem[]>();
  readonly #stops = new Set<() => void>();
  readonly #refreshing = new CoalescedRefresh(() => this.#refresh(), REFRESH_MILLISECONDS);

  /** Shows what a journal's notes tell, those that it holds and those that come, until the result is disposed of. */
  add(journal: Journal): vscode.Disposable {
    const { base, entries } = journal.history;
    const places = new DiagnosisPlaces(base);
    this.#journals.set(journal, []);
    const read = (entry: (typeof entries)[number]): void => {
      places.follow(entry);
      const problem = entry.type === 'note' ? problemOf(places.diagnosis(entry, entry.seq)) : null;
      if (problem !== null) this.#show(journal, problem);
      if (entry.type === 'handle-close') this.#close(journal, entry.serial);
    };
    for (const entry of entries) read(entry);
    const stopListening = journal.listen(read);
    const stop = (): void => {
      stopListening();
      this.#stops.delete(stop);
      if (this.#journals.delete(journal)) this.#refreshing.request();
    };
    this.#stops.add(stop);
    return new vscode.Disposable(stop);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#refreshing.dispose();
    this.#collection.dispose();
  }

  #show(journal: Journal, problem: Problem): void {
    const before = this.#journals.get(journal) ?? [];
    // The same fault at the same place, as a loop repeats it, is one problem.
    const same = before.findIndex((one) => keyOf(one) === keyOf(problem));
    if (same >= 0 && problem.until === null) return;
    // A comparison that finds more at a line says so in place of the one before it.
    this.#journals.set(journal, same >= 0 ? before.with(same, problem) : [...before, problem].slice(-LIMIT));
    this.#refreshing.request();
  }

  /** A handle was closed: problems that only waited for that are over. */
  #close(journal: Journal, serial: number): void {
    const before = this.#journals.get(journal) ?? [];
    const after = before.filter(({ until }) => until?.delete(serial) !== true || until.size > 0);
    if (after.length === before.length) return;
    this.#journals.set(journal, after);
    this.#refreshing.request();
  }

  #refresh(): void {
    const byFile = new Map<string, [vscode.Uri, vscode.Diagnostic[]]>();
    for (const { uri, diagnostic } of [...this.#journals.values()].flat()) {
      const file = byFile.get(uri.toString());
      if (file === undefined) byFile.set(uri.toString(), [uri, [diagnostic]]);
      else file[1].push(diagnostic);
    }
    this.#collection.clear();
    this.#collection.set([...byFile.values()]);
  }
}

function keyOf({ uri, diagnostic: { code, range } }: Problem): string {
  return `${uri.toString()} ${range.start.line}:${range.start.character} ${String(code)}`;
}
