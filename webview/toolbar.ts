import * as l10n from '@vscode/l10n';
import type { PaneName, ViewMessage } from '../extension/shared/protocol.ts';
import { button } from './controls.ts';
import type { IconName } from './icons.ts';
import { roveFocus } from './rovingFocus.ts';

/** What the user can ask the host for without naming a handle. */
export type ViewAction = Extract<ViewMessage, { type: 'action' }>['action'];

/** What the toolbar's buttons do. */
export interface ToolbarCommands {
  act(action: ViewAction): void;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  actualSize(): void;
  exportGraph(): void;
  togglePane(name: PaneName): void;
  toggleGraves(): void;
  toggleLegend(): void;
  showKeys(): void;
}

/** Whose handles are shown: this window's own, those of a program that runs, or those of a journal that has come to its end. */
export type JournalSource = 'own' | 'watched' | 'recorded';

/** The bar above the graph. */
export interface Toolbar {
  readonly element: HTMLElement;
  showCount(open: number): void;
  showScale(scale: number): void;
  showSource(of: JournalSource): void;
  /** Tells whether closed handles are shown. */
  showGraves(shown: boolean): void;
}

/** Builds the bar. */
export function createToolbar(commands: ToolbarCommands, filterOpener: HTMLElement): Toolbar {
  const element = document.createElement('div');
  element.className = 'toolbar';
  element.setAttribute('role', 'toolbar');
  element.setAttribute('aria-label', l10n.t('Handles'));
  const count = span('count');
  const scale = button({
    label: l10n.t('Actual size'),
    appearance: 'icon',
    press: () => commands.actualSize(),
  });
  scale.classList.add('scale');
  const graves = button({
    label: l10n.t('Closed handles'),
    icon: 'graves',
    appearance: 'icon',
    press: () => commands.toggleGraves(),
  });
  const percent = span('percent');
  scale.append(percent);
  const source = span('source');
  element.append(
    source,
    opening(l10n.t('Open URL…'), 'url', () => commands.act('openUrl')),
    opening(l10n.t('Connect…'), 'connect', () => commands.act('connect')),
    count,
    span('row-end'),
    filterOpener,
    button({ label: l10n.t('Zoom out'), icon: 'zoomOut', appearance: 'icon', press: () => commands.zoomOut() }),
    scale,
    button({ label: l10n.t('Zoom in'), icon: 'zoomIn', appearance: 'icon', press: () => commands.zoomIn() }),
    button({ label: l10n.t('Show the whole tree'), icon: 'fit', appearance: 'icon', press: () => commands.fit() }),
    graves,
    button({
      label: l10n.t('Diagram'),
      icon: 'diagram',
      appearance: 'icon',
      press: () => commands.togglePane('diagram'),
    }),
    button({
      label: l10n.t('Inspector'),
      icon: 'inspector',
      appearance: 'icon',
      press: () => commands.togglePane('inspector'),
    }),
    button({ label: l10n.t('Export…'), icon: 'export', appearance: 'icon', press: () => commands.exportGraph() }),
    button({ label: l10n.t('Legend'), icon: 'legend', appearance: 'icon', press: () => commands.toggleLegend() }),
    button({ label: l10n.t('Keys'), icon: 'keys', appearance: 'icon', press: () => commands.showKeys() }),
  );
  roveFocus(element);
  return {
    element,
    showCount(open) {
      const text = l10n.t('{0} open', open);
      if (count.textContent === text) return;
      count.textContent = text;
      count.title = open === 1 ? l10n.t('1 open handle') : l10n.t('{0} open handles', open);
    },
    showSource(of) {
      const [text, sentence] = sourceWords(of);
      [source.textContent, source.title, source.hidden] = [text, sentence, text === ''];
    },
    showGraves(shown) {
      graves.setAttribute('aria-pressed', String(shown));
      graves.classList.toggle('pressed', shown);
    },
    showScale(k) {
      percent.textContent = `${Math.round(k * 100)} %`;
    },
  };
}

function sourceWords(source: JournalSource): readonly [text: string, sentence: string] {
  switch (source) {
    case 'own':
      return ['', ''];
    case 'watched':
      return [
        l10n.t('Watched program'),
        l10n.t('A program that runs: nothing can be called on its handles from here.'),
      ];
    case 'recorded':
      return [l10n.t('Recorded'), l10n.t('A trace, or a program that has ended: nothing more will happen.')];
  }
}

function opening(label: string, icon: IconName, press: () => void): HTMLElement {
  const element = button({ label, icon, appearance: 'secondary', press });
  element.classList.add('opens');
  return element;
}

function span(name: string): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  return element;
}
