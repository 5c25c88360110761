import { DIAGNOSES, diagnose } from '../shared/diagnoses/diagnose.ts';
import type { Diagnosis, DiagnosisRule } from '../shared/diagnoses/diagnosis.ts';
import type { Entry } from '../shared/journal.ts';
import { applyEntry, type HandleTree, openAncestor, openCount, restore } from '../shared/model.ts';
import type { CheckCommand } from './commandLine.ts';
import type { LoadedTrace } from './traces.ts';

/** A diagnosis of a trace that is to be told. */
export interface CheckFinding {
  readonly diagnosis: Diagnosis;
  readonly rule: DiagnosisRule;
  /** Makes the check fail. */
  readonly fails: boolean;
  /** How often it was found at its place: a loop that does wrong does it again and again. */
  readonly times: number;
  /** By which it is known again; empty until it is compared with a baseline, if there is one. */
  readonly fingerprint: string;
  /** Was it there already? Null where nobody knows. */
  readonly known: boolean | null;
}

/** What was found in one trace. */
export interface CheckedTrace {
  readonly loaded: LoadedTrace;
  readonly findings: readonly CheckFinding[];
  /** How many handles the trace opens. */
  readonly opened: number;
  /** How many of them, and of those that were open before, are open behind its last entry. */
  readonly open: number;
  /** The program has ended: what is open was never closed. */
  readonly ended: boolean;
}

/** What is looked for. */
export type CheckOptions = Pick<CheckCommand, 'topics' | 'failing' | 'ended' | 'leakAge'>;

/** Looks for chosen topics in a trace; without any findings where nothing of it could be read. */
export function checkTrace(loaded: LoadedTrace, { topics, failing, ended, leakAge }: CheckOptions): CheckedTrace {
  const { trace } = loaded;
  if (trace === null) return { loaded, findings: [], opened: 0, open: 0, ended };
  const tree = restore(trace.base);
  for (const entry of trace.entries) applyEntry(tree, entry);
  // What was found when the program ended stands behind its end.
  const tells =
    trace.entries.findLast(({ type }) => type !== 'note')?.type === 'end' || everyLeakIsTold(trace.entries, tree);
  const end: Entry = { type: 'end', seq: tree.seq + 1, t: tree.t };
  const entries = ended && !tells ? [...trace.entries, end] : trace.entries;
  return {
    loaded,
    findings: byPlace(diagnose(entries, { base: trace.base, leakAge }).filter(({ topic }) => topics.has(topic))).map(
      ([diagnosis, times]) => ({
        diagnosis,
        rule: DIAGNOSES[diagnosis.topic],
        fails: failing.has(diagnosis.topic),
        times,
        fingerprint: '',
        known: null,
      }),
    ),
    opened: trace.entries.filter(({ type }) => type === 'handle-open').length,
    open: openCount(tree),
    ended: ended || tells,
  };
}

/** The first diagnosis of each topic at a place, and how many there are; those without a place stand alone. */
function byPlace(found: readonly Diagnosis[]): readonly (readonly [first: Diagnosis, times: number])[] {
  const places = Map.groupBy(found, ({ topic, site, seq, call }) => `${topic} ${site ?? `${seq} ${call}`}`);
  return [...places.values()].flatMap((same) => same.slice(0, 1).map((first) => [first, same.length] as const));
}

/** Spans do not tell of the end of a program, but of each handle that was open then, unless it is below another. */
function everyLeakIsTold(entries: readonly Entry[], tree: HandleTree): boolean {
  const told = new Set(
    entries.flatMap((entry) => (entry.type === 'note' && entry.topic === 'leak-at-exit' ? [entry.serial] : [])),
  );
  if (told.size === 0) return false;
  const tops = [...tree.nodes.values()].filter(
    ({ closed, serial }) => closed === null && openAncestor(tree, serial) === null,
  );
  return tops.every(({ serial }) => told.has(serial));
}
