import type { EntryBody, Recorder } from '../journal.ts';
import type { LiveJournal } from '../liveJournal.ts';
import { Diagnoser } from './diagnoser.ts';
import type { Finding } from './rule.ts';

/** Records into a journal, and behind each entry the diagnoses that show in it. */
export class DiagnosingRecorder implements Recorder {
  readonly #journal: LiveJournal;
  readonly #diagnoser: Diagnoser;

  constructor(journal: LiveJournal) {
    this.#journal = journal;
    this.#diagnoser = new Diagnoser({}, journal.tree);
  }

  /** How long a handle may lie forgotten, in microseconds; null: as long as it likes. */
  set leakAge(microseconds: number | null) {
    this.#diagnoser.leakAge = microseconds;
  }

  record(body: EntryBody): void {
    const entry = this.#journal.record(body);
    this.#note(this.#diagnoser.read(entry));
  }

  /** Looks at the present: some faults show because nothing happens any more. Call it now and then. */
  look(): void {
    this.#note(this.#diagnoser.at(this.#journal.now));
  }

  #note(found: readonly Finding[]): void {
    for (const finding of found) this.#journal.record({ type: 'note', ...finding });
  }
}
