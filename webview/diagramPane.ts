import * as l10n from '@vscode/l10n';
import { layoutDiagram } from '../extension/shared/diagramLayout.ts';
import type { Reading } from '../extension/shared/diagrams.ts';
import { diagramFor, layOver, type TrueBox } from '../extension/shared/diagramTruth.ts';
import { formatHandleValue, printable } from '../extension/shared/format.ts';
import { DIAGRAM_ROWS, DIAGRAMS, type DiagramName, type FunctionName } from '../extension/shared/hierarchy.ts';
import type { HandleNode } from '../extension/shared/model.ts';
import type { Calling } from './calling.ts';
import { button } from './controls.ts';
import { fillDetails, truthSentence } from './diagramDetails.ts';
import { type BoxActions, drawDiagramBoxes } from './diagramView.ts';
import type { Playhead } from './playhead.ts';
import type { Selection } from './selection.ts';
import type { Pane } from './shell.ts';

/** A diagram of the page, laid over the selected handle: every box tells what is true of it now, and can be activated. */

/** What the pane shows and speaks to. */
export interface DiagramParts {
  readonly playhead: Playhead;
  readonly selection: Selection;
  readonly calling: Calling;
  say(sentence: string): void;
  close(): void;
}

/** Wide enough for the longest name with a mark before it and its facts behind it. */
const BOX_WIDTH = 268;

/** The pane, which can be asked for a diagram. */
export interface DiagramPane extends Pane {
  choose(name: DiagramName): void;
}

/** Makes the pane. */
export function createDiagramPane(parts: DiagramParts): DiagramPane {
  const { playhead, selection } = parts;
  let chosen: DiagramName | null = null;
  let reading: Reading = 'printed';
  let focused: FunctionName | null = null;
  let drawn = '';
  const element = document.createElement('section');
  element.setAttribute('aria-label', l10n.t('Diagram'));
  const about = document.createElement('p');
  about.className = 'about';
  const caption = document.createElement('p');
  caption.className = 'caption';
  const picture = document.createElement('div');
  picture.className = 'picture';
  const details = document.createElement('aside');
  details.className = 'details';
  details.setAttribute('aria-live', 'polite');
  const picker = createPicker({
    choose(name) {
      chosen = name;
      draw();
    },
    read(next) {
      reading = next;
      draw();
    },
  });
  const close = button({ label: l10n.t('Close the diagram'), icon: 'close', appearance: 'icon', press: parts.close });
  close.classList.add('close');
  const body = document.createElement('div');
  body.className = 'body';
  const shown = document.createElement('div');
  shown.append(caption, picture);
  body.append(shown, details);
  element.append(picker.element, close, about, body);

  const current = (): HandleNode | undefined => playhead.tree.nodes.get(selection.serial ?? 0);
  const nameFor = (node: HandleNode | undefined): DiagramName =>
    chosen ?? (node === undefined ? 'ax-wnt01' : diagramFor(node, playhead.tree));

  const draw = (): void => {
    const node = current();
    const name = nameFor(node);
    const boxes = boxesOf(name, reading, node, playhead);
    picker.show(name, chosen === null, reading);
    about.textContent = node === undefined ? l10n.t('No handle is selected.') : aboutHandle(node);
    caption.textContent = DIAGRAM_ROWS[name].caption;
    const layout = layoutDiagram(name, reading, BOX_WIDTH);
    // What can be done with the handle is told first.
    if (!boxes.some(({ fn }) => fn === focused)) {
      focused = (boxes.find(({ truth }) => truth.is === 'legal') ?? boxes[0])?.fn ?? null;
    }
    // What happens elsewhere must not take the box away on which the pointer rests.
    const next = signatureOf(name, reading, node, boxes);
    if (next === drawn) return;
    drawn = next;
    drawDiagramBoxes(picture, layout, boxes, { node, focused, actions });
    tellOf(focused, boxes);
  };
  const tellOf = (fn: FunctionName | null, known?: readonly TrueBox[]): void => {
    const node = current();
    const boxes = known ?? boxesOf(nameFor(node), reading, node, playhead);
    const box = boxes.find((one) => one.fn === fn);
    if (box !== undefined) fillDetails(details, box, node, playhead.tree);
  };
  const actions: BoxActions = {
    look: (fn) => tellOf(fn),
    lookAway: () => tellOf(focused),
    focus(fn) {
      focused = fn;
      tellOf(fn);
    },
    activate(box) {
      const node = current();
      if (node !== undefined && (box.truth.is === 'legal' || box.truth.is === 'illegal')) {
        parts.calling.call(node.serial, box.fn, box.truth.is === 'illegal' ? box.truth.symbol : undefined);
      } else if (box.truth.is === 'elsewhere' && box.truth.handle !== undefined) {
        selection.choose(box.truth.handle.serial, 'pane');
      } else if (box.truth.is === 'origin') selection.choose(box.truth.handle.serial, 'pane');
      else parts.say(truthSentence(box, node));
    },
  };
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    parts.close();
  });
  return {
    element,
    draw,
    enter: () => picture.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true }),
    choose(name) {
      chosen = name;
      if (!element.hidden) draw();
    },
  };
}

