import type { ViewState } from '../extension/shared/protocol.ts';
import type { Host } from './host.ts';
import { oncePer } from './pace.ts';

/** What the view keeps over a reload. Each part of the view keeps its own share of it. */
export interface KeptState {
  /** What was kept before this view was made; undefined the first time. */
  readonly saved: ViewState | undefined;
  keep(share: Partial<ViewState>): void;
}

const PAUSE_MS = 300;

/** Takes over what the host has kept; writes changes back soon, many at a time. */
export function createKeptState(host: Pick<Host, 'save' | 'savedState'>): KeptState {
  const saved = host.savedState();
  let state: ViewState = saved ?? {
    transform: { x: 0, y: 0, k: 1 },
    following: true,
    selected: null,
    collapsed: [],
    panes: [],
  };
  const save = oncePer(PAUSE_MS, () => host.save(state));
  return {
    saved,
    keep(share) {
      state = { ...state, ...share };
      save();
    },
  };
}
