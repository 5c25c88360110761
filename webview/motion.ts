/** When and how long things move. */

/** Milliseconds that a box needs to come, go or move. */
export const MOVE_MS = 250;
/** Milliseconds after which the next level up starts to close. */
export const CLOSE_STEP_MS = 110;
/** The whole of a deep closing stays below this many steps. */
export const CLOSE_STEPS_LIMIT = 5;
/** More boxes than this on screen are set in place at once: moving them all would stutter. */
export const MOVING_LIMIT = 1000;

/** So many pictures in a row, each before the movement of the last has ended, and what comes next is set in place at once. */
export const RUSH_FROM = 5;

/**
 * From one number to another, for the tween of a style. d3's own asks for the computed style at the start of each movement, and
 * with every question the browser works out the whole picture.
 */
export function between(from: number, to: number): () => (t: number) => string {
  return () => (t) => String(from + (to - from) * t);
}

/** Does the user want things to stand still? VS Code tells by a class, the system by a media query. */
export function prefersStillness(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    window.matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
