import * as l10n from '@vscode/l10n';
import type { ShownCall, ShownRow } from '../../extension/shared/compare/shownComparison.ts';
import { type Stretch, stretches } from './stretches.ts';

/** The aligned calls: a row for each pair, with what differs below it. Long stretches without a difference are folded. */
export interface CallList {
  readonly element: HTMLElement;
  load(rows: readonly ShownRow[]): void;
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
  let chosen: number | null = null;

  const draw = (): void => {
    element.replaceChildren(
      ...shown.flatMap((stretch, index) =>
        stretch.folded
          ? [foldedRow(stretch, () => press(index))]
          : rows.slice(stretch.from, stretch.to).map((row, offset) => callRow(row, stretch.from + offset, goTo)),
      ),
    );
  };
  const unfold = (index: number): void => {
    shown = shown.map((stretch, place) => (place === index ? { ...stretch, folded: false } : stretch));
    draw();
    if (chosen !== null) mark(chosen);
  };
  /** The button that was pressed is gone then: the keyboard stays in the list. */
  const press = (index: number): void => {
    unfold(index);
    element.focus();
  };
  const mark = (row: number): void => {
    const before = element.querySelector('[aria-selected="true"]');
    if (before !== null) select(before, false);
    const line = document.getElementById(rowId(row));
    if (line === null) return;
    select(line, true);
    element.setAttribute('aria-activedescendant', line.id);
    line.scrollIntoView({ block: 'nearest' });
  };
  const choose = (row: number): void => {
    if (rows[row] === undefined) return;
    const folded = shown.findIndex((stretch) => stretch.folded && stretch.from <= row && row < stretch.to);
    if (folded !== -1) unfold(folded);
    chosen = row;
    mark(row);
    chose(row);
  };
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
    load(next) {
      rows = next;
      chosen = null;
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

function rowId(row: number): string {
  return `row-${row}`;
}

/** The chosen row's buttons can be reached with Tab, and no others: there may be thousands. */
function select(line: Element, selected: boolean): void {
  line.setAttribute('aria-selected', String(selected));
  for (const link of line.querySelectorAll<HTMLElement>('.site')) link.tabIndex = selected ? 0 : -1;
}

function foldedRow({ from, to }: Stretch, unfold: () => void): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', 'row');
  const cell = document.createElement('div');
  cell.setAttribute('role', 'gridcell');
  const button = document.createElement('button');
  button.className = 'folded-calls';
  // The arrow keys unfold it too, once they come to a call inside.
  button.tabIndex = -1;
  button.textContent = l10n.t('{0} calls without a difference', to - from);
  button.addEventListener('click', unfold);
  cell.append(button);
  element.append(cell);
  return element;
}

function callRow({ left, right, divergences }: ShownRow, index: number, goTo: (site: string) => void): HTMLElement {
  const line = document.createElement('div');
  line.id = rowId(index);
  line.className = 'call-row';
  line.dataset.row = String(index);
  line.setAttribute('role', 'row');
  line.setAttribute('aria-selected', 'false');
  line.classList.toggle('parted', divergences.length > 0);
  const number = document.createElement('span');
  number.className = 'number';
  number.setAttribute('role', 'gridcell');
  number.textContent = divergences.length > 0 ? `≠ ${index + 1}` : String(index + 1);
  line.append(number, cell(left, goTo), cell(right, goTo));
  for (const { kind, text } of divergences) {
    const sentence = document.createElement('p');
    sentence.className = `divergence ${kind}`;
    sentence.setAttribute('role', 'gridcell');
    sentence.textContent = text;
    line.append(sentence);
  }
  return line;
}

function cell(call: ShownCall | null, goTo: (site: string) => void): HTMLElement {
  const element = document.createElement('span');
  element.className = 'call';
  element.setAttribute('role', 'gridcell');
  if (call === null) {
    element.classList.add('absent');
    element.textContent = l10n.t('no call');
    return element;
  }
  const title = document.createElement('b');
  title.textContent = call.title;
  const args = document.createElement('span');
  args.className = 'args';
  args.textContent = call.args;
  args.title = call.args;
  const outcome = document.createElement('span');
  outcome.className = call.failed ? 'outcome failed' : 'outcome';
  outcome.textContent = call.outcome;
  outcome.title = call.outcome;
  element.append(title, args, outcome);
  const { site } = call;
  if (site !== null) {
    const link = document.createElement('button');
    link.className = 'site';
    link.tabIndex = -1;
    link.textContent = site.split(/[\\/]/).at(-1) ?? site;
    link.title = site;
    link.addEventListener('click', () => goTo(site));
    element.append(link);
  }
  return element;
}
