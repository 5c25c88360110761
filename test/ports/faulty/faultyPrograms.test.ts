import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { getCallSites } from 'node:util';
import { createDrivers } from '../../../extension/drivers/index.ts';
import type { Playground } from '../../../extension/playground/playground.ts';
import { annotated } from '../../../extension/shared/diagnoses/annotated.ts';
import { DIAGNOSES, diagnose } from '../../../extension/shared/diagnoses/diagnose.ts';
import { DiagnosingRecorder } from '../../../extension/shared/diagnoses/diagnosingRecorder.ts';
import type { Diagnosis } from '../../../extension/shared/diagnoses/diagnosis.ts';
import type { FunctionName } from '../../../extension/shared/hierarchy.ts';
import type { Entry, NoteTopic } from '../../../extension/shared/journal.ts';
import { LiveJournal } from '../../../extension/shared/liveJournal.ts';
import { checkpoint, emptyTree } from '../../../extension/shared/model.ts';
import { createWinInet, type WinInet } from '../../../extension/wininet/index.ts';
import { withPlayground } from '../../playground/withPlayground.ts';
import type { Marks } from './marks.ts';

const playground = withPlayground();

/** A program with a fault, and its correct twin. */
interface Program {
  run(w: WinInet, playground: Playground, marks: Marks): Promise<void>;
}

/**
 * Of every faulty program, by its folder, which is named after the topic, perhaps with a variant behind a point: the function whose
 * handle the diagnosis is about, and the call that it is about.
 */
const FAULTS: Readonly<Record<string, readonly [handleOf: FunctionName, call: FunctionName]>> = {
  'callback-late': ['HttpOpenRequest', 'InternetSetStatusCallback'],
  'callback-late.session': ['InternetConnect', 'InternetSetStatusCallback'],
  'callback-removed': ['HttpOpenRequest', 'InternetSetStatusCallback'],
  'close-in-callback': ['HttpOpenRequest', 'InternetCloseHandle'],
  'close-in-callback.root': ['InternetOpen', 'InternetCloseHandle'],
  'connection-limit': ['HttpOpenRequest', 'HttpSendRequest'],
  'double-close': ['InternetOpenUrl', 'InternetCloseHandle'],
  'end-request-forgotten': ['HttpOpenRequest', 'HttpSendRequestEx'],
  'last-error-lost': ['HttpOpenRequest', 'InternetCloseHandle'],
  'leak-at-exit': ['InternetOpen', 'InternetOpen'],
  'leak-by-age': ['InternetOpenUrl', 'InternetOpenUrl'],
  'leak-since-mark': ['HttpOpenRequest', 'HttpOpenRequest'],
  'leak-under-parent': ['InternetOpenUrl', 'InternetOpenUrl'],
  'leak-under-parent.error-path': ['InternetOpenUrl', 'InternetOpenUrl'],
  'leak-under-parent.ftp-write': ['FtpOpenFile', 'FtpOpenFile'],
  'leak-under-parent.session': ['HttpOpenRequest', 'HttpOpenRequest'],
  'no-callback': ['HttpOpenRequest', 'HttpSendRequest'],
  'no-context': ['InternetOpen', 'InternetOpenUrl'],
  'no-context.request': ['HttpOpenRequest', 'HttpOpenRequest'],
  'read-stopped-early': ['InternetOpenUrl', 'InternetReadFile'],
  'retry-ignored': ['HttpOpenRequest', 'HttpEndRequest'],
  'session-busy': ['InternetConnect', 'FtpSetCurrentDirectory'],
  'session-busy.parallel': ['InternetConnect', 'FtpOpenFile'],
  'stale-use': ['InternetOpenUrl', 'HttpQueryInfo'],
  'status-not-checked': ['HttpOpenRequest', 'HttpSendRequest'],
  'upload-size': ['HttpOpenRequest', 'HttpEndRequest'],
  'use-after-close': ['InternetOpenUrl', 'InternetReadFile'],
  'wrong-kind': ['InternetConnect', 'HttpSendRequest'],
  'wrong-state': ['HttpOpenRequest', 'InternetReadFile'],
};
const TOPICS = Object.keys(DIAGNOSES) as NoteTopic[];

/** How old a forgotten handle may get, and how far apart entries are, in microseconds: time counts in one program only. */
function timesOf(topic: string): { readonly leakAge: number | null; readonly step: number } {
  return topic === 'leak-by-age' ? { leakAge: 5_500_000, step: 1_000_000 } : { leakAge: null, step: 1 };
}

