import { BAR, laneTops, PARTS } from './laneStack.ts';
import { type Hit, placeOf } from './timelineHit.ts';
import type { Lane, Span } from './timelineModel.ts';
import type { TimeWindow } from './timeWindow.ts';

/** Where everything of the timeline stands, apart from drawing it. Pixels; a lane's own top is 0. */

/** A call that is wide enough to be seen for itself. */
export interface Bar {
  readonly span: Span;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Where the pending part begins, from the bar's left edge; the width where there is none. */
  readonly pending: number;
  readonly text: string;
}

/** Text at a place of a lane. */
export interface Label {
  readonly x: number;
  readonly text: string;
}

/** What is drawn of one lane; the paths are the `d` of an SVG path. */
export interface LanePicture {
  /** From the handle's opening to its closing. */
  readonly life: { readonly x: number; readonly width: number; readonly closed: boolean };
  readonly bars: readonly Bar[];
  /** Calls too short to be seen apart. */
  readonly short: string;
  readonly shortFailed: string;
  readonly ticks: string;
  readonly tickLabels: readonly Label[];
  readonly wires: string;
  readonly wireLabels: readonly Label[];
  readonly bytesIn: string;
  readonly bytesOut: string;
  /** Around the status or the line on which the keyboard is. */
  readonly activeMark: string;
}

/** A bar narrower than this is drawn with its neighbours as one shape. */
const NARROWEST = 3;
const CHARACTER = 6.3;

/** What is seen of a lane. `now` is the end of the journal, where calls that run have got to. */
export function pictureLane(
  lane: Lane,
  shown: TimeWindow,
  width: number,
  selected: boolean,
  now: number,
  active: Hit | null = null,
): LanePicture {
  const x = (t: number): number => ((t - shown.from) / (shown.to - shown.from)) * width;
  const clip = (at: number): number => Math.max(-4, Math.min(width + 4, at));
  const [from, to] = [clip(x(lane.openedAt)), clip(x(lane.closed?.at ?? now))];
  const { ticks: y, wires: wiresTop, bytes: bytesTop } = laneTops(lane, selected);
  const { bars, short, shortFailed } = barsOf(lane, shown, x, width, now);
  const ticks = within(lane.ticks, shown);
  const wires = within(lane.wires, shown);
  return {
    life: { x: from, width: Math.max(0, to - from), closed: lane.closed !== null && lane.closed.at <= shown.to },
    bars,
    short,
    shortFailed,
    ticks: marks(ticks, x, (at) => `M${at} ${y}v5`),
    tickLabels: selected ? labels(ticks, x, width, ({ code }) => String(code), 'whole') : [],
    wires: marks(wires, x, (at, { direction }) =>
      direction === 'out' ? `M${at} ${wiresTop}l3 5h-6z` : `M${at} ${wiresTop + 5}l3 -5h-6z`,
    ),
    wireLabels: selected ? labels(wires, x, width, wireText, 'cut') : [],
    bytesIn: byteStrip(lane, shown, width, bytesTop, 'in'),
    bytesOut: byteStrip(lane, shown, width, bytesTop, 'out'),
    activeMark: markFrame(active, x, y, wiresTop),
  };
}

function markFrame(active: Hit | null, x: (t: number) => number, ticksTop: number, wiresTop: number): string {
  if (active?.is !== 'status' && active?.is !== 'wire') return '';
  const top = active.is === 'status' ? ticksTop : wiresTop;
  return `M${Math.round(x(placeOf(active).t)) - 4.5} ${top - 2.5}h10v10h-10z`;
}

