/** The part of the journal's time that is on screen, in microseconds. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** The shortest time that fills the screen, in microseconds. */
const SHORTEST = 20;

/** The least time that the whole journal fills, in microseconds. */
const LEAST = 1000;

/** All of it, from its first entry to its last, with a little room after the end. */
export function wholeTime({ from, to }: TimeWindow): TimeWindow {
  return { from, to: from + Math.max((to - from) * 1.03, LEAST) };
}

/** Shows less (`factor` below 1) or more; what stands at `share` of the width stays there. */
export function zoomTime({ from, to }: TimeWindow, factor: number, share: number, journal: TimeWindow): TimeWindow {
  const length = Math.min(Math.max((to - from) * factor, SHORTEST), lengthOf(wholeTime(journal)));
  const fixed = from + (to - from) * share;
  return within({ from: fixed - length * share, to: fixed + length * (1 - share) }, journal);
}

/** Moves by a share of what is shown, later for a positive one. */
export function panTime({ from, to }: TimeWindow, share: number, journal: TimeWindow): TimeWindow {
  const by = (to - from) * share;
  return within({ from: from + by, to: to + by }, journal);
}

/** The same length of time with this moment in it: as it is where the moment is in sight, else around the moment. */
export function revealTime(shown: TimeWindow, t: number, journal: TimeWindow): TimeWindow {
  if (t >= shown.from && t <= shown.to) return shown;
  const half = (shown.to - shown.from) / 2;
  return within({ from: t - half, to: t + half }, journal);
}

/** No further than the journal goes. */
function within({ from, to }: TimeWindow, journal: TimeWindow): TimeWindow {
  const length = to - from;
  const last = wholeTime(journal).to;
  const start = Math.max(journal.from, Math.min(from, last - length));
  return { from: start, to: start + length };
}

function lengthOf({ from, to }: TimeWindow): number {
  return to - from;
}
