import * as l10n from '@vscode/l10n';
import { layoutDiagram } from '../extension/shared/diagramLayout.ts';
import { button } from './controls.ts';
import { select } from './d3.ts';
import { drawDiagram } from './seedDiagram.ts';
import type { ViewAction } from './toolbar.ts';

/** What is seen while no handle is open: the hierarchy as the page draws it, and three ways to begin. */
export function createEmptyState(act: (action: ViewAction) => void): HTMLElement {
  const element = document.createElement('section');
  element.className = 'empty';
  const heading = document.createElement('h1');
  heading.textContent = l10n.t('No handle is open');
  const sentence = document.createElement('p');
  sentence.textContent = l10n.t(
    'Every handle that a WinINet function returns appears here as a box, below the handle that it was made from.',
  );
  const buttons = document.createElement('div');
  buttons.className = 'buttons';
  buttons.append(
    button({ label: l10n.t('Open URL…'), icon: 'url', appearance: 'primary', press: () => act('openUrl') }),
    button({ label: l10n.t('Connect…'), icon: 'connect', appearance: 'secondary', press: () => act('connect') }),
    button({
      label: l10n.t('Playground Addresses…'),
      icon: 'play',
      appearance: 'secondary',
      press: () => act('showPlayground'),
    }),
  );
  element.append(guide(), heading, sentence, buttons);
  return element;
}

function guide(): SVGSVGElement {
  const diagram = layoutDiagram('ax-wnt01', 'printed');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'guide');
  svg.setAttribute('role', 'img');
  svg.setAttribute(
    'aria-label',
    l10n.t('InternetOpen returns the root; below it InternetOpenUrl and InternetConnect.'),
  );
  svg.setAttribute('viewBox', `-4 -4 ${diagram.width + 8} ${diagram.height + 10}`);
  svg.setAttribute('width', String(diagram.width + 8));
  drawDiagram(select(svg).append('g'), diagram);
  return svg;
}
