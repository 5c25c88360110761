import * as l10n from '@vscode/l10n';
import type { ShownRow } from '../../extension/shared/compare/shownComparison.ts';
import { button, textField } from '../controls.ts';
import type { CallList } from './callList.ts';
import { nextFound, searchRows } from './rowSearch.ts';

/**
 * The search in the calls of both sides. It looks at all of them: VS Code's own Find sees only what is in the page, which are
 * neither calls that are folded nor, in a long list, calls out of sight.
 */
export interface CallSearch {
  readonly element: HTMLElement;
  /** The rows are others now. */
  load(rows: readonly ShownRow[]): void;
  /** Gives the keyboard to the field. */
  focus(): void;
  /** Goes to the next call that was found, or the one before; where nothing is looked for yet, to the field. */
  go(by: 1 | -1): void;
  /** Another row was chosen. */
  draw(): void;
}

/** Makes the search of a list of calls. */
export function createCallSearch(list: Pick<CallList, 'element' | 'choose' | 'chosen'>): CallSearch {
  let rows: readonly ShownRow[] = [];
  let found: readonly number[] = [];
  /** The row that was chosen when the keyboard came: while a word grows, it is looked for from there. */
  let origin: number | null = null;
  const words = l10n.t('Find in the calls of both sides');
  const input = textField(words, words);
  input.setAttribute('aria-keyshortcuts', '/ Control+F Meta+F');
  const count = document.createElement('span');
  count.className = 'found';
  count.setAttribute('role', 'status');

  const isLooking = (): boolean => input.value.trim() !== '';
  const draw = (): void => {
    const at = list.chosen === null ? -1 : found.indexOf(list.chosen);
    input.setAttribute('aria-invalid', String(isLooking() && found.length === 0));
    if (!isLooking()) count.textContent = '';
    else if (found.length === 0) count.textContent = l10n.t('No call found');
    else if (at === -1) count.textContent = l10n.t('{0} found', found.length);
    else count.textContent = l10n.t('{0} of {1} found', at + 1, found.length);
  };
  const go = (by: 1 | -1): void => {
    if (!isLooking()) {
      focus();
      return;
    }
    const row = nextFound(found, list.chosen, by);
    if (row !== null) list.choose(row);
    draw();
  };
  const focus = (): void => {
    input.focus();
    input.select();
  };
  input.addEventListener('focus', () => {
    origin = list.chosen;
  });
  input.addEventListener('input', () => {
    found = searchRows(rows, input.value);
    const row = nextFound(found, origin === null ? null : origin - 1, 1);
    if (row !== null) list.choose(row);
    draw();
  });
  input.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') list.element.focus();
    else return;
    event.preventDefault();
  });
  const element = document.createElement('div');
  element.className = 'filter-bar call-search';
  element.setAttribute('role', 'search');
  element.append(
    input,
    count,
    button({ label: l10n.t('Previous Call Found'), icon: 'previous', appearance: 'icon', press: () => go(-1) }),
    button({ label: l10n.t('Next Call Found'), icon: 'next', appearance: 'icon', press: () => go(1) }),
  );
  return {
    element,
    load(next) {
      rows = next;
      found = searchRows(rows, input.value);
      draw();
    },
    focus,
    go,
    draw,
  };
}
