import { errorCode } from '../../shared/errorCodes.ts';
import { functionRow } from '../../shared/hierarchy.ts';
import { NOT_LOGGED } from '../../shared/notLogged.ts';
import { type EntryPoint, entryPoint, innerFtpFunction } from '../../shared/wineEntryPoints.ts';
import { AsyncCalls } from './asyncCalls.ts';
import { type CallArguments, isBeginning, readArguments } from './callArguments.ts';
import { CallbackReader } from './callbackReader.ts';
import { completeEnd } from './callEnd.ts';
import type { NativeCall } from './callRecord.ts';
import type { DraftJournal } from './draftJournal.ts';
import { nameArguments } from './ftpNames.ts';
import { HandleBook } from './handleBook.ts';
import { HAVE_LAST_WORDS, readInnerLine } from './innerLines.ts';
import { followNews, recordConnection, recordWire } from './innerNews.ts';
import { isSilentWriter } from './knownWriters.ts';
import type { LogLine } from './logLine.ts';
import { logPointer } from './logValues.ts';
import { NativeCalls, type NextNumber } from './nativeCalls.ts';
import { NativeConnections } from './nativeConnections.ts';
import { enterCallback, leaveCallback, type NativeThread, nativeThread } from './nativeThread.ts';
import { readRelayArguments } from './relayArguments.ts';
import { calledFunction, type RelayNews, returnsCode, tellReturn } from './relayLines.ts';
import { isCallbackEnd } from './statusLine.ts';

/** A native process: what its lines in the log mean. Threads interleave, and calls of Wine itself stand among the program's. */
export class NativeProcess {
  readonly #journal: DraftJournal;
  readonly #calls: NativeCalls;
  readonly #handles: HandleBook;
  readonly #pending = new AsyncCalls();
  readonly #connections = new NativeConnections();
  readonly #callbacks: CallbackReader;
  readonly #threads = new Map<string, NativeThread>();
  readonly #unnamed: (line: LogLine) => void;

  /** @param unnamed is told of a line that belongs to a call which the log does not name */
  constructor(journal: DraftJournal, nextSerial: NextNumber, nextCall: NextNumber, unnamed: (line: LogLine) => void) {
    this.#journal = journal;
    this.#handles = new HandleBook(journal, nextSerial);
    this.#calls = new NativeCalls(journal, this.#handles, this.#pending, nextCall);
    this.#callbacks = new CallbackReader(journal, this.#handles, this.#pending);
    this.#unnamed = unnamed;
  }

  /** Reads a line. False where nothing is known of such lines. */
  read(line: LogLine): boolean {
    const thread = this.#thread(line.tid);
    const entry = entryPoint(line.writer);
    if (entry !== null && isBeginning(entry, line.text)) {
      this.#begin(thread, entry, readArguments(entry, line.text, this.#handles));
      if (line.text.endsWith(': stub') && thread.call !== null) thread.call.told.worked = true;
    } else if (line.writer === 'get_handle_object') return this.#lookUp(thread, line);
    else if (line.writer === 'WININET_Release') this.#release(thread, line.text);
    else if (line.writer === 'INTERNET_SendCallback') return this.#callback(thread, line.text);
    else if (line.writer === 'INTERNET_AsyncCall') this.#calls.queue(thread);
    else if (line.writer === 'INTERNET_WorkerThreadFunc') this.#calls.settle(thread);
    else if (WORK.test(line.writer) && WORK_BEGINS.test(line.text)) this.#resume(thread, line);
    else return this.#inner(thread, line) || entry !== null || isSilentWriter(line.writer) || isOfRelayed(thread, line);
    return true;
  }

