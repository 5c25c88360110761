import { commandOf, TRAVEL_KEYS } from './keyboard.ts';
import type { Playhead } from './playhead.ts';

/** Moves through time, the same from every part of the view. */
export interface Travel {
  previousCall(): void;
  nextCall(): void;
  playPause(): void;
  goLive(): void;
  toggleTimeline(): void;
}

/** Makes the moves of a playhead. */
export function createTravel(playhead: Playhead, toggleTimeline: () => void): Travel {
  return {
    previousCall: () => playhead.stepCall(false),
    nextCall() {
      // In the present there is no next call, and looking for one must not stop it.
      if (!playhead.live) playhead.stepCall(true);
    },
    playPause: () => (playhead.playing ? playhead.pause() : playhead.play()),
    goLive: () => playhead.goLive(),
    toggleTimeline,
  };
}

/** Runs the move that a key asks for; false where the key is not ours. */
export function runTravelKey(event: KeyboardEvent, travel: Travel): boolean {
  const command = commandOf(TRAVEL_KEYS, event);
  if (command === undefined) return false;
  travel[command]();
  return true;
}
