import type { Entry } from '../../shared/journal.ts';
import { readLogLine } from './logLine.ts';
import { WineLogReader } from './wineLogReader.ts';

/** How many of the lines that were not understood are kept. */
const KEPT_LINES = 200;

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
  let [number, unknown] = [0, 0];
  for await (const text of linesOf(pieces)) {
    number += 1;
    if (text.trim() === '') continue;
    const line = readLogLine(text.replace(/\r$/, ''));
    if (line !== null && reader.read(line)) continue;
    unknown += 1;
    if (unknownLines.length < KEPT_LINES) unknownLines.push({ line: number, text });
  }
  reader.end();
  const { entries, unnamed } = reader;
  const calls = entries.filter(({ type }) => type === 'call-begin').length;
  return { entries, calls, unknown, unknownLines, unnamed };
}

async function* linesOf(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string, void> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = `${rest}${piece}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}
