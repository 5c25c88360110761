import * as l10n from '@vscode/l10n';
import { formatBytes, formatHandleValue, printable } from '../extension/shared/format.ts';
import { kindRow } from '../extension/shared/hierarchy.ts';
import type { HandleNode } from '../extension/shared/model.ts';
import { type Selection, select } from './d3.ts';
import { KIND_BADGES, MARKS, MOOD_PATHS, pathAt, STATE_MOODS } from './glyphs.ts';
import { drawNoteMark, noteLines } from './noteMark.ts';
import { ownerWords } from './sideWords.ts';
import { BOX } from './sizes.ts';
import type { TextFit } from './textFit.ts';

/** The inside of one shaded box. */

/** A box's group. */
export type Group = Selection<SVGGElement, unknown, null, undefined>;

const PAD = 10;
const TEXT_X = 34;
const LINES = [20, 37, 53] as const;
const STATE_SIGN = 10;

/** Puts the parts of a box into a new group; `fillBox` gives them their content. */
export function buildBox(element: SVGGElement): void {
  const group = select(element);
  const { width, height, radius } = BOX;
  for (const [name, offset] of [['shadow-far', 4] as const, ['shadow-near', 2] as const]) {
    rectangle(group, `shadow ${name}`, offset, offset, width, height, radius);
  }
  rectangle(group, 'ring', -4, -4, width + 8, height + 8, radius + 3);
  rectangle(group, 'body', 0, 0, width, height, radius);
  group.append('path').attr('class', 'badge');
  group
    .append('text')
    .attr('class', 'badge-letter')
    .attr('x', PAD + 8)
    .attr('y', 19);
  group.append('text').attr('class', 'name').attr('x', TEXT_X).attr('y', LINES[0]);
  group
    .append('text')
    .attr('class', 'state-text')
    .attr('x', width - PAD)
    .attr('y', LINES[0]);
  group.append('path').attr('class', 'state-sign');
  group.append('text').attr('class', 'target').attr('x', TEXT_X).attr('y', LINES[1]);
  group
    .append('text')
    .attr('class', 'age')
    .attr('x', width - PAD)
    .attr('y', LINES[1]);
  group.append('text').attr('class', 'value').attr('x', TEXT_X).attr('y', LINES[2]);
  group
    .append('text')
    .attr('class', 'activity')
    .attr('x', width - PAD)
    .attr('y', LINES[2]);
  group.append('title');
  // The names of boxes say all of it; unhidden, every second that a handle grows older would be told to screen readers.
  group.selectAll('text').attr('aria-hidden', 'true');
}

/** Parts that few boxes need are made when they do: a hundred boxes on screen are styled in every frame. */
const RARE: Readonly<Record<'spinner' | 'error-mark' | 'fold', (group: Group) => void>> = {
  spinner: (group) => group.append('g').attr('class', 'spinner').append('circle').attr('r', 4),
  'error-mark': (group) =>
    group
      .append('path')
      .attr('class', 'error-mark')
      .attr('d', pathAt(MARKS.error, PAD + 2, LINES[2] - 10)),
  fold(group) {
    const fold = group
      .append('g')
      .attr('class', 'fold')
      .attr('transform', `translate(${BOX.width / 2},${BOX.height})`);
    fold.append('rect').attr('x', -19).attr('y', -8).attr('width', 38).attr('height', 16).attr('rx', 8);
    fold.append('text').attr('y', 4);
  },
};

/** Has a rare part where it is needed; one that was needed before stays, hidden. */
function want(group: Group, name: keyof typeof RARE, needed: boolean): boolean {
  if (needed && group.select(`.${name}`).empty()) RARE[name](group);
  return needed;
}

/** Shows what is true of the handle now. */
export function fillBox(element: SVGGElement, node: HandleNode, hidden: number, measure: TextFit): void {
  const group: Group = select(element);
  const badge = KIND_BADGES[node.kind];
  const mood = STATE_MOODS[node.state];
  element.dataset.family = badge.family;
  element.dataset.mood = mood;
  group.classed('running', want(group, 'spinner', node.running.length > 0));
  group.classed('failed', want(group, 'error-mark', node.lastError !== null));
  group.classed('is-folded', want(group, 'fold', hidden > 0));
  group.select('.badge').attr('d', pathAt(badge.path, PAD, 7));
  write(group, '.badge-letter', badge.letter);
  write(group, '.name', node.fn);
  write(group, '.state-text', node.state);
  const signX = BOX.width - PAD - measure.width(node.state) - STATE_SIGN - 4;
  group.select('.state-sign').attr('d', pathAt(MOOD_PATHS[mood], signX, LINES[0] - 9));
  write(group, '.value', formatHandleValue(node.value));
  const doing = activity(node);
  write(group, '.activity', doing);
  if (node.running.length > 0) {
    const spinnerX = BOX.width - PAD - measure.width(doing) - 9;
    group.select('.spinner').attr('transform', `translate(${spinnerX},${LINES[2] - 4})`);
  }
  if (hidden > 0) write(group, '.fold text', `+${hidden}`);
  drawNoteMark(element, node.notes);
  write(group, 'title', tooltip(node));
}

/** What the line of the target tells beside it. */
export interface TargetLine {
  readonly target: string;
  readonly age: string;
}

/** Shows which owner of its value the handle is, and how long it has been open; the target takes the room that is left. */
export function fillTarget(
  element: SVGGElement,
  node: HandleNode,
  { target, age }: TargetLine,
  measure: TextFit,
): void {
  const group: Group = select(element);
  const text = [ownerWords(node), age].filter((part) => part !== '').join(' · ');
  write(group, '.age', text);
  const room = BOX.width - TEXT_X - PAD - measure.width(text) - 8;
  write(group, '.target', measure.middle(target, room));
}

/** Writing the same text again would make the browser lay it out again. */
function write(group: Group, part: string, text: string): void {
  const element = group.select<Element>(part).node();
  if (element !== null && element.textContent !== text) element.textContent = text;
}

function activity(node: HandleNode): string {
  const [running] = node.running;
  if (running !== undefined) return `${running.fn}…`;
  const parts: string[] = [];
  if (node.bytesIn > 0) parts.push(`↓ ${formatBytes(node.bytesIn)}`);
  if (node.bytesOut > 0) parts.push(`↑ ${formatBytes(node.bytesOut)}`);
  return parts.join('  ');
}

function tooltip(node: HandleNode): string {
  const { title, states } = kindRow(node.kind);
  const lines = [`${node.fn} · ${title} · ${formatHandleValue(node.value)}`];
  if (node.target !== '') lines.push(printable(node.target, 500));
  lines.push(`${node.state}: ${states[node.state] ?? ''}`);
  if (node.generation > 1) {
    lines.push(
      l10n.t('{0}: {1} other handles had this value before and were closed.', ownerWords(node), node.generation - 1),
    );
  }
  if (node.lastError !== null) lines.push(l10n.t('Last error: {0}', node.lastError));
  lines.push(...noteLines(node.notes));
  return lines.join('\n');
}

function rectangle(group: Group, name: string, x: number, y: number, width: number, height: number, rx: number): void {
  group
    .append('rect')
    .attr('class', name)
    .attr('x', x)
    .attr('y', y)
    .attr('width', width)
    .attr('height', height)
    .attr('rx', rx);
}
