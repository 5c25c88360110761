import * as constants from '../shared/constants.ts';
import {
  type FunctionName,
  functionRow,
  type HandleKind,
  type HandleState,
  type KindsUsedBy,
  kindRow,
  type Move,
  refusal,
  type StateOf,
} from '../shared/hierarchy.ts';
import type { CloseReason, EntryBody, Recorder, StatusInformation } from '../shared/journal.ts';
import { redact } from '../shared/redact.ts';
import { checkArguments } from './checks.ts';
import { diagnose } from './diagnosis.ts';
import type { HINTERNET } from './handle.ts';
import type { HandleData, Release } from './handleData.ts';
import { type Found, type HandleRecord, HandleStore } from './handleStore.ts';
import { LastError } from './lastError.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import { PendingCall } from './pendingCall.ts';
import { DriverFailure, type DriverObserver, type Drivers } from './ports.ts';
import { recordArguments, recordResult } from './recording.ts';
import { statusOfEvent } from './statusOfEvent.ts';
import { type StatusCallbackInformation, StatusQueue } from './statusQueue.ts';
import { CallFailure, WinInetError } from './winInetError.ts';

/** What an engine is made of. */
export interface EngineParts {
  readonly drivers: Drivers;
  /** Is told everything that happens; without one nothing is recorded and nothing is spent on it. */
  readonly recorder?: Recorder | null;
}

/** How a new handle begins. */
export interface Opening<K extends HandleKind> {
  readonly kind: K;
  readonly parent: HandleRecord | null;
  readonly state: StateOf<K> & HandleState;
  readonly data: HandleData[K];
  readonly context: number;
  /** What the handle leads to, as the views name it; asked only when somebody records. */
  readonly target: () => string;
  /** Report INTERNET_STATUS_HANDLE_CREATED on the parent, which lets a callback close the handle early. */
  readonly announce: boolean;
}

/** A handle on its way out. */
interface Closing {
  readonly record: HandleRecord;
  /** A call on it was cut off. */
  readonly interrupted: boolean;
}

/**
 * The one dispatch path: look the function up in the table, check the handle, run, record, settle.
 *
 * Families of functions (internet.ts, http.ts, ftp.ts, …) call `use` or `free` and throw CallFailure; everything that is the
 * same for all functions happens here, once.
 */
export class Engine {
  readonly drivers: Drivers;
  readonly store = new HandleStore();
  readonly lastError = new LastError();
  readonly #recorder: Recorder | null;
  readonly #statuses = new StatusQueue((handle, error) => this.#callbackThrew(handle, error));
  #calls = 0;

  constructor(parts: EngineParts) {
    this.drivers = parts.drivers;
    this.#recorder = parts.recorder ?? null;
  }

