import * as v from 'valibot';
import { FILTER_TEXT_LIMIT } from './filterTerms.ts';
import { functionNames } from './hierarchy.ts';
import type { Entry } from './journal.ts';
import { LESSON_ACTS, type LessonPage } from './lessonPage.ts';
import type { Checkpoint } from './model.ts';
import { type SavedFilter, savedFiltersSchema } from './savedFilters.ts';

/**
 * Everything that the extension host and the graph say to each other.
 *
 * The view asks with `ready`; the host answers with one snapshot and goes on with numbered entries. The view sends intents
 * with serials of handles, never URLs, paths or command ids. Messages from the view are validated here, once.
 */

/** From the host to the view. */
export type HostMessage =
  /** The whole journal that is kept; replaces whatever the view had. */
  | {
      readonly type: 'snapshot';
      /** Names the journal among all others: what was kept of another one says nothing about this one's handles. */
      readonly journal: string;
      /** The tree before the first of the entries. */
      readonly base: Checkpoint;
      readonly entries: readonly Entry[];
      /** How many entries the view should keep, at least. */
      readonly limit: number;
      readonly selected: number | null;
      /** The handles of a trace, or of another program, can be looked at; nothing can be called on them. */
      readonly readOnly: boolean;
      /** Nothing more will happen in it: time stands still with the last entry. */
      readonly stopped: boolean;
      readonly strings: Readonly<Record<string, string>>;
    }
  /** What happened since; entries follow each other without a gap. */
  | { readonly type: 'entries'; readonly entries: readonly Entry[] }
  /** A handle was selected elsewhere: it is shown here too, as soon as the present is. */
  | { readonly type: 'selected'; readonly serial: number }
  /** Somebody wants to see this handle here: select it and bring it into sight, whatever is shown now. */
  | { readonly type: 'reveal'; readonly serial: number }
  /** Which handles to show; follows each snapshot, and is sent when the filter was changed elsewhere. */
  | {
      readonly type: 'filters';
      /** The filter; null while nobody has set one since the host began: the view's own from before a reload holds. */
      readonly text: string | null;
      readonly saved: readonly SavedFilter[];
      /** The time of the host's journal in microseconds. */
      readonly now: number;
    }
  /** Open a pane. */
  | { readonly type: 'pane'; readonly name: PaneName }
  /** Draw the whole tree as a picture; answered by one of the same name. */
  | { readonly type: 'picture'; readonly format: PictureFormat }
  /** Say which moment is shown; answered by one of the same name. */
  | { readonly type: 'moment' }
  /** The lesson that is being taken, as it is now; null once it was closed. */
  | { readonly type: 'lesson'; readonly page: LessonPage | null };

/** Actions that the view may ask for without naming a handle. */
export const VIEW_ACTIONS = ['openUrl', 'connect', 'showPlayground'] as const;

/** Forms of a picture. */
export type PictureFormat = 'svg' | 'png';
/** Longest picture that is taken, in characters. */
const PICTURE_LIMIT = 128 * 1024 * 1024;

const serial = v.pipe(v.number(), v.integer(), v.minValue(1));

const viewMessageSchema = v.variant('type', [
  /** The view is there and wants a snapshot; also sent after a gap and when shown again. */
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('select'), serial: v.nullable(serial) }),
  /** Call a function on a handle; the host asks for the arguments. */
  v.object({ type: v.literal('call'), serial, fn: v.picklist(functionNames) }),
  v.object({ type: v.literal('copyValue'), serial }),
  /** Go to the line of the program that made this call. */
  v.object({ type: v.literal('goToCall'), call: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  /** A picture that was asked for: the text of an SVG, a PNG in base64, or nothing where nothing is drawn. */
  v.object({ type: v.literal('picture'), data: v.pipe(v.string(), v.maxLength(PICTURE_LIMIT)) }),
  /** The moment that is shown, by its last entry; null: the present. */
  v.object({ type: v.literal('moment'), seq: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))) }),
  /** Export the graph, at the moment that is shown. */
  v.object({ type: v.literal('export'), seq: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  /** The reader of a lesson goes on, or goes back. */
  v.object({ type: v.literal('lesson'), act: v.picklist(LESSON_ACTS) }),
  /** The reader of a lesson has picked a handle, or a function on it. */
  v.object({ type: v.literal('lessonAnswer'), serial, fn: v.nullable(v.picklist(functionNames)) }),
  v.object({ type: v.literal('action'), action: v.picklist(VIEW_ACTIONS) }),
  /** The filter was changed in the view. */
  v.object({ type: v.literal('filter'), text: v.pipe(v.string(), v.maxLength(FILTER_TEXT_LIMIT)) }),
  /** Keep these filters, all of them, in place of those that were saved. */
  v.object({ type: v.literal('saveFilters'), filters: savedFiltersSchema }),
]);

/** From the view to the host. */
export type ViewMessage = v.InferOutput<typeof viewMessageSchema>;

/** A message from the view, or what is wrong with it. */
export function parseViewMessage(
  data: unknown,
): { readonly ok: true; readonly message: ViewMessage } | { readonly ok: false; readonly problem: string } {
  const result = v.safeParse(viewMessageSchema, data);
  if (result.success) return { ok: true, message: result.output };
  return { ok: false, problem: result.issues.map((issue) => issue.message).join('; ') };
}

/** What the view keeps over a reload (`setState`). */
export interface ViewState {
  /** The journal that transform, selected, collapsed and seq are about. */
  readonly journal: string;
  /** The moment in the past that is shown; null: the present. */
  readonly seq: number | null;
  readonly transform: { readonly x: number; readonly y: number; readonly k: number };
  /** Keeps a growing tree in sight; false once the user has panned or zoomed. */
  readonly following: boolean;
  readonly selected: number | null;
  readonly collapsed: readonly number[];
  /** Whether closed handles are shown as tombstones; they are until the user hides them. */
  readonly graves?: boolean;
  /** Which panes are shown around the graph. */
  readonly panes: readonly PaneName[];
  /** How large panes were made, in pixels; absent for the usual sizes. */
  readonly sizes?: Readonly<Partial<Record<PaneName, number>>>;
  /** Text of the filter; absent where none is set. */
  readonly filter?: string;
}

/** The panes that can be shown around the graph. */
export const PANES = ['lesson', 'diagram', 'inspector', 'timeline'] as const;
/** Name of a pane. */
export type PaneName = (typeof PANES)[number];
