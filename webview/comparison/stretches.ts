/** A stretch of rows, shown or folded. `to` is the first row behind it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly folded: boolean;
}

/** Rows around a difference that stay. */
const CONTEXT = 3;
/** Fewer rows than this are not worth folding. */
const FOLD_FROM = 6;

/** Cuts rows into stretches: those near a difference, at the beginning and at the end are shown, long ones between them folded. */
export function stretches(parted: readonly boolean[]): readonly Stretch[] {
  const count = parted.length;
  const near = new Array<boolean>(count).fill(false);
  const keep = (row: number): void => {
    near.fill(true, Math.max(0, row - CONTEXT), row + CONTEXT + 1);
  };
  parted.forEach((differs, row) => {
    if (differs) keep(row);
  });
  // Where nothing differs, all is worth a look.
  if (!parted.includes(true)) near.fill(true);
  const found: Stretch[] = [];
  for (let from = 0; from < count; ) {
    const shown = near[from] === true;
    let to = from;
    while (to < count && (near[to] === true) === shown) to += 1;
    found.push({ from, to, folded: !shown && to - from >= FOLD_FROM });
    from = to;
  }
  return found;
}
