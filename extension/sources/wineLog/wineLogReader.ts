import { type FunctionName, functionRow, handleParameter } from '../../shared/hierarchy.ts';
import { type Entry, type EntryBody, type RecordedValue, UNTOLD } from '../../shared/journal.ts';
import { redact } from '../../shared/redact.ts';
import { type Cell, entryPoint, innerFtpFunction } from './entryPoints.ts';
import { EVIDENCE } from './evidence.ts';
import { isSilentWriter } from './knownWriters.ts';
import type { LogLine } from './logLine.ts';
import { logNumber, logPointer, quotedText, readLogValues } from './logValues.ts';
import { COMMAND_ARGUMENTS, nativeArgument, targetOf } from './nativeArguments.ts';
import { type NativeCall, nativeCall, setArgument } from './nativeCall.ts';
import { NativeHandles } from './nativeHandles.ts';
import { errorOf, openingOf, stateAfter } from './outcome.ts';

/**
 * Turns the lines of Wine's wininet channel into a journal. Each thread makes one call at a time: a line of a function that
 * programs call ends the call before it, unless that one calls it itself, as InternetOpenUrl does. What a line inside a call
 * tells, evidence of how it fares, is kept with the call.
 */
export class WineLogReader {
  readonly entries: Entry[] = [];
  /** Calls of functions that the log shows but does not name: they could not be taken. */
  unnamed = 0;
  readonly #threads = new Map<string, NativeCall>();
  readonly #processes = new Map<string, NativeHandles>();
  #began: number | null = null;
  #t = 0;
  #calls = 0;
  #serials = 0;

  /** Reads a line; false where it is of a function that is not known here. */
  read(line: LogLine): boolean {
    const { time, tid, pid, channel, writer, text } = line;
    if (channel !== 'wininet') return true;
    if (time !== null) this.#began ??= time;
    // Lines of threads may be mixed up: time never goes back. Without time stamps every line counts as a microsecond.
    this.#t = time === null ? this.#t + 1 : Math.max(this.#t, time - (this.#began ?? time));
    const thread = `${pid}:${tid}`;
    const call = this.#threads.get(thread) ?? null;
    const point = entryPoint(writer);
    if (point !== null && this.#isBeginning(call, point.fn, text)) {
      this.#begin(thread, call, point.fn, point.ansi, point.cells, pid, text);
      return true;
    }
    if (writer === 'get_handle_object') this.#lookUp(thread, call, pid, text);
    else if (call !== null) this.#evidence(call, writer, text);
    return point !== null || EVIDENCE.has(writer) || isSilentWriter(writer);
  }

  /** The log is over: calls that are under way end as far as it tells, and the program has ended. */
  end(): void {
    for (const call of this.#threads.values()) this.#finish(call);
    this.#threads.clear();
    this.#record({ type: 'end' });
  }

  /** Some functions write more lines than their first; those have no parenthesis or handle behind the name. */
  #isBeginning(call: NativeCall | null, fn: FunctionName, text: string): boolean {
    if (/^(?:returning|--|\s|lpBuffer|accept|\d+ <--)/.test(text)) return false;
    // What InternetOpenUrl calls is its own affair.
    return call === null || call.over || call.fn !== 'InternetOpenUrl' || fn === 'InternetOpenUrl';
  }

