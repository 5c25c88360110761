import type { Entry } from '../extension/shared/journal.ts';
import { type HandleNode, openAncestor, openCount } from '../extension/shared/model.ts';
import type { ViewState } from '../extension/shared/protocol.ts';
import type { Canvas } from './canvas.ts';
import type { GraphState } from './graphState.ts';
import { MOVE_MS, MOVING_LIMIT, prefersStillness, RUSH_FROM } from './motion.ts';
import { IN_PLACE, planMotion, STILL } from './motionPlan.ts';
import { oncePerFrame } from './pace.ts';
import type { Playhead } from './playhead.ts';
import { composeList, composeScene, extentOf, type ListScene, listExtent, type Scene } from './scene.ts';
import { Siblings } from './siblings.ts';
import type { Point } from './sizes.ts';
import type { BoxMotion } from './tree.ts';
import type { Camera } from './zoom.ts';

/** Turns what happened since the last frame into one picture. */

/** Below this width of the stage the functions stand below their handle instead of beside it. */
const NARROW = 600;

/** The drawing cycle. */
export interface Renderer {
  readonly scene: Scene | null;
  readonly list: ListScene | null;
  /** Draws in the next frame. */
  schedule(): void;
  /** Draws in the next frame, with everything placed anew. */
  relayout(): void;
  /** The stage has another size: as relayout, and a camera that follows looks at what was chosen. */
  resize(): void;
  /** Draws now: whoever moves the keyboard into the list needs it to be there. */
  now(): void;
  /** These entries were folded into the tree. */
  follow(entries: readonly Entry[]): void;
  /** Another moment is shown: its tree may be another in every place, but who looks at it is where they were. */
  travel(): void;
  /** The tree was replaced: nothing of the last picture holds. */
  restart(): void;
  openNode(serial: number | null): HandleNode | undefined;
  /** May things move at present? */
  moving(): boolean;
}

/** What the renderer draws with and for. */
export interface RendererParts {
  readonly playhead: Playhead;
  /** Tells the time of the journal at the moment that is shown, in microseconds. */
  readonly clock: { readonly now: number };
  readonly state: GraphState;
  readonly canvas: Canvas;
  readonly camera: Camera;
  readonly saved: ViewState | undefined;
  /** After each picture. */
  drawn(open: number, boxes: number, scale: number): void;
}

