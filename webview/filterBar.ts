import type { SavedFilter } from '../extension/shared/savedFilters.ts';
import type { ActiveFilter } from './activeFilter.ts';
import type { Announcer } from './announcer.ts';
import { button } from './controls.ts';
import { createFilterField } from './filterField.ts';
import './filter.css';
import * as l10n from '@vscode/l10n';
import type { Host } from './host.ts';
import type { KeptState } from './keptState.ts';
import { oncePer } from './pace.ts';
import type { Playhead } from './playhead.ts';
import { createSavedFilterList } from './savedFilterList.ts';

/** The bar in which a filter is written, and the button that opens it. */
export interface FilterBar {
  /** Stands below the toolbar. */
  readonly element: HTMLElement;
  /** Stands in the toolbar; names the filter while the bar is closed. */
  readonly opener: HTMLElement;
  /** Stands over the graph while no handle passes. */
  readonly nothing: HTMLElement;
  open(): void;
  /** Takes the filter away. */
  clear(): void;
  /** What the host says: its filter, or null where it has none of its own, and the saved ones. */
  hear(text: string | null, saved: readonly SavedFilter[]): void;
}

/** What the bar works with. */
export interface FilterBarParts {
  readonly active: ActiveFilter;
  readonly playhead: Playhead;
  readonly kept: KeptState;
  readonly host: Pick<Host, 'post'>;
  readonly announcer: Announcer;
  /** Gives the keyboard to the tree. */
  leave(): void;
}

/** What is typed is applied after so long a pause: half a word would send the whole tree away and bring it back. */
const TYPING_MS = 200;
/** The count is said once the typing pauses. */
const SAY_MS = 700;

/** Builds the bar, closed; the filter from before a reload is set. */
export function createFilterBar(parts: FilterBarParts): FilterBar {
  const { active, playhead, kept, host, announcer } = parts;
  const pieces = createPieces({ open: () => open(), clear: () => clear(), toggleSaved: () => saved.toggle() });
  const { element, opener, chip, count, nothing, savedButton } = pieces;
  /** The person knows what was said already. */
  let said = '';
  const say = oncePer(SAY_MS, () => {
    const sentence = active.problem === null ? countSentence(active) : l10n.t(...active.problem);
    if (sentence !== said && sentence !== '') announcer.say(sentence);
    said = sentence;
  });
  let typed: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** A filter set by hand: the host and the next reload have to know it. */
  const set = (text: string): void => {
    clearTimeout(timer);
    typed = null;
    active.set(text);
    say();
    if (active.problem !== null) return;
    kept.keep({ filter: text });
    host.post({ type: 'filter', text });
  };
  const field = createFilterField(active, playhead, {
    type(text) {
      typed = text;
      clearTimeout(timer);
      timer = setTimeout(() => set(text), TYPING_MS);
    },
    clear: () => set(''),
    leave(close) {
      if (typed !== null) set(typed);
      if (close) element.hidden = true;
      draw();
      parts.leave();
    },
  });
  const saved = createSavedFilterList({
    savable: () => (active.problem !== null || active.applied.empty ? null : active.text),
    choose: set,
    save: (filters) => host.post({ type: 'saveFilters', filters: [...filters] }),
    closed(left) {
      savedButton.setAttribute('aria-expanded', 'false');
      if (!left) field.focus();
    },
  });
  const open = (): void => {
    element.hidden = false;
    draw();
    field.focus();
  };
  const clear = (): void => {
    set('');
    if (element.hidden) parts.leave();
    else field.focus();
  };
  const draw = (): void => {
    const { result } = active;
    if (typed === null) field.draw();
    count.textContent = countSentence(active);
    drawChip(chip, active);
    opener.classList.toggle('filtering', !active.applied.empty && element.hidden === true);
    const name = active.applied.empty ? l10n.t('Filter') : l10n.t('Filter: {0}', active.applied.text);
    opener.setAttribute('aria-label', name);
    opener.title = [name, ...(result === null ? [] : [countSentence(active)])].join('\n');
    opener.setAttribute('aria-expanded', String(!element.hidden));
    element.classList.toggle('filtering', active.text !== '');
    savedButton.setAttribute('aria-expanded', String(saved.isOpen));
    nothing.hidden = result === null || result.open === 0 || result.matches.size > 0;
  };
  element.prepend(field.element);
  element.append(saved.element);
  savedButton.addEventListener('click', draw);
  active.listen(draw);
  active.set(kept.saved?.filter ?? '');
  return {
    element,
    opener,
    nothing,
    open,
    clear: () => set(''),
    hear(text, filters) {
      saved.load(filters);
      if (typed !== null) return;
      if (text === null) {
        if (active.text !== '' && active.problem === null) host.post({ type: 'filter', text: active.text });
      } else if (text !== active.applied.text || active.problem === null) {
        active.set(text);
        kept.keep({ filter: text });
        say();
      }
    },
  };
}

/** What is filtered out is seen without opening the bar. */
function drawChip(chip: HTMLElement, { applied, result }: ActiveFilter): void {
  const [text, hidden] = [document.createElement('span'), document.createElement('span')];
  text.className = 'chip-text';
  text.textContent = applied.text;
  hidden.textContent = l10n.t('{0} hidden', result?.hidden ?? 0);
  chip.replaceChildren(text, hidden);
}

function countSentence({ result }: ActiveFilter): string {
  if (result === null) return '';
  const { matches, closed, open, hidden } = result;
  if (closed > 0) {
    return l10n.t('{0} of {1} open and {2} closed match, {3} hidden', matches.size - closed, open, closed, hidden);
  }
  return l10n.t('{0} of {1} match, {2} hidden', matches.size, open, hidden);
}

interface Pieces {
  readonly element: HTMLElement;
  readonly opener: HTMLElement;
  readonly chip: HTMLElement;
  readonly count: HTMLElement;
  readonly nothing: HTMLElement;
  readonly savedButton: HTMLElement;
}

function createPieces(press: { open(): void; clear(): void; toggleSaved(): void }): Pieces {
  const element = document.createElement('search');
  element.className = 'filter-bar';
  element.hidden = true;
  const count = document.createElement('span');
  count.className = 'filter-count';
  const clear = button({ label: l10n.t('Clear the filter'), icon: 'close', appearance: 'icon', press: press.clear });
  clear.classList.add('filter-clear');
  const savedButton = button({
    label: l10n.t('Saved filters'),
    icon: 'saved',
    appearance: 'icon',
    press: press.toggleSaved,
  });
  savedButton.setAttribute('aria-controls', 'saved-filters');
  element.append(count, clear, savedButton);
  const opener = button({ label: l10n.t('Filter'), icon: 'filter', appearance: 'icon', press: press.open });
  opener.classList.add('filter-opener');
  const chip = document.createElement('span');
  chip.className = 'filter-chip';
  opener.append(chip);
  const nothing = document.createElement('div');
  nothing.className = 'filter-nothing';
  nothing.hidden = true;
  const sentence = document.createElement('p');
  sentence.textContent = l10n.t('No handle passes the filter.');
  nothing.append(sentence, button({ label: l10n.t('Clear the filter'), appearance: 'secondary', press: press.clear }));
  return { element, opener, chip, count, nothing, savedButton };
}
