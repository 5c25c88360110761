import type { LiveJournal } from '../shared/liveJournal.ts';

interface Unfinished {
  readonly version: number;
  /** Null: a part of the body is lost. */
  readonly pieces: readonly Uint8Array[] | null;
}

/**
 * What was read of bodies whose end was not reached: a body can be read only once, so a second reading goes on where the
 * first has stopped and needs what came before. A handle's closing forgets it.
 */
export class UnfinishedBodies {
  readonly #bodies = new Map<number, Unfinished>();
  readonly #stopListening: () => void;

  constructor(journal: LiveJournal) {
    this.#stopListening = journal.listen((entry) => {
      if (entry.type === 'handle-close') this.#bodies.delete(entry.serial);
    });
  }

  /** What was read before of this answer, nothing as a rule; null if a part of it is lost. */
  of(serial: number, version: number): readonly Uint8Array[] | null {
    const found = this.#bodies.get(serial);
    return found === undefined || found.version !== version ? [] : found.pieces;
  }

  /** Keeps what was read. */
  keep(serial: number, version: number, pieces: readonly Uint8Array[]): void {
    this.#bodies.set(serial, { version, pieces });
  }

  /** Notes that a part of the body was read and is not kept: it cannot be had whole any more. */
  lose(serial: number, version: number): void {
    this.#bodies.set(serial, { version, pieces: null });
  }

  dispose(): void {
    this.#stopListening();
    this.#bodies.clear();
  }
}
