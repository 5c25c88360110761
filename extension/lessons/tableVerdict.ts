import { errorMeaning } from '../shared/errorCodes.ts';
import { type FunctionName, functionRow, kindRow, refusal } from '../shared/hierarchy.ts';
import type { HandleTree } from '../shared/model.ts';

/** What the engine would do with a function on a handle, by the table. */
export interface TableVerdict {
  /** `wrong handle`: it is closed or unknown, or the function does not use its kind. */
  readonly is: 'legal' | 'wrong state' | 'wrong handle';
  /** The verdict in a sentence or two, with the error of a refused call. */
  readonly reason: string;
}

/** Asks the table about a function on the handle with this serial, in its state of this moment. */
export function tableVerdict(tree: HandleTree, fn: FunctionName, serial: number): TableVerdict {
  const node = tree.nodes.get(serial);
  const { uses } = functionRow(fn);
  if (Object.keys(uses).length === 0) return { is: 'wrong handle', reason: `${fn} uses no handle.` };
  if (node === undefined || node.closed !== null) {
    return { is: 'wrong handle', reason: `${fn}: ERROR_INVALID_HANDLE. The handle is closed.` };
  }
  const { kind, state } = node;
  const where = `${kindRow(kind).title}, ${state}`;
  const error = refusal(fn, kind, state);
  if (error === undefined) return { is: 'legal', reason: `${where}: ${fn} is legal.` };
  const is = uses[kind] === undefined ? 'wrong handle' : 'wrong state';
  return { is, reason: `${where}: ${fn} fails with ${error}. ${errorMeaning(error)}` };
}
