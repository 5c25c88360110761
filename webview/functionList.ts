import * as l10n from '@vscode/l10n';
import { formatDuration } from '../extension/shared/format.ts';
import { functionRow } from '../extension/shared/hierarchy.ts';
import { functionId, functionName } from './accessibleTree.ts';
import type { Group } from './box.ts';
import { select } from './d3.ts';
import type { FunctionEntry } from './functionEntries.ts';
import { MARKS } from './glyphs.ts';
import { MOVE_MS } from './motion.ts';
import { type ListNote, type ListRow, type ListScene, listExtent } from './scene.ts';
import { BOX, LIST, type Point } from './sizes.ts';

/** Draws the plain boxes: the functions that use the selected handle, beside it, on a bracket. */

const TEXT_X = 30;
const MARK_X = 10;
const RIGHT = LIST.width - 9;

/** The list as drawn. */
export interface DrawnList {
  readonly list: ListScene;
  readonly at: Point;
  /** Below its handle, not beside it. */
  readonly below: boolean;
  /** Key of the row on which the keyboard is. */
  readonly activeRow: string | null;
}

/** Shows the list in its layer, or nothing; a new one fades in, the old one goes at once. */
export function drawFunctionList(layer: Group, drawn: DrawnList | null, moves: boolean): void {
  const lists = layer
    .selectAll<SVGGElement, DrawnList>('g.function-list')
    .data(drawn === null ? [] : [drawn], (one) => one.list.node.serial);
  lists.exit().remove();
  const entering = lists.enter().append('g').attr('class', 'function-list');
  entering
    .append('rect')
    .attr('class', 'plate')
    .attr('x', -LIST.stub - 2)
    .attr('y', -6);
  entering.append('path').attr('class', 'bracket');
  entering.append('g').attr('class', 'rows').attr('role', 'menu').attr('tabindex', -1);
  entering.append('g').attr('class', 'notes').attr('aria-hidden', 'true');
  entering.attr('transform', ({ at: [x, y] }) => `translate(${x},${y})`);
  if (moves) entering.style('opacity', 0).transition('fade').duration(MOVE_MS).style('opacity', 1);
  lists.each(function ({ at: [x, y] }) {
    const list = select(this);
    const place = `translate(${x},${y})`;
    if (list.attr('transform') === place) return;
    if (moves) list.transition('place').duration(MOVE_MS).attr('transform', place);
    else list.interrupt('place').attr('transform', place);
  });
  entering.merge(lists).each(function (one) {
    fill(select(this), one);
  });
}

function fill(group: Group, { list, below, activeRow }: DrawnList): void {
  group
    .select('.plate')
    .attr('width', LIST.width + LIST.stub + 6)
    .attr('height', listExtent(list) + 10);
  group.select('.bracket').attr('d', bracket(list.rows.length, below));
  const rows = group
    .select<SVGGElement>('.rows')
    .attr('aria-label', l10n.t('Functions that use {0}', list.node.fn))
    .attr('aria-activedescendant', function () {
      return activeRow === null ? null : functionId(activeRow, this);
    });
  rows
    .selectAll<SVGGElement, ListRow>('g.function')
    .data(list.rows, (row) => row.key)
    .join((enter) => enter.append('g').attr('class', 'function').each(buildRow))
    .attr('transform', (_, index) => `translate(0,${index * LIST.pitch})`)
    .classed('active', (row) => row.key === activeRow)
    .each(function (row) {
      if (row.type === 'any') fillAnyRow(this, row);
      else fillRow(this, row.entry);
    });
  group
    .select<SVGGElement>('.notes')
    .attr('transform', `translate(0,${(list.rows.length - 1) * LIST.pitch + LIST.row + LIST.noteGap})`)
    .selectAll<SVGGElement, ListNote>('g.note')
    .data(list.notes, (note) => note.text)
    .join((enter) =>
      enter
        .append('g')
        .attr('class', 'note')
        .call((note) => note.append('path').attr('class', 'mark'))
        .call((note) => note.append('text').attr('x', 17).attr('y', 10)),
    )
    .attr('transform', (_, index) => `translate(0,${index * LIST.note})`)
    .each(function (note) {
      select(this)
        .classed('error', note.mark === 'error')
        .select('.mark')
        .attr('d', MARKS[note.mark]);
      select(this).select('text').text(note.text);
    });
}

