import * as l10n from '@vscode/l10n';
import type { ShownRow } from '../../extension/shared/compare/shownComparison.ts';
import { callRow, foldedRow, headRow, select } from './callRow.ts';
import { type ListItem, listItems } from './listItems.ts';
import { type Stretch, stretches } from './stretches.ts';
import { createVirtualRows } from './virtualRows.ts';

/** The aligned calls: a row for each pair, with what differs below it. Long stretches without a difference are folded. */
export interface CallList {
  readonly element: HTMLElement;
  /** Shows other rows, under the names of both sides. */
  load(rows: readonly ShownRow[], names: readonly [left: string, right: string]): void;
  /** Chooses a row, unfolds it where it is folded, and brings it into sight. */
  choose(row: number): void;
  readonly chosen: number | null;
}

/** Makes the list. `chose` is told of every choice; `goTo` of a call whose line is wanted. */
export function createCallList(chose: (row: number) => void, goTo: (site: string) => void): CallList {
  const element = document.createElement('div');
  element.className = 'call-list';
  element.tabIndex = 0;
  // A grid, as what stands in options of a list box cannot be pressed.
  element.setAttribute('role', 'grid');
  element.setAttribute('aria-label', l10n.t('Calls of both sides'));
  let rows: readonly ShownRow[] = [];
  let shown: readonly Stretch[] = [];
  let items: readonly ListItem[] = [];
  let chosen: number | null = null;

  const makeRow = (index: number): HTMLElement => {
    const item = items[index];
    if (item?.type === 'folded') return foldedRow(item.stretch, () => press(item.stretch));
    const row = item === undefined ? undefined : rows[item.row];
    if (item === undefined || row === undefined) return document.createElement('div');
    const line = callRow(row, item.row, goTo);
    select(line, item.row === chosen);
    return line;
  };
  const head = document.createElement('div');
  head.className = 'call-heads';
  head.setAttribute('role', 'rowgroup');
  element.append(head);
  const lines = createVirtualRows(element, makeRow);
  // Where the view is narrow the names of both sides stand below each other.
  new ResizeObserver(() => lines.below(head.offsetHeight)).observe(head);
  const draw = (): void => {
    items = listItems(shown);
    // A row keeps its key when stretches unfold; those of folds are below.
    lines.load(items.length, (index) => {
      const item = items[index];
      return item?.type === 'folded' ? -1 - item.stretch.from : (item?.row ?? index);
    });
  };
  const unfold = (stretch: Stretch): void => {
    shown = shown.map((one) => (one === stretch ? { ...stretch, folded: false } : one));
    draw();
    if (chosen !== null) mark(chosen);
  };
  /** The button that was pressed is gone then: the keyboard stays in the list. */
  const press = (stretch: Stretch): void => {
    unfold(stretch);
    element.focus();
  };
  const mark = (row: number): void => {
    const before = element.querySelector('[aria-selected="true"]');
    if (before !== null) select(before, false);
    const index = items.findIndex((item) => item.type === 'call' && item.row === row);
    if (index === -1) return;
    lines.keep(index);
    lines.bringToSight(index);
    const line = element.querySelector(`[data-row="${row}"]`);
    if (line === null) return;
    select(line, true);
    element.setAttribute('aria-activedescendant', line.id);
  };
  const choose = (row: number): void => {
    if (rows[row] === undefined) return;
    const folded = shown.find((stretch) => stretch.folded && stretch.from <= row && row < stretch.to);
    if (folded !== undefined) unfold(folded);
    chosen = row;
    mark(row);
    chose(row);
  };
  let width = 0;
  // Rows are of other heights in a view of another width: the chosen one stays in sight.
  new ResizeObserver(() => {
    if (element.offsetWidth === width) return;
    width = element.offsetWidth;
    const index = items.findIndex((item) => item.type === 'call' && item.row === chosen);
    if (index !== -1) lines.bringToSight(index);
  }).observe(element);
  element.addEventListener('click', (event) => {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
    if (line !== null) choose(Number(line.dataset.row));
  });
  element.addEventListener('keydown', (event) => {
    const to = KEYS[event.key]?.(chosen ?? -1, rows.length);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(Math.max(0, Math.min(rows.length - 1, to)));
  });
  return {
    element,
    load(next, names) {
      rows = next;
      chosen = null;
      element.removeAttribute('aria-activedescendant');
      element.setAttribute('aria-rowcount', String(next.length + 1));
      head.replaceChildren(headRow(names));
      lines.below(head.offsetHeight);
      shown = stretches(next.map(({ divergences }) => divergences.length > 0));
      draw();
    },
    choose,
    get chosen() {
      return chosen;
    },
  };
}

const KEYS: Readonly<Record<string, (row: number, count: number) => number>> = {
  ArrowDown: (row) => row + 1,
  ArrowUp: (row) => row - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
  PageDown: (row) => row + 10,
  PageUp: (row) => row - 10,
};