test('FAULTS has a row for every folder with a faulty program', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((one) => one.isDirectory());
  assert.deepEqual(folders.map(({ name }) => name).toSorted(), Object.keys(FAULTS).toSorted());
});

for (const [folder, [handleOf, fn]] of Object.entries(FAULTS)) {
  const topic = TOPICS.find((one) => one === folder.replace(/\..*/, '')) ?? assert.fail(folder);

  test(`${folder} is found in the program that is guilty of it, once, live and in its journal`, async (t) => {
    const entries = await journalOf(t, folder, 'faulty');
    const notes = entries.filter((entry) => entry.type === 'note');
    assert.deepEqual(
      notes.map((note) => note.topic),
      [topic],
      notes.map(({ text }) => text).join('\n'),
    );
    const [found, ...more] = diagnose(entries, timesOf(topic));
    assert.ok(found !== undefined);
    assert.deepEqual(more, []);
    assert.equal(found.topic, topic);
    assert.match(found.site ?? '', /faulty\.ts:\d+:\d+$/);
    assert.deepEqual(whatOf(found, entries), [handleOf, fn]);
    // The other half of these faults is at another line.
    if (/^(double-close|use-after-close|stale-use)/.test(folder))
      assert.match(found.closedAt ?? '', /faulty\.ts:\d+:\d+$/);
    if (folder === 'session-busy') assert.match(found.heldAt ?? '', /faulty\.ts:\d+:\d+$/);
  });

  test(`${folder} is found in a journal whose source does not diagnose`, async (t) => {
    // Only the engine knows that the value of a closed handle has gone to another one.
    const expected = topic === 'stale-use' ? 'use-after-close' : topic;
    const bare = (await journalOf(t, folder, 'faulty')).filter(({ type }) => type !== 'note');
    const found = diagnose(bare, timesOf(topic));
    assert.deepEqual(
      found.map((one) => one.topic),
      [expected],
    );
    assert.deepEqual(whatOf(found[0], bare), [handleOf, fn]);
    assert.deepEqual(
      annotated(checkpoint(emptyTree()), bare, timesOf(topic).leakAge)
        .filter((entry) => entry.type === 'note')
        .map((note) => note.topic),
      [expected],
    );
  });

  test(`${folder} is not found in the correct twin, nor is anything else`, async (t) => {
    const entries = await journalOf(t, folder, 'correct');
    assert.deepEqual(diagnose(entries, timesOf(topic)), []);
    assert.ok(entries.length > 10);
  });

  test(`DIAGNOSES says what ${topic} means and what to do`, () => {
    const { title, explanation, fix } = DIAGNOSES[topic];
    for (const sentence of [title, explanation, fix]) assert.ok(sentence.length > 10);
  });
}

/** The function that made the handle which a diagnosis is about, and the function whose call it is about. */
function whatOf(found: Diagnosis | undefined, entries: readonly Entry[]): unknown {
  const open = entries.find((entry) => entry.type === 'handle-open' && entry.serial === found?.serial);
  const begin = entries.find((entry) => entry.type === 'call-begin' && entry.call === found?.call);
  return [open?.type === 'handle-open' && open.fn, begin?.type === 'call-begin' && begin.fn];
}

/** The line of the program that makes the call under way. */
function callSite(): string | undefined {
  const frame = getCallSites(24).find(({ scriptName }) => /\/(?:faulty|correct)\.ts$/.test(scriptName));
  return frame && `${fileURLToPath(frame.scriptName)}:${frame.lineNumber}:${frame.columnNumber}`;
}

/** Runs a program to its end; its journal has the notes of the recorder. */
async function journalOf(t: TestContext, folder: string, which: 'faulty' | 'correct'): Promise<readonly Entry[]> {
  const { leakAge, step } = timesOf(folder);
  let now = 0;
  const tick = (): number => {
    now += step;
    return now;
  };
  const journal = new LiveJournal(tick, 1_000_000);
  const recorder = new DiagnosingRecorder(journal);
  recorder.leakAge = leakAge;
  const wininet = createWinInet({ drivers: createDrivers(), recorder, callSite });
  t.after(() => wininet.dispose());
  const file = path.join(import.meta.dirname, folder, `${which}.ts`);
  const program = (await import(pathToFileURL(file).href)) as Program;
  await program.run(wininet, playground(), {
    mark: () => recorder.record({ type: 'mark', name: '' }),
    compare: () => recorder.record({ type: 'mark-comparison', name: '' }),
  });
  recorder.record({ type: 'end' });
  return [...journal.entries];
}
