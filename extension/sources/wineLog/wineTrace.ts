import type { TraceAbout } from '../traceFile.ts';
import { TraceLines } from '../traceLines.ts';
import { readWineLog, type WineLog } from './readWineLog.ts';

/** A log as a trace: its journal, and what the head of a trace says. */
export interface WineTrace {
  readonly log: WineLog;
  readonly about: TraceAbout;
}

/**
 * Reads the log of a native program for a trace.
 * @param pieces its text, in pieces that may be cut anywhere; what is longer than a trace may be is left out
 * @param title what the trace is called, as the log's name
 * @param modified when the log was written last: Wine's times count from the start of the machine, so the beginning is reckoned back
 */
export async function readWineTrace(pieces: AsyncIterable<string>, title: string, modified: Date): Promise<WineTrace> {
  const log = await readWineLog(linesOf(pieces));
  const microseconds = log.entries.at(-1)?.t ?? 0;
  const startedAt = new Date(modified.getTime() - Math.round(microseconds / 1000));
  // The name of the program is not in the log; what it calls itself to servers is.
  const root = log.entries.find((entry) => entry.type === 'handle-open' && entry.kind === 'root');
  const program = root?.type === 'handle-open' && root.target !== '' ? { program: root.target } : {};
  return { log, about: { title, startedAt, ...program } };
}

async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string, void> {
  const lines = new TraceLines();
  for await (const piece of pieces) for (const { text } of lines.cut(piece)) yield text ?? TOO_LONG;
  for (const { text } of lines.end()) yield text ?? TOO_LONG;
}

const TOO_LONG = '(a line that is too long to be read)';
