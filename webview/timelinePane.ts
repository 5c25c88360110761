import type { JournalHistory } from '../extension/shared/journalHistory.ts';
import { isReadToItsEnd } from '../extension/shared/leaks.ts';
import { type LaneStack, rowsBetween, stackLanes } from './laneStack.ts';
import type { Playhead } from './playhead.ts';
import { readRuler } from './readRuler.ts';
import type { Selection } from './selection.ts';
import type { Pane } from './shell.ts';
import { type Beside, createTimelineFrame, type TimelineFrame } from './timelineFrame.ts';
import { listenToTimeline, type TimelineActions } from './timelineHands.ts';
import { type Hit, hitLane, markBeside, placeOf } from './timelineHit.ts';
import { pictureLane } from './timelineLayout.ts';
import { TimelineModel } from './timelineModel.ts';
import { drawAxis, drawLanes, drawRuler } from './timelineView.ts';
import { callName, hitWords } from './timelineWords.ts';
import { panTime, revealTime, type TimeWindow, wholeTime, zoomTime } from './timeWindow.ts';
import type { Travel } from './travel.ts';

/** The journal by handle and time: a lane for each handle, calls as bars, callbacks as ticks, bytes as a strip. */

/** What the pane shows and speaks to. */
export interface TimelineParts {
  readonly playhead: Playhead;
  readonly selection: Selection;
  readonly travel: Travel;
  /** Gives the keyboard back to the handle. */
  leave(): void;
  /** Has the panes drawn in the next frame. */
  redraw(): void;
}

