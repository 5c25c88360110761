import type { PaneName } from '../extension/shared/protocol.ts';
import { commandOf, LIST_KEYS, type ListCommand, TREE_KEYS, type TreeCommand, VIEW_KEYS } from './keyboard.ts';

/** Carries out what a key asks for. */

/** What the graph offers to the keyboard. */
export interface GraphActions {
  /** Moves the keyboard's place in the tree, or in the list while that has the keyboard. */
  step(by: number): void;
  toEnd(last: boolean): void;
  into(): void;
  outOf(): void;
  /** Shows the functions of the handle on which the keyboard is. */
  choose(): void;
  /** Gives the keyboard to the list, or back to the tree. */
  enterList(): void;
  leaveList(): void;
  clear(): void;
  activateRow(): void;
  close(): void;
  copy(): void;
  zoom(factor: number): void;
  fit(): void;
  actualSize(): void;
  pan(dx: number, dy: number): void;
  showKeys(): void;
  togglePane(name: PaneName): void;
  /** Shows or hides the tombstones of closed handles. */
  toggleGraves(): void;
}

/** What the whole view offers to the keyboard. */
export interface ViewActions extends GraphActions {
  /** Gives the keyboard to the filter. */
  filter(): void;
}

const PAN_STEP = 80;
const ZOOM_STEP = 1.25;

/** Runs the command of a key press in the tree or in the list; false where the key is not ours. */
export function runKey(event: KeyboardEvent, inList: boolean, actions: ViewActions): boolean {
  const command = inList ? commandOf(LIST_KEYS, event) : commandOf(TREE_KEYS, event);
  if (command === undefined) return false;
  if (inList && command === 'leave') actions.leaveList();
  else COMMANDS[command](actions);
  return true;
}

/** Runs the command of a key press elsewhere in the view; false where the key is not ours. */
export function runViewKey(event: KeyboardEvent, actions: ViewActions): boolean {
  const command = commandOf(VIEW_KEYS, event);
  if (command === undefined) return false;
  COMMANDS[command](actions);
  return true;
}

const COMMANDS: Readonly<Record<TreeCommand | ListCommand, (actions: ViewActions) => void>> = {
  next: (actions) => actions.step(1),
  previous: (actions) => actions.step(-1),
  first: (actions) => actions.toEnd(false),
  last: (actions) => actions.toEnd(true),
  into: (actions) => actions.into(),
  outOf: (actions) => actions.outOf(),
  choose: (actions) => actions.choose(),
  openList: (actions) => actions.enterList(),
  activate: (actions) => actions.activateRow(),
  close: (actions) => actions.close(),
  copy: (actions) => actions.copy(),
  leave: (actions) => actions.clear(),
  zoomIn: (actions) => actions.zoom(ZOOM_STEP),
  zoomOut: (actions) => actions.zoom(1 / ZOOM_STEP),
  fit: (actions) => actions.fit(),
  actualSize: (actions) => actions.actualSize(),
  panLeft: (actions) => actions.pan(PAN_STEP, 0),
  panRight: (actions) => actions.pan(-PAN_STEP, 0),
  panUp: (actions) => actions.pan(0, PAN_STEP),
  panDown: (actions) => actions.pan(0, -PAN_STEP),
  filter: (actions) => actions.filter(),
  keySheet: (actions) => actions.showKeys(),
  graves: (actions) => actions.toggleGraves(),
  diagram: (actions) => actions.togglePane('diagram'),
  inspector: (actions) => actions.togglePane('inspector'),
};
