import { errorSymbol } from '../../shared/errorCodes.ts';
import { functionRow, type HandleState, readsBytes } from '../../shared/hierarchy.ts';
import { NOT_LOGGED } from '../../shared/notLogged.ts';
import { callOutcome, callResult, type NativeCall } from './callRecord.ts';
import type { Draft, DraftJournal } from './draftJournal.ts';
import type { HandleBook, NativeHandle } from './handleBook.ts';
import { openedBy } from './openedBy.ts';

/** The handle that a call makes comes into being; null for a call that makes none. */
export function makeHandle(call: NativeCall, handles: HandleBook, during?: HandleState): NativeHandle | null {
  const opened = openedBy(call);
  if (opened === null) return null;
  const { kind, target, asynchronous } = opened;
  call.made = handles.open({
    value: call.told.returned || null,
    kind,
    target,
    asynchronous,
    state: during ?? opened.state,
    parent: call.handle,
    object: call.told.object ?? null,
    fn: call.fn,
    call: call.begin.call,
  });
  return call.made;
}

/** A call is over: what follows from it for its handle and for the one it makes. Returns its end, which may still be completed. */
export function endCall(call: NativeCall, handles: HandleBook, journal: DraftJournal): Draft<'call-end'> {
  const { handle, begin } = call;
  const { error, isTold } = callOutcome(call);
  if (error === null) succeed(call, handles, journal);
  else if (call.made !== null) handles.close(call.made, 'failed');
  const move = handle === null ? undefined : functionRow(call.fn).moves?.[handle.kind];
  if (handle !== null && move !== undefined) {
    const ended = error === 'ERROR_NO_MORE_FILES' || (error === null && readsBytes(call.fn) && call.told.count === 0);
    if (ended) handles.setState(handle, move.end);
    else if (error === null) handles.setState(handle, move.success);
    else if (call.told.worked) handles.setState(handle, move.failure);
  }
  // A handle that was made is there, whatever the log tells.
  const result = !isTold && call.made === null ? NOT_LOGGED : error === null ? callResult(call) : null;
  const end = { type: 'call-end', call: begin.call, result } as const;
  if (error === null) return journal.add<'call-end'>({ ...end });
  return journal.add<'call-end'>({ ...end, error, ...(isTold ? {} : { message: NO_REASON }) });
}

/** What is said of a failure of which the log does not tell the reason. */
const NO_REASON = 'The log tells that this failed, but not why.';

/** The program asks why a call failed: its end is completed. */
export function completeEnd(end: Draft<'call-end'>, code: number): void {
  const error = errorSymbol(code);
  if (error === undefined) {
    end.message = `GetLastError() was ${code}.`;
    return;
  }
  Object.assign(end, { error, result: null });
  delete end.message;
}

function succeed(call: NativeCall, handles: HandleBook, journal: DraftJournal): void {
  const { fn, handle, told } = call;
  const { count = 0 } = told;
  if (call.made === null) makeHandle(call, handles);
  else {
    if (told.returned) handles.revalue(call.made, told.returned);
    handles.setState(call.made, openedBy(call)?.state);
  }
  if (handle === null) return;
  const direction = readsBytes(fn) ? 'in' : fn === 'InternetWriteFile' || fn === 'HttpSendRequest' ? 'out' : null;
  if (direction !== null && count > 0) journal.add<'bytes'>({ type: 'bytes', serial: handle.serial, direction, count });
  if (fn === 'InternetCloseHandle') handles.close(handle, 'call');
}
