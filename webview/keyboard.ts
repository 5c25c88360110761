/** Which key does what. The key sheet is written from the same tables. */

/** What a key asks for while the tree has the keyboard. */
export type TreeCommand =
  | 'next'
  | 'previous'
  | 'into'
  | 'outOf'
  | 'first'
  | 'last'
  | 'choose'
  | 'openList'
  | 'close'
  | 'copy'
  | 'leave'
  | CameraCommand
  | ViewCommand;
/** What a key asks for while the list of functions has the keyboard. */
export type ListCommand = 'next' | 'previous' | 'first' | 'last' | 'activate' | 'leave' | CameraCommand | ViewCommand;
type CameraCommand = 'zoomIn' | 'zoomOut' | 'fit' | 'actualSize' | 'panLeft' | 'panRight' | 'panUp' | 'panDown';

/** What a key asks for in every part of the view but where text is typed. */
export type ViewCommand = 'filter' | 'keySheet' | 'graves' | 'diagram' | 'inspector';

/** What a key asks for in every part of the view: another moment. */
export type TravelCommand = 'previousCall' | 'nextCall' | 'playPause' | 'goLive' | 'toggleTimeline';

/** What a key asks for while the timeline has the keyboard. */
export type TimelineCommand =
  | 'nextLane'
  | 'previousLane'
  | 'laterCall'
  | 'earlierCall'
  | 'firstCall'
  | 'lastCall'
  | 'laterMark'
  | 'earlierMark'
  | 'chooseCall'
  | 'lessTime'
  | 'moreTime'
  | 'wholeTime'
  | 'earlier'
  | 'later'
  | 'leave';

interface Binding<C extends string> {
  readonly command: C;
  /** As in KeyboardEvent.key, `Shift+` before it where that matters. */
  readonly keys: readonly string[];
  /** What the key sheet says; bindings without text are alternatives. */
  readonly text: string;
}

const CAMERA_KEYS: readonly Binding<CameraCommand>[] = [
  { command: 'zoomIn', keys: ['+', '='], text: 'Zoom in' },
  { command: 'zoomOut', keys: ['-'], text: 'Zoom out' },
  { command: 'fit', keys: ['f', 'F'], text: 'Show the whole tree' },
  { command: 'actualSize', keys: ['0'], text: 'Actual size' },
  { command: 'panUp', keys: ['PageUp', 'Shift+ArrowUp'], text: 'Scroll up' },
  { command: 'panDown', keys: ['PageDown', 'Shift+ArrowDown'], text: 'Scroll down' },
  { command: 'panLeft', keys: ['Shift+ArrowLeft'], text: 'Scroll left' },
  { command: 'panRight', keys: ['Shift+ArrowRight'], text: 'Scroll right' },
];

/** Keys of the whole view. */
export const VIEW_KEYS: readonly Binding<ViewCommand>[] = [
  { command: 'filter', keys: ['/'], text: 'Filter the handles' },
  { command: 'inspector', keys: ['i', 'I'], text: 'Show everything about the handle' },
  { command: 'graves', keys: ['g', 'G'], text: 'Show or hide closed handles' },
  { command: 'diagram', keys: ['d', 'D'], text: 'Lay a diagram of the page over the handle' },
  { command: 'keySheet', keys: ['?'], text: 'Show these keys' },
];

