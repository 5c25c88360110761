import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JournalHistory } from '../../extension/shared/journalHistory.ts';
import { createPlayhead, type MomentChange, type Playhead } from '../../webview/playhead.ts';
import { ScriptedJournal } from './harness/journal.ts';

interface Bench {
  readonly playhead: Playhead;
  readonly changes: MomentChange['type'][];
  /** Lets so many milliseconds pass, and the frame that was asked for come. */
  frame(milliseconds: number): void;
}

function bench(history: JournalHistory): Bench {
  let now = 0;
  let work: (() => void) | null = null;
  const playhead = createPlayhead(
    () => now,
    (next) => {
      work = next;
    },
  );
  const changes: MomentChange['type'][] = [];
  playhead.listen(({ type }) => changes.push(type));
  playhead.load(history);
  return {
    playhead,
    changes,
    frame(milliseconds) {
      now += milliseconds;
      const due = work;
      work = null;
      due?.();
    },
  };
}

/** A root and two calls on it, a millisecond each. */
function threeCalls(): { journal: ScriptedJournal; history: JournalHistory } {
  const journal = new ScriptedJournal();
  const root = journal.open('InternetOpen', 'root', 'open', null, 'playhead/1.0');
  journal.call('InternetQueryOption', root, { microseconds: 700 });
  journal.call('InternetSetOption', root, { microseconds: 700 });
  const history = new JournalHistory(100);
  for (const entry of journal.take()) history.append(entry);
  return { journal, history };
}

test('Playhead shows the present until it is moved, and again when it is sent there', () => {
  const { journal, history } = threeCalls();
  const { playhead, changes } = bench(history);
  assert.deepEqual([playhead.live, playhead.seq], [true, 7]);
  playhead.goTo(3);
  assert.deepEqual([playhead.live, playhead.seq, playhead.tree.seq], [false, 3, 3]);
  journal.call('InternetQueryOption', 1);
  const news = journal.take();
  for (const entry of news) history.append(entry);
  playhead.grown(news);
  assert.deepEqual([playhead.live, playhead.seq], [false, 3], 'news do not move it');
  playhead.goLive();
  assert.deepEqual([playhead.live, playhead.seq], [true, 9]);
  assert.deepEqual(changes, ['journal', 'jump', 'around', 'jump']);
});

test('Playhead steps from the end of one call to the end of the next or the one before', () => {
  const { history } = threeCalls();
  const { playhead } = bench(history);
  const visited: number[] = [];
  for (const forward of [false, false, false, false, true, true, true, true]) {
    playhead.stepCall(forward);
    visited.push(playhead.seq);
  }
  assert.deepEqual(visited, [5, 3, 0, 0, 3, 5, 7, 7]);
});

test('Playhead plays the journal in its own time, faster or slower, and stops at its end', () => {
  const { history } = threeCalls();
  const { playhead, changes, frame } = bench(history);
  playhead.goTo(0);
  playhead.play();
  assert.equal(playhead.playing, true);
  const seen: number[] = [];
  for (let count = 0; playhead.playing && count < 20; count += 1) {
    frame(1);
    seen.push(playhead.seq);
  }
  assert.equal(playhead.playing, false);
  assert.equal(playhead.seq, history.tree.seq);
  assert.deepEqual(
    seen,
    [...seen].sort((one, other) => one - other),
  );
  assert.ok(new Set(seen).size >= 3, `in more than one go: ${seen}`);
  assert.ok(changes.includes('forward'));
  playhead.goTo(0);
  playhead.setSpeed(64);
  playhead.play();
  frame(1);
  frame(1);
  assert.equal(playhead.seq, history.tree.seq, 'at 64 times the speed all is over at once');
});

test('Playhead shows the oldest moment that is kept once its own was cut off', () => {
  const { journal, history: all } = threeCalls();
  const history = new JournalHistory(8);
  for (const entry of all.entries) history.append(entry);
  const { playhead } = bench(history);
  playhead.goTo(1);
  for (let count = 0; count < 20; count += 1) journal.call('InternetQueryOption', 1);
  const news = journal.take();
  for (const entry of news) history.append(entry);
  playhead.grown(news);
  assert.ok(history.cut > 1);
  assert.equal(playhead.seq, history.cut);
  assert.equal(playhead.live, false);
});
