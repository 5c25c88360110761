import * as l10n from '@vscode/l10n';
import {
  BUILT_IN_FILTERS,
  FILTER_NAME_LIMIT,
  SAVED_FILTERS_LIMIT,
  type SavedFilter,
  withFilter,
} from '../extension/shared/savedFilters.ts';
import { button } from './controls.ts';

/** The filters that have a name: to choose, save, rename and delete. */
export interface SavedFilterList {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  toggle(open?: boolean): void;
  /** The filters that the host keeps. */
  load(filters: readonly SavedFilter[]): void;
}

/** What the list works with. */
export interface SavedFilterCommands {
  /** The text that would be saved; null while there is nothing to save. */
  savable(): string | null;
  choose(text: string): void;
  save(filters: readonly SavedFilter[]): void;
  /** The list was closed; `left` where the keyboard has gone elsewhere, else it goes back to where the list was opened from. */
  closed(left: boolean): void;
}

/** Builds the list, closed. */
export function createSavedFilterList(commands: SavedFilterCommands): SavedFilterList {
  const element = document.createElement('section');
  element.className = 'saved-filters';
  element.id = 'saved-filters';
  element.setAttribute('aria-label', l10n.t('Saved filters'));
  element.hidden = true;
  let filters: readonly SavedFilter[] = [];
  let renamed: string | null = null;
  const keep = (next: readonly SavedFilter[], name?: string): void => {
    filters = next;
    renamed = null;
    commands.save(next);
    draw();
    focusOn(name);
  };
  const focusOn = (name: string | undefined): void => {
    const rows = [...element.querySelectorAll<HTMLElement>('.saved-filter')];
    (rows.find((one) => one.firstElementChild?.textContent === name) ?? rows[0])?.focus();
  };
  const choose = (text: string): void => {
    commands.choose(text);
    toggle(false);
  };
  const remove = (name: string): void => keep(filters.filter((one) => one.name !== name));
  const rename = (name: string | null): void => {
    const before = renamed;
    renamed = name;
    draw();
    if (name === null) focusOn(before ?? undefined);
    element.querySelector<HTMLInputElement>('.renaming input')?.select();
  };
  const ownRow = (filter: SavedFilter): HTMLElement => {
    const { name, text } = filter;
    if (name === renamed) {
      const others = filters.filter((one) => one !== filter);
      return nameForm(l10n.t('New name of {0}', name), name, (next) => {
        if (others.some((one) => one.name === next)) return l10n.t('“{0}” is the name of another filter.', next);
        keep(withFilter(others, { name: next, text }), next);
        return null;
      });
    }
    return row(filter, name, choose, [
      button({ label: l10n.t('Rename {0}', name), icon: 'rename', appearance: 'icon', press: () => rename(name) }),
      button({ label: l10n.t('Delete {0}', name), icon: 'remove', appearance: 'icon', press: () => remove(name) }),
    ]);
  };
  const draw = (): void => {
    const text = commands.savable();
    const parts = [
      ...BUILT_IN_FILTERS.map((filter) => row(filter, l10n.t(filter.name), choose, [])),
      ...filters.map(ownRow),
    ];
    if (text !== null && filters.length < SAVED_FILTERS_LIMIT) {
      const save = nameForm(l10n.t('Save this filter as'), '', (name) => {
        keep(withFilter(filters, { name, text }), name);
        return null;
      });
      save.classList.add('save');
      parts.push(save);
    }
    element.replaceChildren(...parts);
  };
  const toggle = (open = element.hidden === true, left = false): void => {
    if (open !== element.hidden) return;
    renamed = null;
    element.hidden = !open;
    if (open) {
      draw();
      element.querySelector<HTMLElement>('.saved-filter')?.focus();
    } else commands.closed(left);
  };
  // It lies over the graph: who has gone on does not want it there. Its button, which is beside it, closes it by itself.
  element.addEventListener('focusout', ({ relatedTarget: next }) => {
    if (next instanceof Node && element.parentElement?.contains(next) === false) toggle(false, true);
  });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      if (renamed === null) toggle(false);
      else rename(null);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveFocus(element, event.key === 'ArrowDown');
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    element,
    get isOpen() {
      return !element.hidden;
    },
    toggle,
    load(next) {
      // The host repeats what was saved here: drawing it anew would take the keyboard away.
      const isNews = JSON.stringify(next) !== JSON.stringify(filters);
      filters = next;
      if (isNews && !element.hidden && renamed === null) draw();
    },
  };
}

function row(
  { text }: SavedFilter,
  name: string,
  choose: (text: string) => void,
  buttons: readonly HTMLElement[],
): HTMLElement {
  const element = document.createElement('div');
  element.className = 'saved-row';
  const press = document.createElement('button');
  press.className = 'saved-filter';
  press.type = 'button';
  const [label, detail] = [document.createElement('span'), document.createElement('span')];
  label.textContent = name;
  detail.textContent = text;
  detail.className = 'saved-text';
  press.title = text;
  press.append(label, ' ', detail);
  press.addEventListener('click', () => choose(text));
  element.append(press, ...buttons);
  return element;
}

/** A field for a name; `save` tells why the name cannot be had. */
function nameForm(label: string, name: string, save: (name: string) => string | null): HTMLElement {
  const form = document.createElement('form');
  form.className = name === '' ? 'saved-row' : 'saved-row renaming';
  const input = document.createElement('input');
  input.type = 'text';
  input.className = 'filter-input';
  input.value = name;
  input.maxLength = FILTER_NAME_LIMIT;
  input.placeholder = label;
  input.setAttribute('aria-label', label);
  const problem = document.createElement('span');
  problem.className = 'saved-problem';
  problem.setAttribute('role', 'alert');
  const submit = (): void => {
    const trimmed = input.value.trim();
    const told = trimmed === '' ? null : save(trimmed);
    problem.textContent = told;
    input.setAttribute('aria-invalid', String(told !== null));
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  form.append(input, button({ label: l10n.t('Save'), appearance: 'secondary', press: submit }), problem);
  return form;
}

function moveFocus(element: HTMLElement, forward: boolean): void {
  const rows = [...element.querySelectorAll<HTMLElement>('.saved-filter, input')];
  const at = rows.findIndex((one) => one.matches(':focus'));
  rows[(at + (forward ? 1 : -1) + rows.length) % rows.length]?.focus();
}
