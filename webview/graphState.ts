import type { HandleNode } from '../extension/shared/model.ts';
import type { ViewState } from '../extension/shared/protocol.ts';
import type { StepMark } from '../extension/shared/stepStory.ts';
import type { Choices } from './scene.ts';

/** What the user chose and where the keyboard is. Everything that only this view knows. */
export interface GraphState extends Choices {
  selected: number | null;
  readonly folded: Set<number>;
  filter: ((node: HandleNode) => boolean) | null;
  graves: boolean;
  readonly taken: Set<number>;
  readonly exhumed: Set<number>;
  anyOpen: boolean;
  /** The handle on which the keyboard is. */
  active: number | null;
  /** The row of the function list on which the keyboard is. */
  activeRow: string | null;
  /** Which handles the step that is shown concerns, and how; empty while the present is shown. */
  changed: ReadonlyMap<number, StepMark>;
  /** A handle that the next picture has to bring into sight. */
  attention: number | null;
  /** A handle that should stay where it is on screen although the next picture is laid out anew. */
  anchor: number | null;
}

/** The state to begin with: what was kept from before a reload. */
export function initialState(saved: ViewState | undefined): GraphState {
  const selected = saved?.selected ?? null;
  return {
    selected,
    folded: new Set(saved?.collapsed),
    filter: null,
    graves: saved?.graves ?? true,
    taken: new Set(),
    exhumed: new Set(),
    anyOpen: false,
    active: selected,
    activeRow: null,
    changed: new Map(),
    attention: null,
    anchor: null,
  };
}
