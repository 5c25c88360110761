import type { ErrorSymbol } from '../errorCodes.ts';
import type { FunctionName, HandleKind } from '../hierarchy.ts';
import type { CallBegin, Entry, RecordedValue } from '../journal.ts';
import type { Checkpoint } from '../model.ts';
import { isFromLog } from './nativeLog.ts';
import { joinReads } from './readsOfOneBody.ts';

/** A call of a journal with all that two programs can differ in. */
export interface ComparedCall {
  readonly call: number;
  readonly fn: FunctionName;
  /** The entry with which it began, and the last one that tells of it. */
  readonly begin: number;
  readonly end: number;
  /** The handle that it used, and its kind. */
  readonly handle: number | null;
  readonly kind: HandleKind | null;
  readonly args: readonly RecordedValue[];
  /** False where the journal ends before it. */
  readonly ended: boolean;
  readonly result: RecordedValue;
  readonly error: ErrorSymbol | null;
  /** The handle that it returned. */
  readonly opened: number | null;
  /** Its handle was closed meanwhile, and a log tells of it: Wine lets such work go on, WinINet cancels it. */
  readonly outlived: boolean;
  /** What callbacks told of it, in their order: INTERNET_STATUS_*. */
  readonly statuses: readonly number[];
  /** How many calls in a row this stands for: reads of one body depend on how it came, and count as one. */
  readonly times: number;
  /** Bytes that they moved. */
  readonly bytes: number;
  readonly site: string | null;
}

/** A call of each side that stand for each other, or a call that the other side lacks. */
export type Pair =
  | { readonly left: ComparedCall; readonly right: ComparedCall }
  | { readonly left: ComparedCall; readonly right: null }
  | { readonly left: null; readonly right: ComparedCall };

/** The calls of a journal as they are compared, in the order in which they began. */
export function comparedCalls(base: Checkpoint, entries: readonly Entry[]): readonly ComparedCall[] {
  const reader = new CallReader(base, isFromLog(entries));
  for (const entry of entries) reader.read(entry);
  return joinReads(reader.calls);
}

type Growing = { -readonly [Key in keyof ComparedCall]: ComparedCall[Key] } & { statuses: number[] };

class CallReader {
  readonly calls: Growing[] = [];
  readonly #kinds = new Map<number, HandleKind>();
  readonly #running = new Map<number, Growing>();
  /** The calls that run on each handle, or made it, the latest last. */
  readonly #about = new Map<number, Growing[]>();

  readonly #fromLog: boolean;

  constructor({ nodes }: Checkpoint, fromLog: boolean) {
    this.#fromLog = fromLog;
    for (const { serial, kind } of nodes) this.#kinds.set(serial, kind);
  }

  read(entry: Entry): void {
    switch (entry.type) {
      case 'call-begin':
        this.#begin(entry);
        break;
      case 'call-end': {
        const call = this.#running.get(entry.call);
        if (call === undefined) return;
        this.#running.delete(entry.call);
        const { result, error = null, seq } = entry;
        Object.assign(call, { ended: true, result, error, end: seq });
        for (const serial of [call.handle, call.opened]) {
          const about = serial === null ? undefined : this.#about.get(serial);
          if (about?.includes(call)) about.splice(about.indexOf(call), 1);
        }
        break;
      }
      case 'handle-open': {
        this.#kinds.set(entry.serial, entry.kind);
        const call = this.#running.get(entry.call);
        if (call === undefined) return;
        call.opened = entry.serial;
        this.#attach(entry.serial, call);
        break;
      }
      case 'handle-close':
        for (const call of this.#about.get(entry.serial) ?? []) {
          call.outlived = this.#fromLog && call.fn !== 'InternetCloseHandle';
        }
        break;
      case 'status':
        this.#about.get(entry.serial)?.at(-1)?.statuses.push(entry.code);
        break;
      case 'bytes': {
        const call = this.#about.get(entry.serial)?.at(-1);
        if (call !== undefined) call.bytes += entry.count;
        break;
      }
      default:
    }
  }

  #begin({ call: id, fn, handle, args, seq, site }: CallBegin & { readonly seq: number }): void {
    const kind = handle === null ? null : (this.#kinds.get(handle) ?? null);
    const call: Growing = {
      ...{ call: id, fn, begin: seq, end: seq, handle, kind, args, site: site ?? null },
      ...{ ended: false, result: null, error: null, opened: null, outlived: false, statuses: [], times: 1, bytes: 0 },
    };
    this.calls.push(call);
    this.#running.set(id, call);
    if (handle !== null) this.#attach(handle, call);
  }

  #attach(serial: number, call: Growing): void {
    const about = this.#about.get(serial);
    if (about === undefined) this.#about.set(serial, [call]);
    else about.push(call);
  }
}

/** The handle that a call was given, alive or not. */
export function givenHandle({ handle, args }: ComparedCall): number | null {
  return handle ?? args.find((value) => typeof value === 'object' && value !== null)?.handle ?? null;
}
