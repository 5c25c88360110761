import { fullestMoment } from '../extension/shared/fullestMoment.ts';
import { openCount } from '../extension/shared/model.ts';
import type { PaneName, PictureFormat } from '../extension/shared/protocol.ts';
import { createActiveFilter } from './activeFilter.ts';
import { createAnnouncer } from './announcer.ts';
import './chrome.css';
import { createCalling } from './calling.ts';
import { createDiagramPane } from './diagramPane.ts';
import './diagram.css';
import { createEmptyState } from './emptyState.ts';
import { createFilterBar, type FilterBar } from './filterBar.ts';
import { createGraph, type Graph } from './graph.ts';
import './graph.css';
import { createHiddenHandle } from './hiddenHandle.ts';
import { connectHost } from './host.ts';
import { createHostChoices, type HostChoices } from './hostChoices.ts';
import { createInspectorPane } from './inspectorPane.ts';
import './inspector.css';
import { keepFocus } from './keptFocus.ts';
import { createKeptState, type KeptState } from './keptState.ts';
import { createKeySheet } from './keySheet.ts';
import { createLegend } from './legend.ts';
import './lesson.css';
import * as l10n from '@vscode/l10n';
import { keepDrawn } from './keepDrawn.ts';
import { createLessonPane, type LessonPane } from './lessonPane.ts';
import { createPlayhead } from './playhead.ts';
import { createSelection, type Selection } from './selection.ts';
import { createShell, type Shell } from './shell.ts';
import './stepMark.css';
import { listenOnStage } from './stageHands.ts';
import { useStrings } from './strings.ts';
import './timeline.css';
import { createTimelinePane } from './timelinePane.ts';
import { createToolbar, type ViewAction } from './toolbar.ts';
import { createTransport } from './transport.ts';
import { createTravel } from './travel.ts';

/** Builds the view when the first snapshot has brought its words, and hands everything to each other. */

const playhead = createPlayhead();
let view: View | undefined;
/** The handles are somebody else's, or remembered: nothing can be called on them. */
let recorded = false;
/** Time stands still: the journal is a trace, or that of a program that has ended. */
let stopped = false;
/** Where a journal is opened that has come to its end with no handle open: the end would be empty. */
let fullest: number | null = null;
const filter = createActiveFilter(playhead, () => !stopped);

const host = connectHost({
  snapshot({ strings, selected, readOnly, stopped: ended, journal }, history) {
    useStrings(strings);
    recorded = readOnly;
    stopped = ended;
    if (view === undefined) {
      const kept = createKeptState(host, journal);
      if (stopped && openCount(history.tree) === 0) fullest = fullestMoment(history);
      view = buildView(kept);
      playhead.load(history, kept.isNew ? fullest : (kept.saved?.seq ?? null));
    } else {
      view.tellSource();
      playhead.load(history);
    }
    if (selected !== null) view.choices.begin(selected);
  },
  entries(entries) {
    if (!stopped && entries.some(({ type }) => type === 'end')) {
      stopped = true;
      view?.tellSource();
    }
    playhead.grown(entries);
  },
  selected: (serial) => view?.choices.follow(serial),
  reveal: (serial) => view?.choices.reveal(serial),
  filters({ text, saved, now }) {
    filter.setClock(now);
    view?.filterBar.hear(text, saved);
  },
  pane: (name) => view?.shell.toggle(name, true),
  picture: (format) => void answerPicture(format),
  moment: () => host.post({ type: 'moment', seq: playhead.live ? null : playhead.seq }),
  lesson(page) {
    view?.lesson.show(page);
    // A question takes the clicks in the graph: it must be seen.
    view?.shell.toggle('lesson', page !== null);
  },
});
host.start();

async function answerPicture(format: PictureFormat): Promise<void> {
  // A picture that cannot be drawn is answered by none, so that nobody waits for it.
  const data = await view?.graph.picture(format).catch(() => '');
  host.post({ type: 'picture', data: data ?? '' });
}

interface View {
  readonly graph: Graph;
  readonly choices: HostChoices;
  readonly filterBar: FilterBar;
  readonly shell: Shell;
  readonly lesson: LessonPane;
  /** Says whose handles these are. */
  tellSource(): void;
}

