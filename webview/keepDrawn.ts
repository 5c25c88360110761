import { openCount } from '../extension/shared/model.ts';
import type { Announcer } from './announcer.ts';
import type { Graph } from './graph.ts';
import type { KeptState } from './keptState.ts';
import { markStep } from './moment.ts';
import { oncePer, oncePerFrame } from './pace.ts';
import type { Playhead } from './playhead.ts';
import type { Selection } from './selection.ts';

/** Draws what has changed: with the moment, with the choice, and with the time that passes. */

/** How often ages are drawn anew while nothing else happens, in milliseconds. */
const AGE_MS = 1000;

/** With more open handles than this, panes tell the news calmly: each of their pictures walks through all handles. */
const CALM_FROM = 2000;
/** How calmly, in milliseconds. */
const CALM_MS = 100;

/** What is kept drawn, and by what it changes. */
export interface DrawnParts {
  readonly playhead: Playhead;
  readonly selection: Selection;
  readonly graph: Graph;
  readonly announcer: Announcer;
  readonly kept: KeptState;
  /** Time stands still. */
  stopped(): boolean;
  /** Draws what is around the graph. */
  drawPanes(): void;
}

/** Begins; returns what has the panes drawn in the next frame. */
export function keepDrawn(parts: DrawnParts): () => void {
  const { playhead, selection, graph, announcer, kept } = parts;
  const drawPanes = oncePerFrame(() => parts.drawPanes());
  const drawPanesSoon = oncePer(CALM_MS, drawPanes);
  playhead.listen((change) => {
    if (change.type === 'forward') {
      announcer.hear(change.entries, playhead.tree);
      graph.follow(change.entries);
    } else if (change.type === 'jump') graph.travel();
    else if (change.type === 'journal') graph.reset();
    markStep(graph, playhead);
    kept.keep({ seq: playhead.live ? null : playhead.seq });
    if (change.type === 'forward' && openCount(playhead.tree) > CALM_FROM) drawPanesSoon();
    else drawPanes();
  });
  selection.listen(drawPanes);
  setInterval(() => {
    if (!playhead.live || parts.stopped() || document.hidden || openCount(playhead.tree) === 0) return;
    graph.tick();
    drawPanes();
  }, AGE_MS);
  return drawPanes;
}
