import * as l10n from '@vscode/l10n';
import { formatHandleValue } from '../extension/shared/format.ts';
import type { PaneName } from '../extension/shared/protocol.ts';
import type { Announcer } from './announcer.ts';
import type { Calling } from './calling.ts';
import type { Canvas } from './canvas.ts';
import type { GraphActions } from './commands.ts';
import type { Many } from './forest.ts';
import type { GraphState } from './graphState.ts';
import { PAGE } from './graves.ts';
import type { Host } from './host.ts';
import type { Renderer } from './renderer.ts';
import type { Selection } from './selection.ts';
import type { Camera } from './zoom.ts';

/** What pointer and keyboard do to the graph. */
export interface Navigation extends GraphActions {
  /** Brings a handle into sight. */
  show(serial: number): void;
  /** A press of the pointer on an element of the picture. */
  press(target: Element): void;
}

/** What navigation works on. */
export interface NavigationParts {
  readonly host: Host;
  readonly calling: Calling;
  readonly selection: Selection;
  readonly state: GraphState;
  readonly canvas: Canvas;
  readonly camera: Camera;
  readonly renderer: Renderer;
  readonly announcer: Announcer;
  /** Keeps the state over a reload. */
  save(): void;
  showKeys(): void;
  togglePane(name: PaneName): void;
  /** Tombstones are shown, or not. */
  gravesShown(shown: boolean): void;
}

/** Connects pointer and keyboard to the state. */
export function createNavigation(parts: NavigationParts): Navigation {
  const { host, selection, state, canvas, renderer } = parts;
  const order = (): readonly number[] => renderer.scene?.order ?? [];
  const select = (serial: number | null): void => selection.choose(serial, 'tree');
  selection.listen((by) => {
    const { serial } = selection;
    state.anchor = serial ?? state.selected;
    state.selected = serial;
    state.activeRow = null;
    // A choice made elsewhere takes the keyboard along; the echo of one made here must not pull it back.
    if (by !== 'tree') [state.active, state.attention] = [serial, serial];
    renderer.relayout();
  });
  const goTo = (serial: number): void => {
    state.active = serial;
    state.attention = serial;
    renderer.schedule();
  };
  const fold = (serial: number): void => {
    if (!state.folded.delete(serial)) state.folded.add(serial);
    state.anchor = serial;
    parts.save();
    renderer.relayout();
  };
  const unfold = (id: number): void => {
    const first = takeOut(state, renderer.scene?.many.get(id));
    state.anchor = id;
    if (first !== null) [state.active, state.attention] = [first, first];
    renderer.relayout();
  };
  const current = (): number | null => state.active ?? order()[0] ?? null;
  const list = listActions(parts);
  return {
    ...cameraActions(parts),
    show(serial) {
      state.attention = serial;
      renderer.relayout();
    },
    press(target) {
      const serial = Number(target.closest<SVGGElement>('.handle, .side')?.dataset.serial);
      const row = target.closest<SVGGElement>('.function')?.dataset.key;
      if (row !== undefined) list.call(row);
      else if (serial < 0) unfold(serial);
      else if (serial > 0) {
        if (target.closest('.fold') !== null) fold(serial);
        else {
          select(serial);
          parts.calling.picked(serial);
        }
        goTo(serial);
        canvas.treeElement.focus({ preventScroll: true });
      } else select(null);
    },
    step(by) {
      if (list.hasKeyboard()) list.step(by);
      else goToIndex(order().indexOf(current() ?? 0) + by);
    },
    toEnd(last) {
      if (list.hasKeyboard()) list.goTo(last ? Number.MAX_SAFE_INTEGER : 0);
      else goToIndex(last ? Number.MAX_SAFE_INTEGER : 0);
    },
    into() {
      const serial = current();
      if (serial === null) return;
      const next = order()[order().indexOf(serial) + 1];
      if (serial < 0) unfold(serial);
      else if (state.folded.has(serial)) fold(serial);
      else if (next !== undefined && renderer.scene?.parents.get(next) === serial) goTo(next);
    },
    outOf() {
      const serial = current();
      if (serial === null) return;
      const parent = renderer.scene?.parents.get(serial);
      if (putBack(state, renderer.scene?.many.get(serial))) renderer.relayout();
      else if (renderer.openNode(serial) !== undefined && hasChildren(serial)) fold(serial);
      else if (parent !== undefined) goTo(parent);
    },
    choose() {
      const serial = current();
      if (serial !== null && serial < 0) {
        unfold(serial);
        return;
      }
      select(serial);
      if (serial !== null) parts.calling.picked(serial);
      state.attention = state.selected;
    },
    enterList() {
      const serial = current();
      if (serial !== null && serial < 0) {
        unfold(serial);
        return;
      }
      select(serial);
      state.attention = state.selected;
      renderer.now();
      if (renderer.list === null) return;
      list.goTo(0);
      canvas.listElement()?.focus({ preventScroll: true });
    },
    leaveList() {
      state.activeRow = null;
      canvas.treeElement.focus({ preventScroll: true });
      renderer.schedule();
    },
    clear: () => select(null),
    activateRow() {
      if (state.activeRow !== null) list.call(state.activeRow);
    },
    close() {
      const serial = renderer.openNode(current())?.serial;
      if (serial !== undefined) parts.calling.call(serial, 'InternetCloseHandle', undefined);
    },
    copy() {
      const node = renderer.openNode(current());
      if (node === undefined) return;
      host.post({ type: 'copyValue', serial: node.serial });
      parts.announcer.say(l10n.t('{0} copied', formatHandleValue(node.value)));
    },
    showKeys: () => parts.showKeys(),
    togglePane: (name) => parts.togglePane(name),
    toggleGraves() {
      state.graves = !state.graves;
      parts.save();
      parts.gravesShown(state.graves);
      parts.announcer.say(state.graves ? l10n.t('Closed handles are shown') : l10n.t('Closed handles are hidden'));
      renderer.relayout();
    },
  };

  function hasChildren(serial: number): boolean {
    return (renderer.scene?.ranks.get(serial)?.children ?? 0) > 0;
  }

  function goToIndex(index: number): void {
    const serial = order()[Math.max(0, Math.min(order().length - 1, index))];
    if (serial !== undefined) goTo(serial);
  }
}

