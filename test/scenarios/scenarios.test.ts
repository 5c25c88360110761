import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { withPlayground } from '../playground/withPlayground.ts';
import { leavesNothingBehind } from '../wininet/engineFixture.ts';
import { asynchronousFace } from './asynchronousFace.ts';
import { parseScenario, Stage } from './scenario.ts';

const playground = withPlayground();
leavesNothingBehind();

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md'));

for (const file of files) {
  const { title, rounds } = parseScenario(readFileSync(new URL(file, import.meta.url), 'utf8'));

  test(`createWinInet plays the scenario "${title}" as ${file} has it`, async (t) => {
    const stage = new Stage(playground());
    t.after(() => stage.close());
    for (const round of rounds) {
      const { transcript, tree } = await stage.play(round);
      assert.equal(transcript, round.transcript, `${file}:${round.line}: transcript`);
      assert.equal(tree, round.tree, `${file}:${round.line}: tree`);
    }
  });

  test(`createWinInet leaves the same handles where an asynchronous root plays "${title}"`, async (t) => {
    let pended: readonly string[] = [];
    const asynchronous = new Stage(playground(), (wininet) => {
      const face = asynchronousFace(wininet);
      pended = face.pended;
      return face.wininet;
    });
    t.after(() => asynchronous.close());
    const synchronous = new Stage(playground());
    t.after(() => synchronous.close());
    for (const round of rounds) {
      // One after the other: both change what the server has.
      const { tree } = await synchronous.play(round);
      assert.equal((await asynchronous.play(round)).tree, tree, `${file}:${round.line}`);
    }
    assert.ok(pended.length > 0, 'nothing was asynchronous');
  });
}

test('parseScenario refuses a block of calls without its transcript or its tree', () => {
  assert.throws(() => parseScenario('# T\n\n```calls\nGetLastError()\n```\n'), /transcript/);
  assert.throws(() => parseScenario('# T\n\nno calls at all\n'), /calls/);
  assert.throws(() => parseScenario('```calls\n```\n'), /title/);
});
