import { formatAge } from '../extension/shared/format.ts';
import type { HandleNode } from '../extension/shared/model.ts';
import type { StepMark } from '../extension/shared/stepStory.ts';
import { placeAttributes, treeItemAttributes } from './accessibleTree.ts';
import { buildBox, fillBox, fillTarget } from './box.ts';
import { easeCubicInOut, easeCubicOut, type Selection, select } from './d3.ts';
import { between, MOVE_MS } from './motion.ts';
import type { Rank } from './scene.ts';
import { BOX, type Point } from './sizes.ts';
import { drawStepMark } from './stepMark.ts';
import type { TextFit } from './textFit.ts';

/** A handle on screen. */
export interface BoxItem {
  readonly node: HandleNode;
  /** What it tells of the handle's target. */
  readonly target: string;
  readonly rank: Rank;
  readonly at: Point;
  readonly selected: boolean;
  /** The keyboard is on it. */
  readonly active: boolean;
  /** The moment that is shown, in microseconds. */
  readonly now: number;
  /** How the step that is shown concerns it. */
  readonly mark: StepMark | undefined;
}

/** How the boxes get from the last picture to this one. */
export interface BoxMotion {
  /** Move and fade; otherwise everything is set in place at once. */
  readonly moves: boolean;
  /** New handles, each with the place that it grows from. */
  readonly opened: ReadonlyMap<number, Point>;
  /** Closed handles, each with the place where it ends and the wait before it goes, in milliseconds. */
  readonly closed: ReadonlyMap<number, { readonly into: Point; readonly wait: number }>;
  /** Wait before the survivors move, in milliseconds. */
  readonly wait: number;
}

type Layer = Selection<SVGGElement, unknown, null, undefined>;

/** What a box's element shows, so that it is touched only when something changed. */
interface Shown {
  readonly node: HandleNode;
  readonly target: string;
  readonly rank: Rank;
  readonly at: Point;
  readonly selected: boolean;
  readonly active: boolean;
  readonly age: string;
}

const shown = new WeakMap<SVGGElement, Shown>();

/** Boxes that left without moving, to be used again: under fire as many come as go, and building one takes longer than filling it. */
const spare: SVGGElement[] = [];
const SPARE_LIMIT = 200;

function newBox(): SVGGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  element.setAttribute('class', 'handle');
  buildBox(element);
  return element;
}

function putAside(element: SVGGElement): void {
  const box = select(element).interrupt('place').style('opacity', null);
  box.select('.ring').interrupt('blink').style('stroke-opacity', null);
  element.remove();
  shown.delete(element);
  if (spare.length < SPARE_LIMIT) spare.push(element);
}

/** Draws the shaded boxes that are on screen. The join key is the serial: values are recycled, serials never. */
export function drawBoxes(layer: Layer, items: readonly BoxItem[], motion: BoxMotion, measure: TextFit): void {
  const boxes = layer.selectAll<SVGGElement, BoxItem>('g.handle').data(items, (item) => item.node.serial);
  boxes.exit<BoxItem>().each(function (item) {
    leave(this, item, motion);
  });
  const entering = boxes.enter().append(() => spare.pop() ?? newBox());
  entering.each(function (item) {
    this.dataset.serial = String(item.node.serial);
    const from = motion.moves ? motion.opened.get(item.node.serial) : undefined;
    if (from === undefined) select(this).attr('transform', place(item.at));
    else appear(this, from, item.at);
  });
  const all = entering.merge(boxes);
  all.each(function (item) {
    refresh(this, item, motion, measure);
  });
  if (entering.size() > 0) all.order();
}

