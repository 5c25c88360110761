import { type FunctionName, functionRow, type HandleState, type Move } from '../shared/hierarchy.ts';
import { answersPending, chanceToEnd } from './asyncCalls.ts';
import { diagnose } from './diagnosis.ts';
import type { Found, HandleRecord } from './handleStore.ts';
import type { LastError } from './lastError.ts';
import type { Library } from './library.ts';
import { PendingCall } from './pendingCall.ts';
import { DriverFailure } from './ports/driver.ts';
import type { Reports } from './reports.ts';
import { CallFailure, type WinInetError, winInetErrorOf } from './winInetError.ts';

/** What calls need of their engine. */
interface CallParts {
  readonly reports: Reports;
  readonly lastError: LastError;
  readonly library: Library;
  readonly setState: (record: HandleRecord, state: HandleState) => void;
}

/** The course of every call: it begins, runs, perhaps waits or pends, and settles; its handle moves along as the table says. */
export class Calls {
  readonly #reports: Reports;
  readonly #lastError: LastError;
  readonly #library: Library;
  readonly #setState: CallParts['setState'];
  #count = 0;

  constructor({ reports, lastError, library, setState }: CallParts) {
    this.#reports = reports;
    this.#lastError = lastError;
    this.#library = library;
    this.#setState = setState;
  }

  /** A call begins; `record` is the handle that it uses. */
  begin(fn: FunctionName, record: HandleRecord | null, args: readonly unknown[]): PendingCall {
    const call = new PendingCall(++this.#count, fn, args);
    this.#lastError.callBegins(fn);
    this.#reports.begin(call, record);
    return call;
  }

  /** Runs a call to its end. */
  run<T>(call: PendingCall, record: HandleRecord | null, run: () => T | Promise<T>): Promise<T> {
    const move = record === null ? undefined : functionRow(call.fn).moves?.[record.kind];
    const before = record?.state;
    if (record !== null && move?.during !== undefined) this.#setState(record, move.during);
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

  /** Refuses a call before it runs, with a diagnosis for the journal where there is one. */
  refuse(
    call: PendingCall,
    record: HandleRecord | null,
    candidate: unknown,
    found: Found,
    symbol: WinInetError['symbol'],
  ): Promise<never> {
    const note = diagnose(call.fn, candidate, found, symbol);
    if (note !== null) this.#reports.note({ ...note, call: call.id });
    const sentence = note === null ? undefined : note.text;
    return Promise.reject(this.#fail(call, record, new CallFailure(symbol, sentence), undefined));
  }

  #wait<T>(call: PendingCall, record: HandleRecord | null, result: Promise<T>, move: Move | undefined): Promise<T> {
    record?.pending.add(call);
    const answer = new Promise<T>((resolve, reject) => {
      const cancel = (): void => {
        record?.pending.delete(call);
        reject(this.#fail(call, record, new CallFailure('ERROR_INTERNET_OPERATION_CANCELLED'), move));
      };
      // A status callback may have closed the new handle already, before the call first had to wait.
      if (call.cancelled) cancel();
      else call.onCancel = cancel;
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
    return record !== null && answersPending(call, record) ? this.#pend(call, record, answer) : answer;
  }

  /** The answer of a call that ends at once; otherwise ERROR_IO_PENDING, and INTERNET_STATUS_REQUEST_COMPLETE when it ends. */
  async #pend<T>(call: PendingCall, record: HandleRecord, answer: Promise<T>): Promise<T> {
    await Promise.race([answer.catch(() => undefined), chanceToEnd(call.fn)]);
    if (call.ended) return answer;
    call.pends = true;
    this.#reports.pends(call);
    answer.catch(() => undefined);
    this.#lastError.set('ERROR_IO_PENDING');
    throw winInetErrorOf(new CallFailure('ERROR_IO_PENDING'), call.fn, record.handle);
  }

  #succeed(call: PendingCall, record: HandleRecord | null, result: unknown, move: Move | undefined): void {
    const next = call.reachedEnd ? move?.end : move?.success;
    if (record !== null && next !== undefined) this.#setState(record, next);
    call.ended = true;
    this.#reports.succeeded(call, result);
    if (call.pends && record !== null) this.#reports.completed(call, record, result, 'ERROR_SUCCESS');
  }

  #fail(call: PendingCall, record: HandleRecord | null, failure: unknown, move: Move | undefined): WinInetError {
    const next = call.reachedEnd ? move?.end : call.answered ? move?.success : move?.failure;
    if (record !== null && next !== undefined) this.#setState(record, next);
    const error = winInetErrorOf(failure, call.fn, record?.handle ?? null);
    if (failure instanceof DriverFailure) this.#library.socketError = failure.socketError ?? this.#library.socketError;
    call.ended = true;
    this.#reports.failed(call, error);
    if (call.pends && record !== null) this.#reports.completed(call, record, null, error.symbol);
    else this.#lastError.set(error.symbol);
    return error;
  }
}
