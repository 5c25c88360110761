/** Something with an extent that is set down beside others; `x` and `y` are written by the packing. */
export interface Block {
  readonly width: number;
  /** Width without the list of functions: choosing a handle must not send its neighbours to another row. */
  readonly core: number;
  readonly height: number;
  x: number;
  y: number;
}

/** Blocks in rows from the top, each row's blocks aligned at its upper edge. */
export interface Shelves<B extends Block> {
  readonly rows: readonly { readonly y: number; readonly blocks: readonly B[] }[];
  readonly width: number;
  readonly core: number;
  readonly height: number;
}

const NARROWEST = 2100;
const FEWEST_ROWS = 8;

/** How many leaves stand in one column when there are `count`: steps by powers of two, so one more leaf seldom moves the others. */
export function gridRows(count: number): number {
  let rows = FEWEST_ROWS;
  while (count > (rows * rows) / 2) rows *= 2;
  return rows;
}

/**
 * Sets blocks side by side, and on further rows when one would grow longer than about four thirds of the whole height.
 * `indent` is kept free at the left once there is more than one row.
 */
export function placeOnShelves<B extends Block>(
  blocks: readonly B[],
  gap: { readonly x: number; readonly y: number },
  indent = 0,
): Shelves<B> {
  let limit = NARROWEST;
  let shelves = fill(blocks, gap, limit, indent);
  while (shelves.height > limit * 0.75) {
    limit *= 1.5;
    shelves = fill(blocks, gap, limit, indent);
  }
  return shelves;
}

function fill<B extends Block>(
  blocks: readonly B[],
  gap: { readonly x: number; readonly y: number },
  limit: number,
  indent: number,
): Shelves<B> {
  const single = blocks.reduce((sum, block) => sum + block.core, (blocks.length - 1) * gap.x) <= limit;
  const left = single ? 0 : indent;
  const rows: { y: number; blocks: B[] }[] = [];
  let [x, y, width, rowHeight] = [left, 0, 0, 0];
  // Where the row would end without a list, and the longest such row.
  let [end, core] = [left, 0];
  for (const block of blocks) {
    const row = rows.at(-1);
    if (row === undefined || (!single && end + block.core > limit)) {
      if (row !== undefined) y += rowHeight + gap.y;
      rows.push({ y, blocks: [block] });
      [x, end, rowHeight] = [left, left, 0];
    } else {
      row.blocks.push(block);
    }
    block.x = x;
    block.y = y;
    x += block.width + gap.x;
    end += block.core + gap.x;
    width = Math.max(width, block.x + block.width);
    core = Math.max(core, end - gap.x);
    rowHeight = Math.max(rowHeight, block.height);
  }
  return { rows, width, core, height: y + rowHeight };
}
