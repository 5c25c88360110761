import type { Entry } from '../extension/shared/journal.ts';
import { type HandleNode, openAncestor } from '../extension/shared/model.ts';
import type { PaneName, PictureFormat } from '../extension/shared/protocol.ts';
import type { StepMark } from '../extension/shared/stepStory.ts';
import type { Announcer } from './announcer.ts';
import type { Calling } from './calling.ts';
import { createCanvas } from './canvas.ts';
import type { GraphActions } from './commands.ts';
import { initialState } from './graphState.ts';
import type { Host } from './host.ts';
import type { KeptState } from './keptState.ts';
import { createNavigation } from './navigation.ts';
import { pngPicture, svgPicture } from './picture.ts';
import type { Playhead } from './playhead.ts';
import { createRenderer, type Renderer } from './renderer.ts';
import type { Selection } from './selection.ts';
import { createCamera } from './zoom.ts';

/** What the graph tells those around it. */
export interface GraphObserver {
  /** After each picture. */
  drawn(open: number, boxes: number, scale: number): void;
  /** Tombstones are shown, or not. */
  gravesShown(shown: boolean): void;
  showKeys(): void;
  togglePane(name: PaneName): void;
}

/** The live tree. */
export interface Graph extends GraphActions {
  readonly svg: SVGSVGElement;
  /** The tree of another journal is shown. */
  reset(): void;
  /** Another moment is shown. */
  travel(): void;
  /** Entries were folded into the tree. */
  follow(entries: readonly Entry[]): void;
  /** Brings a handle into sight, from below folded ones too. */
  reveal(serial: number): void;
  /** A press of the pointer on an element of the picture. */
  press(target: Element): void;
  /** Shows only the handles that pass, and those above them; null: all. To be called again when others pass. */
  showOnly(passes: ((node: HandleNode) => boolean) | null): void;
  /** The whole tree as a picture: the text of an SVG, a PNG in base64; an empty text where nothing is drawn. */
  picture(format: PictureFormat): Promise<string>;
  /** Gives the keyboard to the tree. */
  focus(): void;
  /** Marks the handles that the step concerns which is shown. */
  mark(changed: ReadonlyMap<number, StepMark>): void;
  /** Time has passed: ages are drawn anew. */
  tick(): void;
  /** Draws again, after the size of the stage changed. */
  refresh(): void;
}

/** What the graph shows and speaks to. */
export interface GraphParts {
  readonly host: Host;
  readonly playhead: Playhead;
  /** Tells the time of the journal at the moment that is shown, in microseconds. */
  readonly clock: { readonly now: number };
  readonly selection: Selection;
  readonly kept: KeptState;
  readonly announcer: Announcer;
  readonly calling: Calling;
  readonly observer: GraphObserver;
}

/** Makes the graph inside the stage. */
export function createGraph(stage: HTMLElement, parts: GraphParts): Graph {
  const { host, playhead, clock, selection, kept, announcer, calling, observer } = parts;
  const canvas = createCanvas(stage);
  const { saved } = kept;
  const state = initialState(saved);
  // The camera reports every move to the renderer, which needs the camera to draw: the later one is reached through here.
  let renderer: Renderer | undefined;
  const save = (): void => {
    const { x, y, k } = camera.transform;
    const collapsed = [...state.folded].filter((serial) => playhead.tree.nodes.has(serial));
    kept.keep({ transform: { x, y, k }, following: camera.following, collapsed, graves: state.graves });
  };
  const camera = createCamera(canvas.svg, () => {
    canvas.setTransform(camera.transform.toString());
    save();
    renderer?.schedule();
  });
  const cycle = createRenderer({ playhead, clock, state, canvas, camera, saved, drawn: observer.drawn });
  renderer = cycle;
  const { showKeys, togglePane, gravesShown } = observer;
  gravesShown(state.graves);
  const navigation = createNavigation({
    host,
    calling,
    selection,
    state,
    canvas,
    camera,
    renderer: cycle,
    announcer,
    save,
    showKeys,
    togglePane,
    gravesShown,
  });
  return {
    ...navigation,
    svg: canvas.svg,
    reset: cycle.restart,
    travel: cycle.travel,
    follow: cycle.follow,
    reveal(serial) {
      const { tree } = playhead;
      for (let above = openAncestor(tree, serial); above !== null; above = openAncestor(tree, above)) {
        state.folded.delete(above);
      }
      navigation.show(serial);
    },
    showOnly(passes) {
      state.filter = passes;
      cycle.relayout();
    },
    async picture(format) {
      return (format === 'png' ? await pngPicture(cycle, playhead) : svgPicture(cycle, playhead)) ?? '';
    },
    focus: () => canvas.treeElement.focus({ preventScroll: true }),
    mark(changed) {
      if (changed.size === 0 && state.changed.size === 0) return;
      state.changed = changed;
      cycle.schedule();
    },
    tick: cycle.schedule,
    refresh: cycle.resize,
  };
}
