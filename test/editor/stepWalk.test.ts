import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, fill, type Place, type Step, walk } from '../../extension/editor/stepWalk.ts';

interface Draft {
  readonly said: readonly string[];
}

const BACK: Answer<string> = { type: 'back' };
const CANCEL: Answer<string> = { type: 'cancel' };

function answer(value: string): Answer<string> {
  return { type: 'value', value };
}

/** A step that gives one answer after the other and notes where it stood. */
function scripted(
  answers: readonly Answer<string>[],
  places: Place[] = [],
  applies?: Step<Draft>['applies'],
): Step<Draft> {
  const waiting = [...answers];
  return {
    ...(applies === undefined ? {} : { applies }),
    ask: (draft, place) => {
      places.push(place);
      return Promise.resolve(fill(waiting.shift() ?? CANCEL, (value) => ({ said: [...draft.said, value] })));
    },
  };
}

test('walk asks each question once and returns all answers', async () => {
  const draft = await walk([scripted([answer('a')]), scripted([answer('b')])], { said: [] });
  assert.deepEqual(draft, { said: ['a', 'b'] });
});

test('walk returns undefined when a question is left', async () => {
  assert.equal(await walk([scripted([answer('a')]), scripted([CANCEL])], { said: [] }), undefined);
});

test('walk asks the question before again on the way back and keeps the draft', async () => {
  const draft = await walk([scripted([answer('a'), answer('A')]), scripted([BACK, answer('b')])], { said: [] });
  assert.deepEqual(draft, { said: ['a', 'A', 'b'] });
});

test('walk goes back over a question that was not asked', async () => {
  const never = scripted([], [], () => false);
  const draft = await walk([scripted([answer('a'), answer('A')]), never, scripted([BACK, answer('c')])], { said: [] });
  assert.deepEqual(draft, { said: ['a', 'A', 'c'] });
});

test('walk tells each question its number, how many there are, and whether there is a way back', async () => {
  const places: Place[] = [];
  const onlyAfterA = scripted([answer('b')], places, ({ said }) => said.includes('a'));
  await walk([scripted([answer('a')], places), onlyAfterA], { said: [] });
  assert.deepEqual(places, [
    { step: 1, totalSteps: 1, canGoBack: false },
    { step: 2, totalSteps: 2, canGoBack: true },
  ]);
});
