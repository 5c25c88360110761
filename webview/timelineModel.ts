import type { ErrorSymbol } from '../extension/shared/errorCodes.ts';
import type { FunctionName, HandleKind } from '../extension/shared/hierarchy.ts';
import type { CloseReason, Entry, RecordedValue, StatusInformation } from '../extension/shared/journal.ts';
import type { JournalHistory } from '../extension/shared/journalHistory.ts';
import { shownTarget } from './shownTarget.ts';

/** The whole kept journal by handle, as lanes of time. */

/** One call. Times are in microseconds. */
export interface Span {
  readonly call: number;
  readonly fn: FunctionName;
  readonly args: readonly RecordedValue[];
  readonly from: number;
  /** Null while it runs. */
  to: number | null;
  /** When it answered ERROR_IO_PENDING. */
  pendingFrom: number | null;
  /** Number of the entry with which it ended. */
  endSeq: number | null;
  readonly beginSeq: number;
  result: RecordedValue;
  error: ErrorSymbol | null;
  message: string;
  /** Calls at the same time on the same handle stand in rows of their own. */
  readonly row: number;
}

/** A status callback. */
export interface StatusTick {
  readonly t: number;
  readonly seq: number;
  readonly code: number;
  readonly information: StatusInformation;
}

/** Body bytes that passed. */
export interface ByteMark {
  readonly t: number;
  readonly seq: number;
  readonly direction: 'in' | 'out';
  readonly count: number;
}

/** A line of the dialogue. */
export interface WireMark {
  readonly t: number;
  readonly seq: number;
  readonly direction: 'in' | 'out';
  readonly text: string;
}

/** One handle. */
export interface Lane {
  readonly serial: number;
  readonly value: number;
  readonly kind: HandleKind;
  readonly fn: FunctionName;
  readonly target: string;
  /** What its name tells of the target. */
  readonly shown: string;
  readonly parent: number | null;
  readonly depth: number;
  readonly openedAt: number;
  /** Body bytes that came in before the oldest entry that is kept. */
  readBefore: number;
  closed: { readonly at: number; readonly reason: CloseReason } | null;
  readonly spans: Span[];
  readonly ticks: StatusTick[];
  readonly bytes: ByteMark[];
  readonly wires: WireMark[];
  /** How many calls at most ran at once. */
  rows: number;
}

/** Collects a journal into lanes, a few entries at a time. */
export class TimelineModel {
  readonly #history: JournalHistory;
  readonly #cut: number;
  readonly #lanes = new Map<number, Lane>();
  readonly #children = new Map<number | null, number[]>();
  readonly #calls = new Map<number, { readonly span: Span; readonly lane: Lane }>();
  /** Calls without a handle: they go to the lane of the handle that they open or are noted for. */
  readonly #loose = new Map<number, Entry & { readonly type: 'call-begin' }>();
  #order: readonly Lane[] | null = null;
  #seq: number;

  constructor(history: JournalHistory) {
    this.#history = history;
    this.#cut = history.cut;
    this.#seq = history.cut;
    const base = history.base;
    for (const node of [...base.nodes].sort((one, other) => one.serial - other.serial)) {
      const lane = this.#addLane(node, node.openedAt);
      lane.readBefore = node.bytesIn;
      lane.closed = node.closed;
    }
    for (const call of base.calls) this.#begin({ ...call, seq: base.seq }, call.handle);
  }

  /** Is this the journal, and does all that was collected stand in it still? */
  holds(history: JournalHistory): boolean {
    return this.#history === history && this.#cut === history.cut;
  }

  /** Takes in what the journal has grown by. */
  update(): void {
    for (let entry = this.#history.entryAfter(this.#seq); entry !== undefined; ) {
      this.#take(entry);
      this.#seq = entry.seq;
      entry = this.#history.entryAfter(entry.seq);
    }
  }

  /** The lanes in the order of the tree: every handle before what hangs from it. */
  get lanes(): readonly Lane[] {
    this.#order ??= this.#inOrder();
    return this.#order;
  }

  lane(serial: number): Lane | undefined {
    return this.#lanes.get(serial);
  }

  /** The lane on which a call stands, and the call. */
  find(call: number): { readonly span: Span; readonly lane: Lane } | undefined {
    return this.#calls.get(call);
  }