/** Keys of the tree. */
export const TREE_KEYS: readonly Binding<TreeCommand>[] = [
  { command: 'next', keys: ['ArrowDown'], text: 'Next handle' },
  { command: 'previous', keys: ['ArrowUp'], text: 'Previous handle' },
  { command: 'into', keys: ['ArrowRight'], text: 'Unfold, then the first child' },
  { command: 'outOf', keys: ['ArrowLeft'], text: 'Fold, then the parent' },
  { command: 'first', keys: ['Home'], text: 'First handle' },
  { command: 'last', keys: ['End'], text: 'Last handle' },
  {
    command: 'openList',
    keys: ['Enter'],
    text: 'Show the functions that use the handle and go to them; unfold a box that stands for many',
  },
  { command: 'choose', keys: [' '], text: 'Show the functions that use the handle' },
  { command: 'close', keys: ['Delete'], text: 'Close the handle (InternetCloseHandle)' },
  { command: 'copy', keys: ['c', 'C'], text: 'Copy the handle’s value' },
  { command: 'leave', keys: ['Escape'], text: 'Hide the functions' },
  ...CAMERA_KEYS,
  ...VIEW_KEYS,
];

/** Keys of the list of functions. */
export const LIST_KEYS: readonly Binding<ListCommand>[] = [
  { command: 'next', keys: ['ArrowDown'], text: 'Next function' },
  { command: 'previous', keys: ['ArrowUp'], text: 'Previous function' },
  { command: 'first', keys: ['Home'], text: 'First function' },
  { command: 'last', keys: ['End'], text: 'Last function' },
  { command: 'activate', keys: ['Enter', ' '], text: 'Call the function, or open the group' },
  { command: 'leave', keys: ['Escape', 'ArrowLeft'], text: 'Back to the handle' },
  ...CAMERA_KEYS,
  ...VIEW_KEYS,
];

/** Keys that move through time. */
export const TRAVEL_KEYS: readonly Binding<TravelCommand>[] = [
  { command: 'previousCall', keys: [','], text: 'Back to the end of the previous call' },
  { command: 'nextCall', keys: ['.'], text: 'On to the end of the next call' },
  { command: 'playPause', keys: ['p', 'P', 'k', 'K'], text: 'Play the journal, or pause' },
  { command: 'goLive', keys: ['l', 'L'], text: 'Show the present' },
  { command: 'toggleTimeline', keys: ['t', 'T'], text: 'Show or hide the timeline' },
];

/** Keys of the timeline. */
export const TIMELINE_KEYS: readonly Binding<TimelineCommand>[] = [
  { command: 'nextLane', keys: ['ArrowDown'], text: 'Next lane' },
  { command: 'previousLane', keys: ['ArrowUp'], text: 'Previous lane' },
  { command: 'laterCall', keys: ['ArrowRight'], text: 'Next call of the lane' },
  { command: 'earlierCall', keys: ['ArrowLeft'], text: 'Previous call of the lane' },
  { command: 'firstCall', keys: ['Home'], text: 'First call of the lane' },
  { command: 'lastCall', keys: ['End'], text: 'Last call of the lane' },
  { command: 'laterMark', keys: ['n', 'N'], text: 'Next status or line of the dialogue' },
  { command: 'earlierMark', keys: ['b', 'B'], text: 'Previous status or line of the dialogue' },
  { command: 'chooseCall', keys: ['Enter', ' '], text: 'Select the call and show the moment of its end' },
  { command: 'lessTime', keys: ['+', '='], text: 'Show less time' },
  { command: 'moreTime', keys: ['-'], text: 'Show more time' },
  { command: 'wholeTime', keys: ['f', 'F', '0'], text: 'Show the whole time' },
  { command: 'earlier', keys: ['PageUp', 'Shift+ArrowLeft'], text: 'Earlier times' },
  { command: 'later', keys: ['PageDown', 'Shift+ArrowRight'], text: 'Later times' },
  { command: 'leave', keys: ['Escape'], text: 'Back to the handle' },
];

/** The command of a key press; undefined where it is not ours. */
export function commandOf<C extends string>(bindings: readonly Binding<C>[], event: KeyboardEvent): C | undefined {
  // Other modifiers belong to the editor's own shortcuts.
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const isArrow = event.key.startsWith('Arrow');
  const name = event.shiftKey && isArrow ? `Shift+${event.key}` : event.key;
  return bindings.find((binding) => binding.keys.includes(name))?.command;
}
