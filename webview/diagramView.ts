import * as l10n from '@vscode/l10n';
import { DIAGRAM_BOX, type DiagramLayout } from '../extension/shared/diagramLayout.ts';
import type { TrueBox } from '../extension/shared/diagramTruth.ts';
import { errorCode } from '../extension/shared/errorCodes.ts';
import { formatDuration } from '../extension/shared/format.ts';
import type { FunctionName } from '../extension/shared/hierarchy.ts';
import type { HandleNode } from '../extension/shared/model.ts';
import { truthSentence } from './diagramDetails.ts';
import { MARKS } from './glyphs.ts';

/** Draws a diagram whose boxes are buttons. */

const SVG = 'http://www.w3.org/2000/svg';
const SCALE = 1.25;

/** What pointer and keyboard do to the boxes. */
export interface BoxActions {
  look(fn: FunctionName): void;
  lookAway(): void;
  focus(fn: FunctionName): void;
  activate(box: TrueBox): void;
}

/** What the boxes are drawn for. */
export interface BoxContext {
  readonly node: HandleNode | undefined;
  /** The box that has the keyboard: the only tab stop. */
  readonly focused: FunctionName | null;
  readonly actions: BoxActions;
}

/** Draws lines and boxes into an element; a box that had the keyboard keeps it. */
export function drawDiagramBoxes(
  picture: HTMLElement,
  layout: DiagramLayout,
  boxes: readonly TrueBox[],
  context: BoxContext,
): void {
  const hadFocus = picture.contains(document.activeElement);
  picture.style.setProperty('width', `${layout.width * SCALE}px`);
  picture.style.setProperty('height', `${layout.height * SCALE}px`);
  picture.setAttribute('role', 'group');
  picture.replaceChildren(
    drawLines(layout),
    ...layout.boxes.flatMap(({ fn, x, y }, index) => {
      const box = boxes[index];
      return box === undefined ? [] : [drawBox(box, [x * SCALE, y * SCALE], widthOf(layout), context, fn)];
    }),
  );
  picture.onkeydown = (event) => walk(event, picture);
  if (hadFocus) picture.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
}

function widthOf({ boxes }: DiagramLayout): number {
  // All boxes are equally wide; the stubs beside them are not part of it.
  return (boxes[0]?.width ?? DIAGRAM_BOX.width) * SCALE;
}

function drawLines({ lines, width, height }: DiagramLayout): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('aria-hidden', 'true');
  for (const { points, omitted } of lines) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', omitted ? 'link omitted' : 'link');
    path.setAttribute('d', `M${points.map((point) => point.join(',')).join('L')}`);
    svg.append(path);
  }
  return svg;
}

function drawBox(
  box: TrueBox,
  [left, top]: readonly [number, number],
  width: number,
  { node, focused, actions }: BoxContext,
  fn: FunctionName,
): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = `box ${box.truth.is}`;
  element.classList.toggle('shaded', box.shaded);
  element.classList.toggle('omitted', box.omitted);
  element.classList.toggle('failed', box.tally?.lastError !== null && box.tally !== undefined);
  element.tabIndex = fn === focused ? 0 : -1;
  element.setAttribute('aria-label', `${fn}. ${truthSentence(box, node)} ${facts(box)}`.trim());
  for (const [property, value] of [
    ['left', left],
    ['top', top],
    ['width', width],
    ['height', DIAGRAM_BOX.height * SCALE],
  ] as const) {
    element.style.setProperty(property, `${value}px`);
  }
  element.append(mark(box), span('name', fn), span('facts', facts(box)));
  element.addEventListener('pointerenter', () => actions.look(fn));
  element.addEventListener('pointerleave', () => actions.lookAway());
  element.addEventListener('focus', () => actions.focus(fn));
  element.addEventListener('click', () => actions.activate(box));
  return element;
}

/** The same signs as in the list of functions beside a handle. */
function mark({ truth }: TrueBox): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 12 12');
  svg.setAttribute('class', 'mark');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  const paths = { legal: MARKS.legal, illegal: MARKS.lock, origin: MARKS.origin, elsewhere: MARKS.elsewhere };
  path.setAttribute('d', paths[truth.is]);
  svg.append(path);
  return svg;
}

/** What happened so far, short; the number of the error that bars it now. */
function facts({ truth, tally }: TrueBox): string {
  const parts: string[] = [];
  if (tally !== undefined) {
    parts.push(`${tally.lastError === null ? '' : '! '}×${tally.count}`, formatDuration(tally.totalMicroseconds));
  }
  if (truth.is === 'illegal') parts.push(String(errorCode(truth.symbol)));
  if (truth.is === 'elsewhere' && truth.handle !== undefined) parts.push(l10n.t('go there'));
  return parts.join(' · ');
}

function span(name: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  element.textContent = text;
  return element;
}

/** Arrow keys go from box to box, in the order in which they are read. */
function walk(event: KeyboardEvent, picture: HTMLElement): void {
  const boxes = [...picture.querySelectorAll<HTMLElement>('.box')];
  const at = boxes.findIndex((box) => box.matches(':focus'));
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowRight: at + 1,
    ArrowUp: at - 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: boxes.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined || at === -1) return;
  event.preventDefault();
  for (const box of boxes) box.tabIndex = -1;
  const next = boxes[Math.max(0, Math.min(boxes.length - 1, target))];
  if (next === undefined) return;
  next.tabIndex = 0;
  next.focus();
}
