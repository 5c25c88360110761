import { formatHandleValue, printable } from '../extension/shared/format.ts';
import { scaleLinear, select } from './d3.ts';
import { KIND_BADGES } from './glyphs.ts';
import { BAR, type LaneRow, labelBaselines } from './laneStack.ts';
import { type ReadRuler, rulerSentence } from './readRuler.ts';
import { type Hit, placeOf } from './timelineHit.ts';
import type { Bar, Label, LanePicture } from './timelineLayout.ts';
import { laneName } from './timelineWords.ts';
import type { TimeWindow } from './timeWindow.ts';

/** Draws the lanes that are on screen, the axis and the ruler. */

/** What the lanes are drawn from. */
export interface LanesPicture {
  readonly rows: readonly LaneRow[];
  /** How many lanes there are in all. */
  readonly count: number;
  readonly width: number;
  readonly selected: number | null;
  readonly selectedCall: number | null;
  /** The lane and the thing on it on which the keyboard is. */
  readonly active: number | null;
  readonly activeHit: Hit | null;
  /** What a screen reader says of that thing. */
  nameOf(hit: Hit, row: LaneRow): string;
  /** The moment that is shown, in microseconds: what comes later has not happened. */
  readonly moment: number;
  picture(row: LaneRow): LanePicture;
}

/** Draws the rows; those that scrolled away are removed. Gives the id of the cell on which the keyboard is. */
export function drawLanes(list: HTMLElement, picture: LanesPicture): string | null {
  const { selected, active, width } = picture;
  const rows = select(list)
    .selectAll<HTMLElement, LaneRow>('.lane')
    .data(picture.rows, ({ lane }) => lane.serial)
    .join((enter) => enter.append(buildRow));
  rows.order();
  let activeId: string | null = null;
  rows.each(function (row) {
    const { lane, top, height, index } = row;
    const chosen = lane.serial === selected;
    this.classList.toggle('selected', chosen);
    this.classList.toggle('active', lane.serial === active);
    this.classList.toggle('closed', lane.closed !== null && lane.closed.at <= picture.moment);
    this.classList.toggle('unborn', lane.openedAt > picture.moment);
    this.dataset.serial = String(lane.serial);
    this.dataset.family = KIND_BADGES[lane.kind].family;
    this.style.top = `${top}px`;
    this.style.height = `${height}px`;
    this.setAttribute('aria-rowindex', String(index + 1));
    this.setAttribute('aria-selected', String(chosen));
    fillName(this, row);
    const cell = this.querySelector('.track');
    const hit = lane.serial === active ? picture.activeHit : null;
    if (cell !== null) {
      cell.id = hit === null ? `lane-${lane.serial}` : `lane-${lane.serial}-entry-${placeOf(hit).seq}`;
      cell.setAttribute('aria-label', hit === null ? laneName(lane) : picture.nameOf(hit, row));
      if (lane.serial === active) activeId = cell.id;
    }
    const svg = this.querySelector('svg');
    if (svg !== null) drawTrack(svg, row, picture.picture(row), { ...picture, width, activeHit: hit });
  });
  return activeId;
}

/** A letter of the axis is no wider than this, in pixels. */
const LETTER = 6;

/** Draws the marks of the axis. */
export function drawAxis(axis: SVGSVGElement, shown: TimeWindow, width: number): void {
  const scale = scaleLinear([shown.from, shown.to], [0, width]);
  const times = scale.ticks(Math.max(2, Math.floor(width / 90)));
  const step = (times[1] ?? 1) - (times[0] ?? 0);
  const marks = select(axis)
    .selectAll<SVGGElement, number>('g')
    .data(times)
    .join((enter) => {
      const mark = enter.append('g');
      mark.append('path').attr('d', 'M0.5 14V22');
      mark.append('text').attr('x', 4).attr('y', 15);
      return mark;
    });
  marks.attr('transform', (time) => `translate(${Math.round(scale(time))},0)`);
  marks.select('text').text((time) => {
    const text = axisTime(time, step);
    // The last one may have no room before the edge.
    return scale(time) + Math.max(44, text.length * LETTER + 8) > width ? '' : text;
  });
}

/** A moment on an axis whose marks stand `step` microseconds apart: all marks in one unit. */
function axisTime(microseconds: number, step: number): string {
  const [divisor, unit] = step >= 100_000 ? [1_000_000, 's'] : step >= 100 ? [1000, 'ms'] : [1, 'µs'];
  const digits = Math.max(0, Math.ceil(-Math.log10(step / divisor) - 1e-9));
  return `${(microseconds / divisor).toFixed(Math.min(digits, 3))} ${unit}`;
}

/** From the end of the read ruler to the edge, in pixels. */
const RULER_MARGIN = 14;

/** Draws the read ruler. */
export function drawRuler(element: HTMLElement, ruler: ReadRuler | undefined, width: number): void {
  element.hidden = ruler === undefined;
  if (ruler === undefined) return;
  const sentence = rulerSentence(ruler);
  const end = width - RULER_MARGIN;
  const scale = scaleLinear([0, ruler.size ?? ruler.read], [0, end]);
  const svg = select(element).select<SVGSVGElement>('svg');
  svg.attr('aria-label', sentence).attr('width', width);
  svg.select('.whole').attr('width', end);
  svg.select('.read').attr('width', scale(ruler.read));
  svg
    .select('.gap')
    .attr('x', scale(ruler.read))
    .attr('width', ruler.gap > 0 ? Math.max(0, end - scale(ruler.read)) : 0);
  const ends = new Set(ruler.offsets.map((offset) => Math.min(end - 1, Math.round(scale(offset))) - 0.5));
  svg.select('.reads').attr('d', [...ends].map((x) => `M${x} 2v14`).join(''));
  const facts = element.querySelector<HTMLElement>('.ruler-facts');
  facts?.replaceChildren(sentence);
  if (facts !== null) facts.title = sentence;
}

