import type { Entry } from '../journal.ts';
import { Diagnoser, type DiagnoserOptions } from './diagnoser.ts';
import type { Diagnosis } from './diagnosis.ts';
import { DiagnosisPlaces } from './diagnosisPlaces.ts';
import type { Finding } from './rule.ts';

/**
 * Reads a journal of any source and gives its diagnoses: those that its source recorded, and those that show in its entries.
 * What a recorder has found already by the same rules is not told twice.
 */
export class DiagnosisReader {
  readonly #diagnoser: Diagnoser;
  readonly #places: DiagnosisPlaces;
  /** What was told, by who found it first. */
  readonly #computed = new Set<string>();
  readonly #recorded = new Set<string>();

  constructor(options: DiagnoserOptions = {}) {
    this.#diagnoser = new Diagnoser(options);
    this.#places = new DiagnosisPlaces(options.base);
  }

  /** Reads the next entry. */
  read(entry: Entry): readonly Diagnosis[] {
    this.#places.follow(entry);
    const found = this.#diagnoser
      .read(entry)
      .filter((finding) => this.#isNews(finding, this.#computed, this.#recorded));
    const all =
      entry.type === 'note' && this.#isNews(entry, this.#recorded, this.#computed) ? [entry, ...found] : found;
    return all.map((finding) => this.#places.diagnosis(finding, entry.seq));
  }

  #isNews(finding: Finding, told: Set<string>, toldByOther: Set<string>): boolean {
    const key = `${finding.topic} ${finding.serial} ${finding.call}`;
    if (toldByOther.delete(key)) return false;
    told.add(key);
    return true;
  }
}
