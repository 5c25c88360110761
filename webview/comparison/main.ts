import * as l10n from '@vscode/l10n';
import '../chrome.css';
import '../filter.css';
import '../graph.css';
import type { ComparisonMessage, ComparisonRequest } from '../../extension/shared/compare/shownComparison.ts';
import { createAnnouncer } from '../announcer.ts';
import { button } from '../controls.ts';
import { keepFocus } from '../keptFocus.ts';
import { addPaneEdge } from '../paneEdge.ts';
import '../stepMark.css';
import { useStrings } from '../strings.ts';
import { createCallList } from './callList.ts';
import { createCallSearch } from './callSearch.ts';
import { createComparedTree } from './comparedTree.ts';
import './comparison.css';
import { runComparisonKey } from './comparisonKeys.ts';

/** The page of a comparison: two trees above, the calls of both sides below. Everything follows from one message. */

declare function acquireVsCodeApi(): {
  postMessage(message: ComparisonRequest): void;
  getState(): unknown;
  setState(state: KeptPage): void;
};

/** What is kept while the page is hidden, as by the editor that shows the line of a call: it is made anew then. */
interface KeptPage {
  readonly row: number | null;
  /** The height of the calls, in pixels, where it is not the usual one. */
  readonly size: number | null;
  readonly files: ComparisonMessage['files'];
}

const api = acquireVsCodeApi();
let page: { show(message: ComparisonMessage): void } | undefined;
let kept = keptBefore();

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isComparison(data)) return;
  useStrings(data.strings);
  page ??= buildPage();
  page.show(data);
});
api.postMessage({ type: 'ready' });

function buildPage(): { show(message: ComparisonMessage): void } {
  const app = document.getElementById('app');
  if (app === null) throw new Error('the page has no #app');
  const announcer = createAnnouncer(app);
  app.classList.add('comparison', 'recorded', 'in-the-past');
  const toolbar = document.createElement('div');
  toolbar.className = 'toolbar';
  const frame = document.createElement('div');
  frame.className = 'comparison-frame';
  const trees = document.createElement('div');
  trees.className = 'compared-trees';
  frame.append(trees);
  app.append(toolbar, frame);
  const [left, right] = [createComparedTree('left', trees, announcer), createComparedTree('right', trees, announcer)];
  let message: ComparisonMessage | undefined;
  const list = createCallList(
    (index) => {
      const row = message?.rows[index];
      if (row === undefined) return;
      left.goTo(row.leftSeq, row.left?.serial ?? null);
      right.goTo(row.rightSeq, row.right?.serial ?? null);
      announcer.say(row.divergences.map(({ text }) => text).join(' '));
      tellPlace();
      search.draw();
      keep({ row: index });
    },
    (site) => api.postMessage({ type: 'goTo', site }),
  );
  const search = createCallSearch(list);
  const place = document.createElement('span');
  place.className = 'count';
  /** Goes to the nearest row with a difference, forward or back; stays where there is none. */
  const go = (by: 1 | -1): void => {
    const rows = message?.rows ?? [];
    const from = list.chosen ?? -1;
    for (let row = from + by; row >= 0 && row < rows.length; row += by) {
      if ((rows[row]?.divergences.length ?? 0) === 0) continue;
      list.choose(row);
      list.element.focus();
      return;
    }
    announcer.say(by === 1 ? l10n.t('No further difference') : l10n.t('No earlier difference'));
  };
  const tellPlace = (): void => {
    const parted = (message?.rows ?? []).flatMap(({ divergences }, row) => (divergences.length > 0 ? [row] : []));
    const at = list.chosen === null ? -1 : parted.indexOf(list.chosen);
    if (parted.length === 0) place.textContent = l10n.t('No difference in {0} calls', message?.rows.length ?? 0);
    else if (at === -1 && parted.length === 1) place.textContent = l10n.t('One call differs');
    else if (at === -1) place.textContent = l10n.t('{0} calls differ', parted.length);
    else place.textContent = l10n.t('Difference {0} of {1}', at + 1, parted.length);
  };
  toolbar.append(
    button({ label: l10n.t('Previous Difference'), icon: 'previous', appearance: 'icon', press: () => go(-1) }),
    button({ label: l10n.t('Next Difference'), icon: 'next', appearance: 'icon', press: () => go(1) }),
    place,
    button({
      label: l10n.t('Show Both Trees Whole'),
      icon: 'fit',
      appearance: 'icon',
      press() {
        left.fit();
        right.fit();
      },
    }),
    button({
      label: l10n.t('Compare Again'),
      icon: 'again',
      appearance: 'icon',
      press: () => api.postMessage({ type: 'again' }),
    }),
    button({
      label: l10n.t('Copy as Markdown'),
      icon: 'copy',
      appearance: 'secondary',
      press: () => api.postMessage({ type: 'copy' }),
    }),
  );
  const calls = document.createElement('div');
  calls.className = 'compared-calls';
  calls.append(search.element, list.element);
  frame.append(calls);
  addPaneEdge({
    pane: calls,
    frame,
    axis: 'height',
    variable: '--calls-size',
    label: l10n.t('Height of the calls'),
    size: kept.size ?? undefined,
    keep: (size) => keep({ size }),
  });
  keepFocus();
  // Before VS Code sees it, whose own Find would find nothing in calls that are folded or out of sight.
  window.addEventListener('keydown', (event) => runComparisonKey(event, { go, search }), { capture: true });
  return {
    show(next) {
      message = next;
      left.load(next.left);
      right.load(next.right);
      list.load(next.rows, [next.left.title, next.right.title]);
      search.load(next.rows);
      tellPlace();
      keep({ files: next.files });
      if (kept.row !== null && kept.row < next.rows.length) list.choose(kept.row);
      else if (next.rows.some(({ divergences }) => divergences.length > 0)) go(1);
      else list.choose(next.rows.length - 1);
    },
  };
}

function keep(share: Partial<KeptPage>): void {
  kept = { ...kept, ...share };
  api.setState(kept);
}

function keptBefore(): KeptPage {
  const state = api.getState();
  const before = typeof state === 'object' && state !== null ? state : {};
  const row = 'row' in before && typeof before.row === 'number' ? before.row : null;
  const size = 'size' in before && typeof before.size === 'number' ? before.size : null;
  return { row, size, files: null };
}

/** Other frames post messages too: only the shape of ours is let in. */
function isComparison(data: unknown): data is ComparisonMessage {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'comparison' && 'rows' in data;
}
