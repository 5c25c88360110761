import { readdirSync, readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import type { Lesson } from '../../../extension/lessons/lesson.ts';
import type { Playground } from '../../../extension/playground/playground.ts';
import type { JournalPart } from '../../../extension/shared/generate/selectedCalls.ts';
import type { Entry } from '../../../extension/shared/journal.ts';
import { checkpoint, emptyTree } from '../../../extension/shared/model.ts';
import { playStep, shippedLessons, stageLesson } from '../../lessons/lessonFixture.ts';
import { parseScenario, Stage } from '../../scenarios/scenario.ts';
import { recordJournal } from '../recordedJournal.ts';

/** What was recorded, and the FTP server that knows a secret of it. */
export interface Recorded {
  readonly entries: readonly Entry[];
  readonly ftp: URL;
}

/** Something that was recorded, by its name. */
export interface Source {
  readonly name: string;
  readonly record: (t: TestContext) => Promise<Recorded>;
}

const SCENARIOS = new URL('../../scenarios/', import.meta.url);

/** Every lesson, every scenario, and a journal with all protocols. */
export function journalSources(playground: () => Playground): readonly Source[] {
  const recorded = (entries: readonly Entry[]): Recorded => ({ entries, ftp: playground().ftp });
  const scenarios = readdirSync(SCENARIOS).filter((name) => name.endsWith('.md'));
  return [
    ...shippedLessons.map((lesson) => ({
      name: lesson.file,
      record: async (t: TestContext) => recorded(await journalOfLesson(t, lesson, playground())),
    })),
    ...scenarios.map((name) => ({
      name,
      record: async (t: TestContext) => recorded(await journalOfScenario(t, name, playground())),
    })),
    {
      name: 'a journal of every protocol',
      record: async (t) => {
        const { journal, playground: servers } = await recordJournal(t);
        return { entries: journal.entries, ftp: servers.ftp };
      },
    },
  ];
}

/** Entries from the beginning. */
export function wholeJournal(entries: readonly Entry[]): JournalPart {
  return { base: checkpoint(emptyTree()), entries };
}

/** Plays a lesson to its end and returns what was recorded, before anything is tidied up. */
async function journalOfLesson(t: TestContext, lesson: Lesson, playground: Playground): Promise<readonly Entry[]> {
  const { engine, run } = await stageLesson(t, lesson, playground);
  while (run.state !== 'done') {
    if (run.state === 'question') run.skip();
    else await playStep(run);
    // A getter changes between two readings.
    if ((run.state as string) === 'broken') throw new Error(`${lesson.file} broke`);
  }
  return [...engine.journal.entries];
}

/** Plays a scenario to its end and returns what was recorded. */
async function journalOfScenario(t: TestContext, file: string, playground: Playground): Promise<readonly Entry[]> {
  const stage = new Stage(playground);
  t.after(() => stage.close());
  for (const round of parseScenario(readFileSync(new URL(file, SCENARIOS), 'utf8')).rounds) await stage.play(round);
  return [...stage.entries];
}
