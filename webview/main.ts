import type { PaneName } from '../extension/shared/protocol.ts';
import { createAnnouncer } from './announcer.ts';
import './chrome.css';
import { createCalling } from './calling.ts';
import { runKey } from './commands.ts';
import { createDiagramPane } from './diagramPane.ts';
import './diagram.css';
import { createEmptyState } from './emptyState.ts';
import { createGraph, type Graph } from './graph.ts';
import './graph.css';
import { connectHost } from './host.ts';
import { createKeptState, type KeptState } from './keptState.ts';
import { createKeySheet } from './keySheet.ts';
import { createLegend } from './legend.ts';
import './lesson.css';
import { createLessonPane, type LessonPane } from './lessonPane.ts';
import { oncePerFrame } from './pace.ts';
import { createPlayhead } from './playhead.ts';
import { createSelection, type Selection } from './selection.ts';
import { createShell, type Shell } from './shell.ts';
import { t, useStrings } from './strings.ts';
import { createToolbar, type ViewAction } from './toolbar.ts';

/** Builds the view when the first snapshot has brought its words, and hands everything to each other. */

const playhead = createPlayhead();
let view: View | undefined;
/** The journal is a trace: its handles are only remembered. */
let recorded = false;

const host = connectHost({
  snapshot({ strings, selected, readOnly }, history) {
    useStrings(strings);
    recorded = readOnly;
    view ??= buildView();
    playhead.load(history);
    if (selected !== null) view.selection.choose(selected, 'host');
  },
  entries: (entries) => playhead.grown(entries),
  reveal(serial) {
    view?.selection.choose(serial, 'host');
    view?.graph.reveal(serial);
  },
  pane: (name) => view?.shell.toggle(name, true),
  async picture(format) {
    host.post({ type: 'picture', data: (await view?.graph.picture(format)) ?? '' });
  },
  lesson(page) {
    view?.lesson.show(page);
    if (page === null) view?.shell.toggle('lesson', false);
  },
});
host.start();

interface View {
  readonly graph: Graph;
  readonly selection: Selection;
  readonly shell: Shell;
  readonly lesson: LessonPane;
}

function buildView(): View {
  const app = document.getElementById('app');
  if (app === null) throw new Error('the page has no #app');
  const kept = createKeptState(host);
  const selection = createSelection(kept.saved?.selected);
  const act = (action: ViewAction): void => host.post({ type: 'action', action });
  const [keySheet, legend, empty] = [createKeySheet(), createLegend(), createEmptyState(act)];
  const announcer = createAnnouncer(app);
  const showKeys = (): void => keySheet.showModal();
  const toolbar = createToolbar({
    act,
    zoomIn: () => graph.zoom(1.25),
    zoomOut: () => graph.zoom(0.8),
    fit: () => graph.fit(),
    actualSize: () => graph.actualSize(),
    exportGraph: () => host.post({ type: 'export', seq: playhead.seq }),
    togglePane: (name) => shell.toggle(name),
    toggleGraves: () => graph.toggleGraves(),
    toggleLegend: () => (legend.open ? legend.close() : legend.show()),
    showKeys,
  });
  app.classList.toggle('recorded', recorded);
  app.append(toolbar.element, keySheet);
  const lesson = createLessonPane({
    act: (act) => host.post({ type: 'lesson', act }),
    showDiagram(name) {
      diagram.choose(name);
      shell.toggle('diagram', true);
    },
  });
  const calling = createCalling({
    host,
    announcer,
    lesson,
    barred: () => (recorded ? t('This is a trace: nothing can be called on its handles.') : null),
  });
  const diagram = createDiagramPane({
    playhead,
    selection,
    calling,
    say: announcer.say,
    close() {
      shell.toggle('diagram', false);
      graph.focus();
    },
  });
  const shell = createShell(app, kept, () => ({ lesson, diagram }));
  const observer = {
    drawn(open: number, boxes: number, scale: number): void {
      empty.hidden = boxes > 0;
      toolbar.showCount(open);
      toolbar.showScale(scale);
    },
    showKeys,
    togglePane: (name: PaneName) => shell.toggle(name),
    gravesShown: toolbar.showGraves,
  };
  const graph = createGraph(shell.stage, { host, playhead, selection, kept, announcer, calling, observer });
  shell.stage.append(empty, legend);
  const drawPanes = oncePerFrame(shell.draw);
  playhead.listen((change) => {
    if (change.type === 'forward') {
      announcer.hear(change.entries, playhead.tree);
      graph.follow(change.entries);
    } else if (change.type === 'jump') graph.reset();
    drawPanes();
  });
  selection.listen(drawPanes);
  keepSelection(selection, kept);
  listen(graph, shell.stage);
  return { graph, selection, shell, lesson };
}

/** The host hears of the person's choices, not of its own: two quick ones would chase each other between view and host. */
function keepSelection(selection: Selection, kept: KeptState): void {
  selection.listen((by) => {
    kept.keep({ selected: selection.serial });
    if (by !== 'host') host.post({ type: 'select', serial: selection.serial });
  });
}

function listen(graph: Graph, stage: HTMLElement): void {
  graph.svg.addEventListener('click', (event) => {
    if (event.target instanceof Element) graph.press(event.target);
  });
  window.addEventListener('keydown', (event) => {
    const target = event.target;
    // Buttons and dialogs keep their own keys.
    if (!(target instanceof Element) || (target !== document.body && !graph.svg.contains(target))) return;
    if (runKey(event, target.closest('.rows') !== null, graph)) event.preventDefault();
  });
  new ResizeObserver(() => graph.refresh()).observe(stage);
}
