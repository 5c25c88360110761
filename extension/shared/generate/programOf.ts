import { INTERNET_FLAG_ASYNC } from '../constants.ts';
import { formatHandleValue, printable } from '../format.ts';
import { functionRow, type HandleKind, handleParameter, kindRow } from '../hierarchy.ts';
import type { RecordedValue } from '../journal.ts';
import { NOT_LOGGED } from '../notLogged.ts';
import { foldLoops } from './loops.ts';
import type { CallStep, Program, ProgramHandle, Step } from './program.ts';
import { programArguments } from './programArguments.ts';
import { SecretNames } from './secretNames.ts';
import { type JournalPart, type KnownJournal, readCalls, type SelectedCall, selectCalls } from './selectedCalls.ts';
import { movedBy, sizeOfUpload } from './traffic.ts';

/**
 * The program that repeats a handle's history: the calls that made it and its ancestors, those on it and on what hangs below it,
 * and those that closed them, in the order in which they were made.
 * @param serial null for the whole journal
 */
export function programOf(journal: JournalPart, serial: number | null): Program {
  return new Building(journal, serial).program();
}

const NAMES: Readonly<Record<HandleKind, string>> = {
  root: 'session',
  'ftp-connect': 'connection',
  'gopher-connect': 'connection',
  'http-connect': 'connection',
  'ftp-find': 'search',
  'ftp-find-html': 'page',
  'ftp-file': 'file',
  'gopher-find': 'search',
  'gopher-find-html': 'page',
  'gopher-file': 'file',
  'http-request': 'request',
};

class Building {
  readonly #journal: JournalPart;
  readonly #known: KnownJournal;
  readonly #serial: number | null;
  readonly #calls: readonly SelectedCall[];
  readonly #byNumber: ReadonlyMap<number, SelectedCall>;
  readonly #handles = new Map<number, ProgramHandle>();
  /** Serials of handles that a variable holds by now. */
  readonly #held = new Set<number>();
  /** Serials of handles that have a status callback. */
  readonly #heard = new Set<number>();
  readonly #secrets = new SecretNames();
  readonly #steps: Step[] = [];
  /** Calls under way. */
  readonly #running = new Set<CallStep>();
  readonly #locks: string[] = [];
  #lockCount = 0;

  constructor(journal: JournalPart, serial: number | null) {
    this.#journal = journal;
    this.#serial = serial;
    this.#known = readCalls(journal);
    this.#calls = selectCalls(this.#known, serial);
    this.#byNumber = new Map(this.#known.calls.map((call) => [call.call, call]));
    const counts = new Map<string, number>();
    for (const { opens } of this.#calls) {
      const handle = opens === null ? undefined : this.#known.handles.get(opens);
      if (handle === undefined) continue;
      const base = NAMES[handle.kind];
      const count = (counts.get(base) ?? 0) + 1;
      counts.set(base, count);
      const name = count === 1 ? base : `${base}${count}`;
      this.#handles.set(handle.serial, { name, serial: handle.serial, kind: handle.kind });
    }
  }