/** Makes the pane. */
export function createTimelinePane(parts: TimelineParts): Pane {
  const { playhead, selection, redraw } = parts;
  let model = new TimelineModel(playhead.history);
  let shown: TimeWindow | null = null;
  let following = true;
  let onlyBusy = false;
  let stack: LaneStack = { rows: [], height: 0, hidden: 0 };
  let [active, activeHit] = [null as number | null, null as Hit | null];
  let scrollTo: number | null = null;
  /** The keyboard has come to a thing: the box stands beside it once it is drawn. */
  let standing = false;
  let seenEnd = 0;

  const end = (): number => playhead.history.tree.t;
  /** What the journal keeps: it may have begun long after the window was opened. */
  const journal = (): TimeWindow => ({ from: playhead.history.entries[0]?.t ?? 0, to: end() });
  const window = (): TimeWindow => shown ?? wholeTime(journal());
  const frame: TimelineFrame = createTimelineFrame({
    zoom: (factor) => actions.zoom(factor, 0.5),
    fit: () => actions.fit(),
    onlyBusy(wanted) {
      onlyBusy = wanted;
      redraw();
    },
    resized: redraw,
  });
  const show = (next: TimeWindow): void => {
    shown = next;
    following = next.to >= end();
    redraw();
  };
  const stand = (serial: number | null, hit: Hit | null): void => {
    [active, activeHit, scrollTo] = [serial, hit, serial];
    if (hit !== null && shown !== null) show(revealTime(shown, placeOf(hit).t, journal()));
    redraw();
    // Beside its place, which the next picture may move.
    standing = hit !== null;
    if (hit === null) tell(null, null, null);
  };
  const tell = (serial: number | null, hit: Hit | null, beside: Beside | null): void => {
    const lane = serial === null ? undefined : model.lane(serial);
    const words = lane === undefined || hit === null ? null : hitWords(hit, lane.kind, playhead.history.tree, end());
    frame.tell(words, beside);
  };
  const xOf = (hit: Hit): number => {
    const { from, to } = window();
    return Math.max(0, Math.min(1, (placeOf(hit).t - from) / (to - from))) * frame.trackWidth();
  };
  const hitAt = (serial: number, x: number, y: number): Hit | undefined => {
    const lane = model.lane(serial);
    return lane === undefined
      ? undefined
      : hitLane(lane, window(), frame.trackWidth(), { x, y }, end(), serial === selection.serial);
  };
  const actions: TimelineActions = {
    zoom: (factor, share) => show(zoomTime(window(), factor, share, journal())),
    pan: (share) => show(panTime(window(), share, journal())),
    fit() {
      [shown, following] = [null, true];
      redraw();
    },
    hover: (serial, x, y, pointer) => tell(serial, (x < 0 ? undefined : hitAt(serial, x, y)) ?? null, pointer),
    leave: () => tell(active, activeHit, null),
    back: parts.leave,
    quiet() {
      const told = frame.box.shown;
      frame.box.hide();
      return told;
    },
    press(serial, x, y) {
      const hit = x < 0 ? undefined : hitAt(serial, x, y);
      const call = hit?.is === 'call' ? hit.span.call : null;
      selection.choose(serial, 'pane', call);
      [active, activeHit] = [serial, hit ?? null];
      redraw();
    },
    scrub: (share) => playhead.goTo(seqAt(playhead.history, window().from + share * (window().to - window().from))),
    lane(by) {
      const { rows } = stack;
      const at = rows.findIndex(({ lane }) => lane.serial === active);
      const next = rows[Math.max(0, Math.min(rows.length - 1, at === -1 ? 0 : at + by))];
      if (next !== undefined) stand(next.lane.serial, null);
    },
    call(to) {
      const spans = model.lane(active ?? stack.rows[0]?.lane.serial ?? 0)?.spans ?? [];
      const at = spans.findIndex(({ call }) => activeHit?.is === 'call' && call === activeHit.span.call);
      const index = to === 'first' ? 0 : to === 'last' ? spans.length - 1 : at === -1 && to < 0 ? -1 : at + to;
      const span = spans[Math.max(0, Math.min(spans.length - 1, index))];
      if (span !== undefined) stand(active ?? stack.rows[0]?.lane.serial ?? null, { is: 'call', span });
    },
    mark(by) {
      const lane = model.lane(active ?? stack.rows[0]?.lane.serial ?? 0);
      const mark = lane === undefined ? undefined : markBeside(lane, activeHit, by);
      if (lane !== undefined && mark !== undefined) stand(lane.serial, mark);
    },
    choose() {
      if (active === null) return;
      const hit = activeHit;
      const span = hit?.is === 'call' ? hit.span : null;
      selection.choose(active, 'pane', span?.call ?? null);
      // Others select calls only: here the keyboard stays where it is.
      activeHit = hit;
      if (hit !== null) playhead.goTo(span?.endSeq ?? placeOf(hit).seq);
    },
    scrolled() {
      frame.box.hide();
      redraw();
    },
  };
  listenToTimeline(frame, actions, parts.travel);
  selection.listen((by) => {
    if (by !== 'pane' || active !== selection.serial) scrollTo = selection.serial;
    const found = selection.call === null ? undefined : model.find(selection.call);
    [active, activeHit] = [selection.serial, found === undefined ? null : { is: 'call', span: found.span }];
  });

  return {
    element: frame.element,
    draw() {
      if (!model.holds(playhead.history)) {
        model = new TimelineModel(playhead.history);
        activeHit = null;
      }
      model.update();
      const grown = end() - seenEnd;
      if (shown !== null && following && playhead.live && grown > 0) {
        shown = { from: shown.from + grown, to: shown.to + grown };
      }
      seenEnd = end();
      stack = stackLanes(model.lanes, selection.serial, onlyBusy ? window() : null);
      frame.setHeight(stack.height, stack.rows.length, stack.hidden);
      drawReads();
      if (scrollTo !== null) frame.bringToSight(stack.rows.find(({ lane }) => lane.serial === scrollTo));
      scrollTo = null;
      drawMoment();
    },
  };

  /** Before the lanes: the ruler takes its room from them. */
  function drawReads(): void {
    const lane = model.lane(selection.serial ?? 0);
    const node = playhead.tree.nodes.get(selection.serial ?? 0);
    const parent = lane?.parent === null ? undefined : model.lane(lane?.parent ?? 0);
    const ended = node === undefined || node.closed !== null || isReadToItsEnd(node);
    drawRuler(
      frame.ruler,
      lane === undefined ? undefined : readRuler(lane, parent, playhead.seq, ended),
      frame.trackWidth(),
    );
  }

  function drawMoment(): void {
    const [width, time, now] = [frame.trackWidth(), window(), end()];
    const activeId = drawLanes(frame.list, {
      rows: rowsBetween(stack, frame.top() - 40, frame.top() + frame.height() + 40),
      ...{ count: stack.rows.length, width, moment: playhead.tree.t, active, activeHit },
      ...{ selected: selection.serial, selectedCall: selection.call },
      picture: ({ lane }) => {
        const hit = lane.serial === active ? activeHit : null;
        return pictureLane(lane, time, width, lane.serial === selection.serial, now, hit);
      },
      nameOf(hit, { lane }) {
        if (hit.is === 'call') return callName(hit.span, now);
        const { sentence, explanations } = hitWords(hit, lane.kind, playhead.history.tree, now);
        return [sentence, ...explanations.map(({ explanation }) => explanation)].join(' ');
      },
    });
    frame.setActive(activeId);
    if (standing && active !== null && activeHit !== null) {
      tell(active, activeHit, { serial: active, x: xOf(activeHit) });
    }
    standing = false;
    drawAxis(frame.axis, time, width);
    frame.setPlayhead(playhead.live ? null : ((playhead.tree.t - time.from) / (time.to - time.from)) * width, width);
  }
}

/** The last entry at or before a time. */
function seqAt(history: JournalHistory, t: number): number {
  const { entries } = history;
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.t ?? 0) <= t) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1]?.seq ?? history.cut;
}
