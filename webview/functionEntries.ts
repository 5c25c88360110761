import { type ErrorSymbol, errorCode } from '../extension/shared/errorCodes.ts';
import {
  type FunctionName,
  functionRow,
  functionsUsing,
  refusal,
  takesAnyHandle,
} from '../extension/shared/hierarchy.ts';
import type { CallTally, HandleNode } from '../extension/shared/model.ts';

/** One plain box: what is true now about calling a function on a handle. */
export interface FunctionEntry {
  readonly fn: FunctionName;
  /** It returns a handle itself: the diagrams shade it. */
  readonly returnsHandle: boolean;
  /** The error that a call would give now; undefined where it is legal. */
  readonly refusal: { readonly symbol: ErrorSymbol; readonly code: number } | undefined;
  readonly tally: CallTally | undefined;
  readonly running: boolean;
}

/** The plain boxes of a handle, in the order of the table. */
export interface FunctionEntries {
  /** Functions for handles of its kind. */
  readonly own: readonly FunctionEntry[];
  /** Functions that take any handle. */
  readonly any: readonly FunctionEntry[];
}

/** What each function that uses this handle would do now and has done so far. */
export function functionEntries(node: HandleNode): FunctionEntries {
  const entries = functionsUsing(node.kind).map((fn) => describe(fn, node));
  return {
    own: entries.filter((entry) => !takesAnyHandle(entry.fn)),
    any: entries.filter((entry) => takesAnyHandle(entry.fn)),
  };
}

function describe(fn: FunctionName, node: HandleNode): FunctionEntry {
  const symbol = refusal(fn, node.kind, node.state);
  return {
    fn,
    returnsHandle: functionRow(fn).returns !== undefined,
    refusal: symbol === undefined ? undefined : { symbol, code: errorCode(symbol) },
    tally: node.tallies[fn],
    running: node.running.some((call) => call.fn === fn),
  };
}
