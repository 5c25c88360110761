import {
  type FunctionName,
  type FunctionsOfLibrary,
  functionRow,
  type HandleKind,
  type HandleState,
  type KindsUsedBy,
  kindRow,
  type Move,
  refusal,
  type StateOf,
} from '../shared/hierarchy.ts';
import type { CloseReason, Recorder } from '../shared/journal.ts';
import { answersPending, chanceToEnd } from './asyncCalls.ts';
import { checkArguments } from './checks.ts';
import { Closer } from './closer.ts';
import { CookieJar } from './cookieJar.ts';
import { CredentialsMemory } from './credentialsMemory.ts';
import { diagnose } from './diagnosis.ts';
import type { HandleData } from './handleData.ts';
import { type Found, type HandleRecord, HandleStore } from './handleStore.ts';
import { LastError } from './lastError.ts';
import { Library } from './library.ts';
import { PendingCall } from './pendingCall.ts';
import { type Dialogs, DriverFailure, type Drivers } from './ports.ts';
import { Reports } from './reports.ts';
import { CallFailure, type WinInetError, winInetErrorOf } from './winInetError.ts';

/** What an engine is made of. */
export interface EngineParts {
  readonly drivers: Drivers;
  /** Is told everything that happens; without one nothing is recorded and nothing is spent on it. */
  readonly recorder?: Recorder | null;
  /** Asks a person for InternetErrorDlg; without it nobody is asked. */
  readonly dialogs?: Dialogs | null;
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

/**
 * The one dispatch path: look the function up in the table, check the handle, run, record, settle.
 *
 * Families of functions (internet.ts, http.ts, ftp.ts, …) call `use` or `free` and throw CallFailure; everything that is the
 * same for all functions happens here, once.
 */
export class Engine {
  readonly drivers: Drivers;
  readonly dialogs: Dialogs | null;
  readonly store = new HandleStore();
  readonly lastError = new LastError();
  readonly library = new Library();
  readonly cookies = new CookieJar();
  /** What servers and proxies have accepted, for every root. */
  readonly credentials = new CredentialsMemory();
  readonly reports: Reports;
  readonly #closer: Closer;
  #calls = 0;

  constructor(parts: EngineParts) {
    this.drivers = parts.drivers;
    this.dialogs = parts.dialogs ?? null;
    this.reports = new Reports(parts.recorder ?? null, this.lastError);
    this.library.onSessionEnd.add(() => this.cookies.endSession());
    this.library.onSessionEnd.add(() => this.credentials.clear());
    this.#closer = new Closer(this.reports, (record) => this.#leave(record));
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

  /** As `use`, where NULL stands for the library itself: the record is null then. */
  useOrLibrary<F extends FunctionsOfLibrary, T>(
    fn: F,
    candidate: unknown,
    args: readonly unknown[],
    run: (record: HandleRecord<KindsUsedBy<F>> | null) => T,
  ): Promise<T> {
    return candidate === null ? this.free(fn, args, () => run(null)) : this.use(fn, candidate, args, run);
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
      options: (parent ?? this.library).options,
      callback: parent?.callback ?? null,
    });
    this.reports.opened(call, record, from.target);
    this.#occupyParent(record);
    if (from.announce) this.reports.created(record);
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
      // What closing has to say comes second: the call failed for another reason.
      if (record.open) await this.close(record, 'failed')?.catch(() => undefined);
      throw failure;
    } finally {
      record.pending.delete(call);
    }
  }

  /** Moves a handle to another state; a closed handle stays as it was. */
  setState(record: HandleRecord, state: HandleState): void {
    if (!record.open || record.state === state) return;
    record.state = state;
    this.reports.stateChanged(record, state);
  }

  /** Closes a handle and everything below it. See Closer. */
  close(top: HandleRecord, reason: Exclude<CloseReason, 'cascade'>): undefined | Promise<undefined> {
    return this.#closer.close(top, reason);
  }

  /** Closes every handle and every connection. */
  async dispose(): Promise<void> {
    const closings = [...this.store.roots].map((root) => (root.open ? this.close(root, 'call') : root.leaving));
    await Promise.allSettled(closings);
    this.drivers.network.close();
    await this.drivers.http.close();
  }

  #begin(fn: FunctionName, record: HandleRecord | null, args: readonly unknown[]): PendingCall {
    const call = new PendingCall(++this.#calls, fn, args);
    this.reports.begin(call, record);
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
    const answer = new Promise<T>((resolve, reject) => {
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
    return record !== null && !call.waits && answersPending(call.fn, record)
      ? this.#pend(call, record, answer)
      : answer;
  }

  /** The answer of a call that ends at once; otherwise ERROR_IO_PENDING, and INTERNET_STATUS_REQUEST_COMPLETE when it ends. */
  async #pend<T>(call: PendingCall, record: HandleRecord, answer: Promise<T>): Promise<T> {
    await Promise.race([answer.catch(() => undefined), chanceToEnd(call.fn)]);
    if (call.ended) return answer;
    call.pends = true;
    this.reports.pends(call);
    answer.catch(() => undefined);
    this.lastError.set('ERROR_IO_PENDING');
    throw winInetErrorOf(new CallFailure('ERROR_IO_PENDING'), call.fn, record.handle);
  }

  #succeed(call: PendingCall, record: HandleRecord | null, result: unknown, move: Move | undefined): void {
    const next = call.reachedEnd ? move?.end : move?.success;
    if (record !== null && next !== undefined) this.setState(record, next);
    call.ended = true;
    this.reports.succeeded(call, result);
    if (call.pends && record !== null) this.reports.completed(call, record, result, 'ERROR_SUCCESS');
  }

  #fail(call: PendingCall, record: HandleRecord | null, failure: unknown, move: Move | undefined): WinInetError {
    const next = call.reachedEnd ? move?.end : move?.failure;
    if (record !== null && next !== undefined) this.setState(record, next);
    const error = winInetErrorOf(failure, call.fn, record?.handle ?? null);
    if (failure instanceof DriverFailure) this.library.socketError = failure.socketError ?? this.library.socketError;
    call.ended = true;
    this.reports.failed(call, error);
    if (call.pends && record !== null) this.reports.completed(call, record, null, error.symbol);
    else this.lastError.set(error.symbol);
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
    if (note !== null) this.reports.note({ ...note, call: call.id });
    const sentence = note === null ? undefined : note.text;
    return Promise.reject(this.#fail(call, record, new CallFailure(symbol, sentence), undefined));
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
}
