/** When and how long things move. */

/** Milliseconds that a box needs to come, go or move. */
export const MOVE_MS = 250;
/** Milliseconds after which the next level up starts to close. */
export const CLOSE_STEP_MS = 110;
/** The whole of a deep closing stays below this many steps. */
export const CLOSE_STEPS_LIMIT = 5;
/** More boxes than this on screen are set in place at once: moving them all would stutter. */
export const MOVING_LIMIT = 1000;

/** Does the user want things to stand still? VS Code tells by a class, the system by a media query. */
export function prefersStillness(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    window.matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
