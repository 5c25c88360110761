import * as l10n from '@vscode/l10n';
import type { FilterSuggestion } from '../extension/shared/filterSuggestions.ts';

/** The list below a combobox. The keyboard stays in the input; the list is told by aria-activedescendant. */
export interface SuggestionList {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  show(items: readonly FilterSuggestion[]): void;
  hide(): void;
  step(by: number): void;
  /** Takes the suggestion on which the keyboard is, or with `first` the first one; false where there is none. */
  accept(first: boolean): boolean;
}

const ID = 'filter-suggestions';

/** Builds the list and makes the input its combobox. */
export function createSuggestionList(input: HTMLInputElement, take: (insert: string) => void): SuggestionList {
  const element = document.createElement('ul');
  element.id = ID;
  element.className = 'filter-suggestions';
  element.setAttribute('role', 'listbox');
  element.setAttribute('aria-label', l10n.t('Completions'));
  element.hidden = true;
  // What scrolls would be a tab stop of its own, which goes away as soon as the keyboard comes to it.
  element.tabIndex = -1;
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', ID);
  input.setAttribute('aria-expanded', 'false');
  let items: readonly FilterSuggestion[] = [];
  let current = -1;
  const setOpen = (open: boolean): void => {
    element.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
  };
  const point = (index: number): void => {
    current = index;
    [...element.children].forEach((row, at) => {
      row.setAttribute('aria-selected', String(at === index));
    });
    const row = element.children[index];
    if (row === undefined) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', row.id);
    row?.scrollIntoView({ block: 'nearest' });
  };
  // Pressing would take the keyboard out of the input before the click comes.
  element.addEventListener('mousedown', (event) => event.preventDefault());
  element.addEventListener('click', (event) => {
    const row = event.target instanceof Element ? event.target.closest('li') : null;
    const item = row === null ? undefined : items[[...element.children].indexOf(row)];
    if (item !== undefined) take(item.insert);
  });
  return {
    element,
    get isOpen() {
      return !element.hidden;
    },
    show(next) {
      items = next;
      element.replaceChildren(...next.map(suggestionRow));
      element.scrollTop = 0;
      point(-1);
      setOpen(next.length > 0);
    },
    hide() {
      point(-1);
      setOpen(false);
    },
    step(by) {
      const count = items.length;
      // From before the first one upwards is the last one.
      point(current === -1 && by < 0 ? count - 1 : (current + by + count) % count);
    },
    accept(first) {
      const item = element.hidden ? undefined : items[current === -1 && first ? 0 : current];
      if (item === undefined) return false;
      take(item.insert);
      return true;
    },
  };
}

function suggestionRow({ label, help, count }: FilterSuggestion, index: number): HTMLElement {
  const row = document.createElement('li');
  row.id = `${ID}-${index}`;
  row.setAttribute('role', 'option');
  const name = document.createElement('span');
  name.className = 'suggestion-name';
  name.textContent = label;
  const detail = document.createElement('span');
  detail.className = count === undefined ? 'suggestion-help' : 'suggestion-count';
  detail.textContent = help === undefined ? String(count ?? '') : l10n.t(help);
  row.title = detail.textContent;
  row.append(name, detail);
  return row;
}
