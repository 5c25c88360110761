import * as vscode from 'vscode';
import type { DiagnosingRecorder } from '../shared/diagnoses/diagnosingRecorder.ts';
import type { HandleKind } from '../shared/hierarchy.ts';
import type { Mark, MarkComparison } from '../shared/journal.ts';
import type { JournalHistory } from '../shared/journalHistory.ts';
import type { EntryListener, LiveJournal } from '../shared/liveJournal.ts';
import { type HandleNode, openAncestor } from '../shared/model.ts';
import { startWindowEngine } from '../sources/windowEngine.ts';
import {
  type HINTERNET,
  INFINITE,
  INTERNET_OPEN_TYPE_PRECONFIG,
  INTERNET_OPTION_CONNECT_TIMEOUT,
  INTERNET_OPTION_HTTP_DECODING,
  INTERNET_OPTION_RECEIVE_TIMEOUT,
  type UncheckedHandle,
  type WinInet,
} from '../wininet/index.ts';
import { editorDialogs } from './dialogs.ts';
import type { GraphModel } from './graphModel.ts';
import { connectTimeout, receiveTimeout } from './settings.ts';
import { vscodeProxies } from './vscodeProxies.ts';

/** The agent of the root that commands open; servers see it as User-Agent. */
const AGENT = 'HINTERNET Explorer';

/**
 * The editor's hold on this window's engine: its functions, its journal, the root that commands use, and which handle is
 * selected. Views and commands meet here and nowhere else.
 */
export class Explorer implements vscode.Disposable, GraphModel {
  readonly wininet: WinInet;
  readonly journal: LiveJournal;
  /** Adds the diagnoses to the journal. */
  readonly diagnoses: DiagnosingRecorder;
  readonly #selectionChanged = new vscode.EventEmitter<number | null>();
  readonly #stopListening: () => void;
  #selected: number | null = null;
  #root: Promise<HINTERNET<'root'>> | null = null;

  /** Fires with the serial of the selected handle, or null. */
  readonly onDidSelect = this.#selectionChanged.event;

  constructor(journalLimit: number) {
    const { wininet, journal, diagnoses } = startWindowEngine(journalLimit, editorDialogs, vscodeProxies);
    this.wininet = wininet;
    this.journal = journal;
    this.diagnoses = diagnoses;
    this.#stopListening = journal.listen((entry) => {
      if (entry.type === 'handle-close' && entry.serial === this.#selected)
        this.select(openAncestor(journal.tree, entry.serial));
    });
  }

  readonly title = 'HINTERNET';
  readonly startedAt = new Date();
  /** Its handles are alive: functions can be called on them. */
  readonly readOnly = false;
  readonly stopped = false;

  /** Everything that the journal keeps. */
  get history(): JournalHistory {
    return this.journal.history;
  }

  /** The present in the journal, in microseconds. */
  get now(): number {
    return this.journal.now;
  }

  /** Listens to new entries until the returned function is called. */
  listen(listener: EntryListener): () => void {
    return this.journal.listen(listener);
  }

  /** Notes in the journal that its open handles were marked, or compared with a mark. */
  note(body: Mark | MarkComparison): void {
    this.diagnoses.record(body);
  }

  /** Serial of the selected handle; null when none is. */
  get selected(): number | null {
    return this.#selected;
  }

  /** Selects an open handle in every view; one that has been closed meanwhile is left alone. */
  select(serial: number | null): void {
    if (serial === this.#selected || (serial !== null && this.node(serial)?.closed !== null)) return;
    this.#selected = serial;
    this.#selectionChanged.fire(serial);
  }

  /** The root handle that commands use; opened at the first use, and again after it was closed. */
  async root(): Promise<HINTERNET<'root'>> {
    // Two commands may ask at the same time: the second waits for the first one's root.
    const opening = this.#root ?? this.#openRoot();
    this.#root = opening;
    const root = await opening.catch((error: unknown) => {
      // The next command tries again: a setting that was wrong may have been mended by then.
      if (this.#root === opening) this.#root = null;
      throw error;
    });
    if (this.wininet.handleWithSerial(root.serial) !== null) return root;
    if (this.#root === opening) this.#root = null;
    return this.root();
  }

  async #openRoot(): Promise<HINTERNET<'root'>> {
    const root = await this.wininet.InternetOpen(AGENT, INTERNET_OPEN_TYPE_PRECONFIG);
    try {
      await this.#setOptions(root);
    } catch (error) {
      await this.wininet.InternetCloseHandle(root);
      throw error;
    }
    return root;
  }

  async #setOptions(root: HINTERNET<'root'>): Promise<void> {
    // People read bodies here: let the engine decode gzip, deflate and br for every request below this root.
    await this.wininet.InternetSetOption(root, INTERNET_OPTION_HTTP_DECODING, true);
    for (const [option, milliseconds] of [
      [INTERNET_OPTION_CONNECT_TIMEOUT, connectTimeout()],
      [INTERNET_OPTION_RECEIVE_TIMEOUT, receiveTimeout()],
    ] as const) {
      await this.wininet.InternetSetOption(root, option, milliseconds === 0 ? INFINITE : milliseconds);
    }
  }

  /** The open handles of a kind, oldest first. */
  open(kind: HandleKind): readonly HandleNode[] {
    return [...this.journal.tree.nodes.values()].filter((node) => node.kind === kind && node.closed === null);
  }

  /** What the journal knows of a handle. */
  node(serial: number): HandleNode | undefined {
    return this.journal.tree.nodes.get(serial);
  }

  /** The handle with this serial. Throws if it is not open any more. */
  handle(serial: number): UncheckedHandle {
    const handle = this.wininet.handleWithSerial(serial);
    if (handle === null) throw new Error(vscode.l10n.t('This handle has been closed: choose another one.'));
    return handle;
  }

  /** Closes every handle and connection; resolves when that is over. */
  async shutDown(): Promise<void> {
    await this.wininet.dispose();
    this.#stopListening();
  }

  dispose(): void {
    this.#selectionChanged.dispose();
  }
}
