import type { Entry } from '../shared/journal.ts';
import { JournalHistory } from '../shared/journalHistory.ts';
import { parseEntry } from '../shared/journalSchema.ts';
import type { EntryListener } from '../shared/liveJournal.ts';
import { parseJson } from '../shared/parseJson.ts';
import type { Hello } from '../shared/watchProtocol.ts';
import { TraceAudit } from './traceAudit.ts';

/** A program that this window watches, or has watched: its journal as it grows, checked entry by entry. */
export class AttachedProgram {
  readonly pid: number;
  /** 0 for the main thread, otherwise the number of a worker. */
  readonly thread: number;
  /** Path of the file that was started; empty where there is none. */
  readonly program: string;
  readonly startedAt: Date;
  readonly history: JournalHistory;
  readonly #audit = new TraceAudit();
  readonly #listeners = new Set<EntryListener>();
  readonly #complain: (sentence: string) => void;
  #ended = false;

  /**
   * @param limit how many entries are kept, at least
   * @param complain is told of entries that cannot be taken
   */
  constructor({ pid, thread, program, startedAt }: Hello, limit: number, complain: (sentence: string) => void) {
    this.pid = pid;
    this.thread = thread;
    this.program = program;
    this.startedAt = new Date(startedAt);
    this.history = new JournalHistory(limit);
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
    if (entry !== null) this.#append(entry);
  }

  /** The program is gone: what it has not said itself is said now. */
  end(): void {
    if (this.#ended) return;
    const { seq } = this.history.tree;
    this.#append({ type: 'end', seq: seq + 1, t: this.now });
  }

  /** Listens to new entries until the returned function is called. */
  listen(listener: EntryListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
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
