import type { ErrorSymbol } from '../errorCodes.ts';
import { type FunctionName, functionRow, type HandleKind, handleParameter } from '../hierarchy.ts';
import type { CallBegin, CallEnd, Entry, HandleClose, RecordedValue } from '../journal.ts';
import type { Checkpoint } from '../model.ts';

/** A journal, or what is left of one that was cut. */
export interface JournalPart {
  /** The tree before the first entry. */
  readonly base: Checkpoint;
  readonly entries: readonly Entry[];
}

/** A call as the journal tells it. */
export interface SelectedCall {
  readonly call: number;
  readonly fn: FunctionName;
  readonly args: readonly RecordedValue[];
  /** Number of the entry with which it began. */
  readonly from: number;
  /** Number of the entry with which it ended; Infinity while it runs. */
  to: number;
  result: RecordedValue;
  error: ErrorSymbol | null;
  /** The handle that it used; null for none, or one that was no handle any more. */
  readonly uses: number | null;
  /** The handle that it made and returned. */
  opens: number | null;
}

/** A handle as the journal tells it. */
export interface KnownHandle {
  readonly serial: number;
  readonly value: number;
  readonly kind: HandleKind;
  readonly parent: number | null;
  readonly target: string;
  readonly call: number;
  open: boolean;
}

/** All handles and calls of a journal. */
export interface KnownJournal {
  readonly handles: ReadonlyMap<number, KnownHandle>;
  /** In the order in which they began. */
  readonly calls: readonly SelectedCall[];
}

/** Reads all handles and calls of a journal; of one that was cut, also the calls that made the handles it begins with. */
export function readCalls({ base, entries }: JournalPart): KnownJournal {
  const reading = new Reading();
  reading.base(base);
  for (const entry of entries) reading.entry(entry);
  return { handles: reading.handles, calls: [...reading.calls.values()].sort((one, other) => one.from - other.from) };
}

class Reading {
  readonly handles = new Map<number, KnownHandle>();
  readonly calls = new Map<number, SelectedCall>();
  /** Handles that a call has begun to close. */
  readonly #closing = new Set<number>();

  /** The calls that made the handles of a checkpoint come before all entries, in their own order. */
  base(base: Checkpoint): void {
    for (const [index, node] of [...base.nodes].sort((one, other) => one.call - other.call).entries()) {
      this.#open(node, node.closed === null);
      const from = base.seq - base.nodes.length + index;
      const made = this.#begin(node, node.parent, from);
      made.to = from;
      made.opens = node.serial;
    }
    for (const running of base.calls) this.#begin(running, running.handle, base.seq);
  }

  entry(entry: Entry): void {
    if (entry.type === 'call-begin') this.#begin(entry, entry.handle, entry.seq);
    else if (entry.type === 'call-end') this.#end(entry);
    else if (entry.type === 'handle-open') this.#open(entry, true);
    else if (entry.type === 'handle-close') this.#close(entry);
  }

  #begin({ call, fn, args }: Pick<CallBegin, 'call' | 'fn' | 'args'>, uses: number | null, from: number): SelectedCall {
    const begun: SelectedCall = { call, fn, args, from, to: Infinity, result: null, error: null, uses, opens: null };
    this.calls.set(call, begun);
    if (fn === 'InternetCloseHandle' && uses !== null) this.#closing.add(uses);
    return begun;
  }

  #end({ call: number, result, error, seq }: CallEnd & Entry): void {
    const call = this.calls.get(number);
    if (call === undefined) return;
    call.to = seq;
    call.result = result;
    call.error = error ?? null;
    const isHandle = typeof result === 'object' && result !== null && functionRow(call.fn).returns !== undefined;
    if (isHandle) call.opens = result.handle;
  }

  #open({ serial, value, kind, parent, target, call }: Omit<KnownHandle, 'open'>, open: boolean): void {
    this.handles.set(serial, { serial, value, kind, parent, target, call, open });
  }

  #close({ serial, reason, seq }: HandleClose & Entry): void {
    const handle = this.handles.get(serial);
    if (handle !== undefined) handle.open = false;
    if (reason !== 'call' || this.#closing.has(serial)) return;
    // Nobody asked for it: the engine itself was closed. A program has to ask.
    this.#begin({ call: -seq, fn: 'InternetCloseHandle', args: [{ handle: serial }] }, serial, seq).to = seq;
  }
}

/** Calls without a handle that change what later calls lead to. */
const FREE_EFFECTS: ReadonlySet<FunctionName> = new Set([
  'InternetSetOption',
  'InternetSetOptionEx',
  'InternetSetCookie',
  'InternetSetCookieEx',
]);
/** Calls on a handle that its children inherit, or find changed. */
const SETTINGS: ReadonlySet<FunctionName> = new Set([
  'InternetSetOption',
  'InternetSetOptionEx',
  'InternetSetStatusCallback',
  'FtpSetCurrentDirectory',
]);

/**
 * The calls that make up a handle's history: those that made it and its ancestors and prepared them for it, those on it and on
 * what hangs below it, and those that closed any of them. With null all calls that are about handles.
 */
export function selectCalls({ handles, calls }: KnownJournal, serial: number | null): readonly SelectedCall[] {
  if (serial === null) return calls.filter((call) => call.fn === 'InternetOpen' || isAbout(call, () => true));
  const ancestors = new Set<number>();
  for (let above = handles.get(serial)?.parent ?? null; above !== null && !ancestors.has(above); ) {
    ancestors.add(above);
    above = handles.get(above)?.parent ?? null;
  }
  const below = new Set([serial]);
  // Parents are opened before their children.
  for (const handle of handles.values())
    if (handle.parent !== null && below.has(handle.parent)) below.add(handle.serial);
  const birth = handles.get(serial)?.call;
  const born = calls.find(({ call }) => call === birth)?.from ?? Infinity;
  return calls.filter((call) => {
    if (call.call === birth || (call.opens !== null && ancestors.has(call.opens))) return true;
    if (isAbout(call, (used) => below.has(used)))
      return !FREE_EFFECTS.has(call.fn) || call.uses !== null || call.from < born;
    if (!isAbout(call, (used) => ancestors.has(used))) return false;
    return call.fn === 'InternetCloseHandle' || (SETTINGS.has(call.fn) && call.from < born);
  });
}

/** Is the call about one of these handles, be it one that was closed before, or about all of them? */
function isAbout({ fn, uses, args }: SelectedCall, among: (serial: number) => boolean): boolean {
  if (uses !== null) return among(uses);
  if (fn === 'InternetUnlockRequestFile') return true;
  const passed = args[handleParameter(fn)];
  if (typeof passed === 'object' && passed !== null) return among(passed.handle);
  // No handle at all was passed where one is needed: nobody's history, but part of the whole.
  return FREE_EFFECTS.has(fn) || (Object.keys(functionRow(fn).uses).length > 0 && among(0));
}
