import type { StepMark } from '../extension/shared/stepStory.ts';
import { handleId } from './accessibleTree.ts';
import { easeCubicOut, type Selection, select } from './d3.ts';
import { between, MOVE_MS } from './motion.ts';
import type { Rank } from './scene.ts';
import type { SideWords } from './sideWords.ts';
import { BOX, type Point } from './sizes.ts';
import { drawStepMark } from './stepMark.ts';
import type { TextFit } from './textFit.ts';
import type { BoxMotion } from './tree.ts';

/** Boxes that are no open handle: tombstones, and boxes that stand for many. */

/** Such a box on screen. */
export interface SideItem {
  readonly serial: number;
  readonly kind: 'grave' | 'crowd' | 'graves';
  readonly rank: Rank;
  readonly at: Point;
  readonly words: SideWords;
  readonly selected: boolean;
  /** The keyboard is on it. */
  readonly active: boolean;
  /** How the step that is shown concerns it. */
  readonly mark: StepMark | undefined;
}

type Layer = Selection<SVGGElement, unknown, null, undefined>;

const TEXT_X = 12;
const LINES = [20, 37, 53] as const;
/** Between a line and what stands at its right end. */
const GAP = 10;
/** What a line has at least, where it needs that: room for a handle's value. */
const LEAST = 80;

/** What an element says, so that it is touched only when that changed. */
const said = new WeakMap<SVGGElement, string>();

/** Draws the boxes that are on screen. */
export function drawSideBoxes(layer: Layer, items: readonly SideItem[], motion: BoxMotion, measure: TextFit): void {
  const boxes = layer.selectAll<SVGGElement, SideItem>('g.side').data(items, (item) => item.serial);
  boxes.exit().remove();
  const entering = boxes.enter().append('g');
  entering.each(function (item) {
    build(this, item);
    if (motion.moves && motion.closed.has(item.serial)) fadeIn(this, motion.closed.get(item.serial)?.wait ?? 0);
  });
  entering.merge(boxes).each(function (item) {
    this.classList.toggle('selected', item.selected);
    this.classList.toggle('active', item.active);
    const news = JSON.stringify([item.words, item.rank, item.selected]);
    if (said.get(this) !== news) {
      fill(this, item, measure);
      said.set(this, news);
    }
    drawStepMark(this, item.mark);
    place(this, item.at, motion);
  });
}

function build(element: SVGGElement, { serial, kind }: SideItem): void {
  element.setAttribute('class', `side ${kind}`);
  element.id = handleId(serial, element);
  element.setAttribute('role', 'treeitem');
  element.dataset.serial = String(serial);
  const group = select(element);
  const { width, height, radius } = BOX;
  const rectangle = (name: string, offset: number, grow: number): void => {
    group
      .append('rect')
      .attr('class', name)
      .attr('x', offset - grow)
      .attr('y', offset - grow)
      .attr('width', width + 2 * grow)
      .attr('height', height + 2 * grow)
      .attr('rx', radius + (grow > 0 ? radius : 0));
  };
  // A pile: what lies below shows at the lower right edge.
  if (kind !== 'grave') for (const offset of [8, 4]) rectangle('under', offset, 0);
  rectangle('ring', 0, 4);
  rectangle('body', 0, 0);
  LINES.forEach((y, index) => {
    group
      .append('text')
      .attr('class', index === 0 ? 'name' : 'line')
      .attr('x', TEXT_X)
      .attr('y', y);
    group
      .append('text')
      .attr('class', 'aside')
      .attr('x', width - TEXT_X)
      .attr('y', y);
  });
  group.append('title');
}

function fill(element: SVGGElement, { words, rank, selected }: SideItem, measure: TextFit): void {
  const group = select(element);
  const texts = group.selectAll<SVGTextElement, unknown>('text').nodes();
  words.lines.forEach(([text, aside], index) => {
    const [line, side] = [texts[2 * index], texts[2 * index + 1]];
    const whole = BOX.width - 2 * TEXT_X;
    // However much is told at the right, a value is read whole.
    const told = measure.middle(aside, whole - GAP - Math.min(measure.width(text), LEAST));
    const room = whole - (told === '' ? 0 : measure.width(told) + GAP);
    // Names are set larger and bold: they are measured as if the room were less.
    if (line !== undefined) line.textContent = measure.middle(text, index === 0 ? room * 0.84 : room);
    if (side !== undefined) side.textContent = told;
  });
  group.classed('marked', words.marked);
  group.select('title').text(words.tooltip);
  const attributes = {
    'aria-label': words.name,
    'aria-level': rank.level,
    'aria-posinset': rank.position,
    'aria-setsize': rank.siblings,
    'aria-selected': selected,
  };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

function place(element: SVGGElement, [x, y]: Point, motion: BoxMotion): void {
  const transform = `translate(${x},${y})`;
  if (element.dataset.place === transform) return;
  const box = select(element);
  const isNew = element.dataset.place === undefined;
  element.dataset.place = transform;
  if (isNew || !motion.moves) box.interrupt('place').attr('transform', transform);
  else box.transition('place').delay(motion.wait).duration(MOVE_MS).ease(easeCubicOut).attr('transform', transform);
}

function fadeIn(element: SVGGElement, wait: number): void {
  select(element)
    .style('opacity', 0)
    .transition('fade')
    .delay(wait)
    .duration(MOVE_MS)
    .styleTween('opacity', between(0, 1))
    .on('end', function () {
      select(this).style('opacity', null);
    });
}