function barsOf(
  lane: Lane,
  shown: TimeWindow,
  x: (t: number) => number,
  width: number,
  now: number,
): Pick<LanePicture, 'bars' | 'short' | 'shortFailed'> {
  const bars: Bar[] = [];
  const columns = { short: new Set<string>(), shortFailed: new Set<string>() };
  for (const span of lane.spans) {
    const to = span.to ?? Math.max(now, span.from);
    if (span.from > shown.to || to < shown.from) continue;
    const [left, right] = [Math.max(-4, x(span.from)), Math.min(width + 4, x(to))];
    const y = PARTS.top + span.row * PARTS.row;
    if (right - left < NARROWEST && span.to !== null) {
      columns[span.error === null ? 'short' : 'shortFailed'].add(`M${Math.floor(left / 2) * 2} ${y}h2v${BAR}h-2z`);
      continue;
    }
    const wide = Math.max(NARROWEST, right - left);
    const pending = span.pendingFrom === null ? wide : Math.min(wide, Math.max(0, x(span.pendingFrom) - left));
    bars.push({ span, x: left, y, width: wide, pending, text: fitted(barText(span), wide - 8) });
  }
  return { bars, short: [...columns.short].join(''), shortFailed: [...columns.shortFailed].join('') };
}

function barText({ fn, error }: Span): string {
  return error === null ? fn : `× ${fn}`;
}

function wireText({ direction, text }: Lane['wires'][number]): string {
  return `${direction === 'out' ? '→' : '←'} ${text.split(/\r?\n/, 1)[0] ?? ''}`;
}

function fitted(text: string, room: number): string {
  const count = Math.floor(room / CHARACTER);
  if (count >= text.length) return text;
  return count < 4 ? (text.startsWith('×') && count > 0 ? '×' : '') : `${text.slice(0, count - 1)}…`;
}

/** One shape for each pixel at most, however many marks fall into it. */
function marks<M extends { readonly t: number }>(
  all: readonly M[],
  x: (t: number) => number,
  shape: (x: number, mark: M) => string,
): string {
  const shapes: string[] = [];
  let last = Number.NaN;
  for (const mark of all) {
    const at = Math.round(x(mark.t)) + 0.5;
    if (at === last) continue;
    last = at;
    shapes.push(shape(at, mark));
  }
  return shapes.join('');
}

/** Texts that have room before the next mark: cut to it, or left out where they do not fit whole. */
function labels<M extends { readonly t: number }>(
  all: readonly M[],
  x: (t: number) => number,
  width: number,
  say: (mark: M) => string,
  how: 'cut' | 'whole',
): Label[] {
  const found: Label[] = [];
  let free = 0;
  for (const [index, mark] of all.entries()) {
    const at = x(mark.t);
    if (at < free) continue;
    const next = all[index + 1];
    const text = say(mark);
    const room = how === 'cut' ? Math.max(0, (next === undefined ? width : x(next.t)) - at - 4) : width - at;
    const written = how === 'cut' && text.length * CHARACTER > room ? fitted(text, room) : text;
    if (written === '' || (how === 'whole' && text.length * CHARACTER > room)) continue;
    // What stands in the middle of its mark must not hang out at the left.
    found.push({ x: how === 'whole' ? Math.max(at, (written.length * CHARACTER) / 2) : at, text: written });
    free = at + written.length * CHARACTER + 3;
  }
  return found;
}

/** Bytes by columns of a few pixels, as bars of which the highest is the busiest column's. */
function byteStrip(lane: Lane, shown: TimeWindow, width: number, top: number, direction: 'in' | 'out'): string {
  const column = 3;
  const sums = new Map<number, number>();
  for (const { t, direction: way, count } of within(lane.bytes, shown)) {
    if (way !== direction) continue;
    const at = Math.floor((((t - shown.from) / (shown.to - shown.from)) * width) / column);
    sums.set(at, (sums.get(at) ?? 0) + count);
  }
  const most = Math.max(...sums.values());
  const height = PARTS.bytes - 1;
  return [...sums]
    .map(([at, sum]) => {
      const tall = Math.max(2, Math.round(Math.sqrt(sum / most) * height));
      // What goes out hangs from above, what comes in stands on the ground.
      const y = direction === 'in' ? top + height - tall : top;
      return `M${at * column} ${y}h${column}v${tall}h-${column}z`;
    })
    .join('');
}

function within<M extends { readonly t: number }>(all: readonly M[], { from, to }: TimeWindow): readonly M[] {
  return all.slice(firstFrom(all, from), firstFrom(all, to + 1));
}

/** Index of the first mark at or after a time. */
function firstFrom(all: readonly { readonly t: number }[], t: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.t ?? 0) < t) low = middle + 1;
    else high = middle;
  }
  return low;
}
