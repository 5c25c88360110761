import { type FilteredHandles, filterHandles } from '../extension/shared/filteredHandles.ts';
import type { FilterSentence } from '../extension/shared/filterSentences.ts';
import { splitFilter } from '../extension/shared/filterTerms.ts';
import { type HandleFilter, NO_FILTER, parseFilter } from '../extension/shared/handleFilter.ts';
import type { HandleNode } from '../extension/shared/model.ts';
import type { Playhead } from './playhead.ts';

/** The filter that is applied to the moment shown, and what it makes of it. */
export interface ActiveFilter {
  /** As it was typed; it may not be understood. */
  readonly text: string;
  /** What is wrong with the text; the terms that are understood are applied all the same. */
  readonly problem: FilterSentence | null;
  /** The filter that is applied. */
  readonly applied: HandleFilter;
  /** What passes now; null without a filter. */
  readonly result: FilteredHandles | null;
  /** For the graph; null without a filter. */
  readonly passes: ((node: HandleNode) => boolean) | null;
  /** The time of the moment shown, in microseconds of its journal. */
  readonly now: number;
  set(text: string): void;
  /** The host's time in microseconds: its journal may have been silent for long. */
  setClock(now: number): void;
  /** Calls the listener when the text was set, or others pass than before. */
  listen(listener: () => void): void;
}

/** A filter that asks for time is applied again this often. */
const TICK_MS = 1000;

/** Makes a filter that lets every handle pass. `goesOn`: time goes by in the journal; `clock` gives milliseconds. */
export function createActiveFilter(
  playhead: Playhead,
  goesOn: () => boolean,
  clock: () => number = () => performance.now(),
): ActiveFilter {
  let [text, applied] = ['', NO_FILTER];
  let problem: FilterSentence | null = null;
  let known: FilteredHandles | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // What time it was in the journal, and by our clock.
  let seen = { t: 0, clock: clock() };
  const listeners: (() => void)[] = [];
  let { history } = playhead;
  const elapsed = (): number => seen.t + (clock() - seen.clock) * 1000;
  const now = (): number => (playhead.live && goesOn() ? elapsed() : playhead.tree.t);
  const changed = (): void => {
    known = null;
    for (const listener of listeners) listener();
  };
  const schedule = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (applied.usesTime && playhead.live && goesOn()) timer = setTimeout(tick, TICK_MS);
  };
  const tick = (): void => {
    const before = known;
    known = null;
    if (!sameSerials(before, result())) changed();
    schedule();
  };
  const result = (): FilteredHandles | null => {
    if (applied.empty) return null;
    known ??= filterHandles(playhead.tree, applied, now());
    return known;
  };
  const setClock = (t: number): void => {
    seen = { t, clock: clock() };
  };
  playhead.listen((change) => {
    if (change.type === 'around') return;
    // Entries arrive a little later than they were recorded: they never turn the clock back.
    const { t } = playhead.history.tree;
    if (history !== playhead.history || t > elapsed()) setClock(t);
    history = playhead.history;
    known = null;
    if (applied.empty) return;
    changed();
    schedule();
  });
  const passes = (node: HandleNode): boolean => result()?.matches.has(node.serial) ?? true;
  return {
    get text() {
      return text;
    },
    get problem() {
      return problem;
    },
    get applied() {
      return applied;
    },
    get result() {
      return result();
    },
    get passes() {
      return applied.empty ? null : passes;
    },
    get now() {
      return now();
    },
    set(next) {
      const parsed = parseFilter(next);
      text = next;
      problem = parsed.ok ? null : parsed.problem;
      applied = understood(next);
      changed();
      schedule();
    },
    setClock,
    listen(listener) {
      listeners.push(listener);
    },
  };
}

/** The filter of the terms that are right. */
function understood(text: string): HandleFilter {
  const parsed = parseFilter(text);
  if (parsed.ok) return parsed.filter;
  const wrong = splitFilter(text).find(({ from, to }) => from <= parsed.at && parsed.at <= to);
  if (wrong === undefined) return NO_FILTER;
  const start = wrong.negated ? wrong.from - 1 : wrong.from;
  return understood(`${text.slice(0, start)}${text.slice(wrong.to)}`);
}

function sameSerials(one: FilteredHandles | null, other: FilteredHandles | null): boolean {
  if (one === null || other === null) return one === other;
  return one.matches.size === other.matches.size && [...one.matches].every((serial) => other.matches.has(serial));
}
