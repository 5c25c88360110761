import * as vscode from 'vscode';
import type { PaneName } from '../shared/protocol.ts';
import type { CallLog } from './callLog.ts';
import type { Explorer } from './explorer.ts';
import type { GraphLessons } from './graphModel.ts';
import { GraphView } from './graphView.ts';
import type { GraphViews } from './graphViews.ts';
import type { HandleFilterState } from './handleFilterState.ts';

/** Type of the panel, which VS Code stores to restore it after a reload. */
const GRAPH_VIEW_TYPE = 'hinternet.graph';

/** The graph: at most one panel, brought back after a reload. A hidden panel costs nothing. */
export class GraphPanels implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #explorer: Explorer;
  readonly #filter: HandleFilterState;
  readonly #lessons: GraphLessons;
  readonly #views: GraphViews;
  readonly #log: CallLog;
  readonly #serializer: vscode.Disposable;
  #current: GraphView | null = null;

  constructor(
    extensionUri: vscode.Uri,
    explorer: Explorer,
    views: GraphViews,
    lessons: GraphLessons,
    filter: HandleFilterState,
    log: CallLog,
  ) {
    this.#filter = filter;
    this.#views = views;
    this.#lessons = lessons;
    this.#log = log;
    this.#extensionUri = extensionUri;
    this.#explorer = explorer;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(GRAPH_VIEW_TYPE, {
      deserializeWebviewPanel: (panel) => {
        this.#adopt(panel);
        return Promise.resolve();
      },
    });
  }

  /** Shows the graph, brings a handle into sight if one is given, and opens a pane. */
  show(serial: number | null = null, pane?: PaneName): void {
    if (this.#current === null) {
      const title = vscode.l10n.t('HINTERNET Graph');
      const column = vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
      this.#adopt(
        vscode.window.createWebviewPanel(GRAPH_VIEW_TYPE, title, { viewColumn: column, preserveFocus: false }),
      );
    } else {
      this.#current.panel.reveal(undefined, false);
    }
    if (serial !== null) this.#current?.reveal(serial);
    if (pane !== undefined) this.#current?.openPane(pane);
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#current?.panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#current?.panel.dispose();
    const current = new GraphView(panel, this.#extensionUri, this.#explorer, this.#lessons, this.#filter, (sentence) =>
      this.#log.info(sentence),
    );
    this.#current = current;
    this.#views.add(current);
    panel.onDidDispose(() => {
      if (this.#current === current) this.#current = null;
    });
  }
}
