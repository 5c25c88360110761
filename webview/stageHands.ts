import { runKey, runViewKey, type ViewActions } from './commands.ts';
import type { Graph } from './graph.ts';
import { commandOf, TREE_KEYS } from './keyboard.ts';
import { runTravelKey, type Travel } from './travel.ts';

/** What pointer and keyboard do on the stage. */

/** Where keys are typed. */
const TYPING = 'input:not([type="checkbox"]), select, textarea, dialog';
/** What has keys of its own for moving through time, which it listens to. */
const IN_TIME = '.timeline, .transport';

/** Listens to them, and to the size of the stage. `home` gives the keyboard to the graph, or to what lies over it. */
export function listenOnStage(
  graph: Graph,
  actions: ViewActions,
  stage: HTMLElement,
  travel: Travel,
  home: () => void,
): void {
  graph.svg.addEventListener('click', (event) => {
    if (event.target instanceof Element) graph.press(event.target);
  });
  window.addEventListener('keydown', (event) => {
    const target = event.target;
    if (event.defaultPrevented || !(target instanceof Element) || target.closest(TYPING) !== null) return;
    const isNowhere = target === document.body;
    // Where nothing has the keyboard, as when the panel has just been opened, the first key gives it to the tree, to be seen there.
    if (isNowhere && commandOf(TREE_KEYS, event) !== undefined) home();
    const inGraph = graph.svg.contains(target) || (isNowhere && graph.svg.contains(document.activeElement));
    const run = (): boolean => {
      if (target.closest(IN_TIME) === null && runTravelKey(event, travel)) return true;
      if (inGraph) return runKey(event, target.closest('.rows') !== null, actions);
      // Buttons keep their own keys.
      if (runViewKey(event, actions)) return true;
      if (event.key === 'Escape') home();
      return event.key === 'Escape';
    };
    if (run()) event.preventDefault();
  });
  new ResizeObserver(() => graph.refresh()).observe(stage);
}
