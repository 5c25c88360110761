import type { JournalHistory } from '../extension/shared/journalHistory.ts';
import { isReadToItsEnd } from '../extension/shared/leaks.ts';
import { type LaneStack, rowsBetween, stackLanes } from './laneStack.ts';
import type { Playhead } from './playhead.ts';
import { readRuler } from './readRuler.ts';
import type { Selection } from './selection.ts';
import type { Pane } from './shell.ts';
import { createTimelineFrame, type TimelineFrame } from './timelineFrame.ts';
import { listenToTimeline, type TimelineActions } from './timelineHands.ts';
import { type Hit, hitLane, pictureLane } from './timelineLayout.ts';
import { TimelineModel } from './timelineModel.ts';
import { drawAxis, drawLanes, drawRuler } from './timelineView.ts';
import { hitSentence } from './timelineWords.ts';
import { panTime, revealTime, type TimeWindow, wholeTime, zoomTime } from './timeWindow.ts';
import type { Travel } from './travel.ts';

/** The journal by handle and time: a lane for each handle, calls as bars, callbacks as ticks, bytes as a strip. */

/** What the pane shows and speaks to. */
export interface TimelineParts {
  readonly playhead: Playhead;
  readonly selection: Selection;
  readonly travel: Travel;
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
  let [active, activeCall] = [null as number | null, null as number | null];
  let scrollTo: number | null = null;
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
  const stand = (serial: number | null, call: number | null): void => {
    [active, activeCall, scrollTo] = [serial, call, serial];
    const found = call === null ? undefined : model.find(call);
    if (found !== undefined && shown !== null) show(revealTime(shown, found.span.from, journal()));
    tell(found === undefined ? undefined : { is: 'call', span: found.span });
    redraw();
  };
  const tell = (hit: Hit | undefined): void => {
    frame.tell(hit === undefined ? '' : hitSentence(hit, model, end()));
  };
  const hitAt = (serial: number, x: number, y: number): Hit | undefined => {
    const lane = model.lane(serial);
    return lane === undefined ? undefined : hitLane(lane, window(), frame.trackWidth(), { x, y }, end());
  };
  const actions: TimelineActions = {
    zoom: (factor, share) => show(zoomTime(window(), factor, share, journal())),
    pan: (share) => show(panTime(window(), share, journal())),
    fit() {
      [shown, following] = [null, true];
      redraw();
    },
    hover: (serial, x, y) => tell(hitAt(serial, x, y)),
    leave: () => tell(activeCall === null ? undefined : callHit(model, activeCall)),
    press(serial, x, y) {
      const hit = x < 0 ? undefined : hitAt(serial, x, y);
      const call = hit?.is === 'call' ? hit.span.call : null;
      selection.choose(serial, 'pane', call);
      [active, activeCall] = [serial, call];
      tell(hit);
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
      const at = spans.findIndex(({ call }) => call === activeCall);
      const index = to === 'first' ? 0 : to === 'last' ? spans.length - 1 : at === -1 && to < 0 ? -1 : at + to;
      const span = spans[Math.max(0, Math.min(spans.length - 1, index))];
      if (span !== undefined) stand(active ?? stack.rows[0]?.lane.serial ?? null, span.call);
    },
    choose() {
      if (active === null) return;
      selection.choose(active, 'pane', activeCall);
      const span = activeCall === null ? undefined : model.find(activeCall)?.span;
      if (span !== undefined) playhead.goTo(span.endSeq ?? span.beginSeq);
    },
    scrolled: redraw,
  };
  listenToTimeline(frame, actions, parts.travel);
  selection.listen((by) => {
    if (by !== 'pane' || active !== selection.serial) scrollTo = selection.serial;
    [active, activeCall] = [selection.serial, selection.call];
  });

  return {
    element: frame.element,
    draw() {
      if (!model.holds(playhead.history)) model = new TimelineModel(playhead.history);
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
      ...{ count: stack.rows.length, width, now, moment: playhead.tree.t, active, activeCall },
      ...{ selected: selection.serial, selectedCall: selection.call },
      picture: ({ lane }) => pictureLane(lane, time, width, lane.serial === selection.serial, now),
    });
    frame.setActive(activeId);
    drawAxis(frame.axis, time, width);
    frame.setPlayhead(playhead.live ? null : ((playhead.tree.t - time.from) / (time.to - time.from)) * width, width);
  }
}

function callHit(model: TimelineModel, call: number): Hit | undefined {
  const found = model.find(call);
  return found === undefined ? undefined : { is: 'call', span: found.span };
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