function boxesOf(
  name: DiagramName,
  reading: Reading,
  node: HandleNode | undefined,
  playhead: Playhead,
): readonly TrueBox[] {
  if (node !== undefined) return layOver(name, reading, node, playhead.tree);
  const nowhere = { is: 'elsewhere', kinds: [], handle: undefined } as const;
  return layoutDiagram(name, reading).boxes.map((box) => ({ ...box, truth: nowhere, tally: undefined }));
}

/** Changes whenever a box would be drawn otherwise. */
function signatureOf(
  name: DiagramName,
  reading: Reading,
  node: HandleNode | undefined,
  boxes: readonly TrueBox[],
): string {
  const facts = boxes.map(({ truth, tally }) => [
    truth.is,
    truth.is === 'illegal' ? truth.symbol : truth.is === 'legal' ? '' : truth.handle?.serial,
    tally?.count,
    tally?.lastError,
  ]);
  return JSON.stringify([name, reading, node?.serial, facts]);
}

function aboutHandle(node: HandleNode): string {
  const parts = [`${node.fn} ${formatHandleValue(node.value)}`, printable(node.target, 80), node.state];
  return parts.filter((part) => part !== '').join('  ·  ');
}

interface Picker {
  readonly element: HTMLElement;
  show(name: DiagramName, fitting: boolean, reading: Reading): void;
}

/** The choice of the diagram and of its reading. */
function createPicker(on: { choose(name: DiagramName | null): void; read(reading: Reading): void }): Picker {
  const element = document.createElement('div');
  element.className = 'picker';
  const diagrams = select(l10n.t('Diagram'), [
    ['', l10n.t('The one that fits the handle')],
    ...DIAGRAMS.map((name): [string, string] => [name, `${DIAGRAM_ROWS[name].title} (${name})`]),
  ]);
  const readings = select(l10n.t('Reading'), [
    ['printed', l10n.t('As printed')],
    ['complete', l10n.t('Complete: with what the page leaves out')],
  ]);
  diagrams.addEventListener('change', () => on.choose(DIAGRAMS.find((name) => name === diagrams.value) ?? null));
  readings.addEventListener('change', () => on.read(readings.value === 'complete' ? 'complete' : 'printed'));
  element.append(diagrams, readings);
  return {
    element,
    show(name, fitting, reading) {
      const [first] = diagrams.options;
      if (first !== undefined) {
        first.textContent = fitting ? `${DIAGRAM_ROWS[name].title} (${name})` : l10n.t('The one that fits the handle');
      }
      diagrams.value = fitting ? '' : name;
      readings.value = reading;
    },
  };
}

function select(label: string, options: readonly (readonly [string, string])[]): HTMLSelectElement {
  const element = document.createElement('select');
  element.setAttribute('aria-label', label);
  element.title = label;
  for (const [value, text] of options) element.append(new Option(text, value));
  return element;
}
