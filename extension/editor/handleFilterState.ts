import * as v from 'valibot';
import * as vscode from 'vscode';
import { type FilteredHandles, filterHandles } from '../shared/filteredHandles.ts';
import { type HandleFilter, NO_FILTER, parseFilter } from '../shared/handleFilter.ts';
import type { LiveJournal } from '../shared/liveJournal.ts';
import { type SavedFilter, savedFiltersSchema } from '../shared/savedFilters.ts';

/** Where saved filters are kept: a part of vscode.Memento. */
export interface FilterStore {
  get(key: string): unknown;
  update(key: string, value: readonly SavedFilter[]): PromiseLike<void>;
}

/** Who set the filter: the graph needs no telling of what it said itself. `saved`: others have names than before. */
export type FilterSetter = 'view' | 'editor' | 'journal' | 'saved';

const KEY = 'savedFilters';
/** A change of the journal is counted at most this much later. */
const COUNT_MILLISECONDS = 50;
/** A filter that asks for time is applied again this often. */
const TICK_MILLISECONDS = 1000;

/** The one filter of this window, which graph and tree share, and the filters that were saved. */
export class HandleFilterState implements vscode.Disposable {
  readonly #journal: LiveJournal;
  readonly #store: FilterStore;
  readonly #changed = new vscode.EventEmitter<FilterSetter>();
  readonly #stopListening: () => void;
  #filter: HandleFilter = NO_FILTER;
  #wasSet = false;
  #known: FilteredHandles | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(journal: LiveJournal, store: FilterStore) {
    this.#journal = journal;
    this.#store = store;
    this.#stopListening = journal.listen(() => this.#applyIn(COUNT_MILLISECONDS));
  }

  /** The filter's text; null while nobody has set one. */
  get text(): string | null {
    return this.#wasSet ? this.#filter.text : null;
  }

  /** What the filter makes of the open handles, a moment ago at most; null without a filter. */
  get result(): FilteredHandles | null {
    if (this.#filter.empty) return null;
    this.#known ??= filterHandles(this.#journal.tree, this.#filter, this.#journal.now);
    return this.#known;
  }

  /** The filters that were saved in this workspace. */
  get saved(): readonly SavedFilter[] {
    const stored = v.safeParse(savedFiltersSchema, this.#store.get(KEY));
    return stored.success ? stored.output : [];
  }

  /** Does the filter keep this handle out of sight? */
  hides(serial: number): boolean {
    const { result } = this;
    return result !== null && !result.matches.has(serial) && !result.context.has(serial);
  }

  /** Sets the filter of every view; '' shows all handles. A text that is not understood changes nothing. */
  set(text: string, by: 'view' | 'editor'): void {
    const parsed = parseFilter(text);
    if (!parsed.ok) return;
    this.#filter = parsed.filter;
    this.#wasSet = true;
    void vscode.commands.executeCommand('setContext', 'hinternet.filtered', !this.#filter.empty);
    this.#apply(by);
  }

  /** Keeps these filters in place of those that were saved, and tells all views: each sends the whole list. */
  save(filters: readonly SavedFilter[]): void {
    void this.#store.update(KEY, filters);
    this.#changed.fire('saved');
  }

  /** Calls the listener when the filter was set, others pass or others are saved; until the returned function is called. */
  listen(listener: (by: FilterSetter) => void): () => void {
    const listening = this.#changed.event(listener);
    return () => listening.dispose();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#stopListening();
    this.#changed.dispose();
  }

  #apply(by: FilterSetter): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#known = null;
    this.#changed.fire(by);
    if (this.#filter.usesTime) this.#applyIn(TICK_MILLISECONDS);
  }

  #applyIn(milliseconds: number): void {
    if (this.#filter.empty) return;
    this.#timer ??= setTimeout(() => this.#apply('journal'), milliseconds);
  }
}