  program(): Program {
    for (const [index, call] of this.#calls.entries()) {
      this.#finish(call.from);
      this.#add(call, this.#calls[index + 1]?.from ?? Infinity);
    }
    this.#finish(Infinity);
    const handles = [...this.#handles.values()];
    return {
      title: this.#title(),
      steps: foldLoops(this.#steps),
      handles,
      secrets: this.#secrets.all,
      leftOpen: handles.filter(({ serial }) => this.#known.handles.get(serial)?.open),
      cut: this.#journal.base.seq,
    };
  }

  #title(): string {
    const handle = this.#serial === null ? undefined : this.#known.handles.get(this.#serial);
    if (handle === undefined) return 'all handles of a journal';
    return `${kindRow(handle.kind).title} ${formatHandleValue(handle.value)}, ${printable(handle.target)}`;
  }

  /** Tells of calls that had ended by then. */
  #finish(by: number): void {
    const ended = [...this.#running].filter(({ to }) => to < by).sort((one, other) => one.to - other.to);
    for (const call of ended) {
      this.#running.delete(call);
      this.#hold(call);
      this.#steps.push({ is: 'finish', of: call });
    }
  }

  #add(call: SelectedCall, next: number): void {
    const { fn, uses } = call;
    const passed = call.args[handleParameter(fn)];
    const early = typeof passed === 'object' && passed !== null ? this.#handles.get(passed.handle) : undefined;
    if (early !== undefined && !this.#held.has(early.serial)) {
      this.#steps.push({
        is: 'remark',
        text: `${fn} was called here on ${early.name}, by a status callback: the call that made it had not returned it yet.`,
      });
      return;
    }
    if (fn === 'InternetUnlockRequestFile' && this.#locks.length === 0) return;
    const step: CallStep = {
      is: 'call',
      call: call.call,
      fn,
      args: this.#arguments(call),
      opens: call.opens === null ? null : (this.#handles.get(call.opens) ?? null),
      locks: fn === 'InternetLockRequestFile' && call.error === null ? this.#lock() : null,
      result: call.result,
      error: call.error,
      isTold: call.result !== NOT_LOGGED && (call.opens !== null || !lacksArgument(call)),
      pends: this.#pends(call),
      waits: call.to < next,
      from: call.from,
      to: call.to,
    };
    this.#steps.push(step);
    if (call.error === null && uses !== null) this.#noteCallback(step, uses);
    if (step.waits) this.#hold(step);
    else this.#running.add(step);
  }

  #arguments(call: SelectedCall): CallStep['args'] {
    const { fn, args } = call;
    if (fn === 'InternetUnlockRequestFile') return [{ is: 'lock', name: this.#locks.pop() ?? '' }];
    return programArguments({
      fn,
      args,
      handle: (serial) => this.#handles.get(serial) ?? null,
      secrets: this.#secrets,
      moved: movedBy(this.#journal.entries, call),
      total: sizeOfUpload(this.#journal.entries, call),
    });
  }

  #lock(): string {
    this.#lockCount += 1;
    const name = this.#lockCount === 1 ? 'lock' : `lock${this.#lockCount}`;
    this.#locks.push(name);
    return name;
  }

  #hold({ opens, error }: CallStep): void {
    if (opens === null || error !== null) return;
    this.#held.add(opens.serial);
    // A callback is inherited by copy.
    const parent = this.#known.handles.get(opens.serial)?.parent ?? null;
    if (parent !== null && this.#heard.has(parent)) this.#heard.add(opens.serial);
  }

  #noteCallback({ fn, args }: CallStep, uses: number): void {
    if (fn !== 'GopherGetAttribute' && args.some(({ is }) => is === 'callback')) this.#heard.add(uses);
    else if (fn === 'InternetSetStatusCallback') this.#heard.delete(uses);
  }

  #pends({ fn, uses, args }: SelectedCall): CallStep['pends'] {
    if (functionRow(fn).mayPend !== true || uses === null || !this.#isAsynchronous(uses)) return null;
    const own = contextIn(functionRow(fn).parameters, args);
    const context = own === 0 ? this.#contextOf(uses) : own;
    return { context: this.#heard.has(uses) ? context : 0 };
  }

  #isAsynchronous(serial: number): boolean {
    const handle = this.#known.handles.get(serial);
    if (handle === undefined) return false;
    if (handle.parent !== null) return this.#isAsynchronous(handle.parent);
    const flags = this.#maker(serial)?.args[4];
    return typeof flags === 'number' && (flags & INTERNET_FLAG_ASYNC) !== 0;
  }

  #contextOf(serial: number): number {
    const maker = this.#maker(serial);
    return maker === undefined ? 0 : contextIn(functionRow(maker.fn).parameters, maker.args);
  }

  #maker(serial: number): SelectedCall | undefined {
    const call = this.#known.handles.get(serial)?.call;
    return call === undefined ? undefined : this.#byNumber.get(call);
  }
}

function contextIn(parameters: readonly string[], args: readonly RecordedValue[]): number {
  const context = args[parameters.indexOf('dwContext')];
  return typeof context === 'number' ? context : 0;
}

/** Did a call get something that a log does not tell, beyond numbers, which are 0 mostly, and room for what it gives back? */
function lacksArgument({ fn, args }: SelectedCall): boolean {
  const { parameters, fills } = functionRow(fn);
  return args.some((value, index) => {
    const parameter = parameters[index] ?? '';
    return value === NOT_LOGGED && parameter !== fills && /^lp(?:sz|v?Buffer$)/.test(parameter);
  });
}
