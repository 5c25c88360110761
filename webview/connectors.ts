import type { Link } from './branches.ts';
import { easeCubicInOut, type Selection, select } from './d3.ts';
import { between, MOVE_MS } from './motion.ts';
import type { Point } from './sizes.ts';
import type { BoxMotion } from './tree.ts';

/** Draws the lines between boxes that are on screen. */
export function drawLinks(
  layer: Selection<SVGGElement, unknown, null, undefined>,
  links: readonly Link[],
  motion: BoxMotion,
): void {
  const lines = layer.selectAll<SVGPathElement, Link>('path.link').data(links, (link) => link.key);
  lines.exit<Link>().each(function (link) {
    leave(this, link, motion);
  });
  lines.each(function (link) {
    follow(this, link, motion);
  });
  lines
    .enter()
    .append('path')
    .attr('class', 'link')
    .each(function (link) {
      const line = select(this);
      this.dataset.path = pathOf(link.points);
      const grows = motion.moves && motion.opened.has(link.serial);
      line.attr('d', pathOf(grows ? collapsed(link) : link.points));
      if (grows) line.transition('place').duration(MOVE_MS).ease(easeCubicInOut).attr('d', pathOf(link.points));
    });
}

function follow(element: SVGPathElement, link: Link, motion: BoxMotion): void {
  const path = pathOf(link.points);
  if (element.dataset.path === path) return;
  element.dataset.path = path;
  const line = select(element);
  if (!motion.moves) line.interrupt('place').attr('d', path);
  else line.transition('place').delay(motion.wait).duration(MOVE_MS).ease(easeCubicInOut).attr('d', path);
}

function leave(element: SVGPathElement, link: Link, motion: BoxMotion): void {
  const end = motion.closed.get(link.serial);
  if (end === undefined || !motion.moves) {
    element.remove();
    return;
  }
  select(element)
    .attr('class', 'leaving')
    .transition('place')
    .delay(end.wait)
    .duration(MOVE_MS)
    .attr('d', pathOf(collapsed(link)))
    .styleTween('opacity', between(1, 0))
    .remove();
}

/** The line drawn back into the point that it comes from. */
function collapsed(link: Link): readonly Point[] {
  const [start] = link.points;
  return [start, start, start, start];
}

function pathOf(points: readonly Point[]): string {
  return `M${points.map(([x, y]) => `${x},${y}`).join('L')}`;
}
