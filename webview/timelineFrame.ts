import * as l10n from '@vscode/l10n';
import { button } from './controls.ts';
import type { LaneRow } from './laneStack.ts';
import { createTimelineBox, type TimelineBox } from './timelineBox.ts';
import type { HitWords } from './timelineWords.ts';

/** The timeline's elements: a bar with its controls, the axis, the lanes that scroll, the read ruler, a line of words. */

/** What the controls do. */
export interface TimelineControls {
  zoom(factor: number): void;
  fit(): void;
  onlyBusy(wanted: boolean): void;
  /** The room for the lanes has changed. */
  resized(): void;
}

/** The elements and what changes about them. */
export interface TimelineFrame {
  readonly element: HTMLElement;
  /** Scrolls, and has the keyboard. */
  readonly lanes: HTMLElement;
  /** Holds the rows. */
  readonly list: HTMLElement;
  readonly axis: SVGSVGElement;
  readonly ruler: HTMLElement;
  /** Width of what stands right of the names, in pixels. */
  trackWidth(): number;
  /** Width of the names. */
  nameWidth(): number;
  top(): number;
  /** Height of the part of the lanes that is seen. */
  height(): number;
  setHeight(height: number, count: number, hidden: number): void;
  setActive(id: string | null): void;
  /** Where the moment stands that is shown; null for the present. */
  setPlayhead(x: number | null, width: number): void;
  bringToSight(row: LaneRow | undefined): void;
  /** Says in the bar, and in a box beside a place of a lane or of the window, what is known of a thing there. */
  tell(words: HitWords | null, beside: Beside | null): void;
  readonly box: TimelineBox;
}

/** Where a box is to stand: beside a place of a lane, from the left edge of its track, or beside the pointer. */
export type Beside = { readonly serial: number; readonly x: number } | { readonly left: number; readonly top: number };

const SVG = 'http://www.w3.org/2000/svg';

/** Makes the elements. */
export function createTimelineFrame(controls: TimelineControls): TimelineFrame {
  const element = document.createElement('section');
  element.setAttribute('aria-label', l10n.t('Timeline'));
  const hidden = div('hidden-count');
  const words = div('timeline-words');
  const bar = createBar(controls, words, hidden);
  const axisRow = div('axis');
  const axis = document.createElementNS(SVG, 'svg');
  axis.setAttribute('aria-hidden', 'true');
  axisRow.append(axis);
  const lanes = div('lanes');
  lanes.tabIndex = 0;
  lanes.setAttribute('role', 'grid');
  lanes.setAttribute('aria-label', l10n.t('Calls by handle and time'));
  const list = div('lane-list');
  list.setAttribute('role', 'rowgroup');
  const [future, line] = [div('future'), div('playhead-line')];
  lanes.append(list);
  const ruler = createRuler();
  const area = div('lane-area');
  const nothing = div('no-lanes');
  nothing.textContent = l10n.t('No handle has been opened yet: each will have a lane here, with its calls.');
  area.append(lanes, future, line, nothing);
  const box = createTimelineBox();
  element.append(bar, axisRow, area, ruler, hatching(), box.element);
  // Asking the page for sizes in the middle of a picture makes it lay itself out at once: they are asked for when they change.
  let size: { readonly width: number; readonly height: number; readonly names: number } | null = null;
  const measure = (): NonNullable<typeof size> => ({
    width: lanes.clientWidth,
    height: lanes.clientHeight,
    names: Number.parseFloat(getComputedStyle(axisRow).paddingInlineStart) || 0,
  });
  const known = (): NonNullable<typeof size> => {
    size ??= measure();
    return size;
  };
  new ResizeObserver(() => {
    size = measure();
    controls.resized();
  }).observe(lanes);
  let top = 0;
  lanes.addEventListener('scroll', () => {
    top = lanes.scrollTop;
  });
  const nameWidth = (): number => known().names;
  return {
    element,
    lanes,
    list,
    axis,
    ruler,
    nameWidth,
    trackWidth: () => Math.max(40, known().width - nameWidth()),
    top: () => top,
    height: () => known().height,
    setHeight(height, count, left) {
      list.style.height = `${height}px`;
      lanes.setAttribute('aria-rowcount', String(count));
      nothing.hidden = count + left > 0;
      const text = left === 0 ? '' : left === 1 ? l10n.t('1 lane hidden') : l10n.t('{0} lanes hidden', left);
      if (hidden.textContent !== text) hidden.textContent = text;
    },
    setActive(id) {
      if (id === null) lanes.removeAttribute('aria-activedescendant');
      else lanes.setAttribute('aria-activedescendant', id);
    },
    setPlayhead(x, width) {
      line.hidden = x === null || x < 0 || x > width;
      future.hidden = x === null || x >= width;
      if (x === null) return;
      line.style.left = `${nameWidth() + x}px`;
      future.style.left = `${nameWidth() + Math.max(0, x)}px`;
      future.style.width = `${width - Math.max(0, x)}px`;
    },
    bringToSight(row) {
      if (row === undefined) return;
      const [from, to] = [row.top, row.top + row.height];
      if (from < lanes.scrollTop) lanes.scrollTop = from;
      else if (to > lanes.scrollTop + lanes.clientHeight) lanes.scrollTop = to - lanes.clientHeight;
      top = lanes.scrollTop;
    },
    tell(told, beside) {
      const sentence = told?.sentence ?? '';
      if (words.textContent !== sentence) words.textContent = sentence;
      const at = beside === null ? null : placeIn(list, beside, nameWidth());
      if (told === null || at === null) box.hide();
      else box.show(told, at);
    },
    box,
  };
}

