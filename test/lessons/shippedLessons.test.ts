import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LessonQuestion } from '../../extension/lessons/lesson.ts';
import type { LessonChoice } from '../../extension/lessons/lessonRun.ts';
import { formatHandleValue } from '../../extension/shared/format.ts';
import {
  DIAGRAMS,
  type FunctionName,
  functionNames,
  functionRow,
  handleKinds,
  handleParameter,
  refusal,
  statesOf,
} from '../../extension/shared/hierarchy.ts';
import { WinInetError } from '../../extension/wininet/index.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { type Engine, leavesNothingBehind } from '../wininet/engineFixture.ts';
import { playStep, playTo, shippedLessons, stageLesson } from './lessonFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

const REFUSALS: ReadonlySet<string> = new Set([
  'ERROR_INVALID_HANDLE',
  ...functionNames.flatMap((fn) =>
    handleKinds.flatMap((kind) => statesOf(kind).flatMap((state) => refusal(fn, kind, state) ?? [])),
  ),
]);

/** Calls a function with nothing but a handle; what stops it before its other arguments count is a refusal. */
async function isRefused({ wininet }: Engine, fn: FunctionName, serial: number): Promise<boolean> {
  const args: unknown[] = [];
  args[handleParameter(fn)] = wininet.handleWithSerial(serial);
  try {
    await Reflect.apply(wininet[fn], wininet, args);
    return false;
  } catch (error) {
    assert.ok(error instanceof WinInetError, String(error));
    return REFUSALS.has(error.symbol);
  }
}

for (const lesson of shippedLessons) {
  const { file, parts } = lesson;

  test(`LessonRun plays ${file}: every call and every tree is as the lesson says`, async (t) => {
    const { engine, run } = await stageLesson(t, lesson, playground());
    while (run.state !== 'done') {
      if (run.state === 'question') {
        run.skip();
        continue;
      }
      for (const { call, asExpected, text } of await playStep(run)) {
        assert.ok(asExpected, `${file}:${call.line}: ${call.text} led to ${text}`);
      }
      const { differences, serials } = run.checkTree();
      assert.deepEqual(differences, [], `${file}, before part ${run.position}`);
      for (const [printed, serial] of serials) {
        const value = engine.journal.tree.nodes.get(serial)?.value ?? 0;
        assert.equal(formatHandleValue(value), formatHandleValue(printed), `${file}: value`);
      }
    }
    await run.reset();
    assert.equal(engine.journal.tree.byValue.size, 0, 'reset leaves nothing open');
  });

  for (const [position, part] of parts.entries()) {
    if (part.is === 'question') testQuestion(lesson.file, position, part);
  }

  function testQuestion(name: string, position: number, question: LessonQuestion): void {
    test(`LessonRun.answer judges "${question.sentence}" (${name}:${question.line}) as table and engine do`, async (t) => {
      const { engine, run } = await stageLesson(t, lesson, playground());
      await playTo(run, position);
      const right = run.rightChoices(question);
      assert.notEqual(right.length, 0, 'there is a right choice');
      for (const choice of right) assert.ok(run.judges(question, choice), `${choice.fn ?? 'the handle'} is right`);
      for (const { serial } of right) assert.equal(engine.journal.tree.nodes.get(serial)?.closed, null, 'it is open');
      const wrong = wrongChoices(right, [...engine.journal.tree.nodes.keys()]).filter(
        (choice) => !run.judges(question, choice),
      );
      assert.notEqual(wrong.length, 0, 'there is a wrong choice');
      await checkByCalling(engine, question, right, wrong);
      const [first] = wrong;
      assert.ok(first !== undefined);
      const refused = run.answer(first);
      assert.deepEqual(
        [refused.right, refused.reply, refused.hint],
        [false, question.wrong, question.hints[0] ?? null],
      );
    });

    test(`LessonRun.answer goes on after a right choice in ${name}:${question.line}`, async (t) => {
      const { run } = await stageLesson(t, lesson, playground());
      await playTo(run, position);
      const [choice] = run.rightChoices(question);
      assert.ok(choice !== undefined);
      const { right, reply, hint } = run.answer(choice);
      assert.deepEqual([right, reply, hint, run.position], [true, question.right, null, position + 1]);
    });
  }
}

/** Every function on the right handle, and each handle for itself. */
function wrongChoices(right: readonly LessonChoice[], serials: readonly number[]): readonly LessonChoice[] {
  const [first] = right;
  if (first === undefined || first.fn === null) return serials.map((serial) => ({ serial, fn: null }));
  return functionNames.map((fn) => ({ serial: first.serial, fn }));
}

/** Refused calls change nothing, so they come first; then the one that is legal and may change everything. */
async function checkByCalling(
  engine: Engine,
  { answer }: LessonQuestion,
  right: readonly LessonChoice[],
  wrong: readonly LessonChoice[],
): Promise<void> {
  if (answer.by === 'handle') return;
  const called = answer.rule === 'legal' ? wrong : answer.rule === 'exact' ? [] : right;
  for (const { fn, serial } of called) {
    if (fn === null || Object.keys(functionRow(fn).uses).length === 0) continue;
    assert.ok(await isRefused(engine, fn, serial), `${fn} is refused`);
  }
  if (answer.rule === 'refused' || answer.rule === 'exact-refused') return;
  const state = right[0] && engine.journal.tree.nodes.get(right[0].serial)?.state;
  for (const { fn, serial } of right) {
    const node = engine.journal.tree.nodes.get(serial);
    // An earlier call of this loop may have moved the handle on.
    if (fn === null || node?.closed !== null || node.state !== state) continue;
    assert.equal(await isRefused(engine, fn, serial), false, `${fn} is legal`);
  }
}

test('media/lessons has a lesson for each diagram, each with three steps and two questions', () => {
  const shipped = shippedLessons.filter(({ file }) => file !== 'template.md');
  assert.deepEqual(
    shipped.flatMap(({ diagram }) => diagram ?? []),
    [...DIAGRAMS],
  );
  for (const { file, parts, minutes, introduction } of shipped) {
    assert.ok(parts.filter(({ is }) => is === 'step').length >= 3, `${file}: steps`);
    assert.ok(parts.filter(({ is }) => is === 'question').length >= 2, `${file}: questions`);
    assert.ok(minutes >= 5 && minutes <= 10, `${file}: minutes`);
    assert.notEqual(introduction, '', `${file}: introduction`);
  }
  assert.equal(new Set(shipped.map(({ order }) => order)).size, shipped.length, 'each has a place of its own');
});
