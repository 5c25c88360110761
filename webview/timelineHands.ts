import { commandOf, TIMELINE_KEYS, type TimelineCommand } from './keyboard.ts';
import type { TimelineFrame } from './timelineFrame.ts';
import { runTravelKey, type Travel } from './travel.ts';

/** What pointer and keyboard do to the timeline. */

/** What they can ask for. */
export interface TimelineActions {
  /** @param share where the pointer is, as a share of the width */
  zoom(factor: number, share: number): void;
  /** @param share of the width, to later times for a positive one */
  pan(share: number): void;
  fit(): void;
  hover(serial: number, x: number, y: number, pointer: { readonly left: number; readonly top: number }): void;
  leave(): void;
  /** `x` is negative on a lane's name. */
  press(serial: number, x: number, y: number): void;
  /** Shows the moment at a share of the width. */
  scrub(share: number): void;
  lane(by: number): void;
  call(to: number | 'first' | 'last'): void;
  /** To the next status or line of the dialogue, or the one before. */
  mark(by: 1 | -1): void;
  /** Hides what is told of a thing; true where something was told. */
  quiet(): boolean;
  choose(): void;
  /** Gives the keyboard back to the handle. */
  back(): void;
  scrolled(): void;
}

/** Connects the elements to the actions. */
export function listenToTimeline(frame: TimelineFrame, actions: TimelineActions, travel: Travel): void {
  const { lanes } = frame;
  lanes.addEventListener('scroll', actions.scrolled);
  new ResizeObserver(actions.scrolled).observe(lanes);
  listenToWheel(frame, actions);
  listenToDrag(frame, actions);
  lanes.addEventListener('dblclick', actions.fit);
  lanes.addEventListener('pointermove', (event) => {
    const at = placeOf(frame, event);
    if (at !== undefined && event.buttons === 0)
      actions.hover(at.serial, at.x, at.y, { left: event.clientX, top: event.clientY });
  });
  lanes.addEventListener('pointerleave', actions.leave);
  lanes.addEventListener('focus', () => actions.lane(0));
  const scrub = (event: PointerEvent): void => actions.scrub(shareOf(frame, event));
  const axis = frame.axis;
  axis.addEventListener('pointerdown', (event) => {
    axis.setPointerCapture(event.pointerId);
    scrub(event);
  });
  axis.addEventListener('pointermove', (event) => {
    if (event.buttons === 1) scrub(event);
  });
  lanes.addEventListener('blur', () => actions.quiet());
  frame.element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && actions.quiet()) {
      event.preventDefault();
      return;
    }
    if (event.target === lanes) {
      const command = commandOf(TIMELINE_KEYS, event);
      if (command !== undefined) {
        COMMANDS[command](actions);
        event.preventDefault();
        return;
      }
    }
    if (runTravelKey(event, travel)) event.preventDefault();
  });
}

const COMMANDS: Readonly<Record<TimelineCommand, (actions: TimelineActions) => void>> = {
  nextLane: (actions) => actions.lane(1),
  previousLane: (actions) => actions.lane(-1),
  laterCall: (actions) => actions.call(1),
  earlierCall: (actions) => actions.call(-1),
  firstCall: (actions) => actions.call('first'),
  lastCall: (actions) => actions.call('last'),
  laterMark: (actions) => actions.mark(1),
  earlierMark: (actions) => actions.mark(-1),
  chooseCall: (actions) => actions.choose(),
  lessTime: (actions) => actions.zoom(0.8, 0.5),
  moreTime: (actions) => actions.zoom(1.25, 0.5),
  wholeTime: (actions) => actions.fit(),
  earlier: (actions) => actions.pan(-0.25),
  later: (actions) => actions.pan(0.25),
  leave: (actions) => actions.back(),
};

/** Over the names the wheel scrolls the lanes; over the tracks it zooms in time, and moves sideways through it. */
function listenToWheel(frame: TimelineFrame, actions: TimelineActions): void {
  frame.lanes.addEventListener(
    'wheel',
    (event) => {
      const share = shareOf(frame, event);
      if (share < 0 && !event.ctrlKey) return;
      event.preventDefault();
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.shiftKey ? event.deltaX : event.deltaY)) {
        actions.pan(sideways / frame.trackWidth());
      } else actions.zoom(1.002 ** (event.deltaY * (event.ctrlKey ? 4 : 1)), Math.max(0, Math.min(1, share)));
    },
    { passive: false },
  );
}

/** Farther than this, a press was a drag. */
const STILL = 4;

function listenToDrag(frame: TimelineFrame, actions: TimelineActions): void {
  const { lanes } = frame;
  let from: { x: number; y: number; moved: boolean } | null = null;
  lanes.addEventListener('pointerdown', (event) => {
    if (event.button === 0) from = { x: event.clientX, y: event.clientY, moved: false };
  });
  lanes.addEventListener('pointermove', (event) => {
    if (from === null || event.buttons !== 1) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < STILL) return;
    if (!from.moved) lanes.setPointerCapture(event.pointerId);
    lanes.scrollTop -= dy;
    actions.pan(-dx / frame.trackWidth());
    from = { x: event.clientX, y: event.clientY, moved: true };
  });
  lanes.addEventListener('pointerup', (event) => {
    const wasDrag = from?.moved ?? true;
    from = null;
    const at = wasDrag ? undefined : placeOf(frame, event);
    if (at !== undefined) actions.press(at.serial, at.x, at.y);
  });
  lanes.addEventListener('pointercancel', () => {
    from = null;
  });
}

function shareOf(frame: TimelineFrame, event: MouseEvent): number {
  const left = frame.lanes.getBoundingClientRect().left + frame.nameWidth();
  return (event.clientX - left) / frame.trackWidth();
}

function placeOf(
  frame: TimelineFrame,
  event: MouseEvent,
): { readonly serial: number; readonly x: number; readonly y: number } | undefined {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.lane') : null;
  if (row === null) return undefined;
  const box = row.getBoundingClientRect();
  return {
    serial: Number(row.dataset.serial),
    x: event.clientX - box.left - frame.nameWidth(),
    y: event.clientY - box.top,
  };
}
