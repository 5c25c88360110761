import * as constants from '../shared/constants.ts';
import { type ErrorSymbol, errorCode } from '../shared/errorCodes.ts';
import { canHaveChildren, functionRow, type HandleState } from '../shared/hierarchy.ts';
import type { CloseReason, EntryBody, Recorder, StatusInformation } from '../shared/journal.ts';
import { redact } from '../shared/redact.ts';
import { completionContext } from './asyncCalls.ts';
import { ConnectionBook } from './connectionBook.ts';
import { HINTERNET } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import type { LastError } from './lastError.ts';
import type { PendingCall } from './pendingCall.ts';
import type { CallSite } from './ports/callSite.ts';
import type { DriverObserver } from './ports/driver.ts';
import { recordArguments, recordResult } from './recording.ts';
import { statusOfEvent } from './statusOfEvent.ts';
import { type StatusCallbackInformation, StatusQueue } from './statusQueue.ts';
import type { WinInetError } from './winInetError.ts';

/** Who is told what happens; a function where that may change. */
export type RecorderSource = Recorder | null | (() => Recorder | null);

/** What an engine tells the outside: entries for the journal, statuses for the program's callbacks. */
export class Reports {
  readonly #given: Recorder | null;
  readonly #callSite: CallSite | null;
  readonly #lastError: LastError;
  readonly #connections = new ConnectionBook();
  readonly #statuses = new StatusQueue((handle, error) => this.#callbackThrew(handle, error));

  /** @param lastError keeps what servers say, for InternetGetLastResponseInfo */
  constructor(recorder: Recorder | null, callSite: CallSite | null, lastError: LastError) {
    this.#given = recorder;
    this.#callSite = callSite;
    this.#lastError = lastError;
  }