function placeIn(
  list: HTMLElement,
  beside: Beside,
  names: number,
): { readonly left: number; readonly top: number; readonly bottom: number } | null {
  if ('left' in beside) return { left: beside.left + 8, top: beside.top - 4, bottom: beside.top + 12 };
  const row = list.querySelector(`.lane[data-serial="${beside.serial}"]`)?.getBoundingClientRect();
  return row === undefined ? null : { left: row.left + names + beside.x, top: row.top, bottom: row.bottom };
}

function createBar(controls: TimelineControls, words: HTMLElement, hidden: HTMLElement): HTMLElement {
  const bar = div('timeline-bar');
  const title = document.createElement('h2');
  title.textContent = l10n.t('Timeline');
  const label = document.createElement('label');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.addEventListener('change', () => controls.onlyBusy(box.checked));
  const text = document.createElement('span');
  text.className = 'only-busy';
  text.textContent = l10n.t('Only busy handles');
  label.append(box, text);
  label.title = l10n.t('Hide the handles with which nothing happens in the time that is shown');
  bar.append(
    title,
    words,
    hidden,
    label,
    button({ label: l10n.t('Show less time'), icon: 'zoomIn', appearance: 'icon', press: () => controls.zoom(0.6) }),
    button({
      label: l10n.t('Show more time'),
      icon: 'zoomOut',
      appearance: 'icon',
      press: () => controls.zoom(1 / 0.6),
    }),
    button({ label: l10n.t('Show the whole time'), icon: 'fit', appearance: 'icon', press: () => controls.fit() }),
  );
  return bar;
}

function createRuler(): HTMLElement {
  const ruler = div('ruler');
  ruler.hidden = true;
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('role', 'img');
  svg.setAttribute('height', '18');
  for (const [tag, name] of [
    ['rect', 'whole'],
    ['rect', 'read'],
    ['rect', 'gap'],
    ['path', 'reads'],
  ] as const) {
    const shape = document.createElementNS(SVG, tag);
    shape.setAttribute('class', name);
    if (tag === 'rect') {
      shape.setAttribute('y', '4.5');
      shape.setAttribute('height', '9');
    }
    svg.append(shape);
  }
  const name = div('ruler-name');
  name.textContent = l10n.t('Read');
  ruler.append(name, svg, div('ruler-facts'));
  return ruler;
}

/** The pattern of what is pending or was never read: seen without colours too. */
function hatching(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'hatching');
  svg.setAttribute('aria-hidden', 'true');
  const pattern = document.createElementNS(SVG, 'pattern');
  for (const [name, value] of [
    ['id', 'timeline-hatch'],
    ['width', '5'],
    ['height', '5'],
    ['patternUnits', 'userSpaceOnUse'],
    ['patternTransform', 'rotate(45)'],
  ] as const) {
    pattern.setAttribute(name, value);
  }
  const stripe = document.createElementNS(SVG, 'path');
  stripe.setAttribute('d', 'M1 0V5');
  pattern.append(stripe);
  svg.append(pattern);
  return svg;
}

function div(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}
