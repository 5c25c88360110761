import type { HandleKind, HandleState } from '../extension/shared/hierarchy.ts';

/** Signs that tell kinds and states apart by shape and letter, so that colour is never the only difference. 16 x 16 units. */

const SHAPES = {
  circle: 'M8 0.5A7.5 7.5 0 1 1 8 15.5A7.5 7.5 0 1 1 8 0.5Z',
  square: 'M3 0.5H13Q15.5 0.5 15.5 3V13Q15.5 15.5 13 15.5H3Q0.5 15.5 0.5 13V3Q0.5 0.5 3 0.5Z',
  arrow: 'M0.5 1.5H10.5L15.8 8L10.5 14.5H0.5Z',
  diamond: 'M8 -0.8L16.8 8L8 16.8L-0.8 8Z',
  page: 'M2 0.5H10L14.5 5V15.5H2Z',
  octagon: 'M4.7 0.2H11.3L15.8 4.7V11.3L11.3 15.8H4.7L0.2 11.3V4.7Z',
} as const;

/** A kind's badge. */
export interface KindBadge {
  readonly path: string;
  readonly letter: string;
  /** Class that gives it its colour: the protocol. */
  readonly family: 'root' | 'http' | 'ftp' | 'gopher';
}

/** The badge of every kind: the letter names the protocol, the shape says what the handle is. */
export const KIND_BADGES: Readonly<Record<HandleKind, KindBadge>> = {
  root: { path: SHAPES.circle, letter: 'R', family: 'root' },
  'http-connect': { path: SHAPES.square, letter: 'H', family: 'http' },
  'http-request': { path: SHAPES.arrow, letter: 'H', family: 'http' },
  'ftp-connect': { path: SHAPES.square, letter: 'F', family: 'ftp' },
  'ftp-file': { path: SHAPES.page, letter: 'F', family: 'ftp' },
  'ftp-find': { path: SHAPES.diamond, letter: 'F', family: 'ftp' },
  'ftp-find-html': { path: SHAPES.octagon, letter: 'F', family: 'ftp' },
  'gopher-connect': { path: SHAPES.square, letter: 'G', family: 'gopher' },
  'gopher-file': { path: SHAPES.page, letter: 'G', family: 'gopher' },
  'gopher-find': { path: SHAPES.diamond, letter: 'G', family: 'gopher' },
  'gopher-find-html': { path: SHAPES.octagon, letter: 'G', family: 'gopher' },
};

/** What a state means to somebody who looks at the picture. */
export type StateMood = 'idle' | 'busy' | 'ready' | 'spent' | 'again';

/** The mood of every state. */
export const STATE_MOODS: Readonly<Record<HandleState, StateMood>> = {
  open: 'idle',
  idle: 'idle',
  unsent: 'idle',
  searching: 'busy',
  transferring: 'busy',
  opening: 'busy',
  connecting: 'busy',
  sending: 'busy',
  upload: 'busy',
  writing: 'busy',
  answered: 'ready',
  reading: 'ready',
  listing: 'ready',
  drained: 'spent',
  ended: 'spent',
  retry: 'again',
};

/** The sign of every mood, 10 x 10 units: empty ring, half ring, full disc, square, triangle. */
export const MOOD_PATHS: Readonly<Record<StateMood, string>> = {
  idle: 'M5 1A4 4 0 1 1 5 9A4 4 0 1 1 5 1Z',
  busy: 'M5 1A4 4 0 1 1 5 9A4 4 0 1 1 5 1ZM5 2.6V7.4A2.4 2.4 0 1 0 5 2.6Z',
  ready: 'M5 1A4 4 0 1 1 5 9A4 4 0 1 1 5 1Z',
  spent: 'M1.5 1.5H8.5V8.5H1.5Z',
  again: 'M5 1L9.3 8.7H0.7Z',
};

/** Signs of function boxes and marks, 12 x 12 units. */
export const MARKS = {
  /** Legal now: a play triangle. */
  legal: 'M3.2 1.6L10 6L3.2 10.4Z',
  /** Not legal now: a padlock. */
  lock: 'M2.5 5.5H9.5V10.8H2.5ZM4 5.5V3.7A2 2 0 0 1 8 3.7V5.5H6.9V3.8A0.9 0.9 0 0 0 5.1 3.8V5.5Z',
  /** A failure: a triangle with its exclamation mark cut out. */
  error: 'M6 0.8L11.7 11H0.3ZM5.4 4.4V7.6H6.6V4.4ZM5.4 8.5V9.7H6.6V8.5Z',
  /** Returned the handle: a ring with a dot. */
  origin:
    'M6 1A5 5 0 1 1 6 11A5 5 0 1 1 6 1ZM6 2.3A3.7 3.7 0 1 0 6 9.7A3.7 3.7 0 1 0 6 2.3ZM6 4.2A1.8 1.8 0 1 1 6 7.8A1.8 1.8 0 1 1 6 4.2Z',
  /** Uses another handle: an arrow away from here. */
  elsewhere: 'M1.5 5.2H7V2.5L11 6L7 9.5V6.8H1.5Z',
  /** Open a group. */
  closed: 'M4 2L8.5 6L4 10Z',
  /** Fold a group. */
  opened: 'M2 4L6 8.5L10 4Z',
} as const;

const moved = new Map<string, string>();

/**
 * A sign's path at another place. Its numbers are moved, not its element: the browser paints each element with a transform of
 * its own apart from its neighbours, and a hundred boxes then take twice as long.
 */
export function pathAt(path: string, x: number, y: number): string {
  const key = `${x} ${y} ${path}`;
  const known = moved.get(key);
  if (known !== undefined) return known;
  const result = path.replace(/([A-Z])([^A-Z]*)/g, (_, command: string, numbers: string) => {
    const shifted = numbers
      .trim()
      .split(/\s+/)
      .map((text, index) => shiftOf(command, index, x, y, Number(text)));
    return command === 'Z' ? command : command + shifted.map((number) => Number(number.toFixed(2))).join(' ');
  });
  moved.set(key, result);
  return result;
}

/** The number at this index of an absolute command, moved; in arcs only the last two are a place. */
function shiftOf(command: string, index: number, x: number, y: number, number: number): number {
  if (command === 'A' && index < 5) return number;
  const isY = command === 'V' || (command === 'A' ? index === 6 : index % 2 === 1);
  return number + (isY ? y : x);
}
