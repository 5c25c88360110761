import { threadId } from 'node:worker_threads';
import { BreakWatch } from '../shared/breakConditions.ts';
import type { Recorder } from '../shared/journal.ts';
import { JOURNAL_VERSION } from '../shared/journalSchema.ts';
import {
  type Hello,
  LAUNCH_NAME_LIMIT,
  LAUNCH_VARIABLE,
  type ProgramEngine,
  parseAddress,
  parseBreaks,
  WATCH_VARIABLE,
} from '../shared/watchProtocol.ts';
import { readBreaks } from '../sources/breakFile.ts';
import { pauseAt } from './pauses.ts';
import { atProgramEnd, notAtProgramEnd } from './programEnd.ts';
import { type LineSink, ProgramJournal } from './programJournal.ts';
import { TRACE_VARIABLE, TraceWriter } from './traceWriter.ts';
import { WatchSocket } from './watchSocket.ts';

/** The journal of an engine that somebody outside of the program watches. */
export interface WatchedEngine {
  readonly recorder: Recorder;
  /** The engine is gone before the program ends. */
  end(): void;
}

/** Is anybody to watch the engines of this process? */
export function isWatched(environment: NodeJS.ProcessEnv): boolean {
  return parseAddress(environment[WATCH_VARIABLE]) !== null || (environment[TRACE_VARIABLE] ?? '') !== '';
}

/**
 * Looks whether somebody watches this process, or this worker: a window of VS Code, whose address is in HINTERNET_WATCH, or a
 * trace file, which HINTERNET_TRACE names. The journal that an engine is to record into; null where nobody watches.
 * @param engine null for the one that every program has
 */
export function startWatching(environment: NodeJS.ProcessEnv, engine: ProgramEngine | null): WatchedEngine | null {
  const address = parseAddress(environment[WATCH_VARIABLE]);
  const breaks = new BreakWatch();
  if (address !== null) breaks.conditions = readBreaks(address);
  const socket =
    address === null
      ? null
      : WatchSocket.open(address.path, (line) => {
          breaks.conditions = parseBreaks(line) ?? breaks.conditions;
        });
  const program = process.argv[1] ?? '';
  const startedAt = new Date();
  const trace = traceOf(environment[TRACE_VARIABLE], program, startedAt, engine);
  const sinks: readonly LineSink[] = [socket, trace].filter((sink) => sink !== null);
  if (sinks.length === 0) return null;

  if (socket !== null && address !== null) {
    const launch = environment[LAUNCH_VARIABLE]?.slice(0, LAUNCH_NAME_LIMIT) ?? '';
    const hello: Hello = {
      type: 'hello',
      version: JOURNAL_VERSION,
      secret: address.secret,
      pid: process.pid,
      thread: threadId,
      program: program.slice(0, 4096),
      ...(engine === null ? {} : { engine }),
      ...(launch === '' ? {} : { launch }),
      startedAt: startedAt.toISOString(),
      breaks: breaks.conditions,
    };
    socket.write(`${JSON.stringify(hello)}\n`);
  }
  const journal: ProgramJournal = new ProgramJournal(sinks, (entry) => {
    const reason = breaks.follow(entry);
    if (reason === null) return;
    // Whoever looks at the program while it stands sees the call at which it stands.
    journal.flush();
    pauseAt(reason);
  });
  const end = (): void => {
    notAtProgramEnd(end);
    // Without a window the journal has stopped, and what it knew to be open may be closed.
    if (!journal.idle) for (const leak of breaks.leaks()) pauseAt(leak);
    journal.end();
  };
  atProgramEnd(end);
  return { recorder: journal, end };
}

/** A trace that cannot be written is told of, once: somebody asked for it. */
function traceOf(
  file: string | undefined,
  program: string,
  startedAt: Date,
  engine: ProgramEngine | null,
): TraceWriter | null {
  if (file === undefined || file === '') return null;
  try {
    return new TraceWriter(file, program, startedAt, engine);
  } catch (error) {
    process.emitWarning(
      `${TRACE_VARIABLE}: the trace cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
    return null;
  }
}
