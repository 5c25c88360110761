import { DIAGRAM_BOX, type DiagramLayout, type PlacedBox } from '../extension/shared/diagramLayout.ts';
import type { Group } from './box.ts';

/** Draws a diagram of the page "HINTERNET Handles" as printed, for looking at. */

const BASELINE = 14.5;
const SHADOW = 3;

/** Draws a placed diagram. */
export function drawDiagram(group: Group, { boxes, lines }: DiagramLayout): void {
  const path = lines.map(({ points }) => `M${points.map((point) => point.join(',')).join('L')}`).join('');
  group.append('path').attr('class', 'link').attr('d', path);
  const samples = group
    .selectAll<SVGGElement, PlacedBox>('g')
    .data(boxes)
    .join('g')
    .attr('class', ({ shaded }) => (shaded ? 'sample returns' : 'sample'))
    .attr('transform', ({ x, y }) => `translate(${x},${y})`);
  for (const offset of [SHADOW, 0]) {
    samples
      .append('rect')
      .attr('class', offset > 0 ? 'shadow' : 'body')
      .attr('x', offset)
      .attr('y', offset)
      .attr('width', DIAGRAM_BOX.width)
      .attr('height', DIAGRAM_BOX.height);
  }
  samples
    .append('text')
    .attr('class', 'name')
    .attr('x', DIAGRAM_BOX.width / 2)
    .attr('y', BASELINE)
    .text(({ fn }) => fn);
}
