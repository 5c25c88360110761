import { INTERNET_STATUS_REQUEST_COMPLETE } from '../../shared/constants.ts';
import type { StatusInformation } from '../../shared/journal.ts';
import type { AsyncCalls } from './asyncCalls.ts';
import { endCall } from './callEnd.ts';
import type { NativeCall } from './callRecord.ts';
import type { DraftJournal } from './draftJournal.ts';
import type { HandleBook, NativeHandle } from './handleBook.ts';
import { enterCallback, type NativeThread } from './nativeThread.ts';
import { readStatusLine, type StatusLine } from './statusLine.ts';

/** What the callbacks of a process tell: statuses, and how asynchronous calls ended. */
export class CallbackReader {
  readonly #journal: DraftJournal;
  readonly #handles: HandleBook;
  readonly #pending: AsyncCalls;

  constructor(journal: DraftJournal, handles: HandleBook, pending: AsyncCalls) {
    this.#journal = journal;
    this.#handles = handles;
    this.#pending = pending;
  }

  /** A callback begins. False where the line says nothing of the kind. */
  read(thread: NativeThread, text: string): boolean {
    const status = readStatusLine(text);
    if (status === null) return false;
    const handle = this.#handleOf(thread, status);
    if (handle !== undefined) this.#tell(thread, handle, status);
    enterCallback(thread, handle === undefined ? null : { serial: handle.serial, code: status.code });
    return true;
  }

  /** The value of a handle may have been recycled while its object lived on. */
  #handleOf(thread: NativeThread, { value, object }: StatusLine): NativeHandle | undefined {
    // What happens to the session behind a URL, the original tells of the root.
    if (this.#handles.isHidden(value)) return thread.call?.handle ?? undefined;
    const byObject = object === null ? undefined : this.#handles.ofObject(object);
    return byObject?.value === value ? byObject : this.#handles.last(value);
  }

  #tell(thread: NativeThread, handle: NativeHandle, { code, context, end }: StatusLine): void {
    const isEnd = code === INTERNET_STATUS_REQUEST_COMPLETE;
    const pending = thread.call?.pending ? thread.call : null;
    const call = isEnd ? (pending ?? this.#pending.completed(handle.serial)) : null;
    // The journal tells the end of a call before the callback that announces it.
    if (call !== null) this.#end(thread, call, end);
    const information: StatusInformation =
      end === null ? null : { result: resultOf(call, end.result), error: end.error };
    this.#journal.add<'status'>({ type: 'status', serial: handle.serial, code, context, information });
  }

  #end(thread: NativeThread, call: NativeCall, end: StatusLine['end']): void {
    if (thread.call === call) Object.assign(thread, { call: null, work: null });
    this.#pending.forget(call);
    // Where its end is not printed, nothing but that it came is known.
    call.told.code = end?.errorCode ?? 0;
    if (end?.errorCode === 0) call.told.returned = end.result;
    // A handle that was there meanwhile is none that the program was given.
    else if (end !== null) delete call.told.returned;
    endCall(call, this.#handles, this.#journal);
  }
}

function resultOf(call: NativeCall | null, result: number): number | { readonly handle: number } {
  const made = call?.made ?? null;
  return made !== null && made.value === result ? { handle: made.serial } : result;
}
