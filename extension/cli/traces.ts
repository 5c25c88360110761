// By its default export: a Node that lacks a function is told so in words, and not by a failed import.
import fs from 'node:fs';
import path from 'node:path';
import { printable } from '../shared/format.ts';
import { checkpoint, emptyTree } from '../shared/model.ts';
import { readTextFile } from '../sources/textPieces.ts';
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
  const files = names.flatMap((name) => {
    if (fs.existsSync(name) || !/[*?[{]/.test(name)) return [name];
    const found = fs.globSync(name).toSorted();
    if (found.length === 0) throw new UsageError(`no file matches ${name}`);
    return found;
  });
  return [...new Set(files.map((file) => path.normalize(file)))];
}

/** Reads a trace, or a log of Wine, which has another name. Never rejects: what is wrong with the file is told. */
export async function loadTrace(file: string): Promise<LoadedTrace> {
  try {
    const read = await readTrace(readTextFile(file));
    if (!read.ok) {
      if (file.endsWith(`.${TRACE_EXTENSION}`)) return broken(file, 1, read.problem);
      const log = await loadWineLog(file);
      return log ?? broken(file, 1, `${read.problem} Nor is it a log of Wine that shows calls of WinINet.`);
    }
    const { problems, problemCount, header, base, entries } = read;
    const rest = problemCount - Math.min(TOLD, problems.length);
    const more = rest === 0 ? [] : [{ line: 0, sentence: `It has ${rest} more problems.` }];
    const trace = { title: header.title, base, entries };
    return { file, trace, problems: [...problems.slice(0, TOLD), ...more] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return broken(file, 0, `It cannot be read: ${reason}.`);
  }
}

function broken(file: string, line: number, sentence: string): LoadedTrace {
  return { file, trace: null, problems: [{ line, sentence }] };
}

/** Null where no call is in the log. Lines that are not understood are no problem: the program's own output is among them. */
async function loadWineLog(file: string): Promise<LoadedTrace | null> {
  const name = path.basename(file);
  const { log, about } = await readWineTrace(readTextFile(file), name, fs.statSync(file).mtime);
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
