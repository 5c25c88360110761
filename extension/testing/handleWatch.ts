import { listenToProcess, publishMark } from '../program/journalChannel.ts';
import { groupHandles } from '../shared/handleMark.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import type { RecordedEngine } from '../shared/journal.ts';
import { MARK_NAME_LIMIT } from '../shared/journalSchema.ts';
import { handleLine, type ShownHandle, shownHandles } from '../shared/treeText.ts';
import type { HINTERNET } from '../wininet/handle.ts';
import { HandleJournal } from './handleJournal.ts';

/** Journals of the process's own engine; more than one where the library is there twice. */
const ofProcess = new Map<RecordedEngine, HandleJournal>();
listenToProcess((body, engine) => {
  let journal = ofProcess.get(engine);
  if (journal === undefined) {
    journal = new HandleJournal();
    journal.attach(engine);
    ofProcess.set(engine, journal);
  }
  journal.record(body);
});

/** Handles that one line of a program has left open. */
export interface LeftOpen {
  /** The function that returned them. */
  readonly fn: FunctionName;
  /** The line that made them, as `file:line:column`; null where nobody knows. */
  readonly site: string | null;
  readonly count: number;
  /** A line for each, oldest first, as `0x00CC0004 InternetOpen: root, open, agent/1.0`. */
  readonly handles: readonly string[];
}

/** What has happened to handles since a moment. */
export class HandleWatch {
  /** Null for the engine of the process. */
  readonly #own: HandleJournal | null;
  /** What each journal held when the watch began. */
  readonly #before = new Map<HandleJournal, { readonly seq: number; readonly serials: ReadonlySet<number> }>();

  readonly #name: string;

  private constructor(own: HandleJournal | null, name = '') {
    this.#own = own;
    this.#name = name;
  }

  /**
   * A watch that begins now, and of which all who watch the program are told: a window, a trace file.
   * @param name of the mark; what is longer than 200 characters is cut off
   */
  static marked(own: HandleJournal | null, name: string): HandleWatch {
    const watch = HandleWatch.now(own, name.slice(0, MARK_NAME_LIMIT));
    watch.#tell('mark');
    return watch;
  }

  /** A watch that begins now. */
  static now(own: HandleJournal | null, name = ''): HandleWatch {
    const watch = new HandleWatch(own, name);
    for (const journal of watch.#journals()) {
      watch.#before.set(journal, { seq: journal.tree.seq, serials: new Set(journal.tree.nodes.keys()) });
    }
    return watch;
  }

  /** A watch that has been there from the beginning of a journal, or since this module was loaded. */
  static always(own: HandleJournal | null): HandleWatch {
    return new HandleWatch(own);
  }

  /** The handles that were opened since and are open now, parents before their children; those of older parents are roots. */
  openHandles(): readonly ShownHandle[] {
    return this.#journals().flatMap((journal) => {
      const older = this.#before.get(journal)?.serials;
      const depths = new Map<number, number>();
      return shownHandles(journal.tree).flatMap(({ node }) => {
        if (older?.has(node.serial)) return [];
        const depth = node.parent === null ? 0 : (depths.get(node.parent) ?? -1) + 1;
        depths.set(node.serial, depth);
        return [{ node, depth }];
      });
    });
  }

  /**
   * The handles that were opened since and are open now, by the line that made them; the largest group first. All who watch the
   * program are told that it was compared: a window shows the same lines as problems, and `check` finds them in a trace.
   */
  compare(): readonly LeftOpen[] {
    this.#tell('mark-comparison');
    return groupHandles(this.openHandles().map(({ node }) => node)).map(({ fn, site, nodes }) => ({
      fn,
      site,
      count: nodes.length,
      handles: nodes.map(handleLine),
    }));
  }

  /** The statuses of a handle since, INTERNET_STATUS_*, in order; null where the handle, or their beginning, is not known. */
  statusesOf(handle: HINTERNET): readonly number[] | null {
    const journal = this.#journals().find((one) => one.knows(handle));
    if (journal === undefined) return null;
    const since = this.#before.get(journal)?.seq ?? 0;
    if (journal.cut > since) return null;
    return journal.entries.flatMap((entry) =>
      entry.type === 'status' && entry.serial === handle.serial && entry.seq > since ? [entry.code] : [],
    );
  }

  #tell(type: 'mark' | 'mark-comparison'): void {
    const body = { type, name: this.#name };
    if (this.#own === null) publishMark(body);
    else this.#own.record(body);
  }

  #journals(): readonly HandleJournal[] {
    return this.#own === null ? [...ofProcess.values()] : [this.#own];
  }
}
