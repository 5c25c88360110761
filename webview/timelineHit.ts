import { laneTops, PARTS } from './laneStack.ts';
import type { Lane, Span } from './timelineModel.ts';
import type { TimeWindow } from './timeWindow.ts';

/** What stands at a place of a lane, and what comes next on it. */

/** The call, status, line or bytes at a place of a lane: what lies nearest within a few pixels. */
export function hitLane(
  lane: Lane,
  shown: TimeWindow,
  width: number,
  at: { readonly x: number; readonly y: number },
  now: number,
  selected: boolean,
): Hit | undefined {
  const microseconds = (shown.to - shown.from) / width;
  const t = shown.from + at.x * microseconds;
  const reach = 4 * microseconds;
  const tops = laneTops(lane, selected);
  if (at.y < tops.ticks) {
    const row = Math.max(0, Math.floor((at.y - PARTS.top) / PARTS.row));
    const span = nearest(
      lane.spans.filter((one) => one.row === row),
      (one) => Math.max(one.from - t, t - (one.to ?? now), 0),
      reach,
    );
    return span === undefined ? undefined : { is: 'call', span };
  }
  const distance = (one: { readonly t: number }): number => Math.abs(one.t - t);
  const bytes = at.y >= tops.bytes ? nearest(lane.bytes, distance, reach) : undefined;
  if (bytes !== undefined) return { is: 'bytes', bytes };
  const tick = nearest(lane.ticks, distance, reach);
  const wire = nearest(lane.wires, distance, reach);
  if (wire !== undefined && (at.y >= tops.wires || tick === undefined)) return { is: 'wire', wire };
  return tick === undefined ? undefined : { is: 'status', tick };
}

/** What the pointer or the keyboard is on. */
export type Hit =
  | { readonly is: 'call'; readonly span: Span }
  | { readonly is: 'status'; readonly tick: Lane['ticks'][number] }
  | { readonly is: 'wire'; readonly wire: Lane['wires'][number] }
  | { readonly is: 'bytes'; readonly bytes: Lane['bytes'][number] };

/** The status or line of the dialogue that comes next on a lane, or came before; the first or the last one without a mark. */
export function markBeside(lane: Lane, from: Hit | null, by: 1 | -1): Hit | undefined {
  const marks: readonly Hit[] = [
    ...lane.ticks.map((tick) => ({ is: 'status', tick }) as const),
    ...lane.wires.map((wire) => ({ is: 'wire', wire }) as const),
  ].sort((one, other) => placeOf(one).seq - placeOf(other).seq);
  const seq = from === null ? (by === 1 ? -1 : Number.POSITIVE_INFINITY) : placeOf(from).seq;
  return by === 1
    ? (marks.find((mark) => placeOf(mark).seq > seq) ?? marks.at(-1))
    : (marks.findLast((mark) => placeOf(mark).seq < seq) ?? marks[0]);
}

/** When something stands on its lane, and the entry that tells of it. */
export function placeOf(hit: Hit): { readonly t: number; readonly seq: number } {
  switch (hit.is) {
    case 'call':
      return { t: hit.span.from, seq: hit.span.beginSeq };
    case 'status':
      return hit.tick;
    case 'wire':
      return hit.wire;
    case 'bytes':
      return hit.bytes;
  }
}

function nearest<T>(all: readonly T[], distance: (one: T) => number, reach: number): T | undefined {
  let found: { readonly one: T; readonly far: number } | undefined;
  for (const one of all) {
    const far = distance(one);
    if (far <= reach && (found === undefined || far <= found.far)) found = { one, far };
  }
  return found?.one;
}
