import type { PaneName } from '../../shared/protocol.ts';
import type { Command, CommandParts } from './commandParts.ts';

/** Shows the graph, with a handle brought into sight if the command was called from one. */
export function showGraph({ graph }: CommandParts, target?: number): Promise<void> {
  graph.show(target ?? null);
  return Promise.resolve();
}

/** Opens a pane of the graph, for the handle from which the command was called, or the selected one. */
export function showPane(name: PaneName): Command {
  return ({ graph, views, explorer }, target) => {
    const { active } = views;
    // Whoever looks at a trace means its panes, unless the command comes from a handle of the window's own.
    if (target === undefined && active?.model.readOnly === true) {
      active.openPane(name);
      return Promise.resolve();
    }
    if (target !== undefined) explorer.select(target);
    graph.show(explorer.selected, name);
    return Promise.resolve();
  };
}

/** Selects a handle, the selected one if none is given, and brings it into sight in the graph. */
export function revealInGraph({ graph, explorer }: CommandParts, target?: number): Promise<void> {
  const serial = target ?? explorer.selected;
  explorer.select(serial);
  graph.show(serial);
  return Promise.resolve();
}

/** Shows the log of calls. */
export function showLog({ log }: CommandParts): Promise<void> {
  log.show();
  return Promise.resolve();
}