function refresh(element: SVGGElement, item: BoxItem, motion: BoxMotion, measure: TextFit): void {
  const before = shown.get(element);
  const { node, target, rank, at, selected, active } = item;
  drawStepMark(element, item.mark);
  const age = formatAge(item.now - node.openedAt);
  const changed = before?.node !== node;
  if (changed || before.rank.hidden !== rank.hidden) fillBox(element, node, rank.hidden, measure);
  if (changed || before.age !== age || before.target !== target) {
    fillTarget(element, node, { target, age }, measure);
  }
  if (before?.selected !== selected) element.classList.toggle('selected', selected);
  if (before?.active !== active) element.classList.toggle('active', active);
  if (before?.rank.context !== rank.context) element.classList.toggle('context', rank.context);
  // Where a handle closes, all behind it get another place among their siblings, and nothing else.
  if (changed || before.selected !== selected || !same(before.rank, rank, NAMED_RANK)) describe(element, item);
  else if (!same(before.rank, rank, PLACED_RANK)) setAttributes(element, placeAttributes(rank));
  if (before !== undefined) {
    if (before.at[0] !== at[0] || before.at[1] !== at[1]) moveTo(element, at, motion);
    if (motion.moves && before.node.state !== node.state) blink(element);
  }
  shown.set(element, { node, target, rank, at, selected, active, age });
}

/** What of a rank is part of the handle's words, or of what can be done with it. */
const NAMED_RANK = ['children', 'hidden', 'context'] as const satisfies readonly (keyof Rank)[];
const PLACED_RANK = ['level', 'position', 'siblings'] as const satisfies readonly (keyof Rank)[];

/** Ranks are made anew with every layout, and most of them are as they were. */
function same(one: Rank, other: Rank, keys: readonly (keyof Rank)[]): boolean {
  return keys.every((key) => one[key] === other[key]);
}

function describe(element: SVGGElement, { node, rank, selected }: BoxItem): void {
  setAttributes(element, treeItemAttributes(node, rank, selected, element));
}

function setAttributes(element: SVGGElement, attributes: Readonly<Record<string, string | null>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

function place([x, y]: Point, scale = 1): string {
  return scale === 1 ? `translate(${x},${y})` : `translate(${x},${y}) scale(${scale})`;
}

/** A box shrunk to a point in the middle of where another one stands. */
function shrunk([x, y]: Point): string {
  return place([x + (BOX.width * 0.7) / 2, y + (BOX.height * 0.7) / 2], 0.3);
}

function appear(element: SVGGElement, from: Point, to: Point): void {
  select(element)
    .attr('transform', shrunk(from))
    .style('opacity', 0)
    .transition('place')
    .duration(MOVE_MS)
    .ease(easeCubicOut)
    .attr('transform', place(to))
    .styleTween('opacity', between(0, 1));
}

function moveTo(element: SVGGElement, to: Point, motion: BoxMotion): void {
  const box = select(element);
  if (!motion.moves) {
    box.interrupt('place').attr('transform', place(to));
    // Most boxes were not fading, and taking away what is not there costs a style of its own.
    if (element.style.opacity !== '') box.style('opacity', null);
    return;
  }
  const move = box
    .transition('place')
    .delay(motion.wait)
    .duration(MOVE_MS)
    .ease(easeCubicInOut)
    .attr('transform', place(to));
  // It may still be on its way in.
  if (element.style.opacity !== '') move.styleTween('opacity', between(Number(element.style.opacity), 1));
}

function blink(element: SVGGElement): void {
  select(element)
    .select('.ring')
    .style('stroke-opacity', 1)
    .transition('blink')
    .duration(MOVE_MS * 3)
    .styleTween('stroke-opacity', between(1, 0))
    .on('end', function () {
      select(this as SVGElement).style('stroke-opacity', null);
    });
}

/** A box that scrolled out of sight is gone at once; one whose handle closed collapses into its ancestor. */
function leave(element: SVGGElement, item: BoxItem, motion: BoxMotion): void {
  const end = motion.closed.get(item.node.serial);
  if (end === undefined || !motion.moves) {
    putAside(element);
    return;
  }
  const box = select(element).attr('class', 'leaving').attr('role', 'presentation').attr('aria-hidden', 'true');
  for (const name of element.getAttributeNames()) {
    if (name === 'id' || (name.startsWith('aria-') && name !== 'aria-hidden')) element.removeAttribute(name);
  }
  box
    .transition('place')
    .delay(end.wait)
    .duration(MOVE_MS)
    .ease(easeCubicInOut)
    .attr('transform', shrunk(end.into))
    .styleTween('opacity', between(1, 0))
    .remove();
}
