import type { Severity } from '../extension/shared/diagnoses/diagnosis.ts';
import { DIAGNOSES } from '../extension/shared/diagnoses/explanations.ts';
import { printable } from '../extension/shared/format.ts';
import type { HandleNote } from '../extension/shared/model.ts';
import { select } from './d3.ts';

/** How a box says that something is wrong with its handle: a sign on its upper edge, and the words behind it. */

const HEIGHT = 15;
/** Over the name, not over the badge at its left. */
const LEFT = 32;
const GRAVITY: readonly Severity[] = ['error', 'warning', 'information'];
const SIGNS: Readonly<Record<Severity, string>> = { error: '✖', warning: '⚠', information: 'ℹ' };

/** Puts the sign of a handle's diagnoses on its box, or takes it away. */
export function drawNoteMark(element: SVGGElement, notes: readonly HandleNote[]): void {
  const newest = notes.at(-1);
  const shown = newest === undefined ? undefined : String(newest.seq);
  if (element.dataset.noted === shown) return;
  const box = select(element);
  box.select('.note-mark').remove();
  if (shown === undefined) {
    delete element.dataset.noted;
    return;
  }
  element.dataset.noted = shown;
  const severities = new Set(notes.map(({ topic }) => DIAGNOSES[topic].severity));
  const worst = GRAVITY.find((severity) => severities.has(severity)) ?? 'information';
  const word = notes.length === 1 ? SIGNS[worst] : `${SIGNS[worst]} ${notes.length}`;
  const width = word.length * 8 + 12;
  const group = box.append('g').attr('class', 'note-mark').attr('transform', `translate(${LEFT},-9)`);
  group.attr('data-severity', worst);
  group.append('rect').attr('width', width).attr('height', HEIGHT).attr('rx', 3);
  group
    .append('text')
    .attr('x', width / 2)
    .attr('y', 11)
    .text(word);
  group.append('title').text(noteLines(notes).join('\n'));
}

/** The diagnoses of a handle in words, one a line. */
export function noteLines(notes: readonly HandleNote[]): readonly string[] {
  return notes.map(({ topic, text }) => `${DIAGNOSES[topic].title}: ${printable(text, 500)}`);
}
