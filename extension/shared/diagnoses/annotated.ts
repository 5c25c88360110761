import type { Entry } from '../journal.ts';
import type { Checkpoint } from '../model.ts';
import { Diagnoser } from './diagnoser.ts';
import type { Finding } from './rule.ts';

/**
 * A journal with its diagnoses: behind each entry stand notes of what shows in it, as far as the journal has none of its own.
 * Entries behind a note get higher numbers; one without anything to add comes back as it is.
 * @param leakAge how long a handle may lie forgotten, in microseconds; null: as long as it likes
 */
export function annotated(
  base: Checkpoint,
  entries: readonly Entry[],
  leakAge: number | null = null,
): readonly Entry[] {
  const recorded = new Set<string>();
  for (const entry of entries) if (entry.type === 'note') recorded.add(keyOf(entry));
  const diagnoser = new Diagnoser({ base, leakAge });
  const result: Entry[] = [];
  let added = 0;
  for (const entry of entries) {
    result.push(added === 0 ? entry : { ...entry, seq: entry.seq + added });
    for (const finding of diagnoser.read(entry)) {
      if (recorded.has(keyOf(finding))) continue;
      added += 1;
      result.push({ type: 'note', ...finding, seq: entry.seq + added, t: entry.t });
    }
  }
  return added === 0 ? entries : result;
}

function keyOf({ topic, serial, call }: Finding): string {
  return `${topic} ${serial} ${call}`;
}
