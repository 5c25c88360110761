import type { EntryBody, NoteTopic, Recorder } from '../journal.ts';
import type { LiveJournal } from '../liveJournal.ts';
import { Diagnoser } from './diagnoser.ts';
import type { Finding } from './rule.ts';

/** Records into a journal, and behind each entry the diagnoses that show in it. */
export class DiagnosingRecorder implements Recorder {
  readonly #journal: LiveJournal;
  readonly #diagnoser: Diagnoser;
  readonly #without: ReadonlySet<NoteTopic>;

  /** @param without topics that are no faults of whoever makes these calls */
  constructor(journal: LiveJournal, without: readonly NoteTopic[] = []) {
    this.#journal = journal;
    this.#without = new Set(without);
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
    for (const finding of found)
      if (!this.#without.has(finding.topic)) this.#journal.record({ type: 'note', ...finding });
  }
}
