import type { Lane } from './timelineModel.ts';
import type { TimeWindow } from './timeWindow.ts';

/** How high the timeline's lanes are and where they stand. Pixels. */

/** Height of a bar. */
export const BAR = 14;
/** Heights of what a lane consists of: room above, a row of bars, ticks and their numbers, lines and their text, bytes. */
export const PARTS = { top: 4, row: 15, ticks: 7, tickLabels: 11, wires: 7, wireLabels: 13, bytes: 7 } as const;

/** A lane and its place among the others. */
export interface LaneRow {
  readonly lane: Lane;
  readonly index: number;
  readonly top: number;
  readonly height: number;
}

/** The lanes one below the other. */
export interface LaneStack {
  readonly rows: readonly LaneRow[];
  readonly height: number;
  /** Lanes that are left out because nothing happens on them in the time that is shown. */
  readonly hidden: number;
}

/** Puts lanes one below the other; with `busyIn`, only those on which something happens in that time, or that are selected. */
export function stackLanes(lanes: readonly Lane[], selected: number | null, busyIn: TimeWindow | null): LaneStack {
  const rows: LaneRow[] = [];
  let top = 0;
  for (const lane of lanes) {
    const chosen = lane.serial === selected;
    if (busyIn !== null && !chosen && !isBusy(lane, busyIn)) continue;
    const height = laneHeight(lane, chosen);
    rows.push({ lane, index: rows.length, top, height });
    top += height;
  }
  return { rows, height: top, hidden: lanes.length - rows.length };
}

/** The rows that touch this part of the stack. */
export function rowsBetween({ rows }: LaneStack, from: number, to: number): readonly LaneRow[] {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row !== undefined && row.top + row.height <= from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  for (let row = rows[end]; row !== undefined && row.top < to; row = rows[end]) end += 1;
  return rows.slice(low, end);
}

/** Where the ticks, the lines of the dialogue and the bytes of a lane begin. */
export function laneTops(
  lane: Lane,
  selected: boolean,
): { readonly ticks: number; readonly wires: number; readonly bytes: number } {
  const ticks = PARTS.top + lane.rows * PARTS.row;
  const wires = ticks + PARTS.ticks + (selected && lane.ticks.length > 0 ? PARTS.tickLabels : 0);
  return { ticks, wires, bytes: wires + wiresHeight(lane, selected) };
}

/** Where the labels of a selected lane stand: the baselines of the ticks' and of the wire lines'. */
export function labelBaselines(lane: Lane): { readonly ticks: number; readonly wires: number } {
  const { ticks, wires } = laneTops(lane, true);
  return { ticks: ticks + PARTS.ticks + 8, wires: wires + PARTS.wires + 9 };
}

function laneHeight(lane: Lane, selected: boolean): number {
  return laneTops(lane, selected).bytes + (lane.bytes.length > 0 ? PARTS.bytes : 0);
}

function wiresHeight(lane: Lane, selected: boolean): number {
  if (lane.wires.length === 0) return 0;
  return PARTS.wires + (selected ? PARTS.wireLabels : 0);
}

function isBusy(lane: Lane, { from, to }: TimeWindow): boolean {
  return (
    lane.spans.some((span) => span.from <= to && (span.to ?? to) >= from) ||
    [lane.ticks, lane.bytes, lane.wires].some((marks) => marks.some(({ t }) => t >= from && t <= to))
  );
}
