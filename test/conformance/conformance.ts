import { CasePlayer } from './casePlayer.ts';
import { acceptable, difference, wireDifference } from './comparison.ts';
import type { Fixtures } from './fixtures.ts';
import type { Case } from './vectors.ts';

/** How a case went. */
export interface Verdict {
  readonly name: string;
  /** What differed first; null if nothing did. */
  readonly difference: string | null;
}

/** Plays one case against the fixtures and compares every step, and what the fixtures saw. */
export async function judge(one: Case, fixtures: Fixtures): Promise<Verdict> {
  fixtures.reset();
  const substitute = (text: string) => fixtures.substitute(text);
  const scope = { substitute, number: fixtures.number, ftp: one.needs === 'ftp' };
  const player = new CasePlayer(fixtures.number, substitute);
  let followsWine = true;
  try {
    for (const [index, step] of one.steps.entries()) {
      const got = await player.play(step);
      const wanted = acceptable(step);
      const compared = followsWine || step.windows !== undefined;
      const found = compared && wanted.length > 0 ? difference(got, wanted, scope) : null;
      if (found !== null) return { name: one.name, difference: `step ${index + 1} ${step.call}: ${found}` };
      if (step.expect !== undefined && got.ok !== step.expect.ok) followsWine = false;
    }
    const { http, ftp } = fixtures;
    const found = followsWine && one.wire !== undefined ? wireDifference(one.wire, http.seen, ftp.seen, scope) : null;
    return { name: one.name, difference: found };
  } catch (error) {
    return { name: one.name, difference: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    await player.end();
  }
}
