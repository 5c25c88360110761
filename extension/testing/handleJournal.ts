import type { Entry, EntryBody, RecordedEngine, Recorder } from '../shared/journal.ts';
import { LiveJournal } from '../shared/liveJournal.ts';
import type { HandleTree } from '../shared/model.ts';
import type { HINTERNET } from '../wininet/handle.ts';

/** How many entries are kept at least: a long run of tests must not fill the memory. */
const LIMIT = 100_000;

/**
 * The journal of an engine under test. The engine of the process has one by itself; an engine of a test's own is given one:
 * `createWinInet({ drivers: createDrivers(), recorder: new HandleJournal() })`.
 */
export class HandleJournal implements Recorder {
  readonly #journal: LiveJournal;
  /** Values of all handles, by serial. */
  readonly #values = new Map<number, number>();
  /** Those that have said whose handles they tell of; none where a recorder of the test's own stands between. */
  readonly #engines: RecordedEngine[] = [];

  /** @param limit how many entries are kept, at least */
  constructor(limit = LIMIT) {
    const start = process.hrtime.bigint();
    this.#journal = new LiveJournal(() => Number((process.hrtime.bigint() - start) / 1000n), limit);
  }

  attach(engine: RecordedEngine): void {
    this.#engines.push(engine);
  }

  record(body: EntryBody): void {
    if (body.type !== 'handle-open') {
      this.#journal.record(body);
      return;
    }
    const { serial, value, parent } = body;
    // Where listening began too late to know the parent, the handle is seen all the same.
    this.#journal.record(parent === null || this.#values.has(parent) ? body : { ...body, parent: null });
    this.#values.set(serial, value);
  }

  /** The tree of this moment. */
  get tree(): HandleTree {
    return this.#journal.tree;
  }

  /** The entries that are kept, oldest first. */
  get entries(): readonly Entry[] {
    return this.#journal.entries;
  }

  /** How many entries were cut off. */
  get cut(): number {
    return this.#journal.cut;
  }

  /** Was this handle opened while this journal was kept? */
  knows(handle: HINTERNET): boolean {
    if (this.#engines.length > 0 && !this.#engines.some((engine) => engine.owns(handle))) return false;
    return this.#values.get(handle.serial) === handle.value;
  }
}
