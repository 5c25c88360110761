import { DIAGNOSES } from '../shared/diagnoses/diagnose.ts';
import type { Severity } from '../shared/diagnoses/diagnosis.ts';
import type { NoteTopic } from '../shared/journal.ts';
import { nearestName } from '../shared/nearestName.ts';
import { UsageError } from './usageError.ts';

/** Topics of diagnoses as command lines name them. */

/** Every topic that a diagnosis may have. */
export const TOPICS = Object.keys(DIAGNOSES) as readonly NoteTopic[];

/** From what matters most to what matters least. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information'];

/** The topics that a list of words names: topics, and `leaks`. Throws UsageError. */
export function topicsOf(words: readonly string[]): ReadonlySet<NoteTopic> {
  return new Set(words.flatMap((word) => group(word) ?? topic(word, ['leaks'])));
}

/** The topics that a list of words names: topics, `leaks`, a severity with those above it, `none`. Throws UsageError. */
export function failingTopicsOf(words: readonly string[]): ReadonlySet<NoteTopic> {
  return new Set(
    words.flatMap((word) => group(word) ?? atLeast(word) ?? topic(word, ['leaks', ...SEVERITIES, 'none'])),
  );
}

function group(word: string): readonly NoteTopic[] | null {
  return word === 'leaks' ? TOPICS.filter((one) => one.startsWith('leak-')) : null;
}

function atLeast(word: string): readonly NoteTopic[] | null {
  if (word === 'none') return [];
  const severity = SEVERITIES.find((one) => one === word);
  if (severity === undefined) return null;
  const included = SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1);
  return TOPICS.filter((one) => included.includes(DIAGNOSES[one].severity));
}

function topic(word: string, others: readonly string[]): NoteTopic {
  const found = TOPICS.find((one) => one === word);
  if (found !== undefined) return found;
  const near = nearestName(word, [...TOPICS, ...others]);
  throw new UsageError(`there is no topic "${word}"${near === undefined ? '' : `; did you mean ${near}?`}`);
}
