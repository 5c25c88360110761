import type { RecordedValue } from '../journal.ts';
import { loggedBeginning, NOT_LOGGED } from '../notLogged.ts';
import { type ComparedCall, givenHandle, type Pair } from './comparedCall.ts';
import { argumentsAgree, comparableArguments } from './comparedValues.ts';
import type { HandlePairs } from './handlePairs.ts';

/** Calls without a partner at their place that both sides make, at another: by the call, the row of its partner. */
export type Moved = ReadonlyMap<ComparedCall, number>;

/** Finds the calls that only their place differs of. The handles that they return stand for each other from then on. */
export function movedCalls(pairs: readonly Pair[], handles: HandlePairs): Moved {
  const waiting = new WaitingCalls(handles);
  pairs.forEach(({ left, right }, row) => {
    if (left !== null && right === null) waiting.add(left, row);
  });
  const moved = new Map<ComparedCall, number>();
  pairs.forEach(({ left, right }, row) => {
    if (left !== null || right === null) return;
    const partner = waiting.take(right);
    if (partner === null) return;
    handles.pair(partner.left.opened, right.opened);
    moved.set(partner.left, row);
    moved.set(right, partner.row);
  });
  return moved;
}

interface WaitingCall {
  readonly left: ComparedCall;
  readonly row: number;
  readonly args: readonly RecordedValue[];
  /** It has found its partner. */
  taken: boolean;
}

/** Calls of the left side that may have a partner at another place. Two programs with little in common have thousands. */
class WaitingCalls {
  readonly #handles: HandlePairs;
  /** All of them, by what they are. */
  readonly #all = new Map<string, WaitingCall[]>();
  /** Those of which a log leaves something open, by what they are: they agree with various arguments. */
  readonly #open = new Map<string, WaitingCall[]>();
  /** The others, by what they are, their arguments, and the handle that they use. */
  readonly #told = new Map<string, Map<number | null, WaitingCall[]>>();

  /** @param handles which handles stand for each other now; it changes while partners are found */
  constructor(handles: HandlePairs) {
    this.#handles = handles;
  }

  add(left: ComparedCall, row: number): void {
    const call = { left, row, args: comparableArguments(left), taken: false };
    append(this.#all, sort(left), call);
    if (!isTold(call.args)) append(this.#open, sort(left), call);
    else {
      const key = textOf(left, call.args);
      const byHandle = this.#told.get(key) ?? new Map<number | null, WaitingCall[]>();
      this.#told.set(key, byHandle);
      append(byHandle, givenHandle(left), call);
    }
  }

  /** The first that waits for this call of the right side, which waits no more; null where none does. */
  take(right: ComparedCall): WaitingCall | null {
    const args = comparableArguments(right);
    const agrees = (call: WaitingCall): boolean =>
      !call.taken && argumentsAgree(call.args, args) && this.#handles.match(givenHandle(call.left), givenHandle(right));
    const found = isTold(args)
      ? earlier(this.#toldAs(textOf(right, args), givenHandle(right)), this.#open.get(sort(right))?.find(agrees))
      : this.#all.get(sort(right))?.find(agrees);
    if (found === undefined) return null;
    found.taken = true;
    return found;
  }

  #toldAs(key: string, handle: number | null): WaitingCall | undefined {
    const byHandle = this.#told.get(key);
    if (byHandle === undefined) return undefined;
    const partner = handle === null ? null : this.#handles.partner('right', handle);
    if (partner !== undefined) return first(byHandle, partner);
    // Handles without partners cannot be told apart.
    for (const [left] of byHandle) {
      if (left === null || this.#handles.partner('left', left) !== undefined) continue;
      const found = first(byHandle, left);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** The first call on a handle that waits still; a handle on which none does is forgotten. */
function first(byHandle: Map<number | null, WaitingCall[]>, handle: number | null): WaitingCall | undefined {
  const calls = byHandle.get(handle) ?? [];
  while (calls[0]?.taken === true) calls.shift();
  if (calls.length === 0) byHandle.delete(handle);
  return calls[0];
}

function earlier(one: WaitingCall | undefined, other: WaitingCall | undefined): WaitingCall | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.row < other.row ? one : other;
}

function append<K>(lists: Map<K, WaitingCall[]>, key: K, call: WaitingCall): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [call]);
  else list.push(call);
}

/** Does the journal tell all of these arguments? */
function isTold(args: readonly RecordedValue[]): boolean {
  return args.every((value) => value !== NOT_LOGGED && (typeof value !== 'string' || loggedBeginning(value) === null));
}

function textOf(call: ComparedCall, args: readonly RecordedValue[]): string {
  return `${sort(call)} ${JSON.stringify(args)}`;
}

function sort({ fn, kind }: ComparedCall): string {
  return `${fn} ${kind}`;
}
