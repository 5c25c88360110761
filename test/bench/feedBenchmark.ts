import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serialize } from 'node:v8';
import { DiagnosingRecorder } from '../../extension/shared/diagnoses/diagnosingRecorder.ts';
import { DiagnosisPlaces } from '../../extension/shared/diagnoses/diagnosisPlaces.ts';
import { EntryFeed } from '../../extension/shared/entryFeed.ts';
import type { Entry } from '../../extension/shared/journal.ts';
import { LiveJournal } from '../../extension/shared/liveJournal.ts';
import { SiteTallies } from '../../extension/shared/siteTallies.ts';
import { formatAddress, WATCH_VARIABLE } from '../../extension/shared/watchProtocol.ts';
import type { AttachedProgram } from '../../extension/sources/attachedProgram.ts';
import { leaveAddress, ownAddress } from '../../extension/sources/watchAddress.ts';
import { WatchServer } from '../../extension/sources/watchServer.ts';
import type { Benchmark } from './benchmark.ts';
import { ENTRIES_PER_CALL, ENTRIES_PER_SECOND, openings, reading } from './feedEntries.ts';

/**
 * What it costs the extension host to follow 5,000 entries a second, in percent of a core: all the way from the journal of this
 * window's engine, or from the socket of a program, to the messages for a panel that is shown, or is hidden.
 */

const SECONDS = 4;
/** The first entries find code that is not compiled yet, and a program opens its handles. */
const WARM_UP_MILLISECONDS = 1000;
const JOURNAL_LIMIT = 10_000;
/** Calls are made this far apart, many at a time: what wakes a real engine up is its network, which is not measured here. */
const TURN_MILLISECONDS = 10;

/** This window's own engine, with a panel that is shown. */
export const feedVisible: Benchmark = {
  name: 'feed-visible',
  unit: '% of a core',
  lessIsBetter: true,
  baselineName: 'one message per entry',
  prepare: () =>
    compare(
      () => ownEngine((journal) => showIn(journal, true)),
      () => ownEngine(tellEach),
    ),
};

/** This window's own engine, with a panel that is hidden. */
export const feedHidden: Benchmark = {
  name: 'feed-hidden',
  unit: '% of a core',
  lessIsBetter: true,
  baselineName: 'the journal without a panel',
  prepare: () =>
    compare(
      () => ownEngine((journal) => showIn(journal, false)),
      () => ownEngine(() => undefined),
    ),
};

/** A program in a process of its own, with a panel that is shown. */
export const feedProgramVisible: Benchmark = {
  name: 'feed-program-visible',
  unit: '% of a core',
  lessIsBetter: true,
  baselineName: 'JSON.parse, and one message per entry',
  prepare: () =>
    compare(
      () => watched(true),
      () => parsedLines((entry) => post([entry])),
    ),
};

/** A program in a process of its own, with a panel that is hidden. */
export const feedProgramHidden: Benchmark = {
  name: 'feed-program-hidden',
  unit: '% of a core',
  lessIsBetter: true,
  baselineName: 'JSON.parse of its lines',
  prepare: () =>
    compare(
      () => watched(false),
      () => parsedLines(() => undefined),
    ),
};

type Sides = Awaited<ReturnType<Benchmark['prepare']>>;

function compare(ours: Sides['ours'], baseline: Sides['baseline']): Promise<Sides> {
  return Promise.resolve({ ours, baseline, close: () => Promise.resolve() });
}

/** Anything that tells of its entries. */
type Told = Pick<LiveJournal, 'listen'>;

/** As a panel follows a journal. */
function showIn(journal: Told, isShown: boolean): void {
  const feed = new EntryFeed(post, (work, milliseconds) => {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  });
  if (isShown) feed.wake();
  journal.listen((entry) => feed.add(entry));
}

function tellEach(journal: Told): void {
  journal.listen((entry) => post([entry]));
}

/** What the editor does with a message before it leaves the process: JSON, then a copy into a buffer. */
function post(entries: readonly Entry[]): void {
  serialize(JSON.stringify({ type: 'entries', entries }));
}

/** Records in this process, as its engine does, for some seconds. */
async function ownEngine(show: (journal: Told) => void): Promise<number> {
  const start = process.hrtime.bigint();
  const journal = new LiveJournal(() => Number((process.hrtime.bigint() - start) / 1000n), JOURNAL_LIMIT);
  const recorder = new DiagnosingRecorder(journal);
  for (const body of openings()) recorder.record(body);
  show(journal);
  let calls = 0;
  const begun = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - begun) / 1000) * (ENTRIES_PER_SECOND / ENTRIES_PER_CALL);
    for (; calls < due; calls += 1) for (const body of reading(calls)) recorder.record(body);
  }, TURN_MILLISECONDS);
  try {
    return await shareOfCore();
  } finally {
    clearInterval(timer);
  }
}

/** Follows a program, as the window does that watches it. */
async function watched(isShown: boolean): Promise<number> {
  const address = await ownAddress(null);
  const begun = Promise.withResolvers<AttachedProgram>();
  const server = await WatchServer.listen({
    address,
    journalLimit: () => JOURNAL_LIMIT,
    onProgram: begun.resolve,
    complain: (sentence) => begun.reject(new Error(sentence)),
  });
  const stop = startProgram(formatAddress(address));
  try {
    const program = await begun.promise;
    const [tallies, places] = [new SiteTallies(), new DiagnosisPlaces()];
    program.listen((entry) => tallies.follow(entry));
    program.listen((entry) => places.follow(entry));
    showIn(program, isShown);
    return await shareOfCore();
  } finally {
    await stop();
    await server.close();
    leaveAddress(address);
  }
}

/** The least that whoever follows a program has to do with its lines. */
async function parsedLines(take: (entry: Entry) => void): Promise<number> {
  const address = await ownAddress(null);
  const server = createServer((socket) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (piece: string) => {
      const lines = `${text}${piece}`.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) take(JSON.parse(line) as Entry);
    });
  });
  server.listen(address.path);
  await once(server, 'listening');
  const connected = once(server, 'connection');
  const stop = startProgram(formatAddress(address));
  try {
    await connected;
    return await shareOfCore();
  } finally {
    await stop();
    server.close();
    leaveAddress(address);
  }
}

function startProgram(address: string): () => Promise<void> {
  const child = fork(path.join(import.meta.dirname, 'feedProgram.ts'), {
    env: { ...process.env, [WATCH_VARIABLE]: address },
  });
  const ended = once(child, 'exit');
  return async () => {
    child.kill();
    await ended;
  };
}

/** How much of a core this process takes in the next seconds, in percent; what comes before is left out. */
async function shareOfCore(): Promise<number> {
  await wait(WARM_UP_MILLISECONDS);
  const [begun, before] = [performance.now(), process.cpuUsage()];
  await wait(SECONDS * 1000);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 10 / (performance.now() - begun);
}
