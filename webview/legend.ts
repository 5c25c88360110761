import * as l10n from '@vscode/l10n';
import { handleKinds, kindRow } from '../extension/shared/hierarchy.ts';
import { dialog } from './controls.ts';
import { KIND_BADGES, MARKS, MOOD_PATHS, type StateMood } from './glyphs.ts';

/** What the boxes and signs mean. */

/** Builds the legend; it is shown beside the graph and leaves it usable. */
export function createLegend(): HTMLDialogElement {
  const moods: Readonly<Record<StateMood, string>> = {
    idle: l10n.t('nothing under way'),
    busy: l10n.t('busy'),
    ready: l10n.t('data can be read'),
    spent: l10n.t('read to its end'),
    again: l10n.t('to be sent again'),
  };
  return dialog('legend', l10n.t('Legend'), l10n.t('Close'), [
    list([
      [sample('returns'), l10n.t('Shaded: returns a handle')],
      [sample('uses'), l10n.t('Plain: uses the selected handle')],
    ]),
    heading(l10n.t('Handles')),
    list(handleKinds.map((kind) => [badge(KIND_BADGES[kind]), kindRow(kind).title])),
    heading(l10n.t('States')),
    list(moodsIn(moods).map(([mood, text]) => [sign(MOOD_PATHS[mood], 10, `mood ${mood}`), text])),
    heading(l10n.t('Functions')),
    list([
      [sign(MARKS.legal, 12, 'legal'), l10n.t('may be called now')],
      [sign(MARKS.lock, 12, 'lock'), l10n.t('would fail now, with the error whose number it shows')],
      [sign(MARKS.error, 12, 'error'), l10n.t('the last call failed')],
    ]),
  ]);
}

function moodsIn(moods: Readonly<Record<StateMood, string>>): [StateMood, string][] {
  return (Object.keys(moods) as StateMood[]).map((mood) => [mood, moods[mood]]);
}

function heading(text: string): HTMLElement {
  const element = document.createElement('h3');
  element.textContent = text;
  return element;
}

function list(items: readonly (readonly [SVGElement, string])[]): HTMLElement {
  const element = document.createElement('ul');
  for (const [picture, text] of items) {
    const item = document.createElement('li');
    const words = document.createElement('span');
    words.textContent = text;
    item.append(picture, words);
    element.append(item);
  }
  return element;
}

function sample(name: string): SVGElement {
  const svg = picture(28, 16, `sample ${name}`);
  svg.append(shape('rect', { class: 'shadow', x: 3, y: 4, width: 24, height: 11 }));
  svg.append(shape('rect', { class: 'body', x: 1, y: 2, width: 24, height: 11 }));
  return svg;
}

function badge({ path, letter, family }: (typeof KIND_BADGES)[keyof typeof KIND_BADGES]): SVGElement {
  const svg = picture(18, 18, 'kind');
  svg.dataset.family = family;
  const inner = shape('g', { transform: 'translate(1,1)' });
  const text = shape('text', { class: 'badge-letter', x: 8, y: 12 });
  text.textContent = letter;
  inner.append(shape('path', { class: 'badge', d: path }), text);
  svg.append(inner);
  return svg;
}

function sign(path: string, size: number, name: string): SVGElement {
  const svg = picture(size, size, `sign ${name}`);
  svg.append(shape('path', { d: path }));
  return svg;
}

function picture(width: number, height: number, name: string): SVGElement {
  return shape('svg', { class: name, width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
}

function shape(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  if (!(element instanceof SVGElement)) throw new Error(`${tag} is no element of SVG`);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