  /** Whoever wants to know at this moment; null where nobody does. */
  get #recorder(): Recorder | null {
    return this.#given?.idle === true ? null : this.#given;
  }

  /** A call begins; `record` is the handle that it uses. */
  begin(call: PendingCall, record: HandleRecord | null): void {
    if (functionRow(call.fn).returns !== undefined) this.#given?.refresh?.();
    const recorder = this.#recorder;
    if (recorder === null) return;
    call.recorded = true;
    const { id, fn, args } = call;
    const handle = record?.handle.serial ?? null;
    const { running } = this.#statuses;
    const callback = running === null ? {} : { callback: { serial: running.handle.serial, code: running.status } };
    const site = this.#callSite?.();
    const where = site === undefined ? {} : { site };
    const recorded = recordArguments(fn, args);
    recorder.record({ type: 'call-begin', call: id, fn, handle, args: recorded, ...where, ...callback });
  }

  /** A call has succeeded. */
  succeeded(call: PendingCall, result: unknown): void {
    // Asked last: whether anybody listens costs more to know.
    if (!call.recorded) return;
    const { id, fn, args } = call;
    this.#recorder?.record({ type: 'call-end', call: id, result: recordResult(fn, args, result) });
  }

  /** A call has failed. */
  failed(call: PendingCall, error: WinInetError): void {
    if (!call.recorded) return;
    const message = redact(error.message);
    this.#recorder?.record({ type: 'call-end', call: call.id, result: null, error: error.symbol, message });
  }

  /** A call has answered ERROR_IO_PENDING and goes on. */
  pends(call: PendingCall): void {
    if (call.recorded) this.#recorder?.record({ type: 'call-pending', call: call.id });
  }

  /**
   * INTERNET_STATUS_REQUEST_COMPLETE: a call that has answered ERROR_IO_PENDING is over.
   * @param result what the call resolves to where it does not pend; null after a failure
   */
  completed(call: PendingCall, record: HandleRecord, result: unknown, error: ErrorSymbol): void {
    const handle = result instanceof HINTERNET ? result : null;
    const dwResult = handle ?? (error === 'ERROR_SUCCESS' ? 1 : 0);
    const information = { dwResult, dwError: errorCode(error), value: result };
    const recorded = { result: handle === null ? Number(dwResult) : { handle: handle.serial }, error };
    const place = handle === null ? record : placeOfEnd(call, record);
    const owner = { callback: place.callback, context: completionContext(call, record) };
    this.#emit(place, constants.INTERNET_STATUS_REQUEST_COMPLETE, information, owner, recorded);
  }

  /**
   * A handle has come into being.
   * @param target what it leads to; asked only when somebody records
   */
  opened(call: PendingCall, record: HandleRecord, target: () => string): void {
    this.#recorder?.record({
      type: 'handle-open',
      serial: record.handle.serial,
      value: record.handle.value,
      kind: record.kind,
      state: record.state,
      parent: record.parent?.handle.serial ?? null,
      fn: call.fn,
      call: call.id,
      target: redact(target()),
    });
  }

  /** INTERNET_STATUS_HANDLE_CREATED: on the parent, with the new handle's context, so that a callback can close it early. */
  created(record: HandleRecord): void {
    const { parent, handle } = record;
    if (parent === null) return;
    this.#emit(parent, constants.INTERNET_STATUS_HANDLE_CREATED, handle, record, { handle: handle.serial });
  }

  /** A handle is in another state. */
  stateChanged(record: HandleRecord, state: HandleState): void {
    this.#recorder?.record({ type: 'handle-state', serial: record.handle.serial, state });
  }

  /** A handle has become invalid, perhaps with another one. */
  closed(record: HandleRecord, reason: CloseReason, cascadeRoot: HandleRecord): void {
    const serial = record.handle.serial;
    this.#recorder?.record({ type: 'handle-close', serial, reason, cascadeRoot: cascadeRoot.handle.serial });
  }

  /** INTERNET_STATUS_HANDLE_CLOSING: the last status of a handle. */
  closing(record: HandleRecord): void {
    const { handle } = record;
    this.#emit(record, constants.INTERNET_STATUS_HANDLE_CLOSING, handle, record, { handle: handle.serial });
    record.silent = true;
  }

  /** Any other status of a handle. */
  status(record: HandleRecord, code: number, information: string | number | null): void {
    this.#emit(record, code, information, record, information);
  }

  /** Bytes have passed a handle. */
  bytes(record: HandleRecord, direction: 'in' | 'out', count: number): void {
    if (count > 0) this.#recorder?.record({ type: 'bytes', serial: record.handle.serial, direction, count });
  }

  /** The program has asked for the last error. */
  lastErrorRead(code: number): void {
    this.#recorder?.record({ type: 'last-error', code });
  }

  /** A diagnosis. */
  note(note: Omit<Extract<EntryBody, { type: 'note' }>, 'type'>): void {
    this.#recorder?.record({ type: 'note', ...note, text: redact(note.text) });
  }

  /**
   * Turns a driver's events into statuses, connections and wire lines of a handle.
   * @param call for which the driver works
   * @param connecting reports the connection's making where that is another handle, as the root for an FTP session
   */
  observer(record: HandleRecord, call: PendingCall, connecting: HandleRecord = record): DriverObserver {
    return (event) => {
      if (event.type === 'wire') {
        const { direction, text } = event;
        this.#recorder?.record({ type: 'wire', serial: record.handle.serial, direction, text: cutWire(redact(text)) });
      } else if (event.type === 'waiting') {
        const { serial } = record.handle;
        this.#recorder?.record({ type: 'connection-wait', serial, limit: event.limit });
      } else if (event.type === 'connection') {
        // Uses count from the first one, though nobody may listen to it.
        const use = this.#connections.use(record.handle.serial, call.id, event.socket);
        this.#recorder?.record(use);
      } else if (event.type === 'reply') {
        this.#lastError.setResponse(event.text);
      } else {
        const { code, information, whileConnecting } = statusOfEvent(event);
        this.#emit(whileConnecting ? connecting : record, code, information, record, information);
      }
    };
  }

  #emit(
    on: HandleRecord,
    code: number,
    information: StatusCallbackInformation,
    owner: Pick<HandleRecord, 'callback' | 'context'>,
    recorded: StatusInformation,
  ): void {
    if (on.silent) return;
    const { context, callback } = owner;
    // The program hears the address of a redirect as it is; the journal must not keep a secret in its query.
    const kept = typeof recorded === 'string' ? redact(recorded) : recorded;
    this.#recorder?.record({ type: 'status', serial: on.handle.serial, code, context, information: kept });
    if (callback === null || context === 0) return;
    this.#statuses.deliver({ callback, handle: on.handle, context, status: code, information });
  }

  #callbackThrew(handle: HINTERNET, error: unknown): void {
    const text = `The status callback threw: ${error instanceof Error ? error.message : String(error)}`;
    this.note({ topic: 'callback-threw', serial: handle.serial, call: null, text });
  }
}

/**
 * The handle on which a call ends well: the one that it has opened, as recorded of InternetOpenUrl and FtpOpenFile, since the
 * page of the callback tells a handle with its own context. A session ends on its root, and so does what has no context.
 */
function placeOfEnd({ opened }: PendingCall, record: HandleRecord): HandleRecord {
  return opened?.open && opened.context !== 0 && !canHaveChildren(opened.kind) ? opened : record;
}

/** A head may be long and journals keep many: what shows of it is its beginning. */
const WIRE_LIMIT = 4096;

function cutWire(text: string): string {
  return text.length > WIRE_LIMIT ? `${text.slice(0, WIRE_LIMIT)}… (${text.length - WIRE_LIMIT} more)` : text;
}
