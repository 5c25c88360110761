import type { HandleNode } from '../extension/shared/model.ts';
import type { Group } from './box.ts';
import type { Layout } from './layout.ts';
import { BOX } from './sizes.ts';

/** The whole tree seen from afar: outlines only, as a few paths, because thousands of boxes cannot be read anyway. */

/** More boxes than this on screen are drawn as outlines. */
export const OVERVIEW_FROM = 1200;

/** Draws every box of the layout as an outline, those at work and those that failed marked; null clears the layer. */
export function drawOverview(layer: Group, layout: Layout | null, nodes: ReadonlyMap<number, HandleNode>): void {
  const classes = { plain: '', running: '', failed: '' };
  for (const [serial, [x, y]] of layout?.boxes ?? []) {
    const node = nodes.get(serial);
    if (node === undefined) continue;
    classes[classOf(node)] += `M${x},${y}h${BOX.width}v${BOX.height}h${-BOX.width}z`;
  }
  const links = layout?.links.map(({ points }) => `M${points.map(([x, y]) => `${x},${y}`).join('L')}`) ?? [];
  const paths = [['link', links.join('')] as const, ...Object.entries(classes)];
  layer
    .selectAll<SVGPathElement, readonly [string, string]>('path')
    .data(layout === null ? [] : paths, ([name]) => name)
    .join('path')
    .attr('class', ([name]) => (name === 'link' ? 'link' : `outline ${name}`))
    .attr('d', ([, path]) => path);
}

function classOf(node: HandleNode): 'plain' | 'running' | 'failed' {
  if (node.running.length > 0) return 'running';
  return node.lastError === null ? 'plain' : 'failed';
}
