import type { Entry } from '../extension/shared/journal.ts';
import { JournalHistory } from '../extension/shared/journalHistory.ts';
import type { HandleTree } from '../extension/shared/model.ts';

/** What happened to the moment that is shown. */
export type MomentChange =
  /** These entries were added to what is shown: while the view is live, and while it plays forward. */
  | { readonly type: 'forward'; readonly entries: readonly Entry[] }
  /** Another moment of the journal is shown. */
  | { readonly type: 'jump' }
  /** Another journal is shown: nothing of the last picture holds. */
  | { readonly type: 'journal' }
  /** What is shown stays; the journal has grown, or the view has been paused or set playing. */
  | { readonly type: 'around' };

/** Speeds at which a journal plays: times real time. */
export const SPEEDS = [0.1, 0.25, 1, 4, 16, 64] as const;

/** The moment of the journal that every part of the view shows: the present, or one in the past. */
export interface Playhead {
  readonly history: JournalHistory;
  /** The tree of the moment. It may change in place: take nodes out of it, which never change. */
  readonly tree: HandleTree;
  /** Number of the last entry that is shown. */
  readonly seq: number;
  /** The present is shown, and goes on being shown. */
  readonly live: boolean;
  readonly playing: boolean;
  readonly speed: number;
  /**
   * Another journal takes the place of the present one, or the same as it is by now. The moment is shown if it has been there;
   * if it is no longer kept, the oldest one that is; the present where it is null. Without a moment, the one that was shown.
   */
  load(history: JournalHistory, moment?: number | null): void;
  /** The journal has grown by these. */
  grown(entries: readonly Entry[]): void;
  goTo(seq: number): void;
  goLive(): void;
  /** To the end of the next call, or of the one before. A moment between two calls belongs to the earlier one. */
  stepCall(forward: boolean): void;
  play(): void;
  pause(): void;
  setSpeed(speed: number): void;
  /** Calls the listener after each change. */
  listen(listener: (change: MomentChange) => void): void;
}

/** The longest pause that is played as it was, in microseconds: what happened long after is shown soon all the same. */
const LONGEST_PAUSE = 2_000_000;

/** Makes a playhead of an empty journal. `clock` gives milliseconds, `nextFrame` runs work in the next frame. */
export function createPlayhead(
  clock: () => number = () => performance.now(),
  nextFrame: (work: () => void) => void = requestAnimationFrame,
): Playhead {
  let history = new JournalHistory(1);
  /** The moment in the past; null: the present. */
  let past: number | null = null;
  let speed = 1;
  let run: { clock: number; t: number } | null = null;
  const listeners: ((change: MomentChange) => void)[] = [];
  const tell = (change: MomentChange): void => {
    for (const listener of listeners) listener(change);
  };
  const seqNow = (): number => past ?? history.tree.seq;
  const kept = (seq: number): number => Math.max(history.cut, Math.min(seq, history.tree.seq));
  const show = (seq: number | null, type: 'jump' | 'journal' = 'jump'): void => {
    run = null;
    past = seq === null ? null : kept(seq);
    tell({ type });
  };

  /** The entries from the moment on whose time has come. */
  const due = (until: number): Entry[] => {
    const entries: Entry[] = [];
    for (let entry = history.entryAfter(seqNow()); entry !== undefined && entry.t <= until; ) {
      entries.push(entry);
      entry = history.entryAfter(entry.seq);
    }
    return entries;
  };
  const tick = (): void => {
    if (run === null || past === null) return;
    const now = clock();
    let t = run.t + (now - run.clock) * 1000 * speed;
    const entries = due(t);
    const last = entries.at(-1);
    const next = history.entryAfter(last?.seq ?? seqNow());
    if (next !== undefined && next.t - t > LONGEST_PAUSE * speed) t = next.t - LONGEST_PAUSE * speed;
    run = { clock: now, t };
    if (last !== undefined) {
      past = last.seq;
      tell({ type: 'forward', entries });
    }
    if (next === undefined) pause();
    else nextFrame(tick);
  };
  const pause = (): void => {
    if (run === null) return;
    run = null;
    tell({ type: 'around' });
  };

  return {
    get history() {
      return history;
    },
    get tree() {
      return past === null ? history.tree : history.treeAt(past);
    },
    get seq() {
      return seqNow();
    },
    get live() {
      return past === null;
    },
    get playing() {
      return run !== null;
    },
    get speed() {
      return speed;
    },
    load(next, moment = past) {
      history = next;
      // A moment that has not been yet belongs to another journal.
      show(moment === null || moment > next.tree.seq ? null : moment, 'journal');
    },
    grown(entries) {
      if (past === null) tell({ type: 'forward', entries });
      else if (past < history.cut) show(history.cut);
      else tell({ type: 'around' });
    },
    goTo: (seq) => show(seq),
    goLive: () => show(null),
    stepCall(forward) {
      const seq = forward ? callEndAfter(history, seqNow()) : callEndBefore(history, seqNow());
      show(seq);
    },
    play() {
      if (past === null || history.entryAfter(past) === undefined) show(history.cut);
      run = { clock: clock(), t: (history.entryAfter(seqNow())?.t ?? 0) - 1 };
      tell({ type: 'around' });
      nextFrame(tick);
    },
    pause,
    setSpeed(next) {
      speed = next;
      tell({ type: 'around' });
    },
    listen(listener) {
      listeners.push(listener);
    },
  };
}

function callEndAfter(history: JournalHistory, seq: number): number {
  for (let entry = history.entryAfter(seq); entry !== undefined; entry = history.entryAfter(entry.seq)) {
    if (entry.type === 'call-end') return entry.seq;
  }
  return history.tree.seq;
}

function callEndBefore(history: JournalHistory, seq: number): number {
  for (let entry = history.entryBefore(seq); entry !== undefined; entry = history.entryBefore(entry.seq)) {
    if (entry.type === 'call-end') return entry.seq;
  }
  return history.cut;
}
