import { closedBefore, refusedOn } from '../shared/diagnoses/refusedCalls.ts';
import type { ErrorSymbol } from '../shared/errorCodes.ts';
import { formatHandleValue } from '../shared/format.ts';
import { type FunctionName, HANDLE_KINDS, type HandleKind, kindRow } from '../shared/hierarchy.ts';
import type { Note } from '../shared/journal.ts';
import { HINTERNET } from './handle.ts';
import type { Found, HandleRecord } from './handleStore.ts';

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
        text: closedBefore(fn, value),
      };
    case 'stale': {
      const owner = found.owner;
      return {
        topic: 'stale-use',
        serial: candidate instanceof HINTERNET ? candidate.serial : null,
        hit: owner.handle.serial,
        text:
          `${fn} was called with ${value}, which had been closed; its value now belongs to a newer ` +
          `${HANDLE_KINDS[owner.kind].title} (serial ${owner.handle.serial}): the original would have used that one.`,
      };
    }
    case 'live': {
      const { kind, state, handle } = found.record;
      return {
        ...refusedOn({ kind, state, value: handle.value }, fn, symbol, occupantsOf(found.record)),
        serial: handle.serial,
      };
    }
  }
}

/** The handles that keep a session busy. */
function occupantsOf(
  session: HandleRecord,
): { readonly kind: HandleKind; readonly value: number; readonly target: string }[] {
  if (!session.hasChildren) return [];
  return [...session.children]
    .filter(({ kind, open }) => open && kindRow(kind).occupies !== undefined)
    .map(({ kind, handle }) => ({ kind, value: handle.value, target: '' }));
}
