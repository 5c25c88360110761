import type { Entry } from '../journal.ts';
import type { DiagnoserOptions } from './diagnoser.ts';
import type { Diagnosis } from './diagnosis.ts';
import { DiagnosisReader } from './diagnosisReader.ts';

export { DIAGNOSES } from './explanations.ts';

/** Finds what is wrong in a journal, in the order in which it shows. */
export function diagnose(entries: Iterable<Entry>, options: DiagnoserOptions = {}): readonly Diagnosis[] {
  const reader = new DiagnosisReader(options);
  const found: Diagnosis[] = [];
  for (const entry of entries) found.push(...reader.read(entry));
  return found;
}
