import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { CasePlayer } from './casePlayer.ts';
import { acceptable, difference } from './comparison.ts';
import { Fixtures } from './fixtures.ts';
import { type Case, type Outcome, readVectors, type Step } from './vectors.ts';
import { wireDifference } from './wireComparison.ts';

/** How a difference begins that is a thrown error, and no answer. */
const CRASH = 'threw';
/** How a difference reads where a call never ended. */
const HANG = 'an answer expected, none came';

const DEVIATIONS = v.array(v.strictObject({ case: v.string(), reason: v.string(), source: v.string() }));

/** A case that is answered otherwise on purpose. */
export type Deviation = v.InferOutput<typeof DEVIATIONS>[number];

/** How a case went. */
export interface Verdict {
  readonly name: string;
  /** What differed first; null if nothing did. */
  readonly difference: string | null;
  /** The difference is allowed: the case binds nobody. */
  readonly advisory: boolean;
  /** The difference is on purpose. */
  readonly deviation: Deviation | null;
}

/**
 * Plays the vector files under a folder, one case after the other, each on a library that has just been started. What is not
 * in the format differs too. Throws where there is no folder, or where its fixtures cannot be read.
 * @param wanted which cases; all where it is absent
 * @param note is told of files that are no vectors
 */
export async function* playFolder(
  folder: string,
  wanted: (one: Pick<Case, 'name' | 'group'>) => boolean = () => true,
  note: (text: string) => void = () => undefined,
): AsyncGenerator<Verdict> {
  const vectors = readVectors(folder);
  for (const name of vectors.others) note(`${name} holds no vectors`);
  for (const { name, reason } of vectors.broken) {
    if (wanted({ name, group: '' })) yield { name, difference: reason, advisory: false, deviation: null };
  }
  const cases = vectors.cases.filter(wanted);
  if (cases.length === 0) return;
  const deviationOf = deviationsFor(folder);
  const fixtures = new Fixtures(folder);
  await fixtures.start();
  try {
    for (const one of cases) {
      const found = await judge(one, fixtures);
      // A case that binds nobody must not hang or crash either.
      const survived = found === null || !(found.includes(CRASH) || found.includes(HANG));
      const advisory = survived && one.advisory !== undefined && one.advisory !== false;
      yield { name: one.name, difference: found, advisory, deviation: deviationOf(one) };
    }
  } finally {
    fixtures.stop();
  }
}

/** Plays one case and compares every step, and what the fixtures saw. Returns what differed first, or null. */
export async function judge(one: Case, fixtures: Fixtures): Promise<string | null> {
  fixtures.reset();
  const substitute = (text: string) => fixtures.substitute(text);
  const scope = { substitute, number: fixtures.number, ftp: one.needs === 'ftp', placeholders: new Map() };
  const player = new CasePlayer(fixtures.number, substitute);
  let followsWine = true;
  let isWine = true;
  let playing: Step | null = null;
  try {
    for (const [index, step] of one.steps.entries()) {
      playing = step;
      const got = await player.play(step);
      const wanted = acceptable(step);
      const compared = followsWine || step.windows !== undefined;
      const answer = compared && wanted.length > 0 ? difference(got, wanted, scope) : null;
      const found = broken(got) ?? answer;
      if (found !== null) return `step ${index + 1} ${step.call}: ${found}`;
      if (step.expect === undefined) continue;
      if (got.ok !== step.expect.ok || isPending(got) !== isPending(step.expect)) followsWine = false;
      // Where the answer of Windows was given, the wire is that of Windows too, and was not recorded.
      if (
        step.windows !== undefined &&
        difference(got, [step.expect], { ...scope, placeholders: new Map(scope.placeholders) }) !== null
      )
        isWine = false;
    }
    const { http, ftp } = fixtures;
    const compared = followsWine && isWine && one.wire !== undefined;
    const found = compared ? wireDifference(one.wire ?? {}, http.seen, ftp.seen, scope) : null;
    return found === null ? null : `after step ${one.steps.length}, on the wire: ${found}`;
  } catch (error) {
    return thrown(error, one, playing);
  } finally {
    await player.end();
  }
}

/** What no case may do, whatever it expects; null where it has answered. */
function broken({ error }: Outcome): string | null {
  if (error === 'HANG') return HANG;
  return error?.startsWith(CRASH) ? error : null;
}

/** A thrown error on one line, with the step that threw it. */
function thrown(error: unknown, one: Case, playing: Step | null): string {
  const at = playing === null ? '' : `step ${one.steps.indexOf(playing) + 1} ${playing.call}: `;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${at}${CRASH} ${text.replace(/\n\s*/g, ' | ')}`;
}

/** Will the call end by and by? That is as different from another failure as from a success. */
function isPending({ error }: Outcome): boolean {
  return error === 'ERROR_IO_PENDING';
}

/**
 * Which deviation a case of a folder has: one of the folder's own, or one of those beside this file, which are about our cases: another
 * folder's case of the same name has it only if it is the same. Throws where a deviation has no reason or no source.
 */
function deviationsFor(folder: string): (one: Case) => Deviation | null {
  const own = readDeviations(path.join(folder, 'deviations.json'));
  if (own !== null) return ({ name }) => own.get(name) ?? null;
  const ours = readDeviations(path.join(import.meta.dirname, 'deviations.json'));
  const cases = new Map(readVectors(import.meta.dirname).cases.map((one) => [one.name, one]));
  return (one) => (isDeepStrictEqual(cases.get(one.name), one) ? (ours?.get(one.name) ?? null) : null);
}

function readDeviations(file: string): ReadonlyMap<string, Deviation> | null {
  if (!existsSync(file)) return null;
  const deviations = v.parse(DEVIATIONS, JSON.parse(readFileSync(file, 'utf8')));
  return new Map(deviations.map((one) => [one.case, one]));
}