  #begin(
    thread: string,
    before: NativeCall | null,
    fn: FunctionName,
    ansi: boolean,
    cells: readonly Cell[],
    pid: string,
    text: string,
  ): void {
    let call = before;
    if (call === null || call.fn !== fn || !call.ansi) {
      if (call !== null) this.#finish(call);
      call = this.#newCall(thread, pid, fn);
    }
    call.ansi = ansi;
    // The wide form tells the arguments, the ANSI form only in the few functions that have no other.
    if (!ansi || text !== '') this.#readArguments(call, cells, text);
    // Where the first line does not tell the handle, looking it up does.
    if (!ansi && (call.handle !== null || call.refused || handleParameter(fn) === -1)) this.#enter(call);
  }

  #newCall(thread: string, pid: string, fn: FunctionName | null): NativeCall {
    this.#calls += 1;
    const call = nativeCall(this.#calls, this.#handlesOf(pid), fn);
    this.#threads.set(thread, call);
    return call;
  }

  #handlesOf(pid: string): NativeHandles {
    const known = this.#processes.get(pid);
    if (known !== undefined) return known;
    const handles = new NativeHandles(
      (body) => this.#record(body),
      () => {
        this.#serials += 1;
        return this.#serials;
      },
    );
    this.#processes.set(pid, handles);
    return handles;
  }

  #readArguments(call: NativeCall, cells: readonly Cell[], text: string): void {
    if (call.fn === null) return;
    const { parameters } = functionRow(call.fn);
    const values = readLogValues(text);
    cells.forEach(([form, parameter], index) => {
      const value = values[index];
      const place = parameter === null ? -1 : parameters.indexOf(parameter);
      if (value === undefined || place === -1) return;
      if (form === 'handle') this.#useHandle(call, logNumber(value, 16));
      else setArgument(call, place, nativeArgument(form, value, values[index - 1]));
    });
  }

  #useHandle(call: NativeCall, value: number | null): void {
    if (value === null || call.fn === null) return;
    call.handle = call.handles.last(value) ?? null;
    if (call.handles.find(value) === undefined) call.refused = true;
    const place = handleParameter(call.fn);
    if (call.handle !== null && place !== -1) setArgument(call, place, { handle: call.handle.serial });
  }

  #enter(call: NativeCall): void {
    if (call.begun || call.fn === null) return;
    call.begun = true;
    // As with the engine's own: a call on a handle that is closed uses none.
    const handle = call.handle === null || call.refused ? null : call.handle.serial;
    this.#record({ type: 'call-begin', call: call.id, fn: call.fn, handle, args: call.args });
  }

  #lookUp(thread: string, before: NativeCall | null, pid: string, text: string): void {
    const [, value = '', pointer] = /^handle (\S+) -> (\S+)/.exec(text) ?? [];
    const object = logPointer(pointer);
    const number = Number.parseInt(value, 16);
    const call = before;
    if (call?.fn === 'InternetOpenUrl' && !call.over) {
      if (call.lookedUp) call.handles.hide(number);
      call.lookedUp = true;
      return;
    }
    if (call !== null && !call.over && !call.lookedUp && (call.handle === null || call.handle.value === number)) {
      call.lookedUp = true;
      if (call.handle === null) this.#useHandle(call, number);
      if (object === null) call.refused = true;
      this.#enter(call);
      return;
    }
    // A function that looks its handle up before it writes anything.
    if (call !== null) this.#finish(call);
    const unnamed = this.#newCall(thread, pid, null);
    unnamed.lookedUp = true;
    unnamed.handle = unnamed.handles.find(number) ?? null;
  }

  #evidence(call: NativeCall, writer: string, text: string): void {
    const inner = innerFtpFunction(writer);
    if (inner !== null && call.fn === null) {
      call.fn = inner;
      const place = handleParameter(inner);
      if (call.handle !== null && place !== -1) setArgument(call, place, { handle: call.handle.serial });
    }
    if (call.fn === null) return;
    if (inner !== null || call.ansi) this.#enter(call);
    EVIDENCE.get(writer)?.(call, text);
    this.#dialogue(call, writer, text);
    if (writer === 'INTERNET_SendCallback') this.#status(call, text);
  }

  /** What went over the wire. */
  #dialogue(call: NativeCall, writer: string, text: string): void {
    if (writer === 'HTTP_HttpSendRequestW' && text.startsWith('full request -> ')) {
      this.#wire(call, 'out', quotedText(text) ?? '');
    } else if (writer === 'read_line') {
      this.#headLine(call, quotedText(text) ?? '');
    } else if (writer === 'FTP_SendCommandA' && text.startsWith('Sending ')) {
      this.#ftpCommand(call, (quotedText(text) ?? '').replace(/\r\n$/, ''));
    } else if (writer === 'FTP_GetNextLine') {
      const [, reply] = /^:\d+ (\d{3}[ -].*)$/.exec(text) ?? [];
      if (reply !== undefined) this.#wire(call, 'in', reply);
    }
  }

  #status({ handles }: NativeCall, text: string): void {
    const [, value = '', context = '0', code] =
      /callback\(\S+\) \((\S+) \(\S+\), ([0-9a-f]+), (\d+) \(/i.exec(text) ?? [];
    const handle = code === undefined ? undefined : handles.find(Number.parseInt(value, 16));
    if (handle === undefined) return;
    const { serial } = handle;
    this.#record({
      type: 'status',
      serial,
      code: Number(code),
      context: Number.parseInt(context, 16),
      information: null,
    });
  }

  #ftpCommand(call: NativeCall, command: string): void {
    this.#wire(call, 'out', command);
    const [, verb = '', name = ''] = /^(\S+) ?(.*)$/.exec(command) ?? [];
    const place = COMMAND_ARGUMENTS[verb.toUpperCase()];
    if (call.fn !== null && place?.fns.includes(call.fn)) setArgument(call, place.index, name);
  }

  #headLine(call: NativeCall, line: string): void {
    if (line !== '') {
      call.head.push(line);
      return;
    }
    if (call.head.length === 0) return;
    call.reached = 'answered';
    this.#wire(call, 'in', `${call.head.splice(0).join('\r\n')}\r\n\r\n`);
  }

  /** What InternetConnect says comes before its handle, and is told of the root. */
  #wire({ handle, begun }: NativeCall, direction: 'in' | 'out', text: string): void {
    if (handle !== null && begun) this.#record({ type: 'wire', serial: handle.serial, direction, text: redact(text) });
  }

  #finish(call: NativeCall): void {
    if (call.fn === null) {
      this.unnamed += 1;
      return;
    }
    this.#enter(call);
    const { parameters } = functionRow(call.fn);
    while (call.args.length < parameters.length) call.args.push(UNTOLD);
    const error = errorOf(call);
    const { fn, handle, id, count, handles } = call;
    if (handle !== null && count !== null && count > 0) {
      this.#record({ type: 'bytes', serial: handle.serial, direction: 'in', count });
    }
    const state = stateAfter(call, error);
    if (handle !== null && state !== undefined) handles.setState(handle, state);
    let result: RecordedValue = error === null ? (count ?? true) : null;
    const opening = openingOf(call);
    if (opening !== null && error === null) {
      const target = targetOf(call);
      const opened = handles.open({ value: call.returned, ...opening, parent: handle, fn, call: id, target });
      result = { handle: opened.serial };
    }
    if (fn === 'InternetCloseHandle' && handle !== null && error === null) handles.close(handle, 'call');
    this.#record({ type: 'call-end', call: id, result, ...(error === null ? {} : { error }) });
  }

  #record(body: EntryBody): void {
    this.entries.push({ ...body, seq: this.entries.length + 1, t: this.#t });
  }
}
