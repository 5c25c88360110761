import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from '../../extension/shared/diagnoses/diagnose.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { leavesNothingBehind } from '../wininet/engineFixture.ts';
import { playStep, shippedLessons, stageLesson } from './lessonFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

/** What a call that is refused is diagnosed with: lessons make such calls on purpose, and tell why. */
const SHOWN: ReadonlySet<string> = new Set([
  'stale-use',
  'double-close',
  'use-after-close',
  'wrong-kind',
  'wrong-state',
  'session-busy',
]);

/** What a closed parent takes along is what some lessons are about; this window tells it of no call that a person makes. */
const CASCADE = 'leak-under-parent';

for (const lesson of shippedLessons) {
  test(`diagnose finds nothing in ${lesson.file} but the refusals that it shows`, async (t) => {
    const { engine, run } = await stageLesson(t, lesson, playground());
    while (run.state !== 'done') {
      if (run.state === 'question') run.skip();
      else await playStep(run);
    }
    await run.reset();
    const { entries } = engine.journal;
    const found = diagnose(entries).filter(({ topic }) => topic !== CASCADE);
    assert.deepEqual(
      found.filter(({ topic }) => !SHOWN.has(topic)),
      [],
    );
    const notes = entries.filter((entry) => entry.type === 'note');
    assert.deepEqual(
      found.map(({ call }) => call),
      notes.map(({ call }) => call),
    );
  });
}
