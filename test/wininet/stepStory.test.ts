import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { stepSentence } from '../../extension/shared/stepSentence.ts';
import { type StepStory, stepMarks, stepStory } from '../../extension/shared/stepStory.ts';
import { withPlayground } from '../playground/withPlayground.ts';
import { asRequest, startAsynchronousEngine } from './asynchronousFixture.ts';
import { connectFtp, connectHttp, failsWith, leavesNothingBehind, openRequest, startEngine } from './engineFixture.ts';

const playground = withPlayground();
leavesNothingBehind();

test('stepStory tells of HttpSendRequest which states, callbacks and bytes it brought', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().http, '/echo', { verb: 'POST' });
  await engine.wininet.HttpSendRequest(request, null, 'twelve bytes');
  const { story, sentence, marks } = last(engine.journal, 'HttpSendRequest');
  assert.equal(story.call?.outcome, 'succeeded');
  assert.deepEqual(story.states, [{ serial: request.serial, from: 'unsent', to: 'answered' }]);
  assert.ok(story.statuses >= 8, `${story.statuses} callbacks`);
  assert.equal(story.bytesOut, 12);
  assert.match(
    sentence,
    /^HttpSendRequest on 0x00CC000C succeeded in \d+ µs: unsent → answered, \d+ callbacks, 12 bytes out/,
  );
  assert.deepEqual([...marks], [[request.serial, 'changed']]);
});

test('stepStory names the handle that a call opened', async (t) => {
  const engine = await startEngine(t);
  const session = await connectHttp(engine, playground().http);
  const { story, sentence, marks } = last(engine.journal, 'InternetConnect');
  assert.deepEqual(story.opened, [session.serial]);
  assert.match(sentence, /^InternetConnect on 0x00CC0004 succeeded in \d+ µs: it opened 0x00CC0008, 1 callback\.$/);
  assert.deepEqual(Object.fromEntries(marks), { [session.serial]: 'opened', [engine.root.serial]: 'used' });
});

test('stepStory counts what InternetCloseHandle takes along, and marks the handle above and the tombstones', async (t) => {
  const engine = await startEngine(t);
  const session = await connectFtp(engine, playground().ftp);
  await engine.wininet.FtpFindFirstFile(session, '*');
  await engine.wininet.InternetCloseHandle(session);
  const { story, sentence, marks } = last(engine.journal, 'InternetCloseHandle');
  assert.deepEqual(
    story.closed.map(({ reason }) => reason),
    ['cascade', 'call'],
  );
  assert.match(sentence, /^InternetCloseHandle on 0x00CC0008 succeeded in \d+ µs: it took 1 handle below along/);
  const [find, own] = story.closed.map(({ serial }) => serial);
  assert.equal(own, session.serial);
  assert.deepEqual(
    marks,
    new Map([
      [find, 'closed'],
      [engine.root.serial, 'lost'],
      [own, 'closed'],
    ]),
  );
});

test('stepStory says why a call was refused', async (t) => {
  const engine = await startEngine(t);
  const request = await openRequest(engine, playground().http, '/');
  await failsWith(engine.wininet.HttpEndRequest(request), 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
  const { story, sentence } = last(engine.journal, 'HttpEndRequest');
  assert.equal(story.call?.error, 'ERROR_INTERNET_INCORRECT_HANDLE_STATE');
  assert.match(sentence, /^HttpEndRequest on 0x00CC000C was refused with ERROR_INTERNET_INCORRECT_HANDLE_STATE: \S/);
});

test('stepStory says of a stale use to whom the value belongs now', async (t) => {
  const engine = await startEngine(t);
  const old = await connectHttp(engine, playground().http);
  await engine.wininet.InternetCloseHandle(old);
  await connectFtp(engine, playground().ftp);
  await failsWith(engine.wininet.InternetCloseHandle(old), 'ERROR_INVALID_HANDLE');
  const { story, sentence } = last(engine.journal, 'InternetCloseHandle');
  assert.equal(story.call?.handle, old.serial);
  assert.equal(
    sentence,
    'InternetCloseHandle on 0x00CC0008 was refused with ERROR_INVALID_HANDLE: the handle was closed, and its value now belongs to the handle of InternetConnect.',
  );
});

test('stepStory tells a pending call from its completion', async (t) => {
  const engine = await startAsynchronousEngine(t);
  const session = await connectHttp(engine, playground().http, { context: 1 });
  const request = asRequest(
    await engine.complete(2, engine.wininet.HttpOpenRequest(session, null, '/', null, null, null, 0, 2)),
  );
  await engine.complete(2, engine.wininet.HttpSendRequest(request));
  const pending = engine.journal.entries.findLast(({ type }) => type === 'call-pending');
  assert.ok(pending !== undefined);
  assert.match(
    told(engine.journal, pending.seq).sentence,
    /^HttpSendRequest on 0x\w+ answered ERROR_IO_PENDING after \d+ µs and goes on by itself\.$/,
  );
  const { story, sentence } = last(engine.journal, 'HttpSendRequest');
  assert.equal(story.call?.pended, true);
  assert.match(sentence, /^HttpSendRequest on 0x\w+ completed \d+ µs after it was called: unsent → answered/);
});

test('stepStory has a sentence for every entry of a journal, without holes', async (t) => {
  const engine = await startEngine(t);
  const session = await connectFtp(engine, playground().ftp);
  await engine.wininet.FtpFindFirstFile(session, '*');
  await engine.wininet.InternetCloseHandle(session);
  for (const { seq } of engine.journal.entries) {
    const { sentence } = told(engine.journal, seq);
    assert.doesNotMatch(sentence, /\{\d\}|undefined|null/);
    assert.match(sentence, /\.$|”$/);
  }
  assert.equal(stepStory(engine.journal.history, 0), undefined);
});

interface Told {
  readonly story: StepStory;
  readonly sentence: string;
  readonly marks: ReturnType<typeof stepMarks>;
}

/** The step with which the last call of a function ended. */
function last(journal: LiveJournal, fn: string): Told {
  const begin = journal.entries.findLast((entry) => entry.type === 'call-begin' && entry.fn === fn);
  const end = journal.entries.find(
    (entry) => entry.type === 'call-end' && begin?.type === 'call-begin' && entry.call === begin.call,
  );
  assert.ok(end !== undefined, `${fn} has ended`);
  return told(journal, end.seq);
}

function told({ history }: LiveJournal, seq: number): Told {
  const story = stepStory(history, seq);
  assert.ok(story !== undefined);
  const tree = history.treeAt(seq);
  return { story, sentence: stepSentence(story, tree, fill), marks: stepMarks(story, tree) };
}

function fill(message: string, ...values: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));
}