  /** Reads what the relay channel tells of a thread: a call of the program's begins, returns, or was asked about. */
  relay(tid: string, news: RelayNews): void {
    const thread = this.#thread(tid);
    const { call } = thread;
    if (news.is === 'last-error') {
      if (thread.failed !== null && !TELLS_NO_REASON.has(news.code)) completeEnd(thread.failed, news.code);
      thread.failed = null;
    } else if (news.is === 'call') {
      // It is in a callback of which Wine told nothing.
      if (call?.relayed) enterCallback(thread, null, news.fn);
      thread.failed = null;
      // The wide form or the inner one may follow, and tells more.
      this.#begin(thread, { fn: news.fn, ansi: true }, readRelayArguments(news.fn, news.printed, this.#handles), true);
    } else {
      if (call?.relayed && call.fn === news.fn) this.#return(thread, call, news.value);
      if (thread.call === null && thread.callbacks.at(-1)?.until === news.fn) leaveCallback(thread);
    }
  }

  #return(thread: NativeThread, call: NativeCall, value: number): void {
    tellReturn(call.fn, value, call.told);
    const end = this.#calls.settle(thread);
    // Where there is no such handle Wine's HTTP functions speak of a wrong kind; WinINet does not.
    const isKnown = call.told.invalid || returnsCode(call.fn);
    thread.failed = end?.error === undefined || isKnown ? null : end;
  }

  /** The log ends here: a call that had let its handle go was over. */
  end(): void {
    for (const thread of this.#threads.values()) {
      this.#forgetLookUp(thread);
      if (thread.call?.released) this.#calls.settle(thread);
    }
    for (const line of this.#pending.nameless) this.#unnamed(line);
  }

  #thread(tid: string): NativeThread {
    const known = this.#threads.get(tid);
    if (known !== undefined) return known;
    const thread = nativeThread();
    this.#threads.set(tid, thread);
    return thread;
  }

  /** @param relayed the relay channel tells of it, and will tell when it returns */
  #begin(
    thread: NativeThread,
    entry: Pick<EntryPoint, 'fn' | 'ansi'>,
    { args, value, size }: CallArguments,
    relayed = false,
  ): void {
    const running = thread.call;
    if (running !== null && (running.relayed || !running.released)) {
      if (running.ansi && running.fn === entry.fn) {
        // The wide form tells more: it follows the ANSI one at once.
        running.ansi = entry.ansi;
        const known = running.begin.args;
        running.begin.args = args.map((told, index) => (told === NOT_LOGGED ? (known[index] ?? null) : told));
        if (value !== null || !running.relayed) this.#calls.use(running, value, size);
        return;
      }
      if (running.relayed || running.lookups > 0) {
        // Wine calls its own functions. The session behind a URL has a handle that the program never sees.
        if (entry.fn === 'HttpOpenRequest' || entry.fn === 'FtpOpenFile') this.#handles.hide(value ?? 0);
        return;
      }
    }
    this.#forgetLookUp(thread);
    this.#calls.settle(thread);
    const call = this.#calls.start(thread, entry, args);
    this.#calls.use(call, value, size);
    call.relayed = relayed;
    if (relayed) return;
    // What no lookup of a handle follows is over at once, as far as the log tells.
    if (Object.keys(functionRow(entry.fn).uses).length === 0 && entry.fn !== 'InternetOpen') this.#calls.settle(thread);
  }

  #lookUp(thread: NativeThread, line: LogLine): boolean {
    const [, digits = '', address] = /^handle (-?\d+) -> (\w+)/.exec(line.text) ?? [];
    if (digits === '') return false;
    // The value is in decimal digits here, and in hexadecimal ones where it is an argument.
    const value = isUnsigned(thread.call?.value, Number(digits)) ? Number(digits) + 0x1_0000_0000 : Number(digits);
    const object = logPointer(address);
    thread.object = object;
    const { call } = thread;
    const isOther =
      call !== null && (call.released || (call.lookups === 0 && call.value !== null && call.value !== value));
    // What else Wine looks up on behalf of a call that has not returned says nothing of it.
    if (call?.relayed && isOther) return true;
    if (call !== null && !call.released && (call.lookups > 0 || call.value === null || call.value === value)) {
      if (object === null) this.#invalid(thread, call, value);
      else if (call.lookups > 0) call.lookups += object === heldBy(thread, call) ? 1 : 0;
      else this.#calls.attach(thread, call, value, object);
      return true;
    }
    this.#forgetLookUp(thread);
    this.#calls.settle(thread);
    if (object === null) return false;
    this.#handles.join(value, object);
    thread.lookUp = { value, object, line };
    return true;
  }

  #invalid(thread: NativeThread, call: NativeCall, value: number): void {
    // Within a call that has its handle it is another one that Wine looks up; some are about the library itself, and have none.
    if (call.lookups > 0 || (value === 0 && functionRow(call.fn).acceptsNull)) return;
    call.told.invalid = true;
    call.begin.handle = null;
    call.handle = null;
    if (!call.relayed) this.#calls.settle(thread);
  }

  #release(thread: NativeThread, text: string): void {
    const object = logPointer(/^object (\w+)/.exec(text)?.[1]);
    if (object === null) return;
    if (thread.lookUp?.object === object) this.#forgetLookUp(thread);
    const { call } = thread;
    if (call === null || call.lookups === 0 || heldBy(thread, call) !== object) return;
    call.lookups -= 1;
    if (call.lookups > 0) return;
    call.released = true;
    if (call.relayed) return;
    if (thread.work !== null || !HAVE_LAST_WORDS.has(call.fn)) this.#calls.settle(thread);
  }

  /** A call was made that the log does not name: it was refused before it wrote a line. */
  #forgetLookUp(thread: NativeThread): void {
    if (thread.lookUp === null) return;
    this.#unnamed(thread.lookUp.line);
    thread.lookUp = null;
  }

  #callback(thread: NativeThread, text: string): boolean {
    if (!isCallbackEnd(text)) return this.#callbacks.read(thread, text);
    this.#forgetLookUp(thread);
    this.#calls.settle(thread);
    leaveCallback(thread);
    thread.failed = null;
    return true;
  }

  #resume(thread: NativeThread, { writer, text }: LogLine): void {
    const object = logPointer(WORK_BEGINS.exec(text)?.[1]);
    if (object !== null) this.#calls.resume(thread, writer, object);
  }

  #inner(thread: NativeThread, line: LogLine): boolean {
    const ftp = innerFtpFunction(line.writer);
    if (ftp !== null) {
      const { lookUp } = thread;
      if (lookUp !== null) {
        thread.lookUp = null;
        const entry: EntryPoint = { fn: ftp, ansi: false, cells: [] };
        const call = this.#calls.start(thread, entry, readArguments(entry, '', this.#handles).args);
        this.#calls.attach(thread, call, lookUp.value, lookUp.object);
      }
      if (thread.call !== null) {
        thread.call.told.worked = true;
        nameArguments(thread.call, line.text);
      }
      return true;
    }
    const { call } = thread;
    const news = readInnerLine(line, call?.told ?? {});
    if (news === null) return false;
    const isOver = call !== null && followNews(thread, call, news, line, this.#handles);
    if (news.connection !== undefined) recordConnection(thread, news.connection, this.#connections, this.#journal);
    if (news.wire !== undefined) recordWire(thread, news.wire, this.#journal);
    if (isOver && !call?.relayed) this.#calls.settle(thread);
    return true;
  }
}

/** Is a value negative only because programs of 32 bits print what they pass without a sign? */
function isUnsigned(passed: number | null | undefined, value: number): boolean {
  return value < 0 && passed === value + 0x1_0000_0000;
}

/** Is this a line of a call of which the relay channel has told already? */
function isOfRelayed({ call }: NativeThread, { writer }: LogLine): boolean {
  return call?.relayed === true && calledFunction(writer) === call.fn;
}

/** Codes that say nothing about why a call failed: none, and that an asynchronous one goes on. */
const TELLS_NO_REASON: ReadonlySet<number> = new Set([errorCode('ERROR_SUCCESS'), errorCode('ERROR_IO_PENDING')]);

/** Functions inside Wine that do the work for calls, and what they write when they begin it. */
const WORK = /Async\w+Proc$|^async_\w+_proc$/;
const WORK_BEGINS = /^\s*(?:req )?([0-9A-F]{8,16})\b/;

/** The object that a thread holds while it runs a call. */
function heldBy({ work }: NativeThread, { handle }: NativeCall): string | null {
  return work ?? handle?.object ?? null;
}
