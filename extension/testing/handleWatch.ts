import { listenToProcess } from '../program/journalChannel.ts';
import { type ShownHandle, shownHandles } from '../shared/treeText.ts';
import type { HINTERNET } from '../wininet/handle.ts';
import { HandleJournal } from './handleJournal.ts';

/** Journals of the process's own engine, by the class of its handles; more than one where the library is there twice. */
const ofProcess = new Map<unknown, HandleJournal>();
listenToProcess((body, copy) => {
  let journal = ofProcess.get(copy);
  if (journal === undefined) {
    journal = new HandleJournal();
    ofProcess.set(copy, journal);
  }
  journal.record(body);
});

/** What has happened to handles since a moment. */
export class HandleWatch {
  /** Null for the engine of the process. */
  readonly #own: HandleJournal | null;
  /** What each journal held when the watch began. */
  readonly #before = new Map<HandleJournal, { readonly seq: number; readonly serials: ReadonlySet<number> }>();

  private constructor(own: HandleJournal | null) {
    this.#own = own;
  }

  /** A watch that begins now. */
  static now(own: HandleJournal | null): HandleWatch {
    const watch = new HandleWatch(own);
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

  /** The statuses of a handle since, INTERNET_STATUS_*, in order; null where the handle, or their beginning, is not known. */
  statusesOf(handle: HINTERNET): readonly number[] | null {
    const journal = this.#own ?? ofProcess.get(handle.constructor);
    if (journal === undefined || !journal.knows(handle)) return null;
    const since = this.#before.get(journal)?.seq ?? 0;
    if (journal.cut > since) return null;
    return journal.entries.flatMap((entry) =>
      entry.type === 'status' && entry.serial === handle.serial && entry.seq > since ? [entry.code] : [],
    );
  }

  #journals(): readonly HandleJournal[] {
    return this.#own === null ? [...ofProcess.values()] : [this.#own];
  }
}
