import * as vscode from 'vscode';
import { GraphView } from '../graphView.ts';
import type { GraphViews } from '../graphViews.ts';
import type { HandleFilterState } from '../handleFilterState.ts';
import type { ProgramModel } from './programModel.ts';

/** Type of the panels that show the graph of a program. They end with the window, as the journals do. */
const PROGRAM_VIEW_TYPE = 'hinternet.program';

/** The graphs of programs, one panel for each program. */
export class ProgramPanels implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #views: GraphViews;
  readonly #filter: HandleFilterState;
  readonly #complain: (sentence: string) => void;
  readonly #panels = new Map<ProgramModel, GraphView>();

  /** @param complain is told of messages that are not understood */
  constructor(
    extensionUri: vscode.Uri,
    views: GraphViews,
    filter: HandleFilterState,
    complain: (sentence: string) => void,
  ) {
    this.#extensionUri = extensionUri;
    this.#views = views;
    this.#filter = filter;
    this.#complain = complain;
  }

  /**
   * Shows a program's graph.
   * @param serial a handle to bring into sight
   * @param keepFocus leaves the keyboard where it is
   */
  show(program: ProgramModel, serial: number | null = null, keepFocus = false): void {
    // The model remembers it: a view that asks anew is told once more.
    if (serial !== null) program.select(serial);
    const view = this.#panels.get(program) ?? this.#open(program, keepFocus);
    view.panel.reveal(undefined, keepFocus);
    if (serial !== null) view.reveal(serial);
  }

  dispose(): void {
    for (const { panel } of this.#panels.values()) panel.dispose();
  }

  #open(program: ProgramModel, preserveFocus: boolean): GraphView {
    const column = vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
    const place = { viewColumn: column, preserveFocus };
    const panel = vscode.window.createWebviewPanel(PROGRAM_VIEW_TYPE, program.title, place);
    const view = new GraphView(panel, this.#extensionUri, program, null, this.#filter, this.#complain);
    this.#panels.set(program, view);
    this.#views.add(view);
    panel.onDidDispose(() => this.#panels.delete(program));
    return view;
  }
}
