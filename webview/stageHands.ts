import { runKey, type ViewActions } from './commands.ts';
import type { Graph } from './graph.ts';
import { commandOf, TREE_KEYS } from './keyboard.ts';
import { runTravelKey, type Travel } from './travel.ts';

/** What pointer and keyboard do on the stage. */

/** Where keys are typed, or mean something else. */
const TYPING = 'input, select, textarea, dialog, .timeline, .transport';

/** Listens to them, and to the size of the stage. */
export function listenOnStage(graph: Graph, actions: ViewActions, stage: HTMLElement, travel: Travel): void {
  graph.svg.addEventListener('click', (event) => {
    if (event.target instanceof Element) graph.press(event.target);
  });
  window.addEventListener('keydown', (event) => {
    const target = event.target;
    if (!(target instanceof Element) || target.closest(TYPING) !== null) return;
    if (runTravelKey(event, travel)) {
      event.preventDefault();
      return;
    }
    // Buttons keep their own keys.
    if (target !== document.body && !graph.svg.contains(target)) return;
    // Where nothing has the keyboard, as when the panel has just been opened, the first key gives it to the tree, to be seen there.
    if (target === document.body && commandOf(TREE_KEYS, event) !== undefined) graph.focus();
    if (runKey(event, target.closest('.rows') !== null, actions)) event.preventDefault();
  });
  new ResizeObserver(() => graph.refresh()).observe(stage);
}
