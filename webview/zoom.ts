import { select, type ZoomTransform, zoom, zoomIdentity } from './d3.ts';
import { measuredSize } from './measuredSize.ts';
import { MOVE_MS } from './motion.ts';
import type { Point } from './sizes.ts';

/** Which part of the picture is seen, and how large. */

const SCALES = { least: 0.04, most: 3 } as const;
/** Following a growing tree never makes it smaller than this: smaller text cannot be read. */
const FOLLOW_LEAST = 0.75;
/** Around the picture, in pixels. A small stage, as of a comparison in a sidebar, has little to give away: there it is a share. */
const MARGIN = { least: 14, most: 28, share: 1 / 12 } as const;

/** A rectangle of the layout. */
export interface Extent {
  readonly from: Point;
  readonly to: Point;
}

/** What the next picture asks of the camera. */
export interface Framing {
  /** The whole picture. */
  readonly whole: Extent;
  /** What should be in sight; where there is no room for all, the last. */
  readonly attention: readonly Extent[];
  /** How far the place moved that should stay where it is on screen, in units of the layout. */
  readonly drift: Point;
  readonly moves: boolean;
  /** Milliseconds before the camera moves. */
  readonly wait: number;
}

/** Which part of the picture is seen. */
export interface Camera {
  readonly transform: ZoomTransform;
  /** True until the user pans or zooms: then the picture is kept in sight as it grows. */
  readonly following: boolean;
  /** The part of the layout that is on screen, with a margin in pixels. */
  seen(margin: number): Extent;
  /** Takes in a new picture, moving as little as it allows. */
  settle(framing: Framing): void;
  /** Shows the whole picture and goes on following it. */
  fit(whole: Extent, moves: boolean): void;
  scaleTo(k: number, moves: boolean): void;
  scaleBy(factor: number, moves: boolean): void;
  /** Moves by pixels. */
  panBy(dx: number, dy: number): void;
  restore(transform: { readonly x: number; readonly y: number; readonly k: number }): void;
}

/** Makes an element pan and zoom; `moved` runs after every change, also those the user makes. */
export function createCamera(svg: SVGSVGElement, moved: () => void): Camera {
  let transform = zoomIdentity;
  /** Where a movement of the camera leads while it lasts: what comes meanwhile goes on from there, not from halfway. */
  let goal: ZoomTransform | null = null;
  let following = true;
  const surface = select(svg);
  const size = measuredSize(svg);
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([SCALES.least, SCALES.most])
    .extent(() => [[0, 0], [...size()]])
    .clickDistance(4)
    .on('start', (event: { sourceEvent: unknown }) => {
      // A hand on the picture stops what the camera was about to do.
      if (event.sourceEvent) {
        surface.interrupt('camera');
        goal = null;
      }
    })
    .on('zoom', (event: { transform: ZoomTransform; sourceEvent: unknown }) => {
      transform = event.transform;
      if (event.sourceEvent) following = false;
      moved();
    });
  surface.call(behaviour).on('dblclick.zoom', null);

  const aim = (): ZoomTransform => goal ?? transform;
  const go = (to: ZoomTransform, moves: boolean, wait = 0): void => {
    const from = aim();
    if (to.x === from.x && to.y === from.y && to.k === from.k) return;
    goal = moves ? to : null;
    if (!moves) surface.interrupt('camera').call(behaviour.transform, to);
    else {
      const movement = surface.transition('camera').delay(wait).duration(MOVE_MS).call(behaviour.transform, to);
      movement.on('end.goal', () => {
        goal = null;
      });
    }
  };
  const scaleTo = (k: number, moves: boolean): void => {
    following = false;
    const [width, height] = size();
    const within = Math.min(SCALES.most, Math.max(SCALES.least, k));
    go(scaledAround(aim(), within, [width / 2, height / 2]), moves);
  };
  return {
    get transform() {
      return transform;
    },
    get following() {
      return following;
    },
    seen(margin) {
      const [width, height] = size();
      return {
        from: transform.invert([-margin, -margin]),
        to: transform.invert([width + margin, height + margin]),
      };
    },
    settle({ whole, attention, drift: [dx, dy], moves, wait }) {
      const kept = aim().translate(-dx, -dy);
      const base = following ? followed(whole, kept, size()) : kept;
      const to = attention.reduce((at, extent) => revealing(at, extent, size()), base);
      go(following ? filled(to, whole, size()) : to, moves, wait);
    },
    fit(whole, moves) {
      following = true;
      go(framed(whole, size(), SCALES.least), moves);
    },
    scaleTo,
    scaleBy: (factor, moves) => scaleTo(aim().k * factor, moves),
    panBy(dx, dy) {
      following = false;
      const { x, y, k } = aim();
      go(zoomIdentity.translate(x + dx, y + dy).scale(k), false);
    },
    restore({ x, y, k }) {
      following = false;
      go(zoomIdentity.translate(x, y).scale(k), false);
    },
  };
}

