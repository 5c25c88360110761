import { type FunctionName, isFunctionName, looksForBytes, sendsRequest } from '../../shared/hierarchy.ts';
import type { NativeCall } from './callRecord.ts';
import type { JournalGap } from './draftJournal.ts';
import type { LogLine } from './logLine.ts';

/** Work for a call that a thread has begun. */
export interface BegunWork extends AsyncCall {
  /** The function whose work it is, as far as the log tells. */
  readonly fn: string;
}

/** A call whose work a thread of Wine's own will do. */
export interface AsyncCall {
  /** Null as long as the log has not named the function. */
  readonly call: NativeCall | null;
  /** The object that the work is queued for. */
  readonly object: string;
  /** Of a call without a name: the line that shows it, the handle that it uses, and where it belongs in the journal. */
  readonly unnamed: { readonly line: LogLine; readonly value: number; readonly gap: JournalGap } | null;
}

/** Calls that answered ERROR_IO_PENDING, the oldest first. */
export class AsyncCalls {
  readonly #queue: AsyncCall[] = [];
  /** Calls that threads of Wine's work on, or have worked on. */
  readonly #begun: NativeCall[] = [];

  add(one: AsyncCall): void {
    this.#queue.push(one);
  }

  /** A thread begins the work that a function inside Wine of this name does for an object; null where none is known to wait. */
  begin(writer: string, object: string): BegunWork | null {
    const done = workOf(writer);
    const waiting = this.#queue.filter((one) => one.object === object);
    const found =
      waiting.find(({ call }) => call?.fn === done) ??
      waiting.find(({ call }) => call !== null && goesOn(call.fn, done)) ??
      waiting.find(({ call }) => call === null && isFunctionName(done));
    if (found === undefined) return null;
    this.#queue.splice(this.#queue.indexOf(found), 1);
    return { ...found, fn: done };
  }

  /** The work for a call goes on in a thread. */
  working(call: NativeCall): void {
    if (!this.#begun.includes(call)) this.#begun.push(call);
  }

  /** INTERNET_STATUS_REQUEST_COMPLETE of a handle: the oldest call about it that is not over. */
  completed(serial: number): NativeCall | null {
    const isMeant = ({ handle, made }: NativeCall): boolean => handle?.serial === serial || made?.serial === serial;
    const begun = this.#begun.find(isMeant);
    if (begun !== undefined) return begun;
    return this.#queue.find(({ call }) => call !== null && isMeant(call))?.call ?? null;
  }

  /** A call is over. */
  forget(call: NativeCall): void {
    remove(this.#begun, (one) => one === call);
    remove(this.#queue, (one) => one.call === call);
  }

  /** Calls of which nothing but their handle became known. */
  get nameless(): readonly LogLine[] {
    return this.#queue.flatMap(({ unnamed, call }) => (unnamed === null || call !== null ? [] : [unnamed.line]));
  }
}

function goesOn(fn: FunctionName, done: string): boolean {
  // Reads are done by functions with names of another form, as async_read_file_proc.
  if (done === '') return looksForBytes(fn);
  // AsyncHttpSendRequestProc sends for each of them.
  return sendsRequest(fn) && isFunctionName(done) && sendsRequest(done);
}

/** `HttpSendRequest` of `AsyncHttpSendRequestProc`. */
function workOf(writer: string): string {
  return /Async(\w+)Proc$/.exec(writer)?.[1] ?? '';
}

function remove<T>(list: T[], isMeant: (one: T) => boolean): void {
  const place = list.findIndex(isMeant);
  if (place !== -1) list.splice(place, 1);
}
