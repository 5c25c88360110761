// Journals of the real engine, and of real programs, on the playground: what pictures are taken of.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDrivers } from '../../../extension/drivers/index.ts';
import { PageWriter } from '../../../extension/editor/lessons/pageWriter.ts';
import { parseLesson } from '../../../extension/lessons/lesson.ts';
import { LessonRun } from '../../../extension/lessons/lessonRun.ts';
import type { Playground } from '../../../extension/playground/playground.ts';
import { type ComparedJournal, compareJournals } from '../../../extension/shared/compare/comparison.ts';
import { type ComparisonMessage, shownComparison } from '../../../extension/shared/compare/shownComparison.ts';
import { annotated } from '../../../extension/shared/diagnoses/annotated.ts';
import { DiagnosingRecorder } from '../../../extension/shared/diagnoses/diagnosingRecorder.ts';
import { formatHandleValue } from '../../../extension/shared/format.ts';
import type { FunctionName } from '../../../extension/shared/hierarchy.ts';
import { JournalHistory } from '../../../extension/shared/journalHistory.ts';
import type { LessonPage } from '../../../extension/shared/lessonPage.ts';
import { LiveJournal } from '../../../extension/shared/liveJournal.ts';
import type { HostMessage } from '../../../extension/shared/protocol.ts';
import { formatAddress, WATCH_VARIABLE } from '../../../extension/shared/watchProtocol.ts';
import type { AttachedProgram } from '../../../extension/sources/attachedProgram.ts';
import { readTrace } from '../../../extension/sources/traceFile.ts';
import { leaveAddress, ownAddress } from '../../../extension/sources/watchAddress.ts';
import { WatchServer } from '../../../extension/sources/watchServer.ts';
import { createWinInet, type WinInet } from '../../../extension/wininet/index.ts';
import { JOURNAL } from './journal.ts';

/** A journal as the host would send it. */
export interface Recording {
  readonly history: JournalHistory;
  /** The present in it, in microseconds. */
  readonly now: number;
  readonly readOnly: boolean;
  readonly stopped: boolean;
  /** The handle that is selected. */
  readonly selected: number | null;
}

/** The messages with which a view that asks for it learns of a journal. */
export function messagesOf({ history, now, readOnly, stopped, selected }: Recording): readonly HostMessage[] {
  const { base, entries, limit } = history;
  return [
    {
      type: 'snapshot',
      journal: JOURNAL,
      base,
      entries,
      limit,
      selected,
      readOnly,
      stopped,
      strings: {},
    },
    { type: 'filters', text: null, saved: [], now },
  ];
}

/** The window's engine as a scene plays on it. */
export interface Stage {
  readonly wininet: WinInet;
  readonly playground: Playground;
  readonly journal: LiveJournal;
  /** Lets time pass on the journal's clock, in seconds. */
  pass(seconds: number): void;
}

/** Records what is done on an engine as this window's own, at the moment at which it is over; then everything is closed. */
export async function recordEngine(
  playground: Playground,
  play: (stage: Stage) => Promise<{ readonly serial: number } | null>,
): Promise<Recording> {
  let passed = 0;
  const start = process.hrtime.bigint();
  const journal = new LiveJournal(() => Number((process.hrtime.bigint() - start) / 1000n) + passed, 100_000);
  const recorder = new DiagnosingRecorder(journal, []);
  const wininet = createWinInet({ drivers: createDrivers(), recorder });
  try {
    const pass = (seconds: number): void => {
      passed += seconds * 1_000_000;
      recorder.look();
    };
    const selected = await play({ wininet, playground, journal, pass });
    const { history, now } = frozen(journal.history, journal.now);
    return { history, now, readOnly: false, stopped: false, selected: selected?.serial ?? null };
  } finally {
    await wininet.dispose();
  }
}

/** What the graph shows of a lesson: its page and the handles that it has made. */
export interface RecordedLesson extends Recording {
  readonly page: LessonPage;
}

/** A choice in a lesson: the name of a handle there, and a function where one is asked for. */
export interface LessonPick {
  readonly on: string;
  readonly fn: FunctionName | null;
}

