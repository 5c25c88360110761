import * as l10n from '@vscode/l10n';
import { connectionsOf, toldConnections } from '../extension/shared/connections.ts';
import { formatHandleValue } from '../extension/shared/format.ts';
import { HandleHistory } from '../extension/shared/handleHistory.ts';
import { inheritedOptions } from '../extension/shared/inheritedOptions.ts';
import { openCount } from '../extension/shared/model.ts';
import { button } from './controls.ts';
import { explainWithin } from './explained.ts';
import { words } from './inspectorParts.ts';
import { sendsOf } from './inspectorRequests.ts';
import type { InspectorScene } from './inspectorScene.ts';
import { inspectorFacts, inspectorSections, type Section } from './inspectorSections.ts';
import { oncePer } from './pace.ts';
import type { Playhead } from './playhead.ts';
import type { Selection } from './selection.ts';
import type { Pane } from './shell.ts';

/** The inspector: everything that is known of the selected handle at the moment that is shown. */

/** What the pane shows and speaks to. */
export interface InspectorParts {
  readonly playhead: Playhead;
  /** Tells the time of the journal at the moment that is shown, in microseconds. */
  readonly clock: { readonly now: number };
  readonly selection: Selection;
  goToCall(call: number): void;
  close(): void;
}

/** A handle under fire changes thousands of times a second; nobody reads faster than this. */
const REDRAW_MS = 200;

/** Makes the pane. */
export function createInspectorPane({ playhead, clock, selection, goToCall, close }: InspectorParts): Pane {
  const element = document.createElement('section');
  element.setAttribute('aria-label', l10n.t('Inspector'));
  const head = document.createElement('header');
  const title = document.createElement('h2');
  const leave = button({ label: l10n.t('Close the inspector'), icon: 'close', appearance: 'icon', press: close });
  head.append(title, leave);
  const body = document.createElement('div');
  body.className = 'sections';
  element.append(head, body);
  explainWithin(element);
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });

  const sections = inspectorSections();
  const opened = new Map(sections.map(({ name, open }) => [name, open]));
  const complete = new Set<string>();
  let history = new HandleHistory(0);
  let drawn = '';

  const readHistory = (serial: number): void => {
    if (history.serial !== serial) history = new HandleHistory(serial);
    history.read(playhead.history, playhead.seq);
  };
  const fill = (): void => {
    const node = playhead.tree.nodes.get(selection.serial ?? 0);
    if (node === undefined) {
      show(l10n.t('No handle is selected'), [
        words(l10n.t('Select a handle in the tree: this pane tells everything about it.')),
        totals(),
      ]);
      return;
    }
    readHistory(node.serial);
    const scene: InspectorScene = {
      node,
      history,
      // Once for each picture: headings count what sections show.
      sends: sendsOf(node, history),
      connections: connectionsOf(node, playhead.history.entries, playhead.seq),
      toldConnections: toldConnections(history.statuses),
      options: inheritedOptions(node, playhead.tree, playhead.history, playhead.seq),
      playhead,
      now: clock.now,
      call: selection.call,
      select: (serial, call) => selection.choose(serial, 'pane', call ?? null),
      goToCall,
      showsAll: (name) => complete.has(name),
      showAll(name) {
        complete.add(name);
        again();
      },
    };
    const facts = document.createElement('div');
    facts.className = 'facts';
    facts.append(...inspectorFacts(scene));
    show(`${node.fn} ${formatHandleValue(node.value)}`, [
      facts,
      ...sections.flatMap((one) => sectionElement(one, scene)),
    ]);
  };
  const sectionElement = (one: Section, scene: InspectorScene): readonly HTMLElement[] => {
    const count = one.count(scene);
    if (count === 0) return [];
    const details = document.createElement('details');
    details.className = 'section';
    details.dataset.name = one.name;
    const summary = document.createElement('summary');
    summary.textContent = count === null ? one.title : `${one.title} (${count})`;
    details.append(summary);
    details.open = opened.get(one.name) ?? false;
    if (details.open) details.append(...one.fill(scene));
    details.addEventListener('toggle', () => {
      if (details.open === opened.get(one.name)) return;
      opened.set(one.name, details.open);
      again();
    });
    return [details];
  };
  const totals = (): HTMLElement => {
    const { tree, history: journal } = playhead;
    return words(
      l10n.t('{0} handles are open; the journal holds {1} entries.', openCount(tree), journal.entries.length),
      'weak',
    );
  };
  const show = (heading: string, content: readonly Node[]): void => {
    const [at, focused] = [body.scrollTop, placeOf(body)];
    title.textContent = heading;
    body.replaceChildren(...content);
    body.scrollTop = at;
    refocus(body, focused);
  };
  const again = (): void => {
    drawn = '';
    draw();
  };
  /** Changes whenever something else would be told. */
  const signature = (): string => {
    const { seq, live, tree } = playhead;
    const node = tree.nodes.get(selection.serial ?? 0);
    const second = live && node?.closed === null ? Math.floor(clock.now / 1_000_000) : 0;
    if (node === undefined) return `none ${openCount(tree)} ${live ? 0 : seq}`;
    readHistory(node.serial);
    return [node.serial, selection.call, live ? history.entries.length : seq, second, node.notes.length].join();
  };
  const draw = (): void => {
    const next = signature();
    if (next === drawn) return;
    const moved = !drawn.startsWith(`${selection.serial},${selection.call},`);
    drawn = next;
    // A choice is answered at once, a stream of news in a calm pace.
    if (moved || !playhead.live) fill();
    else fillSoon();
    if (moved) body.querySelector('.call.selected')?.scrollIntoView({ block: 'nearest' });
  };
  const fillSoon = oncePer(REDRAW_MS, fill);
  return { element, draw };
}

/** Where the keyboard is in the sections: which of all the stops, or null. */
function placeOf(body: HTMLElement): number | null {
  const at = stopsIn(body).findIndex((one) => one.matches(':focus'));
  return at === -1 ? null : at;
}

function refocus(body: HTMLElement, place: number | null): void {
  if (place !== null) stopsIn(body)[place]?.focus({ preventScroll: true });
}

function stopsIn(body: HTMLElement): readonly HTMLElement[] {
  return [...body.querySelectorAll<HTMLElement>('summary, button, [tabindex="0"]')];
}
