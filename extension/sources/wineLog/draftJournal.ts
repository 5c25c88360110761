import { DiagnosingRecorder } from '../../shared/diagnoses/diagnosingRecorder.ts';
import type { Entry, EntryBody } from '../../shared/journal.ts';
import { LiveJournal } from '../../shared/liveJournal.ts';

type Mutable<T> = T extends unknown ? { -readonly [K in keyof T]: T[K] } : never;

/** An entry that may still be completed: a log often tells later what a line was about. */
export type Draft<T extends EntryBody['type'] = EntryBody['type']> = Mutable<Extract<EntryBody, { type: T }>>;

/** A place in the journal for entries that become known later. */
export interface JournalGap {
  readonly bodies: EntryBody[];
}

/** A journal in the making: entries stand in the order of the log, and get their numbers at the end. */
export class DraftJournal {
  readonly #drafts: { readonly bodies: readonly EntryBody[]; readonly t: number }[] = [];
  #t = 0;

  /** Microseconds since the log's first line. Threads whose lines were mixed up do not turn time back. */
  set now(t: number) {
    this.#t = Math.max(this.#t, t);
  }

  /** Adds an entry; returns it for completion. */
  add<T extends EntryBody['type']>(body: Draft<T>): Draft<T> {
    this.#drafts.push({ bodies: [body as EntryBody], t: this.#t });
    return body;
  }

  /** Keeps a place. */
  gap(): JournalGap {
    const bodies: EntryBody[] = [];
    this.#drafts.push({ bodies, t: this.#t });
    return { bodies };
  }

  /** The finished entries, and behind each the diagnoses that show in it. */
  finish(): readonly Entry[] {
    let now = 0;
    const journal = new LiveJournal(() => now, Number.POSITIVE_INFINITY);
    const recorder = new DiagnosingRecorder(journal);
    for (const { bodies, t } of this.#drafts) {
      now = t;
      for (const body of bodies) recorder.record(body);
    }
    return journal.entries;
  }
}
