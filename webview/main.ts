import { createAnnouncer } from './announcer.ts';
import './chrome.css';
import { runKey } from './commands.ts';
import { createEmptyState } from './emptyState.ts';
import { createGraph, type Graph } from './graph.ts';
import './graph.css';
import { connectHost, type Host } from './host.ts';
import { createKeySheet } from './keySheet.ts';
import { createLegend } from './legend.ts';
import { useStrings } from './strings.ts';
import { createToolbar, type ViewAction } from './toolbar.ts';

/** Builds the view when the first snapshot has brought its words, and hands everything to each other. */

let view: View | undefined;

const host = connectHost({
  snapshot({ strings, selected }) {
    useStrings(strings);
    view ??= buildView(host);
    view.graph.reset(selected);
  },
  entries(entries, tree) {
    view?.announcer.hear(entries, tree);
    view?.graph.follow(entries);
  },
  reveal: (serial) => view?.graph.reveal(serial),
});
host.start();

interface View {
  readonly graph: Graph;
  readonly announcer: ReturnType<typeof createAnnouncer>;
}

function buildView(on: Host): View {
  const app = document.getElementById('app');
  if (app === null) throw new Error('the page has no #app');
  const act = (action: ViewAction): void => on.post({ type: 'action', action });
  const [keySheet, legend, empty] = [createKeySheet(), createLegend(), createEmptyState(act)];
  const stage = document.createElement('main');
  stage.className = 'stage';
  const announcer = createAnnouncer(app);
  const toolbar = createToolbar({
    act,
    zoomIn: () => graph.zoom(1.25),
    zoomOut: () => graph.zoom(0.8),
    fit: () => graph.fit(),
    actualSize: () => graph.actualSize(),
    toggleLegend: () => (legend.open ? legend.close() : legend.show()),
    showKeys: () => keySheet.showModal(),
  });
  app.append(toolbar.element, stage, keySheet);
  const graph = createGraph(stage, on, announcer, {
    drawn(open, scale) {
      empty.hidden = open > 0;
      toolbar.showCount(open);
      toolbar.showScale(scale);
    },
    showKeys: () => keySheet.showModal(),
  });
  stage.append(empty, legend);
  listen(graph, stage);
  return { graph, announcer };
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
