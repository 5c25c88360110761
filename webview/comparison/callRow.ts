import * as l10n from '@vscode/l10n';
import type { ShownCall, ShownRow } from '../../extension/shared/compare/shownComparison.ts';
import type { Stretch } from './stretches.ts';

/** The elements of the list of calls: a pair of calls with what differs, and what stands for calls that are folded. */

/** The chosen row's buttons can be reached with Tab, and no others: there may be thousands. */
export function select(line: Element, selected: boolean): void {
  line.setAttribute('aria-selected', String(selected));
  for (const link of line.querySelectorAll<HTMLElement>('.site')) link.tabIndex = selected ? 0 : -1;
}

/** The head of the list: what the numbers are, and the names of both sides. */
export function headRow(names: readonly [left: string, right: string]): HTMLElement {
  const line = document.createElement('div');
  line.className = 'head-row';
  line.setAttribute('role', 'row');
  line.setAttribute('aria-rowindex', '1');
  const cells = [l10n.t('Row'), ...names].map((text) => {
    const cell = document.createElement('span');
    cell.setAttribute('role', 'columnheader');
    cell.textContent = text;
    cell.title = text;
    return cell;
  });
  line.append(...cells);
  return line;
}

/** A row that stands for calls without a difference, and unfolds them when it is pressed. */
export function foldedRow({ from, to }: Stretch, unfold: () => void): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', 'row');
  element.setAttribute('aria-rowindex', String(from + 2));
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

/** A row for the pair of calls of this number. */
export function callRow(
  { left, right, divergences }: ShownRow,
  index: number,
  goTo: (site: string) => void,
): HTMLElement {
  const line = document.createElement('div');
  line.id = `row-${index}`;
  line.className = 'call-row';
  line.dataset.row = String(index);
  line.setAttribute('role', 'row');
  // Rows that are folded, or out of sight, are not in the page, but they count, as the head does.
  line.setAttribute('aria-rowindex', String(index + 2));
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
