/** Which handle, and which call, is selected: in one part of the view and therefore in all. */

/** Who selected: the tree and the panes are the person's hand, the host speaks for other views. */
export type Selector = 'tree' | 'pane' | 'host';

/** What is selected. */
export interface Selection {
  /** Serial of the handle; it may have been closed. */
  readonly serial: number | null;
  /** A call of that handle. */
  readonly call: number | null;
  choose(serial: number | null, by: Selector, call?: number | null): void;
  /** Calls the listener after each change. */
  listen(listener: (by: Selector) => void): void;
}

/** Makes a selection of nothing, or of what was kept from before a reload. */
export function createSelection(kept: number | null = null): Selection {
  let [serial, call] = [kept, null as number | null];
  const listeners: ((by: Selector) => void)[] = [];
  return {
    get serial() {
      return serial;
    },
    get call() {
      return call;
    },
    choose(nextSerial, by, nextCall = null) {
      if (nextSerial === serial && nextCall === call) return;
      [serial, call] = [nextSerial, nextCall];
      for (const listener of listeners) listener(by);
    },
    listen(listener) {
      listeners.push(listener);
    },
  };
}
