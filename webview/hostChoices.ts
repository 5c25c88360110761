import type { Graph } from './graph.ts';
import type { HiddenHandle } from './hiddenHandle.ts';
import type { Playhead } from './playhead.ts';
import type { Selection } from './selection.ts';

/** What is selected elsewhere in the editor, and what a person there wants to see in the graph. */
export interface HostChoices {
  /**
   * A handle was selected elsewhere, perhaps because a program opened or closed one. In the past it may not be there, and the
   * moment belongs to who travelled to it: the handle waits for the present.
   */
  follow(serial: number): void;
  /** The same, of what was selected before the view began: where it looks stays as it was kept. */
  begin(serial: number): void;
  /** A handle is to be seen now: at the moment that is shown if it is there, else in the present. */
  reveal(serial: number): void;
}

/** Follows the host with a graph. */
export function createHostChoices(
  playhead: Playhead,
  selection: Selection,
  graph: Pick<Graph, 'reveal'>,
  hidden: Pick<HiddenHandle, 'ask'>,
): HostChoices {
  let waiting: number | null = null;
  const show = (serial: number): void => {
    waiting = null;
    selection.choose(serial, 'host');
    graph.reveal(serial);
    hidden.ask(serial);
  };
  playhead.listen(() => {
    if (playhead.live && waiting !== null) show(waiting);
  });
  selection.listen(() => {
    // What is chosen here is newer.
    waiting = null;
  });
  return {
    follow(serial) {
      if (playhead.live) show(serial);
      else waiting = serial;
    },
    begin(serial) {
      if (playhead.live) selection.choose(serial, 'host');
      else waiting = serial;
    },
    reveal(serial) {
      if (!playhead.live && !playhead.tree.nodes.has(serial)) playhead.goLive();
      show(serial);
    },
  };
}
