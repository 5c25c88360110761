import { createReadStream, existsSync, globSync, statSync } from 'node:fs';
import path from 'node:path';
import { printable } from '../shared/format.ts';
import { checkpoint, emptyTree } from '../shared/model.ts';
import { type ReadTrace, readTrace, TRACE_EXTENSION, type TraceProblem, traceHeader } from '../sources/traceFile.ts';
import { readWineTrace } from '../sources/wineLog/wineTrace.ts';
import { UsageError } from './usageError.ts';

/** A trace that was read, perhaps in part. */
export interface LoadedTrace {
  /** As the command line, or its pattern, named it. */
  readonly file: string;
  /** Null where nothing of it could be read. */
  readonly trace: Extract<ReadTrace, { readonly ok: true }> | null;
  /** What could not be taken as it is; line 0 where it is about the file. */
  readonly problems: readonly TraceProblem[];
  /** What should be known about the reading though nothing is wrong: a log has lines of the program itself. */
  readonly remark?: string;
}

/** How many problems of one trace are told; there may be as many as lines. */
const TOLD = 10;

/** The files that names and patterns stand for, each once. Throws UsageError for a pattern that matches nothing. */
export function traceFiles(names: readonly string[]): readonly string[] {
  const files = names.flatMap((name) => {
    if (existsSync(name) || !/[*?[{]/.test(name)) return [name];
    const found = globSync(name).toSorted();
    if (found.length === 0) throw new UsageError(`no file matches ${name}`);
    return found;
  });
  return [...new Set(files.map((file) => path.normalize(file)))];
}

/** Reads a trace file, or the log of a native program under Wine. Never rejects: what is wrong with it is told. */
export async function loadTrace(file: string): Promise<LoadedTrace> {
  try {
    const read = await readTrace(createReadStream(file, 'utf8'));
    const log = read.ok || file.endsWith(`.${TRACE_EXTENSION}`) ? null : await loadLog(file);
    if (log !== null) return log;
    if (!read.ok) return { file, trace: null, problems: [{ line: 1, sentence: read.problem }] };
    const { problems, problemCount } = read;
    const rest = problemCount - Math.min(TOLD, problems.length);
    const more = rest === 0 ? [] : [{ line: 0, sentence: `It has ${rest} more problems.` }];
    return { file, trace: read, problems: [...problems.slice(0, TOLD), ...more] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { file, trace: null, problems: [{ line: 0, sentence: `It cannot be read: ${reason}.` }] };
  }
}

/** Null where no call of WinINet is in the file. */
async function loadLog(file: string): Promise<LoadedTrace | null> {
  const text = createReadStream(file, 'utf8');
  const { log, about } = await readWineTrace(text, path.basename(file), statSync(file).mtime);
  const { entries, calls, unknown } = log;
  if (calls === 0) return null;
  const base = checkpoint(emptyTree());
  const header = traceHeader(about, base);
  const trace = { ok: true, header, base, entries, problems: [], problemCount: 0, skipped: 0 } as const;
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
