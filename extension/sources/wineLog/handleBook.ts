import {
  type FunctionName,
  functionRow,
  functionsReturning,
  type HandleKind,
  type HandleState,
  isHandleKind,
  kindRow,
  statesOf,
} from '../../shared/hierarchy.ts';
import type { CloseReason } from '../../shared/journal.ts';
import type { Draft, DraftJournal } from './draftJournal.ts';

/** A handle of the native program. */
export interface NativeHandle {
  readonly serial: number;
  value: number;
  readonly kind: HandleKind;
  readonly parent: NativeHandle | null;
  readonly children: Set<NativeHandle>;
  /** Address of the object behind it, which internal lines name; null until a line joins the two. */
  object: string | null;
  /** The log has not told its value yet. */
  guessed: boolean;
  state: HandleState;
  /** State of the parent before this handle occupied it. */
  parentStateBefore: HandleState | null;
  open: boolean;
  /** Its root was opened with INTERNET_FLAG_ASYNC. */
  readonly asynchronous: boolean;
  readonly draft: Draft<'handle-open'>;
}

/** How a handle begins. */
export interface NativeOpening {
  /** Null where the log does not print it: the lowest free one, which is what Wine takes. */
  readonly value: number | null;
  readonly kind: HandleKind;
  readonly state: HandleState;
  readonly parent: NativeHandle | null;
  /** Address of the object behind it; null where the log has not told it. */
  readonly object: string | null;
  /** Of a root: INTERNET_FLAG_ASYNC. */
  readonly asynchronous?: boolean;
  readonly fn: FunctionName;
  readonly call: number;
  /** What it leads to. */
  readonly target: string;
}

/** The handles of one process: values are small, and recycled at once. */
export class HandleBook {
  readonly #journal: DraftJournal;
  readonly #nextSerial: () => number;
  readonly #open = new Map<number, NativeHandle>();
  readonly #last = new Map<number, NativeHandle>();
  /** Objects may outlive the value of their handle; their addresses are recycled. */
  readonly #ofObject = new Map<string, NativeHandle>();
  /** Values of handles that no program sees: the session behind InternetOpenUrl. */
  readonly #hidden = new Set<number>();

  constructor(journal: DraftJournal, nextSerial: () => number) {
    this.#journal = journal;
    this.#nextSerial = nextSerial;
  }

  /** The open handle of a value. */
  find(value: number): NativeHandle | undefined {
    return this.#open.get(value);
  }

  /** The handle that had a value last, open or closed. */
  last(value: number): NativeHandle | undefined {
    return this.#open.get(value) ?? this.#last.get(value);
  }

  /** The handle in front of an object, open or closed: an object lives as long as somebody works with it. */
  ofObject(object: string): NativeHandle | undefined {
    return this.#ofObject.get(object);
  }

  /** The object behind a handle becomes known. */
  stand(handle: NativeHandle, object: string): void {
    handle.object = object;
    this.#ofObject.set(object, handle);
  }

  /** Is this the value of a handle that no program sees? */
  isHidden(value: number): boolean {
    return this.#hidden.has(value);
  }

  /** A value is taken by a handle that no program sees. */
  hide(value: number): void {
    if (!this.#open.has(value)) this.#hidden.add(value);
  }

  /** A handle comes into being. */
  open(from: NativeOpening): NativeHandle {
    const value = from.value ?? this.#lowestFree();
    const { kind, state, parent, object, fn, call, target } = from;
    this.#hidden.delete(value);
    // Whoever had the value must have been closed by something that the log does not show.
    const forgotten = this.#open.get(value);
    if (forgotten !== undefined) this.close(forgotten, 'call');
    const serial = this.#nextSerial();
    const draft: Draft<'handle-open'> = {
      type: 'handle-open',
      serial,
      value,
      kind,
      state,
      parent: parent?.serial ?? null,
      fn,
      call,
      target,
    };
    const handle: NativeHandle = {
      serial,
      value,
      kind,
      parent,
      children: new Set(),
      object,
      guessed: from.value === null,
      state,
      parentStateBefore: null,
      open: true,
      asynchronous: parent?.asynchronous ?? from.asynchronous ?? false,
      draft: this.#journal.add<'handle-open'>(draft),
    };
    parent?.children.add(handle);
    if (object !== null) this.#ofObject.set(object, handle);
    this.#open.set(value, handle);
    this.#occupyParent(handle);
    return handle;
  }

  /** The log was begun after this handle was opened: all that is known of it is that this function used it. */
  adopt(value: number, user: FunctionName): NativeHandle | null {
    const [kind, states] = Object.entries(functionRow(user).uses)[0] ?? [];
    const state = states?.[0];
    if (kind === undefined || !isHandleKind(kind) || state === undefined) return null;
    const [fn = 'InternetOpen'] = functionsReturning(kind);
    return this.open({ value, kind, state, parent: null, object: null, fn, call: 0, target: '' });
  }

  /** `get_handle_object` tells which object stands behind a value; what was guessed before is put right. */
  join(value: number, object: string): NativeHandle | undefined {
    const byObject = this.ofObject(object);
    const found = (byObject?.open ? byObject : undefined) ?? this.#open.get(value) ?? this.#onlyGuess(value);
    if (found === undefined) return undefined;
    if (found.value !== value) this.revalue(found, value);
    found.guessed = false;
    this.stand(found, object);
    return found;
  }

  /** A handle moves on to another state. */
  setState(handle: NativeHandle, state: HandleState | undefined): void {
    if (state === undefined || !handle.open || handle.state === state) return;
    handle.state = state;
    this.#journal.add<'handle-state'>({ type: 'handle-state', serial: handle.serial, state });
  }

  /** A handle closes, and everything below it, the newest first. */
  close(top: NativeHandle, reason: Exclude<CloseReason, 'cascade'>): void {
    const visit = (handle: NativeHandle): void => {
      for (const child of [...handle.children].reverse()) visit(child);
      if (!handle.open) return;
      handle.open = false;
      this.#open.delete(handle.value);
      this.#last.set(handle.value, handle);
      handle.parent?.children.delete(handle);
      this.#journal.add<'handle-close'>({
        type: 'handle-close',
        serial: handle.serial,
        reason: handle === top ? reason : 'cascade',
        cascadeRoot: top.serial,
      });
      if (handle.parent !== null && handle.parentStateBefore !== null) {
        this.setState(handle.parent, handle.parentStateBefore);
      }
    };
    visit(top);
    if (top.kind === 'root') this.#hidden.clear();
  }

  #occupyParent(handle: NativeHandle): void {
    const occupied = kindRow(handle.kind).occupies;
    if (occupied === undefined || handle.parent === null) return;
    const state = statesOf(handle.parent.kind).find((one) => one === occupied);
    if (state === undefined) return;
    handle.parentStateBefore = handle.parent.state;
    this.setState(handle.parent, state);
  }

  /** The value of a handle becomes known; until then it was the one that Wine takes first. */
  revalue(handle: NativeHandle, value: number): void {
    handle.guessed = false;
    this.#open.delete(handle.value);
    this.#hidden.delete(value);
    handle.value = value;
    handle.draft.value = value;
    this.#open.set(value, handle);
  }

  /** The only handle whose value was guessed and not yet confirmed. */
  #onlyGuess(value: number): NativeHandle | undefined {
    if (this.#hidden.has(value)) return undefined;
    const [only, ...others] = [...this.#open.values()].filter(({ guessed }) => guessed);
    return others.length === 0 ? only : undefined;
  }

  #lowestFree(): number {
    let value = 1;
    while (this.#open.has(value) || this.#hidden.has(value)) value += 1;
    return value;
  }
}
