// By its default export: a Node that lacks a function is told so in words, and not by a failed import.
import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { printable } from '../shared/format.ts';
import { checkpoint, emptyTree } from '../shared/model.ts';
import { readOtlpTrace } from '../sources/otlpTrace.ts';
import { decodeStream, readTextFile } from '../sources/textPieces.ts';
import { type ReadTrace, readTrace, TRACE_EXTENSION, type TraceProblem } from '../sources/traceFile.ts';
import { readWineTrace } from '../sources/wineLog/wineTrace.ts';
import { UsageError } from './usageError.ts';

/** A trace that was read, perhaps in part. */
export interface LoadedTrace {
  /** As the command line, or its pattern, named it. */
  readonly file: string;
  /** Null where nothing of it could be read. */
  readonly trace: Journal | null;
  /** What could not be taken as it is; line 0 where it is about the file. */
  readonly problems: readonly TraceProblem[];
  /** What should be known about the reading though nothing is wrong: a log has lines of the program itself. */
  readonly remark?: string;
}

/** What the commands need of a trace; a log of Wine has it too. */
export interface Journal extends Pick<Extract<ReadTrace, { readonly ok: true }>, 'base' | 'entries'> {
  /** What the trace says it is of; empty where it does not say. */
  readonly title: string;
}

/** How many problems of one trace are told; there may be as many as lines. */
const TOLD = 10;

/** The files that names and patterns stand for, each once. Throws UsageError for a pattern that matches nothing. */
export function traceFiles(names: readonly string[]): readonly string[] {
  if (names.includes('')) throw new UsageError('the name of a trace is empty');
  const files = names.flatMap((name) => {
    if (fs.existsSync(name) || !/[*?[{]/.test(name)) return [name];
    const found = fs.globSync(name).toSorted();
    if (found.length === 0) throw new UsageError(`no file matches ${name}`);
    return found;
  });
  return [...new Set(files.map((file) => path.normalize(file)))];
}

/**
 * Reads a trace, or what is one by another name: spans of OpenTelemetry, a log of Wine. Never rejects: what is wrong with the file
 * is told.
 */
export async function loadTrace(name: string): Promise<LoadedTrace> {
  const file = name === STDIN ? 'standard input' : name;
  try {
    const begun = await begin(name === STDIN ? decodeStream(process.stdin) : readTextFile(name));
    const first = await readTrace(`${begun.firstLine}\n`);
    if (first.ok) return loaded(file, await readTrace(begun.pieces()));
    const isTrace = name.endsWith(`.${TRACE_EXTENSION}`) || begun.firstLine.includes('"hinternet-trace"');
    if (!isTrace) {
      const modified = name === STDIN ? new Date() : fs.statSync(name).mtime;
      const other = await loadOther(file, begun, modified);
      if (other !== null) return other;
    }
    await begun.stop();
    const what = isTrace ? '' : ' Nor is it OTLP JSON, or a log of Wine that shows calls of WinINet.';
    return broken(file, 1, `${first.problem}${what}`);
  } catch (error) {
    return broken(file, 0, `It cannot be read: ${reasonOf(error)}.`);
  }
}

/** How command lines name standard input. */
const STDIN = '-';

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Spans are put together from all of a file, and no text may be longer than about half a billion characters.
  if (error instanceof RangeError) return 'it is too long; give it in parts, cut between lines';
  return 'code' in error && error.code === 'EISDIR' ? 'it is a folder; name the files in it' : error.message;
}

/** A text that comes in pieces, of which the beginning was looked at. */
interface Begun {
  readonly firstLine: string;
  /** The text from its beginning, which comes but once. */
  pieces(): AsyncGenerator<string, void>;
  /** No more of it is wanted. */
  stop(): Promise<void>;
}

/** Longest first line that is looked at. */
const FIRST_LINE = 1_000_000;

/** Reads as far as the end of the first line: what comes through a pipe cannot be read again. */
async function begin(stream: AsyncIterable<string>): Promise<Begun> {
  const iterator = stream[Symbol.asyncIterator]();
  let text = '';
  let over = false;
  while (!over && text.length < FIRST_LINE && !text.trimStart().includes('\n')) {
    const { done, value } = await iterator.next();
    if (done === true) over = true;
    else text += value;
  }
  async function* pieces(): AsyncGenerator<string, void> {
    yield text;
    if (!over) yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return {
    firstLine: text.trimStart().split('\n', 1)[0] ?? '',
    pieces,
    async stop() {
      await iterator.return?.();
    },
  };
}

function loaded(file: string, read: ReadTrace): LoadedTrace {
  if (!read.ok) return broken(file, 1, read.problem);
  const { header, base, entries } = read;
  return { file, trace: { title: header.title, base, entries }, problems: told(read) };
}

/** The first of the problems, and how many more there are. */
function told({ problems, problemCount }: Pick<Extract<ReadTrace, { ok: true }>, 'problems' | 'problemCount'>) {
  const rest = problemCount - Math.min(TOLD, problems.length);
  return [...problems.slice(0, TOLD), ...(rest === 0 ? [] : [{ line: 0, sentence: `It has ${rest} more problems.` }])];
}

function broken(file: string, line: number, sentence: string): LoadedTrace {
  return { file, trace: null, problems: [{ line, sentence }] };
}

/** Null where it is no journal by any name. */
async function loadOther(file: string, { firstLine, pieces }: Begun, modified: Date): Promise<LoadedTrace | null> {
  if (!/^[{[]/.test(firstLine)) return loadWineLog(file, pieces(), modified);
  const all: string[] = [];
  for await (const piece of pieces()) all.push(piece);
  const read = readOtlpTrace(all.join(''));
  if (!read.ok) {
    // The program's own output may begin a log of Wine.
    const log = await loadWineLog(file, Readable.from(all), modified);
    return log ?? (read.isOtlp ? broken(file, 1, read.problem) : null);
  }
  const trace = { title: path.basename(file), base: checkpoint(emptyTree()), entries: read.entries };
  return { file, trace, problems: told(read) };
}

/** Null where no call is in the log. Lines that are not understood are no problem: the program's own output is among them. */
async function loadWineLog(file: string, pieces: AsyncIterable<string>, modified: Date): Promise<LoadedTrace | null> {
  const { log, about } = await readWineTrace(pieces, path.basename(file), modified);
  const { entries, calls, unknown } = log;
  if (calls === 0) return null;
  const trace = { title: about.title, base: checkpoint(emptyTree()), entries };
  const lines = unknown === 1 ? '1 line was' : `${unknown} lines were`;
  return { file, trace, problems: [], ...(unknown > 0 && { remark: `${lines} not understood.` }) };
}

/** A line for each problem, as compilers write them. */
export function problemText({ file, problems, remark }: LoadedTrace): string {
  const remarks = remark === undefined ? [] : [{ line: 0, sentence: remark }];
  return [...problems, ...remarks]
    .map(({ line, sentence }) => `${file}${line === 0 ? '' : `:${line}`}: ${printable(sentence, 500)}\n`)
    .join('');
}
