import { type FunctionName, type HandleKind, type HandleState, kindRow, statesOf } from '../../shared/hierarchy.ts';
import type { EntryBody } from '../../shared/journal.ts';

/** A handle of the native program. */
export interface NativeHandle {
  readonly serial: number;
  readonly value: number;
  readonly kind: HandleKind;
  readonly parent: NativeHandle | null;
  readonly children: Set<NativeHandle>;
  state: HandleState;
  /** State of the parent before this handle occupied it. */
  parentStateBefore: HandleState | null;
}

/** How a handle begins. `value` null where the log does not print it: the lowest free one, which is what Wine takes. */
export interface NativeOpening {
  readonly value: number | null;
  readonly kind: HandleKind;
  readonly state: HandleState;
  readonly parent: NativeHandle | null;
  readonly fn: FunctionName;
  readonly call: number;
  readonly target: string;
}

/** The handles of one process: values count from 1 and are recycled at once. */
export class NativeHandles {
  readonly #record: (body: EntryBody) => void;
  readonly #nextSerial: () => number;
  readonly #open = new Map<number, NativeHandle>();
  readonly #last = new Map<number, NativeHandle>();
  /** Values of handles that no program sees: the session behind InternetOpenUrl. */
  readonly #hidden = new Set<number>();

  constructor(record: (body: EntryBody) => void, nextSerial: () => number) {
    this.#record = record;
    this.#nextSerial = nextSerial;
  }

  find(value: number): NativeHandle | undefined {
    return this.#open.get(value);
  }

  /** The handle that has a value, or had it last. */
  last(value: number): NativeHandle | undefined {
    return this.#open.get(value) ?? this.#last.get(value);
  }

  /** A value is taken by a handle that no program sees. */
  hide(value: number): void {
    if (!this.#open.has(value)) this.#hidden.add(value);
  }

  open({ value: printed, kind, state, parent, fn, call, target }: NativeOpening): NativeHandle {
    const value = printed ?? this.#lowestFree();
    this.#hidden.delete(value);
    // Whoever had the value must have been closed by something that the log does not show.
    const forgotten = this.#open.get(value);
    if (forgotten !== undefined) this.close(forgotten, 'call');
    const serial = this.#nextSerial();
    const handle: NativeHandle = { serial, value, kind, parent, children: new Set(), state, parentStateBefore: null };
    this.#record({ type: 'handle-open', serial, value, kind, state, parent: parent?.serial ?? null, fn, call, target });
    parent?.children.add(handle);
    this.#open.set(value, handle);
    const occupied = statesOf(parent?.kind ?? kind).find((one) => one === kindRow(kind).occupies);
    if (parent !== null && occupied !== undefined) {
      handle.parentStateBefore = parent.state;
      this.setState(parent, occupied);
    }
    return handle;
  }

  setState(handle: NativeHandle, state: HandleState): void {
    if (handle.state === state || this.#open.get(handle.value) !== handle) return;
    handle.state = state;
    this.#record({ type: 'handle-state', serial: handle.serial, state });
  }

  /** Closes a handle and everything below it, the newest first. */
  close(top: NativeHandle, reason: 'call' | 'failed'): void {
    const visit = (handle: NativeHandle): void => {
      for (const child of [...handle.children].reverse()) visit(child);
      this.#open.delete(handle.value);
      this.#last.set(handle.value, handle);
      handle.parent?.children.delete(handle);
      const why = handle === top ? reason : 'cascade';
      this.#record({ type: 'handle-close', serial: handle.serial, reason: why, cascadeRoot: top.serial });
      if (handle.parent !== null && handle.parentStateBefore !== null) {
        this.setState(handle.parent, handle.parentStateBefore);
      }
    };
    visit(top);
    if (top.kind === 'root') this.#hidden.clear();
  }

  #lowestFree(): number {
    let value = 1;
    while (this.#open.has(value) || this.#hidden.has(value)) value += 1;
    return value;
  }
}
