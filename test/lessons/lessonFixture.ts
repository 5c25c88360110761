import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Lesson, parseLesson } from '../../extension/lessons/lesson.ts';
import { type CallReport, LessonRun } from '../../extension/lessons/lessonRun.ts';
import type { Playground } from '../../extension/playground/playground.ts';
import { type Engine, startEngine } from '../wininet/engineFixture.ts';

const folder = new URL('../../media/lessons/', import.meta.url);

/** Every lesson that is shipped, and the template, by the directory. */
export const shippedLessons: readonly Lesson[] = readdirSync(folder)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => parseLesson(readFileSync(new URL(name, folder), 'utf8'), name));

/** A lesson on an engine of its own. */
export interface Played {
  readonly engine: Engine;
  readonly run: LessonRun;
}

/** Puts a lesson on an engine; `alone` leaves no other handle open. Engine and scratch folder are gone with the test. */
export async function stageLesson(
  t: TestContext,
  lesson: Lesson,
  addresses: Playground,
  { alone = true } = {},
): Promise<Played> {
  const engine = await startEngine(t);
  if (alone) await engine.wininet.InternetCloseHandle(engine.root);
  const scratch = mkdtempSync(join(tmpdir(), 'lesson-'));
  t.after(() => rmSync(scratch, { recursive: true, force: true }));
  const { wininet, journal } = engine;
  return { engine, run: new LessonRun(lesson, { wininet, tree: () => journal.tree, addresses, scratch }) };
}

/** Carries out the step that is next. */
export async function playStep(run: LessonRun): Promise<readonly CallReport[]> {
  const reports: CallReport[] = [];
  for await (const report of run.next()) reports.push(report);
  return reports;
}

/** Plays up to a part, questions skipped. */
export async function playTo(run: LessonRun, position: number): Promise<void> {
  while (run.position < position) {
    if (run.state === 'question') run.skip();
    else await playStep(run);
    if (run.state === 'broken') throw new Error(`${run.lesson.file} broke before part ${position}`);
  }
}

/** A lesson with these lines of calls as its only step. */
export function lessonOf(calls: readonly string[], tree: readonly string[] = [], more = ''): Lesson {
  const text = ['# T', '', '```calls', ...calls, '```', '', '```tree', ...tree, '```', '', more].join('\n');
  return parseLesson(text, 'own.md');
}
