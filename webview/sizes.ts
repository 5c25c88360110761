/** Measures of the picture, in units of the layout: pixels at zoom 1. */

/** A place in the layout. */
export type Point = readonly [x: number, y: number];

/** A handle. */
export const BOX = { width: 236, height: 62, radius: 3 } as const;

/** The column of function boxes beside the selected handle. */
export const LIST = {
  width: 292,
  row: 24,
  pitch: 29,
  /** From the handle's box to the function boxes; the bracket runs in it. */
  gap: 44,
  /** From the handle's left edge to function boxes below it, and from its lower edge. */
  indent: 24,
  under: 12,
  /** From the function boxes back to the bracket. */
  stub: 16,
  /** A line under the last box that spells an error out. */
  note: 17,
  noteGap: 8,
} as const;

/** From a column of leaves back to its bracket. */
export const BRACKET = 18;
/** Between leaves of a column. */
export const LEAF_GAP = 14;
/** Between a handle and the level below it. */
export const LEVEL_GAP = 40;
/** Between neighbours of a level. */
export const SIBLING_GAP = 30;
/** Room at the left for the line that joins further rows. */
export const TRUNK = 22;

/** Height of the function column. */
export function listHeight(rows: number, notes: number): number {
  const boxes = (rows - 1) * LIST.pitch + LIST.row;
  return notes === 0 ? boxes : boxes + LIST.noteGap + notes * LIST.note;
}
