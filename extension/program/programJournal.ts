import type { EntryBody, Recorder } from '../shared/journal.ts';

/** Takes the lines of a journal. */
export interface LineSink {
  /** It takes nothing any more: nobody reads what is written. */
  readonly over: boolean;
  /** Takes lines, each with its end. Never throws: a program must not fail because it is watched. */
  write(lines: string): void;
  /** The program ends: everything has to be out when this returns. */
  close(): void;
}

/**
 * The journal of a program that is watched: numbers and times what its engine records and hands it on before the program's own
 * code goes on, so that nothing is missing when a process is killed or a worker is terminated.
 */
export class ProgramJournal implements Recorder {
  readonly #start = process.hrtime.bigint();
  readonly #sinks: readonly LineSink[];
  readonly #follow: (entry: EntryBody) => void;
  #seq = 0;
  #lines = '';

  /** @param follow is told of each entry at once, inside the call that it is about */
  constructor(sinks: readonly LineSink[], follow: (entry: EntryBody) => void) {
    this.#sinks = sinks;
    this.#follow = follow;
  }

  /** The window has gone, or the disk is full: the program is not to pay for a journal that nobody gets. */
  get idle(): boolean {
    return this.#sinks.every((sink) => sink.over);
  }

  record(body: EntryBody): void {
    this.#seq += 1;
    const t = Number((process.hrtime.bigint() - this.#start) / 1000n);
    if (this.#lines === '') queueMicrotask(() => this.flush());
    this.#lines += `${JSON.stringify({ ...body, seq: this.#seq, t })}\n`;
    this.#follow(body);
  }

  /** The program ends. */
  end(): void {
    this.record({ type: 'end' });
    this.flush();
    for (const sink of this.#sinks) sink.close();
  }

  /** Hands on what was recorded since the last time. */
  flush(): void {
    const lines = this.#lines;
    this.#lines = '';
    if (lines !== '') for (const sink of this.#sinks) sink.write(lines);
  }
}