  /** Runs a call that uses no handle. */
  free<T>(fn: FunctionName, args: readonly unknown[], run: (call: PendingCall) => T | Promise<T>): Promise<T> {
    const call = this.#begin(fn, null, args);
    return this.#run(call, null, () => {
      checkArguments(fn, args);
      return run(call);
    });
  }

  /** Runs a call on a handle, if the table allows it on this kind in this state. */
  use<F extends FunctionName, T>(
    fn: F,
    candidate: unknown,
    args: readonly unknown[],
    run: (record: HandleRecord<KindsUsedBy<F>>, call: PendingCall) => T | Promise<T>,
  ): Promise<T> {
    const found = this.store.find(candidate);
    const record = found.is === 'live' ? found.record : null;
    const call = this.#begin(fn, record, args);
    if (record === null) return this.#refuse(call, null, candidate, found, 'ERROR_INVALID_HANDLE');
    const refused = refusal(fn, record.kind, record.state);
    if (refused !== undefined) return this.#refuse(call, record, candidate, found, refused);
    // The table has just said that the record is of a kind which the function uses.
    return this.#run(call, record, () => {
      checkArguments(fn, args);
      return run(record as unknown as HandleRecord<KindsUsedBy<F>>, call);
    });
  }

  /** Makes a handle. Fails with ERROR_INTERNET_OPERATION_CANCELLED if the parent was closed meanwhile. */
  open<K extends HandleKind>(call: PendingCall, from: Opening<K>): HandleRecord<K> {
    const { parent } = from;
    if (call.cancelled || parent?.open === false) throw new CallFailure('ERROR_INTERNET_OPERATION_CANCELLED');
    const record = this.store.add({
      kind: from.kind,
      parent,
      state: from.state,
      data: from.data,
      context: from.context,
      options: parent?.options ?? DEFAULT_OPTIONS,
      callback: parent?.callback ?? null,
    });
    this.#recorder?.record({
      type: 'handle-open',
      serial: record.handle.serial,
      value: record.handle.value,
      kind: from.kind,
      state: from.state,
      parent: parent?.handle.serial ?? null,
      fn: call.fn,
      call: call.id,
      target: redact(from.target()),
    });
    const stored = record;
    this.#occupyParent(stored);
    if (from.announce && parent !== null) {
      this.#emit(parent, constants.INTERNET_STATUS_HANDLE_CREATED, record.handle, stored, {
        handle: record.handle.serial,
      });
    }
    return record;
  }

  /**
   * Does the work that a new handle needs before its call may return it: closing the handle meanwhile cancels the call, and
   * if the work fails the handle goes away again.
   */
  async establish<T>(record: HandleRecord, call: PendingCall, work: () => Promise<T>): Promise<T> {
    // A callback may have closed the handle when INTERNET_STATUS_HANDLE_CREATED told of it.
    if (!record.open) throw new CallFailure('ERROR_INTERNET_OPERATION_CANCELLED');
    record.pending.add(call);
    try {
      const result = await work();
      if (!record.open) throw new CallFailure('ERROR_INTERNET_OPERATION_CANCELLED');
      return result;
    } catch (failure) {
      record.pending.delete(call);
      if (record.open) await this.close(record, 'failed');
      throw failure;
    } finally {
      record.pending.delete(call);
    }
  }

  /** Moves a handle to another state; a closed handle stays as it was. */
  setState(record: HandleRecord, state: HandleState): void {
    if (!record.open || record.state === state) return;
    record.state = state;
    this.#recorder?.record({ type: 'handle-state', serial: record.handle.serial, state });
  }

  /** Reports a status on a handle. */
  status(record: HandleRecord, code: number, information: string | number | null): void {
    this.#emit(record, code, information, record, information);
  }

  /** Records bytes that passed a handle. */
  countBytes(record: HandleRecord, direction: 'in' | 'out', count: number): void {
    if (count > 0) this.#recorder?.record({ type: 'bytes', serial: record.handle.serial, direction, count });
  }

  /** Records a diagnosis. */
  note(note: Omit<Extract<EntryBody, { type: 'note' }>, 'type'>): void {
    this.#recorder?.record({ type: 'note', ...note });
  }

  /**
   * Turns a driver's events into statuses and wire lines of a handle.
   * @param connecting reports the connection's making where that is another handle, as the root for an FTP session
   */
  observer(record: HandleRecord, connecting: HandleRecord = record): DriverObserver {
    return (event) => {
      if (event.type === 'wire') {
        const { direction, text } = event;
        this.#recorder?.record({ type: 'wire', serial: record.handle.serial, direction, text: redact(text) });
      } else if (event.type === 'reply') {
        this.lastError.setResponse(event.text);
      } else {
        const { code, information, whileConnecting } = statusOfEvent(event);
        this.#emit(whileConnecting ? connecting : record, code, information, record, information);
      }
    };
  }

  /**
   * Closes a handle and everything below it: invalid at once, descendants first and the newest of them first, running calls
   * settle with ERROR_INTERNET_OPERATION_CANCELLED, then INTERNET_STATUS_HANDLE_CLOSING, and the value is freed last.
   * @returns a promise if sockets or uploads have to be waited for; it rejects if an upload failed
   */
  close(top: HandleRecord, reason: Exclude<CloseReason, 'cascade'>): undefined | Promise<undefined> {
    const closing = this.#invalidate(top);
    for (const { record, interrupted } of closing) {
      this.#recorder?.record({
        type: 'handle-close',
        serial: record.handle.serial,
        reason: record === top ? reason : 'cascade',
        cascadeRoot: top.handle.serial,
      });
      if (interrupted) for (const call of [...record.pending]) call.cancel();
    }
    for (const [index, { record, interrupted }] of closing.entries()) {
      // A child that is still here was closed before and has not gone yet: its parent waits for it.
      const release = record.hasChildren ? null : record.data.release?.(interrupted);
      if (release === undefined) {
        this.#bury(record);
        continue;
      }
      const slow = closing.slice(index);
      const leaving = this.#closeSlowly(slow, release);
      for (const one of slow) one.record.leaving = leaving;
      return leaving;
    }
    return undefined;
  }

  /** Closes every handle and every connection. */
  async dispose(): Promise<void> {
    const closings = [...this.store.roots].map((root) => (root.open ? this.close(root, 'call') : root.leaving));
    await Promise.allSettled(closings);
    await this.drivers.http.close();
  }

  /** Refuses a function that the table has and this engine does not run yet. */
  notImplemented(fn: FunctionName, args: readonly unknown[]): Promise<never> {
    const call = this.#begin(fn, null, args);
    return Promise.reject(this.#fail(call, null, new CallFailure('ERROR_CALL_NOT_IMPLEMENTED'), undefined));
  }

  #begin(fn: FunctionName, record: HandleRecord | null, args: readonly unknown[]): PendingCall {
    const call = new PendingCall(++this.#calls, fn, args);
    this.#recorder?.record({
      type: 'call-begin',
      call: call.id,
      fn,
      handle: record?.handle.serial ?? null,
      args: recordArguments(fn, args),
    });
    return call;
  }

  #run<T>(call: PendingCall, record: HandleRecord | null, run: () => T | Promise<T>): Promise<T> {
    const move = record === null ? undefined : functionRow(call.fn).moves?.[record.kind];
    const before = record?.state;
    if (record !== null && move?.during !== undefined) this.setState(record, move.during);
    let result: T | Promise<T>;
    try {
      result = run();
    } catch (failure) {
      // It failed on its arguments, before anything was sent: the handle is as it was.
      return Promise.reject(this.#fail(call, record, failure, { ...move, failure: before }));
    }
    if (result instanceof Promise) return this.#wait(call, record, result, move);
    this.#succeed(call, record, result, move);
    return Promise.resolve(result);
  }

  #wait<T>(call: PendingCall, record: HandleRecord | null, result: Promise<T>, move: Move | undefined): Promise<T> {
    record?.pending.add(call);
    return new Promise<T>((resolve, reject) => {
      call.onCancel = () => {
        record?.pending.delete(call);
        reject(this.#fail(call, record, new CallFailure('ERROR_INTERNET_OPERATION_CANCELLED'), move));
      };
      result.then(
        (value) => {
          if (call.cancelled) return;
          record?.pending.delete(call);
          this.#succeed(call, record, value, move);
          resolve(value);
        },
        (failure: unknown) => {
          if (call.cancelled) return;
          record?.pending.delete(call);
          reject(this.#fail(call, record, failure, move));
        },
      );
    });
  }

  #succeed(call: PendingCall, record: HandleRecord | null, result: unknown, move: Move | undefined): void {
    const next = call.reachedEnd ? move?.end : move?.success;
    if (record !== null && next !== undefined) this.setState(record, next);
    this.#recorder?.record({ type: 'call-end', call: call.id, result: recordResult(call.fn, call.args, result) });
  }

  #fail(call: PendingCall, record: HandleRecord | null, failure: unknown, move: Move | undefined): WinInetError {
    const next = call.reachedEnd ? move?.end : move?.failure;
    if (record !== null && next !== undefined) this.setState(record, next);
    const error = translate(failure, call.fn, record?.handle ?? null);
    this.lastError.set(error.symbol);
    this.#recorder?.record({
      type: 'call-end',
      call: call.id,
      result: null,
      error: error.symbol,
      message: redact(error.message),
    });
    return error;
  }

  #refuse(
    call: PendingCall,
    record: HandleRecord | null,
    candidate: unknown,
    found: Found,
    symbol: WinInetError['symbol'],
  ): Promise<never> {
    const note = diagnose(call.fn, candidate, found, symbol);
    if (note !== null) this.note({ ...note, call: call.id });
    const sentence = note === null ? undefined : note.text;
    return Promise.reject(this.#fail(call, record, new CallFailure(symbol, sentence), undefined));
  }

  #emit(
    on: HandleRecord,
    code: number,
    information: StatusCallbackInformation,
    owner: HandleRecord,
    recorded: StatusInformation,
  ): void {
    if (on.silent) return;
    const { context } = owner;
    this.#recorder?.record({ type: 'status', serial: on.handle.serial, code, context, information: recorded });
    const { callback } = owner;
    if (callback === null || context === 0) return;
    this.#statuses.deliver({ callback, handle: on.handle, context, status: code, information });
  }

  #invalidate(top: HandleRecord): readonly Closing[] {
    const order: Closing[] = [];
    const visit = (record: HandleRecord): void => {
      record.open = false;
      if (record.hasChildren) for (const child of [...record.children].reverse()) if (child.open) visit(child);
      order.push({ record, interrupted: record.isBusy });
    };
    visit(top);
    return order;
  }

  /** @param begun what the first of them has to wait for, if its release has begun */
  async #closeSlowly(closing: readonly Closing[], begun: Release | null): Promise<undefined> {
    const failures: unknown[] = [];
    let release = begun;
    for (const { record, interrupted } of closing) {
      if (record.hasChildren) await Promise.allSettled([...record.children].map((child) => child.leaving));
      await this.#settle(record, release ?? record.data.release?.(interrupted) ?? {}, failures);
      release = null;
    }
    if (failures.length > 0) throw failures[0];
    return undefined;
  }

  async #settle(record: HandleRecord, release: Release, failures: unknown[]): Promise<void> {
    await release.closed?.catch((failure: unknown) => failures.push(failure));
    this.#announceClosing(record);
    await release.outcome?.catch((failure: unknown) => failures.push(failure));
    this.#leave(record);
  }

  #bury(record: HandleRecord): void {
    this.#announceClosing(record);
    this.#leave(record);
  }

  #announceClosing(record: HandleRecord): void {
    const { handle } = record;
    this.#emit(record, constants.INTERNET_STATUS_HANDLE_CLOSING, handle, record, { handle: handle.serial });
    record.silent = true;
  }

  #leave(record: HandleRecord): void {
    this.store.remove(record);
    if (record.parent !== null && record.parentStateBefore !== null) {
      this.setState(record.parent, record.parentStateBefore);
    }
  }

  #occupyParent(record: HandleRecord): void {
    const occupied = kindRow(record.kind).occupies;
    if (occupied === undefined || record.parent === null || !(occupied in kindRow(record.parent.kind).states)) return;
    record.parentStateBefore = record.parent.state;
    this.setState(record.parent, occupied as HandleState);
  }

  #callbackThrew(handle: HINTERNET, error: unknown): void {
    const text = `The status callback threw: ${error instanceof Error ? error.message : String(error)}`;
    this.note({ topic: 'callback-threw', serial: handle.serial, call: null, text });
  }
}

function translate(failure: unknown, fn: FunctionName, handle: HINTERNET | null): WinInetError {
  if (failure instanceof CallFailure) {
    return new WinInetError(failure.symbol, fn, handle, {
      sentence: failure.sentence,
      requiredLength: failure.requiredLength,
    });
  }
  if (failure instanceof DriverFailure) {
    return new WinInetError(failure.symbol, fn, handle, { sentence: failure.message, cause: failure.cause });
  }
  return new WinInetError('ERROR_INTERNET_INTERNAL_ERROR', fn, handle, { cause: failure });
}
