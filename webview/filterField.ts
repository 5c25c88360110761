import * as l10n from '@vscode/l10n';
import { type FilterSuggestions, filterSuggestions } from '../extension/shared/filterSuggestions.ts';
import { FILTER_TEXT_LIMIT } from '../extension/shared/filterTerms.ts';
import type { ActiveFilter } from './activeFilter.ts';
import { textField } from './controls.ts';
import type { Playhead } from './playhead.ts';
import { createSuggestionList } from './suggestionList.ts';

/** The field in which a filter is written: an editable combobox with completions. */
export interface FilterField {
  readonly element: HTMLElement;
  focus(): void;
  /** Shows the filter's text and problem, unless they are what is being typed. */
  draw(): void;
}

/** What the field does beyond its own text. */
export interface FilterFieldCommands {
  /** The text was changed by hand. */
  type(text: string): void;
  /** The text was taken away. */
  clear(): void;
  /** The keyboard leaves for the tree, after Enter or Escape. */
  leave(close: boolean): void;
}

/** Builds the field. */
export function createFilterField(
  active: ActiveFilter,
  playhead: Playhead,
  commands: FilterFieldCommands,
): FilterField {
  const input = createInput();
  const problem = document.createElement('div');
  problem.className = 'filter-problem';
  problem.id = 'filter-problem';
  const list = createSuggestionList(input, (insert) => accept(insert));
  const element = document.createElement('div');
  element.className = 'filter-field';
  element.append(input, list.element, problem);
  let offered: FilterSuggestions = { from: 0, to: 0, items: [] };

  const offer = (): void => {
    const cursor = input.selectionStart ?? input.value.length;
    offered = filterSuggestions(input.value, cursor, playhead.tree, active.now);
    list.show(offered.items);
    drawProblem();
  };
  const drawProblem = (): void => {
    const sentence = active.problem;
    // The list stands in the same place, and what it offers completes what is wrong so far.
    problem.hidden = sentence === null || list.isOpen;
    input.setAttribute('aria-invalid', String(!problem.hidden));
    problem.textContent = sentence === null ? '' : l10n.t(...sentence);
  };
  const accept = (insert: string): void => {
    const { from, to } = offered;
    const isKey = insert.endsWith(':');
    const rest = input.value.slice(to);
    const space = isKey || /^[\s,]/.test(rest) ? '' : ' ';
    input.value = `${input.value.slice(0, from)}${insert}${space}${rest}`;
    const cursor = from + insert.length + space.length;
    input.setSelectionRange(cursor, cursor);
    commands.type(input.value);
    if (isKey) offer();
    else {
      list.hide();
      drawProblem();
    }
  };
  const retreat = (): void => {
    // The list of an empty field opened by itself.
    if (list.isOpen && input.value !== '') {
      list.hide();
      drawProblem();
    } else if (input.value !== '') {
      input.value = '';
      commands.clear();
    } else commands.leave(true);
  };

  input.addEventListener('input', () => {
    commands.type(input.value);
    offer();
  });
  input.addEventListener('click', offer);
  input.addEventListener('blur', () => {
    list.hide();
    drawProblem();
  });
  input.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const key = event.key;
    if (key === 'Escape') retreat();
    else if (key === 'ArrowDown' || key === 'ArrowUp') {
      if (list.isOpen) list.step(key === 'ArrowDown' ? 1 : -1);
      else offer();
    } else if (key === 'Enter') {
      if (!list.accept(false)) commands.leave(false);
      // Tab completes what was begun; where nothing was, it leads on as everywhere.
    } else if (key !== 'Tab' || event.shiftKey || !list.accept(offered.from < offered.to)) return;
    event.preventDefault();
  });
  return {
    element,
    focus() {
      input.focus();
      input.select();
      if (input.value === '') offer();
    },
    draw() {
      if (input.value !== active.text) input.value = active.text;
      drawProblem();
    },
  };
}

function createInput(): HTMLInputElement {
  const input = textField(l10n.t('Filter handles'), l10n.t('Filter, as kind:http-request is:open'));
  input.maxLength = FILTER_TEXT_LIMIT;
  input.setAttribute('aria-describedby', 'filter-problem');
  return input;
}
