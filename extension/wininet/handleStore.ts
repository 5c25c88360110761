import type { HandleKind, HandleState, StateOf } from '../shared/hierarchy.ts';
import { HINTERNET } from './handle.ts';
import type { HandleData } from './handleData.ts';
import { LowestFirst } from './lowestFirst.ts';
import type { OptionValues } from './options.ts';
import type { PendingCall } from './pendingCall.ts';
import type { StatusCallback } from './statusQueue.ts';

/** What a new handle starts with. */
export interface NewHandle<K extends HandleKind> {
  readonly kind: K;
  readonly parent: HandleRecord | null;
  readonly state: StateOf<K> & HandleState;
  readonly data: HandleData[K];
  readonly options: OptionValues;
  readonly context: number;
  readonly callback: StatusCallback | null;
}

/** What the engine knows of one handle. */
export class HandleRecord<K extends HandleKind = HandleKind> {
  readonly handle: HINTERNET<K>;
  readonly kind: K;
  readonly parent: HandleRecord | null;
  readonly root: HandleRecord;
  readonly data: HandleData[K];
  /** Replaced, never changed: children share their parent's values until one of them is set. */
  options: OptionValues;
  state: HandleState;
  /** The parent's state before this handle occupied it. */
  parentStateBefore: HandleState | null = null;
  context: number;
  callback: StatusCallback | null;
  /** False from the first moment of closing. */
  open = true;
  /** INTERNET_STATUS_HANDLE_CLOSING was reported: no status may follow it. */
  silent = false;
  /** Settles when a closing that has to wait is over; null while there is none. */
  leaving: Promise<unknown> | null = null;
  #children: Set<HandleRecord> | null = null;
  #pending: Set<PendingCall> | null = null;

  constructor(handle: HINTERNET<K>, from: NewHandle<K>) {
    this.handle = handle;
    this.kind = from.kind;
    this.parent = from.parent;
    this.root = from.parent === null ? (this as unknown as HandleRecord) : from.parent.root;
    this.data = from.data;
    this.options = from.options;
    this.state = from.state;
    this.context = from.context;
    this.callback = from.callback;
  }

  /** Is any handle open below this one? Asking does not make the set. */
  get hasChildren(): boolean {
    return this.#children !== null && this.#children.size > 0;
  }

  /** Does a call use this handle now? */
  get isBusy(): boolean {
    return this.#pending !== null && this.#pending.size > 0;
  }

  /** Open handles below this one, oldest first. */
  get children(): Set<HandleRecord> {
    this.#children ??= new Set();
    return this.#children;
  }

  /** Calls that use this handle and have not ended. */
  get pending(): Set<PendingCall> {
    this.#pending ??= new Set();
    return this.#pending;
  }

  /** Is the handle of this kind? Narrows its data. */
  is<P extends HandleKind>(kind: P): this is HandleRecord<P> {
    return (this.kind as HandleKind) === kind;
  }
}

/** What a handle in a caller's hand turned out to be. */
export type Found =
  | { readonly is: 'live'; readonly record: HandleRecord }
  /** Closed, and its value now belongs to a newer handle: the original would have used that one. */
  | { readonly is: 'stale'; readonly owner: HandleRecord }
  | { readonly is: 'closed' }
  /** Not a handle of this engine at all. */
  | { readonly is: 'foreign' };

const CLOSED: Found = { is: 'closed' };
const FOREIGN: Found = { is: 'foreign' };

// The first value is 0x00CC0004 and values grow by 4, as those of the original do.
const FIRST_VALUE = 0x00cc0004;
const VALUE_STEP = 4;

/** The table of handles: gives out values, the lowest free one first, and finds the record behind a handle. */
export class HandleStore {
  readonly #slots: (HandleRecord | undefined)[] = [];
  readonly #free = new LowestFirst();
  readonly #roots = new Set<HandleRecord>();
  #nextSerial = 1;

  /** Handles without a parent, oldest first. */
  get roots(): ReadonlySet<HandleRecord> {
    return this.#roots;
  }

  /** Makes a handle with the lowest free value and hangs it below its parent. */
  add<K extends HandleKind>(from: NewHandle<K>): HandleRecord<K> {
    const slot = this.#free.take() ?? this.#slots.length;
    const handle = new HINTERNET<K>(FIRST_VALUE + slot * VALUE_STEP, this.#nextSerial++, this);
    const record = new HandleRecord(handle, from);
    const stored = record as unknown as HandleRecord;
    this.#slots[slot] = stored;
    (from.parent?.children ?? this.#roots).add(stored);
    return record;
  }

  /** Finds the record behind whatever a caller passed as a handle. */
  find(candidate: unknown): Found {
    if (!HINTERNET.isFrom(candidate, this)) return FOREIGN;
    const owner = this.#slots[(candidate.value - FIRST_VALUE) / VALUE_STEP];
    if (owner === undefined) return CLOSED;
    if (owner.handle !== candidate) return owner.open ? { is: 'stale', owner } : CLOSED;
    return owner.open ? { is: 'live', record: owner } : CLOSED;
  }

  /** The open handle with this serial, if there is one. For tools: programs hold handles, not serials. */
  withSerial(serial: number): HandleRecord | undefined {
    return this.#slots.find((record) => record?.open === true && record.handle.serial === serial);
  }

  /** Takes a closed handle out of the tree and frees its value. */
  remove(record: HandleRecord): void {
    (record.parent?.children ?? this.#roots).delete(record);
    const slot = (record.handle.value - FIRST_VALUE) / VALUE_STEP;
    this.#slots[slot] = undefined;
    this.#free.give(slot);
  }
}
