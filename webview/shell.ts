import { PANES, type PaneName } from '../extension/shared/protocol.ts';
import type { KeptState } from './keptState.ts';
import { addPaneEdges } from './paneEdge.ts';

/** Where everything stands: the graph in the middle, panes around it that come and go. */

/** A part of the view beside, below or over the graph. */
export interface Pane {
  readonly element: HTMLElement;
  /** Shows what is true now; called once per frame at most, and only while the pane is open. */
  draw(): void;
  /** Takes the keyboard, as it lies over what had it. */
  enter?(): void;
}

/** The frame of the view. */
export interface Shell {
  /** Holds the graph. */
  readonly stage: HTMLElement;
  /** Opens or closes a pane; without `open`, the other way round. */
  toggle(name: PaneName, open?: boolean): void;
  /** Draws the panes that are open. */
  draw(): void;
  /** Gives the keyboard to the stage: to a pane that lies over the graph, or to the graph. */
  home(): void;
}

/** Adds the frame below the toolbar. The panes that were open before a reload are open again. */
export function createShell(
  app: HTMLElement,
  kept: KeptState,
  build: (stage: HTMLElement) => Readonly<Partial<Record<PaneName, Pane>>>,
  graph: () => { focus(): void },
): Shell {
  const frame = document.createElement('div');
  frame.className = 'frame';
  const stage = document.createElement('main');
  stage.className = 'stage';
  frame.append(stage);
  app.append(frame);
  const panes = build(stage);
  const open = new Set<PaneName>(kept.saved?.panes.filter((name) => panes[name] !== undefined));
  const arrange = (): void => {
    for (const name of PANES) {
      const pane = panes[name];
      if (pane === undefined) continue;
      pane.element.hidden = !open.has(name);
      frame.classList.toggle(`with-${name}`, open.has(name));
    }
  };
  for (const name of PANES) {
    const pane = panes[name];
    if (pane === undefined) continue;
    pane.element.classList.add('pane', name);
    if (name === 'diagram') stage.append(pane.element);
    else frame.append(pane.element);
  }
  const home = (): void => {
    const over = [...open].map((name) => panes[name]?.enter).find((enter) => enter !== undefined);
    if (over === undefined) graph().focus();
    else over();
  };
  addPaneEdges(frame, panes, kept);
  arrange();
  return {
    stage,
    toggle(name, wanted = !open.has(name)) {
      if (wanted === open.has(name) || panes[name] === undefined) return;
      const at = document.activeElement;
      // What has the keyboard goes away, with its pane or under one: it must not be lost, nor work where nobody sees it.
      const goesAway = panes[name].element.contains(at) || (panes[name].enter !== undefined && stage.contains(at));
      if (wanted) open.add(name);
      else open.delete(name);
      arrange();
      kept.keep({ panes: [...open] });
      if (wanted) panes[name].draw();
      if (goesAway) home();
    },
    home,
    draw() {
      for (const name of open) panes[name]?.draw();
    },
  };
}