function buildRow(): HTMLElement {
  const row = document.createElement('div');
  row.className = 'lane';
  row.setAttribute('role', 'row');
  const name = document.createElement('div');
  name.className = 'lane-name';
  name.setAttribute('role', 'rowheader');
  for (const part of ['lane-fn', 'lane-target', 'lane-value']) {
    const span = document.createElement('span');
    span.className = part;
    name.append(span);
  }
  const track = document.createElement('div');
  track.className = 'track';
  track.setAttribute('role', 'gridcell');
  const svg = select(track).append('svg').attr('aria-hidden', 'true');
  svg.append('rect').attr('class', 'life');
  svg.append('path').attr('class', 'grave');
  for (const name of ['bytes-in', 'bytes-out', 'short', 'short failed', 'ticks', 'wires', 'active-mark']) {
    svg.append('path').attr('class', name);
  }
  for (const name of ['bars', 'tick-labels', 'wire-labels']) svg.append('g').attr('class', name);
  row.append(name, track);
  return row;
}

function fillName(row: HTMLElement, { lane }: LaneRow): void {
  const name = row.querySelector<HTMLElement>('.lane-name');
  if (name === null || name.title !== '') return;
  const [fn, target, value] = name.children;
  fn?.replaceChildren(lane.fn);
  target?.replaceChildren(printable(lane.shown, 80));
  value?.replaceChildren(formatHandleValue(lane.value).replace(/^0x0*/, ''));
  name.style.setProperty('--depth', String(Math.min(lane.depth, 4)));
  name.title = [lane.fn, formatHandleValue(lane.value), printable(lane.target)].join(' · ');
}

function drawTrack(
  element: SVGSVGElement,
  { lane, height }: LaneRow,
  picture: LanePicture,
  { width, selectedCall, activeHit }: Pick<LanesPicture, 'width' | 'selectedCall' | 'activeHit'>,
): void {
  const svg = select(element).attr('width', width).attr('height', height);
  const { life } = picture;
  svg
    .select('.life')
    .attr('x', life.x)
    .attr('width', life.width)
    .attr('height', height - 1);
  const end = life.x + life.width;
  // Behind the end, where nothing else is drawn, unless the picture ends there too.
  const cross = end + 9 <= width ? end + 3 : end - 9;
  svg.select('.grave').attr('d', life.closed ? `M${end} 2V${height - 3}M${cross} 8l6 6m0 -6l-6 6` : '');
  svg.select('.bytes-in').attr('d', picture.bytesIn);
  svg.select('.bytes-out').attr('d', picture.bytesOut);
  svg.select('.short:not(.failed)').attr('d', picture.short);
  svg.select('.short.failed').attr('d', picture.shortFailed);
  svg.select('.ticks').attr('d', picture.ticks);
  svg.select('.wires').attr('d', picture.wires);
  const activeCall = activeHit?.is === 'call' ? activeHit.span.call : null;
  drawBars(svg.select<SVGGElement>('.bars').node(), picture.bars, selectedCall, activeCall);
  svg.select('.active-mark').attr('d', picture.activeMark);
  const baselines = labelBaselines(lane);
  drawLabels(svg.select<SVGGElement>('.tick-labels').node(), picture.tickLabels, baselines.ticks);
  drawLabels(svg.select<SVGGElement>('.wire-labels').node(), picture.wireLabels, baselines.wires);
}

function drawBars(
  layer: SVGGElement | null,
  bars: readonly Bar[],
  selectedCall: number | null,
  activeCall: number | null,
): void {
  const groups = select(layer)
    .selectAll<SVGGElement, Bar>('g')
    .data(bars, ({ span }) => span.call)
    .join((enter) => {
      const group = enter.append('g');
      group.append('rect').attr('class', 'bar').attr('height', BAR).attr('rx', 2);
      group.append('rect').attr('class', 'pending').attr('height', BAR).attr('rx', 2);
      group.append('text').attr('x', 4).attr('y', 11);
      return group;
    });
  groups
    .attr('transform', ({ x, y }) => `translate(${x},${y})`)
    .classed('failed', ({ span }) => span.error !== null)
    .classed('unfinished', ({ span }) => span.to === null)
    .classed('chosen', ({ span }) => span.call === selectedCall)
    .classed('active', ({ span }) => span.call === activeCall);
  groups.select('.bar').attr('width', ({ width }) => width);
  groups
    .select('.pending')
    .attr('x', ({ pending }) => pending)
    .attr('width', ({ pending, width }) => width - pending);
  groups.select('text').text(({ text }) => text);
}

function drawLabels(layer: SVGGElement | null, labels: readonly Label[], y: number): void {
  select(layer)
    .selectAll<SVGTextElement, Label>('text')
    .data(labels)
    .join('text')
    .attr('x', ({ x }) => x)
    .attr('y', y)
    .text(({ text }) => printable(text, 300));
}
