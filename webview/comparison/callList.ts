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
  element.setAttribute('role', 'listbox');
  element.setAttribute('aria-label', l10n.t('Calls of both sides'));
  let rows: readonly ShownRow[] = [];
  let shown: readonly Stretch[] = [];
  let chosen: number | null = null;

  const draw = (): void => {
    element.replaceChildren(
      ...shown.flatMap((stretch, index) =>
        stretch.folded
          ? [foldedRow(stretch, () => unfold(index))]
          : rows.slice(stretch.from, stretch.to).map((row, offset) => callRow(row, stretch.from + offset, goTo)),
      ),
    );
  };
  const unfold = (index: number): void => {
    shown = shown.map((stretch, place) => (place === index ? { ...stretch, folded: false } : stretch));
    draw();
    if (chosen !== null) mark(chosen);
  };
  const mark = (row: number): void => {
    element.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false');
    const option = document.getElementById(rowId(row));
    if (option === null) return;
    option.setAttribute('aria-selected', 'true');
    element.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
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
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
    if (option !== null) choose(Number(option.dataset.row));
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

function foldedRow({ from, to }: Stretch, unfold: () => void): HTMLElement {
  const element = document.createElement('button');
  element.className = 'folded-calls';
  element.tabIndex = -1;
  element.textContent = l10n.t('{0} calls without a difference', to - from);
  element.addEventListener('click', unfold);
  return element;
}

function callRow({ left, right, divergences }: ShownRow, index: number, goTo: (site: string) => void): HTMLElement {
  const option = document.createElement('div');
  option.id = rowId(index);
  option.className = 'call-row';
  option.dataset.row = String(index);
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', 'false');
  option.classList.toggle('parted', divergences.length > 0);
  const number = document.createElement('span');
  number.className = 'number';
  number.textContent = divergences.length > 0 ? `≠ ${index + 1}` : String(index + 1);
  option.append(number, cell(left, goTo), cell(right, goTo));
  for (const { kind, text } of divergences) {
    const line = document.createElement('p');
    line.className = `divergence ${kind}`;
    line.textContent = text;
    option.append(line);
  }
  return option;
}

function cell(call: ShownCall | null, goTo: (site: string) => void): HTMLElement {
  const element = document.createElement('span');
  element.className = 'call';
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
