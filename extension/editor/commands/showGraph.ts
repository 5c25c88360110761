import * as v from 'valibot';
import * as vscode from 'vscode';
import type { PaneName } from '../../shared/protocol.ts';
import { TRACE_VIEW_TYPE } from '../traceEditors.ts';
import { TraceModel } from '../traceModel.ts';
import type { Command, CommandParts } from './commandParts.ts';

/** A handle of a trace, which is in a file. */
const inTrace = v.object({ trace: v.custom<vscode.Uri>((input) => input instanceof vscode.Uri) });

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
export async function revealInGraph(parts: CommandParts, target?: number, args?: unknown): Promise<void> {
  const { graph, explorer } = parts;
  const passed = v.safeParse(inTrace, args);
  if (passed.success && target !== undefined) {
    await revealInTrace(parts, passed.output.trace, target);
    return;
  }
  const serial = target ?? explorer.selected;
  explorer.select(serial);
  graph.show(serial);
}

/** The trace is opened where it is not open any more. */
async function revealInTrace({ views }: CommandParts, uri: vscode.Uri, serial: number): Promise<void> {
  const find = () =>
    views.all.find(({ model }) => model instanceof TraceModel && model.uri.toString() === uri.toString());
  if (find() === undefined) await vscode.commands.executeCommand('vscode.openWith', uri, TRACE_VIEW_TYPE);
  const view = find();
  view?.panel.reveal();
  view?.reveal(serial);
}

/** Shows the log of calls. */
export function showLog({ log }: CommandParts): Promise<void> {
  log.show();
  return Promise.resolve();
}