function buildRow(this: SVGGElement): void {
  const row = select(this).attr('role', 'menuitem');
  const { width } = LIST;
  row.append('rect').attr('class', 'shadow').attr('x', 2).attr('y', 2).attr('width', width).attr('height', LIST.row);
  row.append('rect').attr('class', 'ring').attr('x', -3).attr('y', -3);
  row
    .select('.ring')
    .attr('width', width + 6)
    .attr('height', LIST.row + 6)
    .attr('rx', 3);
  row.append('rect').attr('class', 'body').attr('width', width).attr('height', LIST.row).attr('rx', 1);
  row
    .append('path')
    .attr('class', 'mark')
    .attr('transform', `translate(${MARK_X},${LIST.row / 2 - 6})`);
  row.append('text').attr('class', 'name').attr('x', TEXT_X).attr('y', 16);
  row.append('text').attr('class', 'facts').attr('x', RIGHT).attr('y', 16);
  row.selectAll('text').attr('aria-hidden', 'true');
  row.append('title');
}

function fillRow(element: SVGGElement, entry: FunctionEntry): void {
  const row = select(element);
  const legal = entry.refusal === undefined;
  element.id = functionId(entry.fn, element);
  element.dataset.key = entry.fn;
  element.setAttribute('aria-label', functionName(entry));
  element.setAttribute('aria-disabled', String(!legal));
  row
    .classed('legal', legal)
    .classed('refused', !legal)
    .classed('returns', entry.returnsHandle)
    .classed('called', entry.tally !== undefined)
    .classed('failed', Boolean(entry.tally?.lastError));
  row.select('.mark').attr('d', legal ? MARKS.legal : MARKS.lock);
  row.select('.name').text(entry.fn);
  row.select('.facts').text(facts(entry));
  row.select('title').text(tooltip(entry));
}

function fillAnyRow(element: SVGGElement, row: Extract<ListRow, { type: 'any' }>): void {
  const label = l10n.t('any handle ({0})', row.count);
  element.id = functionId(row.key, element);
  element.dataset.key = row.key;
  element.setAttribute('aria-label', label);
  element.setAttribute('aria-expanded', String(row.open));
  select(element)
    .classed('any', true)
    .select('.mark')
    .attr('d', row.open ? MARKS.opened : MARKS.closed);
  select(element).select('.name').text(label);
  select(element).select('title').text(l10n.t('Functions that take a handle of any kind'));
}

/** What happened so far, short: times and mean, `!` where the last call failed, the number of the error that bars it now. */
function facts({ tally, refusal, running }: FunctionEntry): string {
  const parts: string[] = [];
  if (running) parts.push(l10n.t('running…'));
  else if (tally !== undefined) {
    parts.push(`${tally.lastError === null ? '' : '! '}×${tally.count}`);
    if (refusal === undefined) parts.push(formatDuration(tally.totalMicroseconds / tally.count));
  }
  if (refusal !== undefined) parts.push(String(refusal.code));
  return parts.join(' · ');
}

function tooltip({ fn, refusal, tally }: FunctionEntry): string {
  const lines = [functionRow(fn).summary];
  if (refusal !== undefined)
    lines.push(l10n.t('Not legal now; it would fail with {0} ({1}).', refusal.symbol, refusal.code));
  if (tally !== undefined) {
    lines.push(l10n.t('Called {0} ×, mean {1}.', tally.count, formatDuration(tally.totalMicroseconds / tally.count)));
    if (tally.lastError !== null) lines.push(l10n.t('Last error: {0}', tally.lastError));
  }
  return lines.join('\n');
}

/** From the handle's side, or from its lower edge, to one vertical line beside the boxes, with a stub to each of them. */
function bracket(rows: number, below: boolean): string {
  const line = -LIST.stub;
  const middle = (row: number): number => row * LIST.pitch + LIST.row / 2;
  const parent = BOX.height / 2;
  const stubs = Array.from({ length: rows }, (_, row) => `M${line},${middle(row)}H0`).join('');
  if (below) return `M${line},${-LIST.under}V${middle(rows - 1)}${stubs}`;
  const bottom = Math.max(parent, middle(rows - 1));
  return `M${-LIST.gap},${parent}H${line}M${line},${middle(0)}V${bottom}${stubs}`;
}
