import type { Entry } from '../extension/shared/journal.ts';
import type { Announcer } from './announcer.ts';
import { createCanvas } from './canvas.ts';
import type { GraphActions } from './commands.ts';
import { openAncestor } from './forest.ts';
import { initialState } from './graphState.ts';
import type { Host } from './host.ts';
import { createNavigation } from './navigation.ts';
import { oncePer } from './pace.ts';
import { createRenderer, type Renderer } from './renderer.ts';
import { createCamera } from './zoom.ts';

/** What the graph tells those around it. */
export interface GraphObserver {
  /** After each picture. */
  drawn(open: number, scale: number): void;
  showKeys(): void;
}

/** The live tree. */
export interface Graph extends GraphActions {
  readonly svg: SVGSVGElement;
  /** The tree was replaced; `selected` is the host's choice. */
  reset(selected: number | null): void;
  /** Entries were folded into the tree. */
  follow(entries: readonly Entry[]): void;
  /** Selects a handle and brings it into sight. */
  reveal(serial: number): void;
  /** A press of the pointer on an element of the picture. */
  press(target: Element): void;
  /** Draws again, after the size of the stage changed. */
  refresh(): void;
}

const SAVE_MS = 300;

/** Makes the graph inside the stage. */
export function createGraph(stage: HTMLElement, host: Host, announcer: Announcer, observer: GraphObserver): Graph {
  const canvas = createCanvas(stage);
  const saved = host.savedState();
  const state = initialState(saved);
  // The camera reports every move to the renderer, which needs the camera to draw: the later one is reached through here.
  let renderer: Renderer | undefined;
  const save = oncePer(SAVE_MS, () => {
    const { x, y, k } = camera.transform;
    const collapsed = [...state.folded].filter((serial) => host.tree.nodes.has(serial));
    host.save({ transform: { x, y, k }, following: camera.following, selected: state.selected, collapsed });
  });
  const camera = createCamera(canvas.svg, () => {
    canvas.setTransform(camera.transform.toString());
    save();
    renderer?.schedule();
  });
  const cycle = createRenderer({ host, state, canvas, camera, saved, drawn: observer.drawn });
  renderer = cycle;
  const { showKeys } = observer;
  const navigation = createNavigation({
    host,
    state,
    canvas,
    camera,
    renderer: cycle,
    announcer,
    save,
    showKeys,
  });
  return {
    ...navigation,
    svg: canvas.svg,
    reset(selected) {
      state.selected = selected ?? (cycle.openNode(state.selected) === undefined ? null : state.selected);
      state.active = state.selected;
      cycle.restart();
    },
    follow(entries) {
      if (state.selected !== null && cycle.openNode(state.selected) === undefined) navigation.select(null);
      cycle.follow(entries);
    },
    reveal(serial) {
      for (let above = openAncestor(host.tree, serial); above !== null; above = openAncestor(host.tree, above)) {
        state.folded.delete(above);
      }
      navigation.accept(serial);
    },
    refresh: cycle.resize,
  };
}
