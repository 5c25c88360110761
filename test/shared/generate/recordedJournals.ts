import { readdirSync, readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import type { Lesson } from '../../../extension/lessons/lesson.ts';
import type { LessonRun } from '../../../extension/lessons/lessonRun.ts';
import type { Playground } from '../../../extension/playground/playground.ts';
import type { Entry } from '../../../extension/shared/journal.ts';
import { playStep, stageLesson } from '../../lessons/lessonFixture.ts';
import { parseScenario, Stage } from '../../scenarios/scenario.ts';

/** Plays a lesson to its end and returns what was recorded, before anything is tidied up. */
export async function journalOfLesson(
  t: TestContext,
  lesson: Lesson,
  playground: Playground,
): Promise<readonly Entry[]> {
  const { engine, run } = await stageLesson(t, lesson, playground);
  while (run.state !== 'done') await step(run);
  return [...engine.journal.entries];
}

async function step(run: LessonRun): Promise<void> {
  if (run.state === 'question') run.skip();
  else await playStep(run);
  if (run.state === 'broken') throw new Error(`${run.lesson.file} broke`);
}

const SCENARIOS = new URL('../../scenarios/', import.meta.url);

/** Names of the scenarios' files. */
export const scenarioFiles: readonly string[] = readdirSync(SCENARIOS).filter((name) => name.endsWith('.md'));

/** Plays a scenario to its end and returns what was recorded. */
export async function journalOfScenario(
  t: TestContext,
  file: string,
  playground: Playground,
): Promise<readonly Entry[]> {
  const stage = new Stage(playground);
  t.after(() => stage.close());
  for (const round of parseScenario(readFileSync(new URL(file, SCENARIOS), 'utf8')).rounds) await stage.play(round);
  return [...stage.entries];
}
