import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { assertNever } from '../shared/assertNever.ts';
import type { Entry } from '../shared/journal.ts';
import { type HostMessage, parseViewMessage, type ViewMessage } from '../shared/protocol.ts';
import type { CallLog } from './callLog.ts';
import type { Explorer } from './explorer.ts';
import type { HandleFilterState } from './handleFilterState.ts';

/** Type of the panel, which VS Code stores to restore it after a reload. */
export const GRAPH_VIEW_TYPE = 'hinternet.graph';

/** One message per frame at most. */
const FRAME_MILLISECONDS = 16;

/** Which command stands behind an action of the view. */
const ACTION_COMMANDS: Readonly<Record<Extract<ViewMessage, { type: 'action' }>['action'], string>> = {
  openUrl: 'hinternet.openUrl',
  connect: 'hinternet.connect',
  startPlayground: 'hinternet.startPlayground',
};

/** The graph: at most one panel, brought back after a reload. A hidden panel costs nothing. */
export class GraphPanels implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #explorer: Explorer;
  readonly #filter: HandleFilterState;
  readonly #log: CallLog;
  readonly #serializer: vscode.Disposable;
  #current: GraphPanel | null = null;

  constructor(extensionUri: vscode.Uri, explorer: Explorer, log: CallLog, filter: HandleFilterState) {
    this.#filter = filter;
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

  /** Shows the graph, and brings a handle into sight if one is given. */
  show(serial: number | null = null): void {
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
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#current?.panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#current?.panel.dispose();
    const current = new GraphPanel(panel, this.#extensionUri, this.#explorer, this.#log, this.#filter);
    this.#current = current;
    panel.onDidDispose(() => {
      current.dispose();
      if (this.#current === current) this.#current = null;
    });
  }
}

class GraphPanel {
  readonly panel: vscode.WebviewPanel;
  readonly #explorer: Explorer;
  readonly #filter: HandleFilterState;
  readonly #log: CallLog;
  readonly #stopListening: (() => void)[] = [];
  /** What the view itself has selected: it needs no telling. */
  #selectedByView: number | null = null;
  #queue: Entry[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** The view has asked for its state and is shown: it may be told what happens. */
  #live = false;
  #toReveal: number | null = null;

  constructor(
    panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    explorer: Explorer,
    log: CallLog,
    filter: HandleFilterState,
  ) {
    this.#filter = filter;
    this.#log = log;
    this.panel = panel;
    this.#explorer = explorer;
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'graph.svg');
    panel.webview.options = {
      enableScripts: true,
      enableCommandUris: false,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')],
    };
    panel.webview.onDidReceiveMessage((data: unknown) => this.#receive(data));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#sleep();
    });
    const selections = explorer.onDidSelect((serial) => {
      if (serial !== null && serial !== this.#selectedByView) this.reveal(serial);
    });
    this.#stopListening.push(
      explorer.journal.listen((entry) => this.#enqueue(entry)),
      () => selections.dispose(),
      filter.listen((by) => {
        if (by === 'editor' && this.#live) this.#sendFilters();
      }),
    );
    panel.webview.html = graphPage(panel.webview, extensionUri);
  }

  /** Selects a handle in the view, now or when it is there. */
  reveal(serial: number): void {
    if (!this.#live) {
      this.#toReveal = serial;
      return;
    }
    // The view has to know the handle first: its opening may still wait in the queue.
    this.#flush();
    this.#post({ type: 'reveal', serial });
  }

  dispose(): void {
    this.#sleep();
    for (const stop of this.#stopListening) stop();
  }

  #sleep(): void {
    this.#live = false;
    this.#queue = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #enqueue(entry: Entry): void {
    if (!this.#live) return;
    this.#queue.push(entry);
    this.#timer ??= setTimeout(() => this.#flush(), FRAME_MILLISECONDS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const entries = this.#queue;
    this.#queue = [];
    if (entries.length > 0) this.#post({ type: 'entries', entries });
  }

  #receive(data: unknown): void {
    const parsed = parseViewMessage(data);
    if (!parsed.ok) {
      this.#log.info(`The graph sent a message that is not understood: ${parsed.problem}`);
      return;
    }
    this.#obey(parsed.message);
  }

  #obey(message: ViewMessage): void {
    const run = (command: string, ...args: readonly unknown[]) => void vscode.commands.executeCommand(command, ...args);
    switch (message.type) {
      case 'ready':
        // A view that was hidden meanwhile asks again when it is shown.
        if (this.panel.visible) this.#sendSnapshot();
        break;
      case 'select':
        this.#selectedByView = message.serial;
        this.#explorer.select(message.serial);
        this.#selectedByView = null;
        break;
      case 'call':
        run('hinternet.callFunction', message.serial, message.fn);
        break;
      case 'copyValue':
        run('hinternet.copyValue', message.serial);
        break;
      case 'action':
        run(ACTION_COMMANDS[message.action]);
        break;
      case 'filter':
        this.#filter.set(message.text, 'view');
        break;
      case 'saveFilters':
        this.#filter.save(message.filters);
        break;
      default:
        assertNever(message);
    }
  }

  #sendSnapshot(): void {
    this.#sleep();
    this.#live = true;
    const { selected, journal } = this.#explorer;
    const { base, entries, limit } = journal.history;
    this.#post({
      type: 'snapshot',
      base,
      entries,
      limit,
      selected,
      readOnly: false,
      strings: vscode.l10n.bundle ?? {},
    });
    this.#sendFilters();
    const wanted = this.#toReveal;
    this.#toReveal = null;
    if (wanted !== null) this.reveal(wanted);
  }

  #sendFilters(): void {
    const { text, saved } = this.#filter;
    this.#post({ type: 'filters', text, saved, now: this.#explorer.journal.now });
  }

  #post(message: HostMessage): void {
    void this.panel.webview.postMessage(message);
  }
}

/** The page of the graph: no inline script, no inline style, nothing from elsewhere. */
function graphPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64url');
  const uri = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)).toString();
  // The hash is that of the empty style element which the toolkit adds.
  const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} ${emptyStyle}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
  ].join('; ');
  return [
    '<!DOCTYPE html>',
    `<html lang="${vscode.env.language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<link rel="stylesheet" href="${uri('webview.css')}">`,
    '</head>',
    '<body>',
    '<div id="app"></div>',
    `<script nonce="${nonce}" src="${uri('webview.js')}"></script>`,
    '</body>',
    '</html>',
  ].join('\n');
}
