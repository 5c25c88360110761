import type { Recorder } from '../shared/journal.ts';

/** A recorder that tells several; idle as long as all of them are, and those that are idle are told nothing. */
export function allOf(recorders: readonly Recorder[]): Recorder {
  return {
    get idle() {
      for (const one of recorders) if (one.idle !== true) return false;
      return true;
    },
    record(body) {
      for (const one of recorders) if (one.idle !== true) one.record(body);
    },
  };
}