/** The picture in the middle, its top near the top, never larger than at zoom 1 nor smaller than `least`; from its start where it is longer. */
function framed({ from, to }: Extent, [width, height]: Point, least: number): ZoomTransform {
  const [besides, above] = [margin(width), margin(height)];
  const [roomX, roomY] = [width - besides * 2, height - above * 2];
  const [w, h] = [Math.max(1, to[0] - from[0]), Math.max(1, to[1] - from[1])];
  const k = Math.max(Math.min(1, roomX / w, roomY / h), least);
  const scaled = zoomIdentity.translate(besides - from[0] * k, above - from[1] * k).scale(k);
  return filled(scaled, { from, to }, [width, height]);
}

/** The whole picture where it can still be read; otherwise what is seen stays, so that a large tree does not jump about. */
function followed(whole: Extent, kept: ZoomTransform, [width, height]: Point): ZoomTransform {
  const target = framed(whole, [width, height], FOLLOW_LEAST);
  const fits = whole.to[0] * target.k <= width && whole.to[1] * target.k <= height;
  return fits || kept.k !== target.k ? target : kept;
}

/** Shifted so that nothing stays empty beside a picture of which a part is out of sight. */
function filled(transform: ZoomTransform, { from, to }: Extent, [width, height]: Point): ZoomTransform {
  const [x0, y0] = transform.apply([...from]);
  const [x1, y1] = transform.apply([...to]);
  const [dx, dy] = [fill(x0, x1, width, width), fill(y0, y1, height, 4 * margin(height))];
  return zoomIdentity.translate(transform.x + dx, transform.y + dy).scale(transform.k);
}

/** The shift that gives a stretch the place in 0…size that it has in a whole picture, or leaves no gap before or behind it. */
function fill(start: number, end: number, size: number, most: number): number {
  const [free, rest] = [margin(size), size - (end - start)];
  if (rest >= 0) return Math.min(rest, most) / 2 - start;
  if (start > free) return free - start;
  return end < size - free ? size - free - end : 0;
}

/** Shifted as little as brings a rectangle into sight. */
function revealing(transform: ZoomTransform, { from, to }: Extent, [width, height]: Point): ZoomTransform {
  const [x0, y0] = transform.apply([...from]);
  const [x1, y1] = transform.apply([...to]);
  const [dx, dy] = [shift(x0, x1, width), shift(y0, y1, height)];
  return zoomIdentity.translate(transform.x + dx, transform.y + dy).scale(transform.k);
}

function scaledAround(transform: ZoomTransform, k: number, [x, y]: Point): ZoomTransform {
  const [px, py] = transform.invert([x, y]);
  return zoomIdentity.translate(x - px * k, y - py * k).scale(k);
}

/** The least shift that brings a stretch into 0…size; its start wins where it is longer. */
function shift(start: number, end: number, size: number): number {
  const free = margin(size);
  if (start < free) return free - start;
  if (end > size - free) return Math.max(size - free - end, free - start);
  return 0;
}

function margin(size: number): number {
  return Math.max(MARGIN.least, Math.min(MARGIN.most, size * MARGIN.share));
}
