import type { ViewState } from '../extension/shared/protocol.ts';
import type { Host } from './host.ts';
import { oncePer } from './pace.ts';

/** What the view keeps over a reload. Each part of the view keeps its own share of it. */
export interface KeptState {
  /** What was kept before this view was made; undefined the first time. */
  readonly saved: ViewState | undefined;
  /** Nothing was kept of this journal. */
  readonly isNew: boolean;
  keep(share: Partial<ViewState>): void;
}

const PAUSE_MS = 300;

/**
 * Takes over what the host has kept; writes changes back soon, many at a time. What was kept of another journal is dropped, but
 * for what the person wants to see of any: serials and moments mean other things there.
 */
export function createKeptState(host: Pick<Host, 'save' | 'savedState'>, journal: string): KeptState {
  const before = host.savedState();
  const saved = before === undefined || before.journal === journal ? before : { ...before, ...beginning(journal) };
  let state: ViewState = saved ?? { ...beginning(journal), panes: [] };
  const save = oncePer(PAUSE_MS, () => host.save(state));
  return {
    saved,
    isNew: before?.journal !== journal,
    keep(share) {
      state = { ...state, ...share };
      save();
    },
  };
}

/** What is kept of a journal that was not seen before. */
function beginning(journal: string): Omit<ViewState, 'panes' | 'sizes' | 'filter' | 'graves'> {
  return {
    journal,
    seq: null,
    transform: { x: 0, y: 0, k: 1 },
    following: true,
    selected: null,
    collapsed: [],
  };
}
