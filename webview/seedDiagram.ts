import { type DiagramName, type FunctionName, functionNames, functionRow } from '../extension/shared/hierarchy.ts';
import type { Group } from './box.ts';
import type { Point } from './sizes.ts';

/** A diagram of the page "HINTERNET Handles", placed from the table: boxes of 165 x 21, as printed. */

const BOX = { width: 164, height: 22 } as const;
const PITCH = 33;
const STUB = 12;
const GUTTER = 30;

interface DiagramBox {
  readonly fn: FunctionName;
  readonly at: Point;
  readonly shaded: boolean;
}

/** Boxes, and the lines between them as one path. */
export interface Diagram {
  readonly boxes: readonly DiagramBox[];
  readonly lines: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Places a diagram that has one box on top, those under it side by side, and below each of these a column on a bracket at its
 * right: ax-wnt01, ax-wnt02, ax-wnt06.
 */
export function placeDiagram(name: DiagramName): Diagram {
  const under = (parent: string | null): FunctionName[] =>
    functionNames
      .filter((fn) => functionRow(fn).seed?.[name]?.[1] === parent)
      .sort((a, b) => order(a, name) - order(b, name));
  const [top] = under(null);
  if (top === undefined) throw new Error(`${name} has no box on top`);
  const second = under(top);
  const columnWidth = BOX.width + STUB + GUTTER;
  const width = second.length * columnWidth - GUTTER;
  const center = (width - STUB) / 2;
  const boxes: DiagramBox[] = [box(top, [center - BOX.width / 2, 0])];
  const bar = BOX.height + PITCH / 2;
  const lines = [`M${center},${BOX.height}V${bar}`];
  second.forEach((fn, column) => {
    const x = column * columnWidth;
    const y = BOX.height + PITCH;
    boxes.push(box(fn, [x, y]));
    lines.push(`M${center},${bar}H${x + BOX.width / 2}V${y}`);
    under(fn).forEach((leaf, row) => {
      const leafY = y + (row + 1) * PITCH;
      boxes.push(box(leaf, [x, leafY]));
      const right = x + BOX.width;
      lines.push(`M${right},${y + BOX.height / 2}H${right + STUB}V${leafY + BOX.height / 2}H${right}`);
    });
  });
  const height = Math.max(...boxes.map(({ at }) => at[1] + BOX.height));
  return { boxes, lines: lines.join(''), width, height };
}

/** Draws a placed diagram. */
export function drawDiagram(group: Group, diagram: Diagram): void {
  group.append('path').attr('class', 'link').attr('d', diagram.lines);
  const boxes = group
    .selectAll<SVGGElement, DiagramBox>('g')
    .data(diagram.boxes)
    .join('g')
    .attr('class', ({ shaded }) => (shaded ? 'sample returns' : 'sample'))
    .attr('transform', ({ at: [x, y] }) => `translate(${x},${y})`);
  for (const offset of [3, 0]) {
    boxes
      .append('rect')
      .attr('class', offset > 0 ? 'shadow' : 'body')
      .attr('x', offset)
      .attr('y', offset)
      .attr('width', BOX.width)
      .attr('height', BOX.height);
  }
  boxes
    .append('text')
    .attr('class', 'name')
    .attr('x', BOX.width / 2)
    .attr('y', 15)
    .text(({ fn }) => fn);
}

function box(fn: FunctionName, at: Point): DiagramBox {
  return { fn, at, shaded: functionRow(fn).returns !== undefined };
}

function order(fn: FunctionName, name: DiagramName): number {
  return functionRow(fn).seed?.[name]?.[0] ?? 0;
}