function buildView(kept: KeptState): View {
  const app = document.getElementById('app');
  if (app === null) throw new Error('the page has no #app');
  const selection = createSelection(kept.saved?.selected);
  const act = (action: ViewAction): void => host.post({ type: 'action', action });
  const [keySheet, legend, empty] = [createKeySheet(), createLegend(), createEmptyState(act)];
  const announcer = createAnnouncer(app);
  const showKeys = (): void => keySheet.showModal();
  const leave = (): void => shell.home();
  const filterBar = createFilterBar({ active: filter, playhead, kept, host, announcer, leave });
  const commands = {
    act,
    zoomIn: () => graph.zoom(1.25),
    zoomOut: () => graph.zoom(0.8),
    fit: () => graph.fit(),
    actualSize: () => graph.actualSize(),
    exportGraph: () => host.post({ type: 'export', seq: playhead.seq }),
    togglePane: (name: PaneName) => shell.toggle(name),
    toggleGraves: () => graph.toggleGraves(),
    toggleLegend: () => (legend.open ? legend.close() : legend.show()),
    showKeys,
  };
  const toolbar = createToolbar(commands, filterBar.opener);
  app.classList.toggle('recorded', recorded);
  const tellSource = (): void => {
    app.classList.toggle('stopped', stopped);
    toolbar.showSource(recorded ? (stopped ? 'recorded' : 'watched') : 'own');
  };
  tellSource();
  app.append(toolbar.element, filterBar.element, keySheet);
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
    barred: () =>
      recorded ? l10n.t('These handles are only recorded here: nothing can be called on them.') : barredInThePast(),
  });
  const diagram = createDiagramPane({
    playhead,
    selection,
    calling,
    say: announcer.say,
    close: () => shell.toggle('diagram', false),
  });
  const inspector = createInspectorPane({
    playhead,
    clock: filter,
    selection,
    goToCall: (call) => host.post({ type: 'goToCall', call }),
    close: () => shell.toggle('inspector', false),
  });
  const travel = createTravel(playhead, () => shell.toggle('timeline'));
  const transport = createTransport(playhead, travel, {
    atFullest: () => playhead.seq === fullest,
    stopped: () => stopped,
  });
  const timeline = createTimelinePane({ playhead, selection, travel, leave, redraw: () => drawPanes() });
  const shell = createShell(
    app,
    kept,
    () => ({ lesson, diagram, inspector, timeline }),
    () => graph,
  );
  app.append(transport.element);
  const observer = {
    drawn(open: number, boxes: number, scale: number): void {
      empty.hidden = open > 0 || boxes > 0;
      toolbar.showCount(open);
      toolbar.showScale(scale);
    },
    showKeys,
    togglePane: (name: PaneName) => shell.toggle(name),
    gravesShown: toolbar.showGraves,
  };
  const graph = createGraph(shell.stage, {
    host,
    playhead,
    clock: filter,
    selection,
    kept,
    announcer,
    calling,
    observer,
  });
  shell.stage.append(filterBar.nothing, empty, transport.banner, legend);
  const showFiltered = (): void => graph.showOnly(filter.passes);
  filter.listen(showFiltered);
  showFiltered();
  const drawPanes = keepDrawn({
    playhead,
    selection,
    graph,
    announcer,
    kept,
    stopped: () => stopped,
    drawPanes() {
      shell.draw();
      transport.draw();
      app.classList.toggle('in-the-past', !playhead.live);
    },
  });
  keepFocus();
  keepSelection(selection, kept);
  listenOnStage(graph, { ...graph, filter: filterBar.open }, shell.stage, travel, leave);
  const hidden = createHiddenHandle({
    active: filter,
    playhead,
    announcer,
    show(serial) {
      filterBar.clear();
      graph.reveal(serial);
      leave();
    },
  });
  shell.stage.append(hidden.element);
  const choices = createHostChoices(playhead, selection, graph, hidden);
  return { graph, choices, shell, lesson, filterBar, tellSource };
}

/** The host hears of the person's choices, not of its own: two quick ones would chase each other between view and host. */
function keepSelection(selection: Selection, kept: KeptState): void {
  selection.listen((by) => {
    kept.keep({ selected: selection.serial });
    if (by !== 'host') host.post({ type: 'select', serial: selection.serial });
  });
}

function barredInThePast(): string | null {
  return playhead.live ? null : l10n.t('The past is shown, where nothing can be called: press L for the present.');
}