  #take(entry: Entry): void {
    switch (entry.type) {
      case 'handle-open':
        this.#addLane(entry, entry.t);
        this.#settle(entry.call, entry.serial);
        break;
      case 'call-begin':
        if (entry.handle === null) this.#loose.set(entry.call, entry);
        else this.#begin(entry, entry.handle);
        break;
      case 'call-pending': {
        const span = this.#calls.get(entry.call)?.span;
        if (span !== undefined) span.pendingFrom = entry.t;
        break;
      }
      case 'call-end':
        this.#end(entry);
        break;
      case 'handle-close': {
        const lane = this.#lanes.get(entry.serial);
        if (lane !== undefined) lane.closed = { at: entry.t, reason: entry.reason };
        break;
      }
      case 'status':
        this.#lanes.get(entry.serial)?.ticks.push(entry);
        break;
      case 'bytes':
        this.#lanes.get(entry.serial)?.bytes.push(entry);
        break;
      case 'wire':
        this.#lanes.get(entry.serial)?.wires.push(entry);
        break;
      case 'note':
        if (entry.call !== null && entry.serial !== null) this.#settle(entry.call, entry.serial);
        break;
      case 'handle-state':
      case 'connection-wait':
      case 'connection':
      case 'last-error':
      case 'mark':
      case 'mark-comparison':
      case 'end':
        break;
    }
  }

  #addLane(of: Pick<Lane, 'serial' | 'value' | 'kind' | 'fn' | 'target' | 'parent'>, openedAt: number): Lane {
    const { serial, value, kind, fn, target, parent } = of;
    const depth = parent === null ? 0 : (this.#lanes.get(parent)?.depth ?? -1) + 1;
    const rest = { openedAt, readBefore: 0, closed: null, spans: [], ticks: [], bytes: [], wires: [], rows: 1 };
    const shown = shownTarget(target, parent === null ? undefined : this.#lanes.get(parent)?.target);
    const lane: Lane = { serial, value, kind, fn, target, shown, parent, depth, ...rest };
    this.#lanes.set(serial, lane);
    const above = parent !== null && this.#lanes.has(parent) ? parent : null;
    const siblings = this.#children.get(above);
    if (siblings === undefined) this.#children.set(above, [serial]);
    else siblings.push(serial);
    this.#order = null;
    return lane;
  }

  #settle(call: number, serial: number): void {
    const begin = this.#loose.get(call);
    if (begin === undefined) return;
    this.#loose.delete(call);
    this.#begin(begin, serial);
  }

  #begin(
    { call, fn, args, t, seq }: Pick<Entry & { type: 'call-begin' }, 'call' | 'fn' | 'args' | 't' | 'seq'>,
    serial: number | null,
  ): void {
    const lane = serial === null ? undefined : this.#lanes.get(serial);
    if (lane === undefined) return;
    const row = freeRow(lane, t);
    lane.rows = Math.max(lane.rows, row + 1);
    const span: Span = {
      ...{ call, fn, args, row, from: t, beginSeq: seq },
      ...{ to: null, pendingFrom: null, endSeq: null, result: null, error: null, message: '' },
    };
    lane.spans.push(span);
    this.#calls.set(call, { span, lane });
  }

  #end(entry: Entry & { readonly type: 'call-end' }): void {
    this.#loose.delete(entry.call);
    const span = this.#calls.get(entry.call)?.span;
    if (span === undefined) return;
    span.to = entry.t;
    span.endSeq = entry.seq;
    span.result = entry.result;
    span.error = entry.error ?? null;
    span.message = entry.message ?? '';
  }

  #inOrder(): Lane[] {
    const order: Lane[] = [];
    const waiting = [...(this.#children.get(null) ?? [])].reverse();
    for (let serial = waiting.pop(); serial !== undefined; serial = waiting.pop()) {
      const lane = this.#lanes.get(serial);
      if (lane !== undefined) order.push(lane);
      // One by one: a call cannot take a hundred thousand arguments.
      for (const child of this.#children.get(serial)?.toReversed() ?? []) waiting.push(child);
    }
    return order;
  }
}

/** How many rows a lane has at most: further calls at the same time share the last one. */
const MOST_ROWS = 6;

function freeRow(lane: Lane, t: number): number {
  const busy = new Set<number>();
  // Calls that run are few; those that ended lie behind them.
  for (let index = lane.spans.length - 1, seen = 0; index >= 0 && seen < 64; index -= 1, seen += 1) {
    const span = lane.spans[index];
    if (span !== undefined && (span.to === null || span.to > t)) busy.add(span.row);
  }
  let row = 0;
  while (busy.has(row) && row < MOST_ROWS - 1) row += 1;
  return row;
}
