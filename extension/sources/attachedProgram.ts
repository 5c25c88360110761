import { Diagnoser } from '../shared/diagnoses/diagnoser.ts';
import type { Finding } from '../shared/diagnoses/rule.ts';
import type { Entry, Mark, MarkComparison } from '../shared/journal.ts';
import { JournalHistory } from '../shared/journalHistory.ts';
import { parseEntry } from '../shared/journalSchema.ts';
import type { EntryListener } from '../shared/liveJournal.ts';
import { parseJson } from '../shared/parseJson.ts';
import type { Hello, ProgramEngine } from '../shared/watchProtocol.ts';
import { TraceAudit } from './traceAudit.ts';

/**
 * A program that this window watches, or has watched: its journal as it grows, checked entry by entry, and behind each entry
 * notes of the faults that show in it. The diagnosing is done here and not in the program, which may be killed at any moment.
 */
export class AttachedProgram {
  readonly pid: number;
  /** 0 for the main thread, otherwise the number of a worker. */
  readonly thread: number;
  /** The engine that this journal is of; null for the one that every program has. */
  readonly engine: ProgramEngine | null;
  /** Path of the file that was started; empty where there is none. */
  readonly program: string;
  /** The launch that it belongs to, as the window has named it; null where none was waited for. */
  readonly launch: string | null;
  readonly startedAt: Date;
  readonly history: JournalHistory;
  readonly #audit = new TraceAudit();
  readonly #listeners = new Set<EntryListener>();
  readonly #complain: (sentence: string) => void;
  readonly #diagnoser: Diagnoser;
  /** How many notes were added: entries behind them get higher numbers. */
  #added = 0;
  #ended = false;

  /**
   * @param limit how many entries are kept, at least
   * @param complain is told of entries that cannot be taken
   */
  constructor(hello: Hello, limit: number, complain: (sentence: string) => void) {
    const { pid, thread, engine, program, launch, startedAt } = hello;
    this.pid = pid;
    this.thread = thread;
    this.engine = engine ?? null;
    this.program = program;
    this.launch = launch ?? null;
    this.startedAt = new Date(startedAt);
    this.history = new JournalHistory(limit);
    this.#diagnoser = new Diagnoser({}, this.history.tree);
    this.#complain = complain;
  }

  /** It has ended, or let go of this window. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The present in its journal, in microseconds: time goes on while it runs. */
  get now(): number {
    const { t } = this.history.tree;
    return this.#ended ? t : Math.max(t, (Date.now() - this.startedAt.getTime()) * 1000);
  }

  /** Takes a line of the program's journal. */
  take(line: string): void {
    if (this.#ended) return;
    const parsed = parseEntry(parseJson(line));
    if (!parsed.ok) {
      this.#complain(parsed.problem);
      return;
    }
    const { entry, problem } = this.#audit.entry(parsed.value);
    if (problem !== null) this.#complain(problem);
    if (entry !== null) this.#take(this.#added === 0 ? entry : this.#behindNotes(entry));
  }

  /** How long a handle may lie forgotten, in microseconds; null: as long as it likes. */
  set leakAge(microseconds: number | null) {
    this.#diagnoser.leakAge = microseconds;
  }

  /** Looks at the present: some faults show because nothing happens any more. Call it now and then. */
  look(): void {
    if (!this.#ended) this.#note(this.#diagnoser.at(this.now), this.now);
  }

  /** Notes that its open handles were marked here, or compared with a mark; nothing once it has ended. */
  note(body: Mark | MarkComparison): void {
    if (this.#ended) return;
    this.#added += 1;
    this.#take({ ...body, seq: this.history.tree.seq + 1, t: this.now });
  }

  /** The program is gone: what it has not said itself is said now. */
  end(): void {
    if (this.#ended) return;
    const { seq } = this.history.tree;
    this.#take({ type: 'end', seq: seq + 1, t: this.now });
  }

  /** Listens to new entries until the returned function is called. */
  listen(listener: EntryListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #take(entry: Entry): void {
    this.#append(entry);
    this.#note(this.#diagnoser.read(entry), entry.t);
  }

  /** A note that was made by this window's clock may be younger than what the program tells next. */
  #behindNotes(entry: Entry): Entry {
    return { ...entry, seq: entry.seq + this.#added, t: Math.max(entry.t, this.history.tree.t) };
  }

  #note(found: readonly Finding[], t: number): void {
    for (const finding of found) {
      this.#added += 1;
      this.#append({ type: 'note', ...finding, seq: this.history.tree.seq + 1, t });
    }
  }

  #append(entry: Entry): void {
    this.history.append(entry);
    if (entry.type === 'end') this.#ended = true;
    for (const listener of this.#listeners) {
      try {
        listener(entry);
      } catch (error) {
        // A view that fails must not keep the entry from the next; it is seen as a rejection.
        void Promise.reject(error);
      }
    }
  }
}
