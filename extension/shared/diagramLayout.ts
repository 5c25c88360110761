import { type DiagramBox, diagramBoxes, type Reading } from './diagrams.ts';
import { DIAGRAM_ROWS, type DiagramName, type FunctionName } from './hierarchy.ts';

/** Where the boxes and lines of a diagram stand: the measures of the printed ones, in pixels. Nothing here draws. */

/** Size of a box. */
export const DIAGRAM_BOX = { width: 165, height: 21 } as const;

/** From the top of a box to that of the next: below a shaded one, below a plain one, and below one that forks. */
const PITCH = { shaded: 32, plain: 28, fork: 42 } as const;
const STUB = 10;
const GUTTER = 16;

/** A box with its upper left corner. */
export interface PlacedBox extends DiagramBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A placed diagram. */
export interface DiagramLayout {
  readonly boxes: readonly PlacedBox[];
  /** Lines with right angles, each a list of corners. Those to boxes that the page leaves out are apart. */
  readonly lines: readonly {
    readonly points: readonly (readonly [x: number, y: number])[];
    readonly omitted: boolean;
  }[];
  readonly width: number;
  readonly height: number;
}

type Line = DiagramLayout['lines'][number];

/** Places a diagram of the page; boxes that say more than their name may be wider than the printed ones. */
export function layoutDiagram(
  name: DiagramName,
  reading: Reading,
  boxWidth: number = DIAGRAM_BOX.width,
): DiagramLayout {
  const boxes = diagramBoxes(name, reading);
  const placing = new Placing(boxes, DIAGRAM_ROWS[name].brackets, boxWidth);
  const [top] = boxes;
  if (top === undefined) throw new Error(`${name} has no boxes`);
  placing.place(top, 0, 0);
  return placing.result();
}

/** One column of boxes after another; stems lead down, brackets run beside a column. */
class Placing {
  readonly #boxes: readonly DiagramBox[];
  readonly #brackets: Readonly<Record<string, 'left' | 'right'>>;
  readonly #boxWidth: number;
  readonly #placed: PlacedBox[] = [];
  readonly #lines: Line[] = [];

  constructor(boxes: readonly DiagramBox[], brackets: Readonly<Record<string, 'left' | 'right'>>, boxWidth: number) {
    this.#boxes = boxes;
    this.#brackets = brackets;
    this.#boxWidth = boxWidth;
  }

  /** Places a box and everything below it, left edge of the column at x; returns the column's width. */
  place(box: DiagramBox, x: number, y: number): number {
    const followers = this.#under(box.fn);
    if (this.#brackets[box.fn] !== undefined) return this.#placeColumn(box, followers, x, y);
    if (followers.length > 1) return this.#placeFork(box, followers, x, y);
    const below = y + PITCH.shaded;
    const [next] = followers;
    const width = next === undefined ? this.#boxWidth : this.place(next, x, below);
    const stands = next === undefined ? x : (this.#find(next.fn)?.x ?? x);
    this.#put(box, stands, y);
    if (next !== undefined) this.#stem(stands + this.#boxWidth / 2, y + DIAGRAM_BOX.height, below);
    return width;
  }

  result(): DiagramLayout {
    const right = Math.max(...this.#placed.map(({ x }) => x + this.#boxWidth));
    const ends = this.#lines.flatMap(({ points }) => points.map(([x]) => x));
    const order = new Map(this.#boxes.map((box, index) => [box.fn, index]));
    return {
      boxes: this.#placed.toSorted((one, other) => (order.get(one.fn) ?? 0) - (order.get(other.fn) ?? 0)),
      lines: this.#lines,
      width: Math.max(right, ...ends),
      height: Math.max(...this.#placed.map(({ y }) => y + DIAGRAM_BOX.height)),
    };
  }

  #under(fn: FunctionName): readonly DiagramBox[] {
    return this.#boxes.filter(({ parent }) => parent === fn);
  }

  #find(fn: FunctionName): PlacedBox | undefined {
    return this.#placed.find((box) => box.fn === fn);
  }

  /** The boxes on a bracket, one below the other; what hangs from one of them follows below all of them. */
  #placeColumn(box: DiagramBox, followers: readonly DiagramBox[], x: number, y: number): number {
    const column = [...followers];
    for (const one of followers) column.push(...this.#under(one.fn));
    const sides = new Set([box, ...followers].map(({ fn }) => this.#brackets[fn]));
    const left = x + (sides.has('left') ? STUB : 0);
    this.#put(box, left, y);
    let top = y;
    let above = box;
    for (const one of column) {
      top += above.shaded && !one.shaded ? PITCH.shaded : one.shaded ? PITCH.shaded : PITCH.plain;
      this.#put(one, left, top);
      above = one;
    }
    for (const holder of [box, ...followers]) this.#bracket(holder, left);
    return left - x + this.#boxWidth + (sides.has('right') ? STUB : 0);
  }

  #placeFork(box: DiagramBox, followers: readonly DiagramBox[], x: number, y: number): number {
    const below = y + PITCH.fork;
    let right = x;
    for (const one of followers) right += this.place(one, right, below) + GUTTER;
    const middles = followers.map(({ fn }) => (this.#find(fn)?.x ?? x) + this.#boxWidth / 2);
    const center = ((middles[0] ?? x) + (middles.at(-1) ?? x)) / 2;
    this.#put(box, center - this.#boxWidth / 2, y);
    const bar = y + DIAGRAM_BOX.height + (PITCH.fork - DIAGRAM_BOX.height) / 2;
    this.#stem(center, y + DIAGRAM_BOX.height, bar);
    followers.forEach(({ omitted }, index) => {
      const middle = middles[index] ?? center;
      this.#lines.push({
        omitted,
        points: [
          [center, bar],
          [middle, bar],
          [middle, below],
        ],
      });
    });
    return right - GUTTER - x;
  }

  #put(box: DiagramBox, x: number, y: number): void {
    this.#placed.push({ ...box, x, y, width: this.#boxWidth });
  }

  #stem(x: number, from: number, to: number): void {
    this.#lines.push({
      omitted: false,
      points: [
        [x, from],
        [x, to],
      ],
    });
  }

  /** One vertical line beside the column, with a stub to the holder and to each box that hangs from it. */
  #bracket(holder: DiagramBox, left: number): void {
    const side = this.#brackets[holder.fn];
    const from = this.#find(holder.fn);
    if (side === undefined || from === undefined) return;
    const edge = side === 'left' ? left : left + this.#boxWidth;
    const line = side === 'left' ? left - STUB : edge + STUB;
    let last = from.y + DIAGRAM_BOX.height / 2;
    this.#lines.push({
      omitted: false,
      points: [
        [edge, last],
        [line, last],
      ],
    });
    for (const { fn, omitted } of this.#under(holder.fn)) {
      const middle = (this.#find(fn)?.y ?? 0) + DIAGRAM_BOX.height / 2;
      this.#lines.push({
        omitted,
        points: [
          [line, last],
          [line, middle],
          [edge, middle],
        ],
      });
      last = middle;
    }
  }
}
