import { assertNever } from '../extension/shared/assertNever.ts';
import { FILTER_TEXT_LIMIT } from '../extension/shared/filterTerms.ts';
import type { Entry } from '../extension/shared/journal.ts';
import { JournalHistory } from '../extension/shared/journalHistory.ts';
import type { LessonPage } from '../extension/shared/lessonPage.ts';
import {
  type HostMessage,
  PANES,
  type PaneName,
  type PictureFormat,
  type ViewMessage,
  type ViewState,
} from '../extension/shared/protocol.ts';

/** The extension host as the view sees it. The only module that posts, listens or keeps state. */

/** What VS Code offers to a webview. */
export interface VsCodeApi {
  postMessage(message: ViewMessage): void;
  getState(): unknown;
  setState(state: ViewState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What the view does when the host speaks. */
export interface HostListener {
  /** The journal was replaced. */
  snapshot(message: Extract<HostMessage, { type: 'snapshot' }>, history: JournalHistory): void;
  /** These entries were added to the journal. */
  entries(entries: readonly Entry[]): void;
  /** A handle was selected elsewhere. */
  selected(serial: number): void;
  /** A handle is to be seen here. */
  reveal(serial: number): void;
  filters(message: Extract<HostMessage, { type: 'filters' }>): void;
  /** Open a pane. */
  pane(name: PaneName): void;
  /** Draw a picture. */
  picture(format: PictureFormat): void;
  /** Say which moment is shown. */
  moment(): void;
  /** The lesson has changed, or was closed. */
  lesson(page: LessonPage | null): void;
}

/** The view's side of the conversation. */
export interface Host {
  post(message: ViewMessage): void;
  savedState(): ViewState | undefined;
  save(state: ViewState): void;
  /** Asks for a snapshot; everything follows from it. */
  start(): void;
}

/** Connects to the host. Tests bring their own api and target of `message` events. */
export function connectHost(listener: HostListener, api = acquireVsCodeApi(), target: EventTarget = window): Host {
  let history = new JournalHistory(1);
  let waiting = true;
  const askAgain = (): void => {
    waiting = true;
    api.postMessage({ type: 'ready' });
  };
  const receive = (message: HostMessage): void => {
    switch (message.type) {
      case 'reveal':
        listener.reveal(message.serial);
        break;
      case 'selected':
        listener.selected(message.serial);
        break;
      case 'filters':
        listener.filters(message);
        break;
      case 'pane':
        listener.pane(message.name);
        break;
      case 'picture':
        listener.picture(message.format);
        break;
      case 'moment':
        listener.moment();
        break;
      case 'lesson':
        listener.lesson(message.page);
        break;
      case 'snapshot':
        history = new JournalHistory(message.limit, message.base);
        for (const entry of message.entries) history.append(entry);
        waiting = false;
        listener.snapshot(message, history);
        break;
      case 'entries':
        if (!waiting) receiveEntries(message.entries);
        break;
      default:
        assertNever(message);
    }
  };
  /** What a snapshot already contains may arrive once more; what is missing can only be had with a new one. */
  const receiveEntries = (entries: readonly Entry[]): void => {
    const news = entries.filter((entry) => entry.seq > history.tree.seq);
    if (!follows(history.tree.seq, news)) askAgain();
    else if (news.length > 0) append(news);
  };
  const append = (news: readonly Entry[]): void => {
    for (const entry of news) history.append(entry);
    listener.entries(news);
  };
  target.addEventListener('message', (event) => {
    const data: unknown = event instanceof MessageEvent ? event.data : undefined;
    if (isHostMessage(data)) receive(data);
  });
  return {
    post: (message) => api.postMessage(message),
    savedState: () => {
      const state = api.getState();
      return isViewState(state) ? state : undefined;
    },
    save: (state) => api.setState(state),
    start: askAgain,
  };
}

/** Do these entries continue a journal without a gap after `seq`? */
function follows(seq: number, entries: readonly Entry[]): boolean {
  return entries.every((entry, index) => entry.seq === seq + 1 + index);
}

/** Other frames and extensions of the browser post messages too: only the shapes of ours are let in. */
function isHostMessage(data: unknown): data is HostMessage {
  if (!isRecord(data)) return false;
  switch (data.type) {
    case 'snapshot':
      return (
        typeof data.journal === 'string' && isRecord(data.base) && Array.isArray(data.entries) && isRecord(data.strings)
      );
    case 'entries':
      return Array.isArray(data.entries);
    case 'selected':
    case 'reveal':
      return typeof data.serial === 'number';
    case 'filters':
      return Array.isArray(data.saved) && Number.isFinite(data.now);
    case 'moment':
      return true;
    case 'picture':
      return data.format === 'svg' || data.format === 'png';
    case 'lesson':
      return data.page === null || isRecord(data.page);
    case 'pane':
      return PANES.some((name) => name === data.name);
    default:
      return false;
  }
}

function isViewState(data: unknown): data is ViewState {
  if (!isRecord(data) || !isRecord(data.transform) || !Array.isArray(data.collapsed)) return false;
  const { x, y, k } = data.transform;
  const { filter = '' } = data;
  if (typeof filter !== 'string' || filter.length > FILTER_TEXT_LIMIT) return false;
  if (typeof data.journal !== 'string' || (data.seq !== null && !Number.isSafeInteger(data.seq))) return false;
  if (typeof data.following !== 'boolean') return false;
  if (data.graves !== undefined && typeof data.graves !== 'boolean') return false;
  if (data.sizes !== undefined && !(isRecord(data.sizes) && Object.values(data.sizes).every(Number.isFinite)))
    return false;
  if (!Array.isArray(data.panes) || !data.panes.every((pane) => PANES.includes(pane))) return false;
  return [x, y, k].every(Number.isFinite) && (data.selected === null || typeof data.selected === 'number');
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null;
}
