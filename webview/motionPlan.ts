import { CLOSE_STEP_MS, CLOSE_STEPS_LIMIT, MOVE_MS } from './motion.ts';
import type { Scene } from './scene.ts';
import type { Point } from './sizes.ts';
import type { BoxMotion } from './tree.ts';

/** Nothing moves. */
export const STILL: BoxMotion = { moves: false, opened: new Map(), closed: new Map(), wait: 0 };

/** What changed may blink; nothing comes, goes or is laid out anew. */
export const IN_PLACE: BoxMotion = { ...STILL, moves: true };

/** Decides how boxes come and go: new ones grow out of their parent, closing ones go back into it, leaf first. */
export function planMotion(
  before: Scene,
  after: Scene,
  opened: readonly number[],
  closed: readonly number[],
): BoxMotion {
  // A handle that opened and closed between two frames was never seen.
  const leaving = closed.flatMap((serial) => {
    const level = before.ranks.get(serial)?.level;
    return level === undefined ? [] : [{ serial, level }];
  });
  const deepest = leaving.reduce((most, { level }) => Math.max(most, level), 0);
  const stepOf = (level: number): number => Math.min(deepest - level, CLOSE_STEPS_LIMIT);
  const steps = leaving.reduce((most, { level }) => Math.max(most, stepOf(level)), 0);
  return {
    moves: true,
    opened: new Map(opened.map((serial) => [serial, originOf(before, after, serial)])),
    closed: new Map(
      leaving.map(({ serial, level }) => [
        serial,
        { into: graveOf(before, after, serial), wait: stepOf(level) * CLOSE_STEP_MS },
      ]),
    ),
    // The survivors close the gap while the last ones fade.
    wait: leaving.length === 0 ? 0 : steps * CLOSE_STEP_MS + MOVE_MS / 2,
  };
}

function originOf(before: Scene, after: Scene, serial: number): Point {
  const parent = after.parents.get(serial);
  if (parent === undefined) return after.layout.boxes.get(serial) ?? [0, 0];
  return before.layout.boxes.get(parent) ?? after.layout.boxes.get(parent) ?? [0, 0];
}

/** A closing leaf shrinks into its parent, even when that closes after it; a parent that stays may have moved meanwhile. */
function graveOf(before: Scene, after: Scene, serial: number): Point {
  const parent = before.parents.get(serial) ?? serial;
  return after.layout.boxes.get(parent) ?? before.layout.boxes.get(parent) ?? [0, 0];
}
