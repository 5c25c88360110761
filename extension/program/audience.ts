import type { RecordedEngine, Recorder } from '../shared/journal.ts';

/**
 * A recorder that tells several; those that are idle are told nothing, and where all are, the audience is.
 *
 * Every call of an engine asks whether it is idle, so that is a field, which changes where it must have: when something is
 * recorded, when a handle is about to open, and when somebody who knows says so.
 */
export class Audience implements Recorder {
  idle: boolean;
  readonly #recorders: readonly Recorder[];

  constructor(recorders: readonly Recorder[]) {
    this.#recorders = recorders;
    this.idle = this.#allIdle();
  }

  /** Asks all of them anew. */
  refresh(): void {
    for (const one of this.#recorders) one.refresh?.();
    this.idle = this.#allIdle();
  }

  attach(engine: RecordedEngine): void {
    for (const one of this.#recorders) one.attach?.(engine);
  }

  record(body: Parameters<Recorder['record']>[0]): void {
    for (const one of this.#recorders) if (one.idle !== true) one.record(body);
    this.idle = this.#allIdle();
  }

  #allIdle(): boolean {
    return this.#recorders.every((one) => one.idle === true);
  }
}
