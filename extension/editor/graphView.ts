import * as vscode from 'vscode';
import { assertNever } from '../shared/assertNever.ts';
import { EntryFeed } from '../shared/entryFeed.ts';
import { formatHandleValue } from '../shared/format.ts';
import type { LessonAct } from '../shared/lessonPage.ts';
import {
  type HostMessage,
  type PaneName,
  type PictureFormat,
  parseViewMessage,
  type ViewMessage,
} from '../shared/protocol.ts';
import type { GraphLessons, GraphModel } from './graphModel.ts';

import type { HandleFilterState } from './handleFilterState.ts';
import { ViewQuestion } from './viewQuestion.ts';
import { webviewPage } from './webviewPage.ts';

/** How long the view may take to draw a picture. */
const PICTURE_MILLISECONDS = 15_000;
/** How long it may take to say which moment it shows. */
const MOMENT_MILLISECONDS = 5000;

/** Which command stands behind an action of the view. */
const ACTION_COMMANDS: Readonly<Record<Extract<ViewMessage, { type: 'action' }>['action'], string>> = {
  openUrl: 'hinternet.openUrl',
  connect: 'hinternet.connect',
  showPlayground: 'hinternet.showPlayground',
};

/** The graph in one panel: answers `ready` with the journal, then sends what happens. A hidden panel costs nothing. */
export class GraphView implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly model: GraphModel;
  readonly #lessons: GraphLessons | null;
  readonly #filter: HandleFilterState;
  readonly #complain: (sentence: string) => void;
  readonly #stopListening: (() => void)[] = [];
  /** What the view itself has selected: it needs no telling. */
  #selectedByView: number | null = null;
  readonly #feed = new EntryFeed(
    (entries) => this.#post({ type: 'entries', entries }),
    (work, milliseconds) => {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
  );
  /** What the view is to be told once it is there. */
  #waiting: HostMessage[] = [];
  readonly #drawn = new ViewQuestion<string>();
  readonly #shown = new ViewQuestion<number | null>();

  /** @param complain is told of messages that are not understood */
  constructor(
    panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    model: GraphModel,
    lessons: GraphLessons | null,
    filter: HandleFilterState,
    complain: (sentence: string) => void,
  ) {
    this.panel = panel;
    this.#lessons = lessons;
    this.#filter = filter;
    this.model = model;
    this.#complain = complain;
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'graph.svg');
    panel.webview.options = {
      enableScripts: true,
      enableCommandUris: false,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')],
    };
    panel.webview.onDidReceiveMessage((data: unknown) => this.#receive(data));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#feed.sleep();
    });
    const selections = model.onDidSelect((serial) => {
      if (serial !== null && serial !== this.#selectedByView) this.#tell({ type: 'selected', serial });
    });
    const pages = lessons?.onDidChange((page) => {
      if (this.#feed.awake) this.#tell({ type: 'lesson', page });
    });
    const replaced = model.onDidReplace?.(() => {
      if (this.#feed.awake) this.#sendSnapshot();
    });
    this.#stopListening.push(
      () => pages?.dispose(),
      () => replaced?.dispose(),
      model.listen((entry) => this.#feed.add(entry)),
      () => selections.dispose(),
      filter.listen((by) => {
        if ((by === 'editor' || by === 'saved') && this.#feed.awake) this.#sendFilters();
      }),
    );
    panel.webview.html = webviewPage(panel.webview, extensionUri, 'webview');
  }

  /** Selects a handle in the view, now or when it is there. */
  reveal(serial: number): void {
    this.#tell({ type: 'reveal', serial });
  }

  /** Opens a pane of the view, now or when it is there. */
  openPane(name: PaneName): void {
    this.#tell({ type: 'pane', name });
  }

  /**
   * The whole tree as the view draws it, as the content of a file.
   * Throws an Error when nothing is drawn, or when the view does not answer.
   */
  async picture(format: PictureFormat): Promise<Uint8Array> {
    const data = await this.#drawn.ask(() => this.#tell({ type: 'picture', format }), PICTURE_MILLISECONDS, {
      replaced: vscode.l10n.t('Another picture was asked for.'),
      late: vscode.l10n.t('The graph did not draw the picture. Show it and try again.'),
    });
    if (data === '') throw new Error(vscode.l10n.t('No handle is shown: there is nothing to draw.'));
    return Buffer.from(data, format === 'png' ? 'base64' : 'utf8');
  }

  /** The moment in the past that the view shows, by its last entry; null where it shows the present. Rejects where it does not answer. */
  moment(): Promise<number | null> {
    const late = vscode.l10n.t('The graph did not say which moment it shows. Show it and try again.');
    return this.#shown.ask(() => this.#tell({ type: 'moment' }), MOMENT_MILLISECONDS, { late, replaced: late });
  }

  dispose(): void {
    for (const question of [this.#drawn, this.#shown]) question.abandon(vscode.l10n.t('The graph was closed.'));
    this.#feed.sleep();
    for (const stop of this.#stopListening) stop();
  }

  #tell(message: HostMessage): void {
    if (!this.#feed.awake) {
      this.#waiting = [...this.#waiting.filter(({ type }) => type !== message.type), message];
      return;
    }
    // The view has to know the handle first: its opening may still wait in the queue.
    this.#feed.flush();
    this.#post(message);
  }

  #receive(data: unknown): void {
    const parsed = parseViewMessage(data);
    if (!parsed.ok) {
      this.#complain(`The graph sent a message that is not understood: ${parsed.problem}`);
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
        this.model.select(message.serial);
        this.#selectedByView = null;
        break;
      case 'call':
        if (!this.model.readOnly) run('hinternet.callFunction', message.serial, message.fn);
        break;
      case 'goToCall':
        run('hinternet.goToCall', message.call);
        break;
      case 'copyValue':
        void this.#copyValue(message.serial);
        break;
      case 'picture':
        this.#drawn.answer(message.data);
        break;
      case 'moment':
        this.#shown.answer(message.seq);
        break;
      case 'export':
        run('hinternet.export', { seq: message.seq });
        break;
      case 'lesson':
        if (message.act === 'list') run('hinternet.openLesson');
        else this.#actOnLesson(message.act);
        break;
      case 'lessonAnswer':
        this.#lessons?.answer(message.serial, message.fn);
        break;
      case 'action':
        run(ACTION_COMMANDS[message.action]);
        break;
      case 'filter':
        if (!this.model.readOnly) this.#filter.set(message.text, 'view');
        break;
      case 'saveFilters':
        this.#filter.save(message.filters);
        break;
      default:
        assertNever(message);
    }
  }

  #actOnLesson(act: Exclude<LessonAct, 'list'>): void {
    this.#lessons?.act(act).catch((error: unknown) => this.#complain(`The lesson cannot go on: ${String(error)}`));
  }

  async #copyValue(serial: number): Promise<void> {
    const node = this.model.history.tree.nodes.get(serial);
    if (node !== undefined) await vscode.env.clipboard.writeText(formatHandleValue(node.value));
  }

  #sendSnapshot(): void {
    this.#feed.sleep();
    this.#feed.wake();
    const { selected, history, readOnly, stopped, startedAt } = this.model;
    const journal = startedAt.toISOString();
    const { base, entries, limit } = history;
    const strings = vscode.l10n.bundle ?? {};
    this.#post({ type: 'snapshot', journal, base, entries, limit, selected, readOnly, stopped, strings });
    this.#post({ type: 'lesson', page: this.#lessons?.page ?? null });
    this.#sendFilters();
    for (const message of this.#waiting.splice(0)) this.#post(message);
  }

  /** A trace has a filter of its own: that of the window is about other handles. */
  #sendFilters(): void {
    const { text, saved } = this.#filter;
    const { readOnly, now } = this.model;
    this.#post({ type: 'filters', text: readOnly ? null : text, saved, now });
  }

  #post(message: HostMessage): void {
    void this.panel.webview.postMessage(message);
  }
}