/** Takes a lesson up to a part, questions skipped; there, these choices are made. */
export async function recordLesson(
  playground: Playground,
  file: string,
  position: number,
  picks: readonly LessonPick[],
): Promise<RecordedLesson> {
  const lesson = parseLesson(readFileSync(`media/lessons/${file}`, 'utf8'), file);
  const writer = new PageWriter(lesson);
  const scratch = mkdtempSync(path.join(tmpdir(), 'lesson-'));
  let page: LessonPage | undefined;
  try {
    const recording = await recordEngine(playground, async ({ wininet, journal }) => {
      const tree = () => journal.tree;
      const run = new LessonRun(lesson, { wininet, tree, addresses: playground, scratch });
      while (run.position < position) {
        if (run.state === 'question') run.skip();
        else await carryOut(run, writer);
      }
      let picked: number | null = null;
      for (const { on, fn } of picks) {
        picked = run.serialOf(on) ?? null;
        const node = journal.tree.nodes.get(picked ?? 0);
        if (run.part?.is !== 'question' || node === undefined) throw new Error(`${file} has no question there`);
        const { part } = run;
        const handle = `${node.fn} ${formatHandleValue(node.value)}`;
        writer.replied(part, fn === null ? handle : `${fn} on ${handle}`, run.answer({ serial: node.serial, fn }));
      }
      page = writer.page(run);
      return picked === null ? null : { serial: picked };
    });
    if (page === undefined) throw new Error(`${file} was not played`);
    return { ...recording, page };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function carryOut(run: LessonRun, writer: PageWriter): Promise<void> {
  const lines = writer.beginStep(run);
  for await (const report of run.next()) writer.reported(lines, report);
  if (run.state === 'broken') throw new Error(`${run.lesson.file} broke`);
  writer.endStep(lines, run.checkTree());
}

/** How the program of the pictures goes about its work. */
export type Manner = 'forgetful' | 'careful' | 'throws' | 'stays';

const PROGRAM = path.join(import.meta.dirname, 'forgetfulProgram.ts');

/** A program in a process of its own, as the window sees it that watches it; one that stays is seen while it runs. */
export async function recordProgram(playground: Playground, manner: Manner): Promise<Recording> {
  const address = await ownAddress(null);
  const { promise, resolve, reject } = Promise.withResolvers<AttachedProgram>();
  const server = await WatchServer.listen({
    address,
    journalLimit: () => 10_000,
    onProgram: resolve,
    complain: (sentence) => reject(new Error(sentence)),
  });
  const child = startProgram(playground, manner, { [WATCH_VARIABLE]: formatAddress(address) });
  const exited = once(child, 'exit');
  try {
    const program = await promise;
    const isThere = (): boolean => (manner === 'stays' ? isAtRest(program) : program.ended);
    while (!isThere()) await new Promise((done) => setTimeout(done, 20));
    const { history, now } = frozen(program.history, program.now);
    return { history, now, readOnly: true, stopped: program.ended, selected: null };
  } finally {
    child.kill();
    await exited;
    await server.close();
    leaveAddress(address);
  }
}

/** The last thing that the program does before it stays has failed. */
function isAtRest({ history }: AttachedProgram): boolean {
  const last = history.entries.findLast((entry) => entry.type === 'call-begin');
  return last?.fn === 'InternetSetFilePointer' && history.tree.calls.size === 0;
}

/** The trace that such a program has written, read as an editor reads it. */
export async function recordTrace(playground: Playground, manner: Manner): Promise<Recording> {
  const { base, entries } = await traceOf(playground, manner);
  const told = annotated(base, entries);
  const history = new JournalHistory(told.length + 1, base);
  for (const entry of told) history.append(entry);
  return { history, now: history.tree.t, readOnly: true, stopped: true, selected: null };
}

/** Two runs of the program beside each other. */
export async function recordComparison(playground: Playground): Promise<ComparisonMessage> {
  const [left, right] = [await traceOf(playground, 'careful'), await traceOf(playground, 'forgetful')];
  return { ...shownComparison(compareJournals(left, right, fill), left, right, {}, fill), files: null };
}

async function traceOf(playground: Playground, manner: Manner): Promise<ComparedJournal> {
  const folder = mkdtempSync(path.join(tmpdir(), 'trace-'));
  const file = path.join(folder, `${manner}.hintrace`);
  try {
    const child = startProgram(playground, manner, { HINTERNET_TRACE: file });
    await once(child, 'exit');
    const read = await readTrace(readFileSync(file, 'utf8'));
    if (!read.ok) throw new Error(read.problem);
    return { title: path.basename(file), base: read.base, entries: read.entries };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function startProgram(playground: Playground, manner: Manner, environment: Readonly<Record<string, string>>) {
  const env = { ...process.env, ...environment };
  // What an uncaught error prints is no news: the pictures show it.
  return spawn(process.execPath, [PROGRAM, playground.http.href, manner], { env, stdio: 'ignore' });
}

/** The journal as it is now: what happens after it stays out of the picture. */
function frozen(from: JournalHistory, now: number): { readonly history: JournalHistory; readonly now: number } {
  const history = new JournalHistory(from.limit, from.base);
  for (const entry of from.entries) history.append(entry);
  return { history, now };
}

function fill(message: string, ...values: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (hole, index) => String(values[Number(index)] ?? hole));
}
