import type { ErrorSymbol } from './errorCodes.ts';
import type { FunctionName } from './hierarchy.ts';
import type { Entry, Note, RecordedValue, Status, Wire } from './journal.ts';
import type { JournalHistory } from './journalHistory.ts';

/** A call as its entries tell it. */
export interface RecordedCall {
  readonly call: number;
  readonly fn: FunctionName;
  readonly args: readonly RecordedValue[];
  /** Microseconds since the journal's start. */
  readonly from: number;
  /** Null while it runs. */
  readonly to: number | null;
  /** It has answered ERROR_IO_PENDING. */
  readonly pending: boolean;
  readonly result: RecordedValue;
  readonly error: ErrorSymbol | null;
  readonly message: string | null;
  /** Where the program made it, as `file:line:column`. */
  readonly site: string | null;
}

/** A line of the dialogue with its number and time. */
export type RecordedWire = Wire & { readonly seq: number; readonly t: number };
/** A status callback with its number and time. */
export type RecordedStatus = Status & { readonly seq: number; readonly t: number };
/** A diagnosis with its number and time. */
export type RecordedNote = Note & { readonly seq: number; readonly t: number };

/**
 * All that the journal keeps of one handle up to a moment, in the order in which it happened. Reading a later moment of the same
 * journal goes on where the last reading ended, so a view may read it in every frame.
 */
export class HandleHistory {
  readonly serial: number;
  readonly calls: RecordedCall[] = [];
  readonly statuses: RecordedStatus[] = [];
  readonly wires: RecordedWire[] = [];
  readonly notes: RecordedNote[] = [];
  /** All entries about the handle, those of its calls included. */
  readonly entries: Entry[] = [];
  readonly #places = new Map<number, number>();
  #journal: JournalHistory | null = null;
  #seq = 0;

  constructor(serial: number) {
    this.serial = serial;
  }

  /** Reads up to the entry of this number. */
  read(journal: JournalHistory, seq: number): void {
    if (journal !== this.#journal || seq < this.#seq) this.#restart(journal);
    for (let entry = journal.entryAfter(this.#seq); entry !== undefined && entry.seq <= seq; ) {
      this.#take(entry);
      this.#seq = entry.seq;
      entry = journal.entryAfter(entry.seq);
    }
  }

  #restart(journal: JournalHistory): void {
    this.#journal = journal;
    this.#seq = 0;
    for (const list of [this.calls, this.statuses, this.wires, this.notes, this.entries]) list.length = 0;
    this.#places.clear();
  }

  #take(entry: Entry): void {
    switch (entry.type) {
      case 'call-begin':
        if (entry.handle !== this.serial) return;
        this.#places.set(entry.call, this.calls.length);
        this.calls.push(begun(entry));
        break;
      case 'call-pending':
        if (!this.#change(entry.call, (call) => ({ ...call, pending: true }))) return;
        break;
      case 'call-end': {
        const { result, error = null, message = null, t } = entry;
        if (!this.#change(entry.call, (call) => ({ ...call, to: t, result, error, message }))) return;
        break;
      }
      case 'status':
        if (entry.serial !== this.serial) return;
        this.statuses.push(entry);
        break;
      case 'wire':
        if (entry.serial !== this.serial) return;
        this.wires.push(entry);
        break;
      case 'note':
        if (entry.serial !== this.serial && entry.others?.includes(this.serial) !== true) return;
        this.notes.push(entry);
        break;
      case 'last-error':
      case 'mark':
      case 'mark-comparison':
      case 'end':
        return;
      default:
        if (entry.serial !== this.serial) return;
    }
    this.entries.push(entry);
  }

  #change(call: number, next: (before: RecordedCall) => RecordedCall): boolean {
    const place = this.#places.get(call);
    const before = place === undefined ? undefined : this.calls[place];
    if (place === undefined || before === undefined) return false;
    this.calls[place] = next(before);
    return true;
  }
}

function begun({ call, fn, args, site, t }: Extract<Entry, { type: 'call-begin' }>): RecordedCall {
  return {
    call,
    fn,
    args,
    from: t,
    to: null,
    pending: false,
    result: null,
    error: null,
    message: null,
    site: site ?? null,
  };
}
