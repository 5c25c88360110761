import * as v from 'valibot';
import { parseCheckpoint } from '../shared/checkpointSchema.ts';
import type { Entry } from '../shared/journal.ts';
import { JOURNAL_VERSION, parseEntry } from '../shared/journalSchema.ts';
import { type Checkpoint, checkpoint, emptyTree } from '../shared/model.ts';
import { parseJson } from '../shared/parseJson.ts';
import { TraceAudit } from './traceAudit.ts';
import { LINE_LIMIT, TRACE_LIMIT, type TraceLine, TraceLines } from './traceLines.ts';

/**
 * A journal in a file: JSON Lines. First the header; then, where the journal was cut, the tree before its first entry; then an
 * entry a line. Whatever is read is foreign: it is checked line by line, and a broken line costs nothing but itself.
 */

/** How the names of trace files end, without the dot. */
export const TRACE_EXTENSION = 'hintrace';
/** How many entries are read from one file. */
export const ENTRY_LIMIT = 2_000_000;
/** How many problems are told one by one; further ones are counted. */
export const PROBLEM_LIMIT = 1000;

const text = v.pipe(v.string(), v.maxLength(1000));
const headerSchema = v.object({
  format: v.literal('hinternet-trace'),
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  title: text,
  program: v.exactOptional(text),
  startedAt: v.pipe(text, v.isoTimestamp()),
  cut: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

/** The first line of a trace. */
export type TraceHeader = Readonly<v.InferOutput<typeof headerSchema>>;

/** What whoever writes a trace says about it; the rest of the header follows from the journal. */
export interface TraceAbout {
  readonly title: string;
  /** The program whose handles these are. */
  readonly program?: string;
  /** When the journal began: its times count from here. */
  readonly startedAt: Date;
}

/** The header of a trace whose journal begins behind a tree. */
function traceHeader({ title, program, startedAt }: TraceAbout, base: Checkpoint): TraceHeader {
  return {
    format: 'hinternet-trace',
    version: JOURNAL_VERSION,
    title: title.slice(0, 1000),
    ...(program === undefined ? {} : { program: program.slice(0, 1000) }),
    startedAt: startedAt.toISOString(),
    cut: base.seq,
  };
}

/** The lines of a trace, each with its end, so that a long journal never is one text. */
export function* writeTrace(about: TraceAbout, base: Checkpoint, entries: Iterable<Entry>): Generator<string, void> {
  yield `${JSON.stringify(traceHeader(about, base))}\n`;
  if (base.seq > 0) yield `${JSON.stringify({ type: CHECKPOINT, ...base })}\n`;
  for (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}

/** Something in a trace that could not be taken as it is; lines count from 1. */
export interface TraceProblem {
  readonly line: number;
  readonly sentence: string;
}

/** A trace that was read, or one sentence on why the file is none. */
export type ReadTrace =
  | {
      readonly ok: true;
      readonly header: TraceHeader;
      /** The tree before the first entry. */
      readonly base: Checkpoint;
      /** In order; numbers and times only grow, no serial is opened twice, and parents are opened before their children. */
      readonly entries: readonly Entry[];
      /** The first PROBLEM_LIMIT of them. */
      readonly problems: readonly TraceProblem[];
      readonly problemCount: number;
      /** How many lines were left out. */
      readonly skipped: number;
    }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a trace.
 * @param pieces the text, whole or in pieces that may be cut anywhere, as a stream of a file gives them
 * Limits: ENTRY_LIMIT entries, LINE_LIMIT characters a line, TRACE_LIMIT characters in all. Rejects only if the pieces do.
 */
export async function readTrace(pieces: AsyncIterable<string> | string): Promise<ReadTrace> {
  const lines = new TraceLines();
  const reading = new Reading();
  for await (const piece of typeof pieces === 'string' ? [pieces] : pieces) {
    for (const line of lines.cut(piece)) if (!reading.read(line)) return reading.result();
  }
  // Whoever writes a trace ends each line.
  for (const line of lines.end()) reading.read(line, true);
  return reading.result();
}

const CHECKPOINT = 'checkpoint';

/** The header, or why the file is no trace. */
function readHeader(line: string | null): TraceHeader | string {
  const data = line === null ? undefined : parseJson(line);
  if (typeof data !== 'object' || data === null || !('format' in data) || data.format !== 'hinternet-trace') {
    return 'This is no trace of HINTERNET Explorer: its first line is not the header of one. Open a .hintrace file, as Export and HINTERNET_TRACE write it.';
  }
  const result = v.safeParse(headerSchema, data, { abortEarly: true });
  if (!result.success) {
    return `The header of this trace is damaged: ${v.getDotPath(result.issues[0]) ?? 'it'} is not as it should be. Record it again.`;
  }
  const { version } = result.output;
  if (version > JOURNAL_VERSION) {
    return `This trace has version ${version}, and this HINTERNET Explorer reads up to ${JOURNAL_VERSION}: update it.`;
  }
  return result.output;
}

const UNFINISHED =
  'The last line is cut off: the program is still writing it, or was killed. What was recorded before it is all there.';

/** The lines of a trace, one after the other. */
class Reading {
  #header: TraceHeader | string =
    'This is no trace of HINTERNET Explorer: the file is empty. Record it again: a program writes its first line at once.';
  readonly #entries: Entry[] = [];
  readonly #problems: TraceProblem[] = [];
  readonly #audit = new TraceAudit();
  #base: Checkpoint = checkpoint(emptyTree());
  #begun = false;
  #problemCount = 0;
  #skipped = 0;

  /**
   * Takes a line. False when no more is to be read.
   * @param open nothing stands behind it, not even its end
   */
  read({ number, text, last }: TraceLine, open = false): boolean {
    if (!this.#begun) {
      this.#begun = true;
      this.#header = readHeader(text);
      return typeof this.#header !== 'string';
    }
    if (last)
      this.#skip(
        number,
        `The trace is longer than ${TRACE_LIMIT} characters: the rest was left out. Record a shorter run.`,
      );
    else if (text === null) this.#skip(number, `The line is longer than ${LINE_LIMIT} characters.`);
    else if (this.#entries.length >= ENTRY_LIMIT) {
      this.#skip(
        number,
        `The trace has more than ${ENTRY_LIMIT} entries: the rest was left out. Record a shorter run.`,
      );
      return false;
    } else if (open && parseJson(text) === undefined) this.#skip(number, UNFINISHED);
    else this.#take(number, parseJson(text));
    return !last;
  }

  result(): ReadTrace {
    if (typeof this.#header === 'string') return { ok: false, problem: this.#header };
    return {
      ok: true,
      header: this.#header,
      base: this.#base,
      entries: this.#entries,
      problems: this.#problems,
      problemCount: this.#problemCount,
      skipped: this.#skipped,
    };
  }

  #take(line: number, data: unknown): void {
    if (data === undefined) this.#skip(line, 'The line is damaged: it is no JSON.');
    else if (typeof data === 'object' && data !== null && 'type' in data && data.type === CHECKPOINT) {
      this.#takeBase(line, data);
    } else {
      const parsed = parseEntry(data);
      if (!parsed.ok) this.#skip(line, parsed.problem);
      else this.#takeEntry(line, parsed.value);
    }
  }

  #takeBase(line: number, data: object): void {
    if (this.#base.seq > 0 || this.#entries.length > 0) {
      this.#skip(line, 'Only the line behind the header may hold the tree.');
      return;
    }
    const parsed = parseCheckpoint(data);
    if (!parsed.ok) {
      this.#skip(line, parsed.problem);
      return;
    }
    const { base, problems } = this.#audit.base(parsed.value);
    this.#base = base;
    for (const sentence of problems) this.#tell(line, sentence);
    const cut = typeof this.#header === 'string' ? 0 : this.#header.cut;
    if (base.seq !== cut) this.#tell(line, 'The header and the tree disagree on where the journal was cut.');
  }

  #takeEntry(line: number, entry: Entry): void {
    const verdict = this.#audit.entry(entry);
    if (verdict.entry === null) this.#skip(line, verdict.problem);
    else {
      if (verdict.problem !== null) this.#tell(line, verdict.problem);
      this.#entries.push(verdict.entry);
    }
  }

  #skip(line: number, sentence: string): void {
    this.#skipped += 1;
    this.#tell(line, sentence);
  }

  #tell(line: number, sentence: string): void {
    this.#problemCount += 1;
    if (this.#problems.length < PROBLEM_LIMIT) this.#problems.push({ line, sentence });
  }
}
