import { handleParameter, isFunctionName, readsBytes } from '../../shared/hierarchy.ts';
import type { EntryBody } from '../../shared/journal.ts';
import type { EntryPoint } from '../../shared/wineEntryPoints.ts';
import type { AsyncCalls } from './asyncCalls.ts';
import { readArguments } from './callArguments.ts';
import { endCall } from './callEnd.ts';
import { type NativeCall, nativeCall } from './callRecord.ts';
import type { Draft, DraftJournal } from './draftJournal.ts';
import type { HandleBook } from './handleBook.ts';
import type { NativeThread } from './nativeThread.ts';

/** Hands out numbers that are unique in the journal. */
export type NextNumber = () => number;

/** The calls of a native process, from the moment when their threads begin them to their ends, which others of Wine's own may bring. */
export class NativeCalls {
  readonly #journal: DraftJournal;
  readonly #handles: HandleBook;
  readonly #pending: AsyncCalls;
  readonly #nextCall: NextNumber;

  constructor(journal: DraftJournal, handles: HandleBook, pending: AsyncCalls, nextCall: NextNumber) {
    this.#journal = journal;
    this.#handles = handles;
    this.#pending = pending;
    this.#nextCall = nextCall;
  }

  /** A thread begins a call. */
  start(thread: NativeThread, entry: Pick<EntryPoint, 'fn' | 'ansi'>, args: NativeCall['begin']['args']): NativeCall {
    const callback = thread.callbacks.at(-1)?.about ?? null;
    const about = callback === null ? {} : { callback };
    const begin = { type: 'call-begin', call: this.#nextCall(), fn: entry.fn, handle: null, args, ...about } as const;
    thread.call = nativeCall(entry, this.#journal.add<'call-begin'>({ ...begin }));
    return thread.call;
  }

  /** A call names the handle that it is about by its value. @param size bytes that it wants to move; of a read its end tells how many */
  use(call: NativeCall, value: number | null, size: number | null): void {
    call.value = value;
    call.handle = value === null ? null : (this.#handles.find(value) ?? null);
    call.begin.handle = call.handle?.serial ?? null;
    if (size !== null && !readsBytes(call.fn)) call.told.count = size;
  }

  /** Wine has looked up the handle of a call, and found this object. */
  attach(thread: NativeThread, call: NativeCall, value: number, object: string): void {
    const handle = this.#handles.join(value, object) ?? this.#handles.adopt(value, call.fn);
    call.lookups = 1;
    if (handle === null) return;
    this.#handles.stand(handle, object);
    call.value = value;
    call.handle = handle;
    call.begin.handle = handle.serial;
    const place = handleParameter(call.fn);
    call.begin.args = call.begin.args.map((arg, index) => (index === place ? { handle: handle.serial } : arg));
    if (handle.kind === 'ftp-connect') thread.session = handle;
    else if (handle.parent?.kind === 'ftp-connect') thread.session = handle.parent;
  }

  /** The call of a thread is over, if there is one. Returns its end, which may still be completed. */
  settle(thread: NativeThread): Draft<'call-end'> | null {
    const { call } = thread;
    thread.call = null;
    thread.work = null;
    if (call === null) return null;
    if (call.pending) this.#pending.forget(call);
    return endCall(call, this.#handles, this.#journal);
  }

  /** The work for a call is left to a thread of Wine's own: the call answers ERROR_IO_PENDING. */
  queue(thread: NativeThread): void {
    const { call, lookUp, object } = thread;
    if (call !== null && object !== null) {
      if (!call.pending) this.#journal.add<'call-pending'>(pendingOf(call));
      Object.assign(call, { pending: true, relayed: false });
      this.#pending.forget(call);
      this.#pending.add({ call, object, unnamed: null });
    } else if (lookUp !== null) {
      const unnamed = { line: lookUp.line, value: lookUp.value, gap: this.#journal.gap() };
      this.#pending.add({ call: null, object: lookUp.object, unnamed });
    }
    Object.assign(thread, { call: null, lookUp: null, work: null });
  }

  /**
   * A thread of Wine's own goes on with a call.
   * @param writer the function inside Wine that does the work
   * @param object what it works for
   */
  resume(thread: NativeThread, writer: string, object: string): void {
    const work = this.#pending.begin(writer, object);
    if (work === null) return;
    this.settle(thread);
    const { unnamed, fn } = work;
    let { call } = work;
    if (call === null && unnamed !== null && isFunctionName(fn)) {
      const entry: EntryPoint = { fn, ansi: false, cells: [] };
      const { args } = readArguments(entry, '', this.#handles);
      const begin = { type: 'call-begin', call: this.#nextCall(), fn, handle: null, args } as const;
      call = nativeCall(entry, { ...begin });
      call.pending = true;
      this.attach(thread, call, unnamed.value, object);
      unnamed.gap.bodies.push(call.begin as EntryBody, pendingOf(call));
    }
    if (call === null) return;
    this.#pending.working(call);
    Object.assign(call, { released: false, lookups: 1 });
    Object.assign(thread, { call, work: object });
    if (call.handle?.kind === 'ftp-connect') thread.session = call.handle;
  }
}

function pendingOf({ begin }: NativeCall): { readonly type: 'call-pending'; readonly call: number } {
  return { type: 'call-pending', call: begin.call };
}
