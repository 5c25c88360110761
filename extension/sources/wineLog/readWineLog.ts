import type { Entry } from '../../shared/journal.ts';
import { MASK, redact } from '../../shared/redact.ts';
import { DraftJournal } from './draftJournal.ts';
import { type LogLine, readLogLine } from './logLine.ts';
import { NativeProcess } from './nativeProcess.ts';
import { readRelayLine } from './relayLines.ts';

/**
 * The log of a native program that ran under Wine with WINEDEBUG=+wininet, as a journal. Wine prints for people: what a line does
 * not tell is not in the journal, and the tree at each moment is what follows from the calls. With the relay channel
 * (WINEDEBUG=+wininet,+relay) a log tells of each call that the program made, and how it ended.
 */

/** A log that was read. */
export interface WineLog {
  /** Valid entries of a journal, secrets masked, with the diagnoses that show in them. */
  readonly entries: readonly Entry[];
  /** How many calls of the program were found. */
  readonly calls: number;
  /** How many lines were not understood. */
  readonly unknown: number;
  /** The first of them, UNKNOWN_LIMIT at most, masked and shortened. */
  readonly unknownLines: readonly string[];
}

const UNKNOWN_LIMIT = 50;
const LINE_LIMIT = 1000;

/**
 * Reads a log. Time stamps, processes and threads are optional in it, lines of other channels are passed over, and a log that
 * begins or ends in the middle of a program is read as far as it goes. Rejects only if the lines do.
 * @param lines without their ends; a carriage return may be left
 */
export async function readWineLog(lines: AsyncIterable<string> | Iterable<string>): Promise<WineLog> {
  const reading = new Reading();
  for await (const line of lines) reading.read(line.endsWith('\r') ? line.slice(0, -1) : line);
  return reading.result();
}

class Reading {
  readonly #journal = new DraftJournal();
  readonly #processes = new Map<string, NativeProcess>();
  /** Processes that were seen to detach from the library, as a program does that ends. */
  readonly #ended = new Set<string>();
  readonly #unknownLines: string[] = [];
  #unknown = 0;
  #serials = 0;
  #calls = 0;
  #start: number | null = null;

  read(line: string): void {
    if (line.trim() === '') return;
    const read = readLogLine(line);
    if (read === null) this.#tellUnknown(line);
    else if (read.channel === 'wininet') this.#take(read);
    else if (read.channel === 'relay') this.#relay(read);
  }

  result(): WineLog {
    for (const process of this.#processes.values()) process.end();
    if (this.#processes.size > 0 && this.#ended.size === this.#processes.size)
      this.#journal.add<'end'>({ type: 'end' });
    return {
      entries: this.#journal.finish(),
      calls: this.#calls,
      unknown: this.#unknown,
      unknownLines: this.#unknownLines,
    };
  }

  #relay(line: LogLine): void {
    const news = readRelayLine(line);
    if (news === null) return;
    this.#turnTo(line);
    this.#process(line.pid).relay(line.tid, news);
  }

  #turnTo({ time }: LogLine): void {
    if (time === null) return;
    this.#start ??= time;
    this.#journal.now = time - this.#start;
  }

  #take(line: LogLine): void {
    this.#turnTo(line);
    const { pid } = line;
    if (line.writer === 'DllMain' && /^\w+,0,/.test(line.text)) this.#ended.add(pid);
    if (!this.#process(pid).read(line)) this.#tellUnknown(line.source);
  }

  #process(pid: string): NativeProcess {
    const known = this.#processes.get(pid);
    if (known !== undefined) return known;
    const nextSerial = (): number => ++this.#serials;
    const nextCall = (): number => ++this.#calls;
    const process = new NativeProcess(this.#journal, nextSerial, nextCall, ({ source }) => this.#tellUnknown(source));
    this.#processes.set(pid, process);
    return process;
  }

  #tellUnknown(line: string): void {
    this.#unknown += 1;
    if (this.#unknownLines.length < UNKNOWN_LIMIT) this.#unknownLines.push(masked(line).slice(0, LINE_LIMIT));
  }
}

/** What stands in quotes may be anything that a program sent; what Wine means shows in the rest. */
function masked(line: string): string {
  // A line that was cut in the middle of a text may begin or end with half a secret.
  if ((line.match(/(?<!\\)"/g) ?? []).length % 2 === 1) return MASK;
  return redact(line.replace(/"(?:[^"\\]|\\.)*"/g, `"${MASK}"`));
}
