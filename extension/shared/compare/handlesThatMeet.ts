import { givenHandle, type Pair } from './comparedCall.ts';
import { HandlePairs } from './handlePairs.ts';

/**
 * Which handles stand for each other in an alignment that does not look at them: those that calls returned which do. But where one
 * side lacks turns of a loop, and the alignment parts a turn in the middle, the handle of another turn is opened in place of the
 * one on which the calls are that follow: then this one is meant, on which more of them meet.
 */
export function handlesThatMeet(pairs: readonly Pair[]): HandlePairs {
  const handles = new HandlePairs();
  for (const { left, right } of pairs) handles.pair(left?.opened ?? null, right?.opened ?? null);
  const [ours, theirs] = [openedAlone(pairs, 'left'), openedAlone(pairs, 'right')];
  const meetings = countMeetings(pairs);
  const count = (left: number | undefined, right: number | undefined): number =>
    left === undefined || right === undefined ? Number.POSITIVE_INFINITY : (meetings.get(left)?.get(right) ?? 0);
  for (const [left, rights] of meetings) {
    for (const right of rights.keys()) {
      const isMeant =
        (ours.has(left) && count(left, right) > count(handles.partner('right', right), right)) ||
        (theirs.has(right) && count(left, right) > count(left, handles.partner('left', left)));
      if (isMeant) handles.pair(left, right);
    }
  }
  return handles;
}

/** Handles of one side whose opening has no partner. */
function openedAlone(pairs: readonly Pair[], side: 'left' | 'right'): ReadonlySet<number> {
  const other = side === 'left' ? 'right' : 'left';
  return new Set(pairs.flatMap((pair) => (pair[other] === null ? (pair[side]?.opened ?? []) : [])));
}

/** How many calls on a handle of the left side stand for calls on one of the right side. */
function countMeetings(pairs: readonly Pair[]): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const meetings = new Map<number, Map<number, number>>();
  for (const { left, right } of pairs) {
    const [ours, theirs] = [left === null ? null : givenHandle(left), right === null ? null : givenHandle(right)];
    if (ours === null || theirs === null) continue;
    const counts = meetings.get(ours) ?? new Map<number, number>();
    counts.set(theirs, (counts.get(theirs) ?? 0) + 1);
    meetings.set(ours, counts);
  }
  return meetings;
}
