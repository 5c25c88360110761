import { DIAGRAM_BOX, layoutDiagram, type PlacedBox } from './diagramLayout.ts';
import type { Reading } from './diagrams.ts';
import { DIAGRAM_ROWS, type DiagramName } from './hierarchy.ts';

/** Width of the margin, which also holds the shadows. */
const MARGIN = 8;
const SHADOW = 3;

/**
 * A diagram as the text of an SVG file that needs nothing else: outlines of one pixel, shadows to the lower right, shaded boxes
 * in light grey with bold names, what the page leaves out dashed. On its own white ground, so that it can be read on dark pages.
 */
export function diagramSvg(name: DiagramName, reading: Reading): string {
  const { boxes, lines, width, height } = layoutDiagram(name, reading);
  const { title, caption } = DIAGRAM_ROWS[name];
  const [full, tall] = [width + 2 * MARGIN, height + 2 * MARGIN];
  const complete = reading === 'complete' && boxes.some(({ omitted }) => omitted);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${full}" height="${tall}" viewBox="${-MARGIN} ${-MARGIN} ${full} ${tall}"`,
    `  role="img" aria-labelledby="${name}-title ${name}-desc" font-family="Arial, Helvetica, sans-serif" font-size="11">`,
    `  <title id="${name}-title">${title}</title>`,
    `  <desc id="${name}-desc">${caption}${complete ? ' Dashed: what the page leaves out.' : ''}</desc>`,
    `  <rect x="${-MARGIN}" y="${-MARGIN}" width="${full}" height="${tall}" fill="#fff"/>`,
    ...lines.map(
      ({ points, omitted }) =>
        `  <path d="M${points.map((point) => point.join(',')).join('L')}" fill="none" stroke="#000"${dashes(omitted)}/>`,
    ),
    ...boxes.map(boxText),
    '</svg>',
    '',
  ].join('\n');
}

function boxText({ fn, shaded, omitted, x, y }: PlacedBox): string {
  const size = `width="${DIAGRAM_BOX.width}" height="${DIAGRAM_BOX.height}"`;
  const [middle, base] = [x + DIAGRAM_BOX.width / 2, y + DIAGRAM_BOX.height - 6.5];
  return [
    `  <rect x="${x + SHADOW}" y="${y + SHADOW}" ${size} fill="#b4b4b4"/>`,
    `  <rect x="${x}" y="${y}" ${size} fill="${shaded ? '#e4e4e4' : '#fff'}" stroke="#000"${dashes(omitted)}/>`,
    `  <text x="${middle}" y="${base}" text-anchor="middle"${shaded ? ' font-weight="bold"' : ''}>${fn}</text>`,
  ].join('\n');
}

function dashes(omitted: boolean): string {
  return omitted ? ' stroke-dasharray="4 3"' : '';
}
