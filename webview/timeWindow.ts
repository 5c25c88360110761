/** The part of the journal's time that is on screen, in microseconds. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** The shortest time that fills the screen, in microseconds. */
const SHORTEST = 20;

/** All of it, with a little room after the end. */
export function wholeTime(end: number): TimeWindow {
  return { from: 0, to: Math.max(end * 1.03, 1000) };
}

/** Shows less (`factor` below 1) or more; what stands at `share` of the width stays there. */
export function zoomTime({ from, to }: TimeWindow, factor: number, share: number, end: number): TimeWindow {
  const length = Math.min(Math.max((to - from) * factor, SHORTEST), wholeTime(end).to);
  const fixed = from + (to - from) * share;
  return within({ from: fixed - length * share, to: fixed + length * (1 - share) }, end);
}

/** Moves by a share of what is shown, later for a positive one. */
export function panTime({ from, to }: TimeWindow, share: number, end: number): TimeWindow {
  const by = (to - from) * share;
  return within({ from: from + by, to: to + by }, end);
}

/** The same length of time with this moment in it: as it is where the moment is in sight, else around the moment. */
export function revealTime(shown: TimeWindow, t: number, end: number): TimeWindow {
  if (t >= shown.from && t <= shown.to) return shown;
  const half = (shown.to - shown.from) / 2;
  return within({ from: t - half, to: t + half }, end);
}

/** No further than the journal goes. */
function within({ from, to }: TimeWindow, end: number): TimeWindow {
  const length = to - from;
  const last = wholeTime(end).to;
  const start = Math.max(0, Math.min(from, last - length));
  return { from: start, to: start + length };
}