/** Starts the cycle. */
export function createRenderer({ playhead, clock, state, canvas, camera, saved, drawn }: RendererParts): Renderer {
  // Put back once: a later snapshot must not undo where the user has gone since.
  let kept = saved?.following === false ? saved.transform : null;
  let scene: Scene | null = null;
  let list: ListScene | null = null;
  let stale = true;
  let fresh = true;
  let siblings: Siblings | null = null;
  let resized = false;
  let travelled = false;
  /** Where the keyboard was and where it went meanwhile, at a moment without that handle. */
  let displaced: { readonly from: number; readonly to: number | null } | null = null;
  /** When everything was placed last, and how often in a row that came before the movement had ended. */
  let [placed, rush] = [0, 0];
  let opened: number[] = [];
  let closed: number[] = [];

  const openNode = (serial: number | null): HandleNode | undefined => {
    const node = serial === null ? undefined : playhead.tree.nodes.get(serial);
    return node?.closed === null ? node : undefined;
  };
  const moving = (): boolean => !prefersStillness() && canvas.shown <= MOVING_LIMIT;

  // Handles that come and go faster than a movement lasts would chase each other, and none would arrive.
  const inRush = (): boolean => {
    const now = performance.now();
    rush = now - placed < MOVE_MS ? rush + 1 : 0;
    placed = now;
    return rush >= RUSH_FROM;
  };

  const compose = (): { readonly next: Scene; readonly motion: BoxMotion } => {
    const node = openNode(state.selected);
    const before = list;
    list = node === undefined ? null : composeList(node, state.anyOpen);
    const below = canvas.width() < NARROW;
    if (scene !== null && !stale && sameRoom(before, list) && scene.listBelow === below) {
      return { next: scene, motion: moving() ? IN_PLACE : STILL };
    }
    siblings ??= new Siblings(playhead.tree);
    const next = composeScene(playhead.tree, state, list, below, siblings);
    const still = scene === null || fresh || !moving() || inRush();
    return { next, motion: still ? STILL : planMotion(scene ?? next, next, opened, closed) };
  };

  // What a camera that follows keeps in sight, what matters most last: the newest handle, or those that the step concerns; to
  // begin with, or on a stage of another size, the chosen one and the one with the keyboard, or the root.
  const newsworthy = (next: Scene): readonly number[] => {
    const [newest] = opened.slice(-1);
    if (newest !== undefined) return [newest];
    const marked = [...state.changed.keys()].filter((serial) => next.ranks.has(serial));
    if ((fresh || resized || travelled) && marked.length > 0) return marked.toReversed();
    if (!fresh && !resized) return [];
    const begun = [state.selected, state.active].filter((serial) => serial !== null);
    return begun.length > 0 ? begun : next.order.slice(0, 1);
  };

  const frame = (next: Scene, motion: BoxMotion): void => {
    const restored = kept;
    kept = null;
    if (next.order.length === 0) return;
    if (restored !== null) camera.restore(restored);
    if ((next !== scene && restored === null) || state.attention !== null) {
      const newest = camera.following ? newsworthy(next) : [];
      const attention = state.attention === null ? newest : [state.attention];
      camera.settle({
        whole: { from: [0, 0], to: [next.layout.width, next.layout.height] },
        attention: attention.map((serial) => extentOf(next, serial, list)).filter((extent) => extent !== undefined),
        drift: driftOf(state.anchor, scene, next),
        moves: !fresh && !prefersStillness() && rush < RUSH_FROM,
        wait: motion.wait,
      });
    }
  };

  // A handle that closed or was folded away leaves the keyboard to the next one above it that is drawn.
  const keepKeyboard = (next: Scene): void => {
    if (displaced !== null && (state.active !== displaced.to || next.ranks.has(displaced.from))) {
      if (state.active === displaced.to) state.active = displaced.from;
      displaced = null;
    }
    const from = displaced?.from ?? state.active;
    for (let at = state.active; at !== null && !next.ranks.has(at); ) {
      at = scene?.parents.get(at) ?? openAncestor(playhead.tree, at);
      state.active = at;
    }
    // In the present what has closed does not come back.
    displaced = playhead.live || from === null || from === state.active ? null : { from, to: state.active };
  };

  const render = (): void => {
    const { next, motion } = compose();
    keepKeyboard(next);
    frame(next, motion);
    scene = next;
    [stale, fresh, resized, travelled, opened, closed] = [false, false, false, false, [], []];
    [state.anchor, state.attention] = [null, null];
    const isDrawn = state.active !== null && scene.ranks.has(state.active);
    const active = (isDrawn ? state.active : scene.order[0]) ?? null;
    const [seen, scale] = [camera.seen(120), camera.transform.k];
    const { activeRow, changed, selected } = state;
    const { tree, history } = playhead;
    const { now } = clock;
    const listHadKeyboard = canvas.listElement()?.matches(':focus') === true;
    canvas.draw({ scene, tree, now, history, list, selected, active, activeRow, changed, seen, scale }, motion);
    if (listHadKeyboard && canvas.listElement()?.matches(':focus') !== true) {
      state.activeRow = null;
      canvas.treeElement.focus({ preventScroll: true });
    }
    drawn(openCount(tree), scene.order.length, scale);
  };
  const schedule = oncePerFrame(render);

  return {
    get scene() {
      return scene;
    },
    get list() {
      return list;
    },
    schedule,
    relayout() {
      stale = true;
      schedule();
    },
    resize() {
      [stale, resized] = [true, true];
      schedule();
    },
    now: render,
    follow(entries) {
      for (const entry of entries) {
        if (entry.type === 'handle-open') opened.push(entry.serial);
        else if (entry.type === 'handle-close') closed.push(entry.serial);
      }
      const others = siblings?.follow(playhead.tree, entries) ?? true;
      stale ||= others || state.filter !== null;
      schedule();
    },
    travel() {
      [stale, travelled, siblings, opened, closed] = [true, true, null, [], []];
      state.anchor ??= state.active;
      schedule();
    },
    restart() {
      [stale, fresh, siblings, displaced] = [true, true, null, null];
      schedule();
    },
    openNode,
    moving,
  };
}

function sameRoom(one: ListScene | null, other: ListScene | null): boolean {
  return one?.node.serial === other?.node.serial && listExtent(one) === listExtent(other);
}

/** How far the layout moved a handle. */
function driftOf(serial: number | null, before: Scene | null, after: Scene): Point {
  const [from, to] = serial === null ? [] : [before?.layout.boxes.get(serial), after.layout.boxes.get(serial)];
  return from === undefined || to === undefined ? [0, 0] : [to[0] - from[0], to[1] - from[1]];
}
