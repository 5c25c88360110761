import * as l10n from '@vscode/l10n';
import type { ShownSide } from '../../extension/shared/compare/shownComparison.ts';
import { JournalHistory } from '../../extension/shared/journalHistory.ts';
import type { Announcer } from '../announcer.ts';
import { runKey } from '../commands.ts';
import { createGraph } from '../graph.ts';
import { markStep } from '../moment.ts';
import { createPlayhead } from '../playhead.ts';
import { createSelection } from '../selection.ts';

/** The tree of one of the two journals, at the moment that the list shows. */
export interface ComparedTree {
  /** The other journal was chosen, or the page was made anew. */
  load(side: ShownSide): void;
  /** Shows the tree after the entry of this number, with the handle that matters in sight. */
  goTo(seq: number, serial: number | null): void;
  /** Shows the whole tree. */
  fit(): void;
}

/** Adds a tree under a heading to `parent`, which is in the page: texts are measured. `scope` tells its elements from those of the other. */
export function createComparedTree(scope: string, parent: HTMLElement, announcer: Announcer): ComparedTree {
  const element = document.createElement('section');
  element.className = 'compared-tree';
  const heading = document.createElement('h2');
  heading.id = `${scope}-title`;
  element.setAttribute('aria-labelledby', heading.id);
  const stage = document.createElement('div');
  stage.className = 'stage';
  stage.dataset.scope = `${scope}-`;
  element.append(heading, stage);
  parent.append(element);
  const playhead = createPlayhead();
  const selection = createSelection();
  const graph = createGraph(stage, {
    // Nothing can be called, and nothing is kept: the page is made anew from its journals.
    host: { post: () => undefined, savedState: () => undefined, save: () => undefined, start: () => undefined },
    kept: { saved: undefined, isNew: true, keep: () => undefined },
    clock: {
      get now() {
        return playhead.tree.t;
      },
    },
    calling: {
      call: () => announcer.say(l10n.t('These handles are only recorded here: nothing can be called on them.')),
      picked: () => undefined,
    },
    observer: {
      drawn: () => undefined,
      gravesShown: () => undefined,
      showKeys: () => undefined,
      togglePane: () => undefined,
    },
    playhead,
    selection,
    announcer,
  });
  playhead.listen((change) => {
    if (change.type === 'journal') graph.reset();
    else graph.travel();
    markStep(graph, playhead);
  });
  graph.svg.addEventListener('click', (event) => {
    if (event.target instanceof Element) graph.press(event.target);
  });
  stage.addEventListener('keydown', (event) => {
    const inList = event.target instanceof Element && event.target.closest('.rows') !== null;
    if (runKey(event, inList, { ...graph, filter: () => undefined })) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  new ResizeObserver(() => graph.refresh()).observe(stage);
  return {
    fit: graph.fit,
    load({ title, base, entries }) {
      heading.textContent = title;
      heading.title = title;
      const history = new JournalHistory(entries.length + 1, base);
      for (const entry of entries) history.append(entry);
      playhead.load(history, history.cut);
    },
    goTo(seq, serial) {
      playhead.goTo(seq);
      if (serial !== null && playhead.tree.nodes.get(serial)?.closed === null) graph.reveal(serial);
    },
  };
}
