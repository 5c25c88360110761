import type { ErrorSymbol } from '../shared/errorCodes.ts';
import { formatHandleValue } from '../shared/format.ts';
import { type FunctionName, functionRow, HANDLE_KINDS, type HandleKind } from '../shared/hierarchy.ts';
import type { Note } from '../shared/journal.ts';
import { HINTERNET } from './handle.ts';
import type { Found } from './handleStore.ts';

/** Explains a call that the table refuses; null where there is nothing to add to the error's own remedy. */
export function diagnose(
  fn: FunctionName,
  candidate: unknown,
  found: Found,
  symbol: ErrorSymbol,
): Pick<Note, 'topic' | 'serial' | 'text' | 'hit'> | null {
  const value = candidate instanceof HINTERNET ? formatHandleValue(candidate.value) : 'the handle';
  switch (found.is) {
    case 'foreign':
      return null;
    case 'closed':
      return {
        topic: fn === 'InternetCloseHandle' ? 'double-close' : 'use-after-close',
        serial: candidate instanceof HINTERNET ? candidate.serial : null,
        text: `${value} was closed before; open a new handle, or close it later.`,
      };
    case 'stale': {
      const owner = found.owner;
      return {
        topic: 'stale-use',
        serial: candidate instanceof HINTERNET ? candidate.serial : null,
        hit: owner.handle.serial,
        text:
          `${value} was closed and its value now belongs to a newer ${HANDLE_KINDS[owner.kind].title} ` +
          `(serial ${owner.handle.serial}): the original would have used that one. Drop the old handle when you close it.`,
      };
    }
    case 'live': {
      const { kind, state, handle } = found.record;
      if (symbol === 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE') {
        return { topic: 'wrong-kind', serial: handle.serial, text: wrongKind(fn, kind) };
      }
      return { topic: 'wrong-state', serial: handle.serial, text: wrongState(fn, kind, state) };
    }
  }
}

function wrongKind(fn: FunctionName, kind: HandleKind): string {
  const accepted = Object.keys(functionRow(fn).uses) as HandleKind[];
  const titles = accepted.map((one) => HANDLE_KINDS[one].title).join(', ');
  return `${fn} takes no handle of this kind (${HANDLE_KINDS[kind].title}); pass one of: ${titles}.`;
}

function wrongState(fn: FunctionName, kind: HandleKind, state: string): string {
  const legal: readonly string[] = functionRow(fn).uses[kind] ?? [];
  if (state === 'transferring' || state === 'searching') {
    return `The session is busy (${state}): close the file or search handle that is open on it first.`;
  }
  return `${fn} is legal when the ${HANDLE_KINDS[kind].title} is ${legal.join(' or ')}; it is ${state}.`;
}
