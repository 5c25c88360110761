import type { Entry } from '../../shared/journal.ts';
import { type TraceLine, TraceLines } from '../traceLines.ts';
import { readLogLine } from './logLine.ts';
import { WineLogReader } from './wineLogReader.ts';

/** How many of the lines that were not understood are kept. */
const KEPT_LINES = 200;

/** How many characters a line may have: Wine's own buffer for one is far shorter, but programs print into the same log. */
const LINE_LIMIT = 1_048_576;

/** A log of a native program as a journal. */
export interface WineLog {
  readonly entries: readonly Entry[];
  /** How many calls were found. */
  readonly calls: number;
  /** How many lines were not understood: of functions that are not known here, or no lines of Wine at all. */
  readonly unknown: number;
  /** The first of them. */
  readonly unknownLines: readonly { readonly line: number; readonly text: string }[];
  /** Calls that the log shows without naming their function, as those that a busy FTP session refuses: they were left out. */
  readonly unnamed: number;
}

/**
 * Reads what a native program printed under Wine with WINEDEBUG=+wininet (+timestamp, +pid and +tid are welcome). Never rejects
 * because of a line: what is not understood is counted. The text comes in pieces that may be cut anywhere.
 */
export async function readWineLog(pieces: AsyncIterable<string> | Iterable<string>): Promise<WineLog> {
  const reader = new WineLogReader();
  const unknownLines: { line: number; text: string }[] = [];
  let unknown = 0;
  for await (const { number, text } of linesOf(pieces)) {
    const line = text === null ? null : readLogLine(text);
    if (line !== null && reader.read(line)) continue;
    unknown += 1;
    if (unknownLines.length < KEPT_LINES) unknownLines.push({ line: number, text: text ?? '…' });
  }
  reader.end();
  const { entries, unnamed } = reader;
  const calls = entries.filter(({ type }) => type === 'call-begin').length;
  return { entries, calls, unknown, unknownLines, unnamed };
}

async function* linesOf(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<TraceLine, void> {
  const lines = new TraceLines({ lineLimit: LINE_LIMIT });
  for await (const piece of pieces) yield* lines.cut(piece);
  yield* lines.end();
}