/** Takes a page out of a box that stands for many: the newest of them. Returns the first that was taken, if it is known. */
function takeOut(state: GraphState, many: Many | undefined): number | null {
  if (many === undefined) return null;
  if (many.type === 'closed') {
    state.exhumed.add(many.parent);
    return null;
  }
  const page = [...many.crowd.open].filter((serial) => !many.alone.has(serial)).slice(-PAGE);
  for (const serial of page) state.taken.add(serial);
  return page[0] ?? null;
}

/** Puts back what was taken out of a box; false where that was nothing. */
function putBack(state: GraphState, many: Many | undefined): boolean {
  if (many === undefined) return false;
  if (many.type === 'closed') return state.exhumed.delete(many.parent);
  const mine = [...state.taken].filter((serial) => many.crowd.open.has(serial));
  for (const serial of mine) state.taken.delete(serial);
  return mine.length > 0;
}

type CameraActions = Pick<GraphActions, 'zoom' | 'fit' | 'actualSize' | 'pan'>;

function cameraActions({ camera, renderer }: NavigationParts): CameraActions {
  return {
    zoom: (factor) => camera.scaleBy(factor, renderer.moving()),
    fit() {
      const layout = renderer.scene?.layout;
      if (layout !== undefined) camera.fit({ from: [0, 0], to: [layout.width, layout.height] }, renderer.moving());
    },
    actualSize: () => camera.scaleTo(1, renderer.moving()),
    pan: (dx, dy) => camera.panBy(dx, dy),
  };
}

interface ListActions {
  hasKeyboard(): boolean;
  step(by: number): void;
  goTo(index: number): void;
  /** Calls the function of a row, or opens the group that it stands for. */
  call(key: string): void;
}

function listActions({ calling, state, canvas, renderer }: NavigationParts): ListActions {
  const rows = () => renderer.list?.rows ?? [];
  const goTo = (index: number): void => {
    state.activeRow = rows()[Math.max(0, Math.min(rows().length - 1, index))]?.key ?? null;
    renderer.schedule();
  };
  return {
    hasKeyboard: () => canvas.listElement() !== null && document.activeElement === canvas.listElement(),
    step: (by) => goTo(rows().findIndex((row) => row.key === state.activeRow) + by),
    goTo,
    call(key) {
      const row = rows().find((one) => one.key === key);
      if (row === undefined || renderer.list === null) return;
      state.activeRow = key;
      renderer.schedule();
      if (row.type === 'any') {
        state.anyOpen = !state.anyOpen;
        state.anchor = state.selected;
        renderer.relayout();
      } else {
        calling.call(renderer.list.node.serial, row.entry.fn, row.entry.refusal?.symbol);
      }
    },
  };
}
