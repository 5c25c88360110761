import type { RaisedSymbol } from '../shared/errorCodes.ts';
import { isInPlace, kindsWith, type OptionRow, optionRow, ownerOf } from '../shared/optionTable.ts';
import { REFUSED_OPTIONS } from '../shared/refusedOptions.ts';
import type { CallerBuffer, Filled } from './callerBuffer.ts';
import { within } from './optionChecks.ts';
import { OPTION_EFFECTS, type OptionEffect, type OptionPlace } from './optionEffects.ts';
import { fillOption, type OptionValue, valueGiven } from './optionForms.ts';
import { CallFailure } from './winInetError.ts';

/**
 * Reads an option of a handle or of the library: its value, or with a buffer how many bytes were filled.
 * Fails with ERROR_INTERNET_INVALID_OPTION where there is none of this number or it can only be set,
 * ERROR_INTERNET_INCORRECT_HANDLE_TYPE where the handle has none, which comes first, and ERROR_INSUFFICIENT_BUFFER.
 */
export function readOption<Buffer extends CallerBuffer>(
  place: OptionPlace,
  option: number,
  buffer: Buffer | null,
): Filled<Buffer, OptionValue> {
  const { row, effect } = known(option);
  if (!isInPlace(row, kindOf(place), false)) {
    throw new CallFailure(row.elsewhere ?? 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE', misplaced(row, place, false));
  }
  if (row.access === 'write') throw new CallFailure('ERROR_INTERNET_INVALID_OPTION', `${row.name} can only be set.`);
  // A text that nobody has set reads as an empty one, as recorded.
  const value = effect.read?.(owning(row, place)) ?? (row.form === 'text' || row.form === 'secret' ? '' : null);
  // The condition is that of the type, which the compiler does not follow.
  return (buffer === null ? value : fillOption(row.form, buffer, value)) as Filled<Buffer, OptionValue>;
}

/**
 * Changes an option of a handle or of the library. What can only be read fails with ERROR_INTERNET_INVALID_OPTION: so it was
 * recorded, where the page names ERROR_INVALID_PARAMETER and the error table ERROR_INTERNET_OPTION_NOT_SETTABLE.
 * Fails also with ERROR_INTERNET_BAD_OPTION_LENGTH, ERROR_INVALID_PARAMETER, and what the option itself refuses.
 */
export function writeOption(place: OptionPlace, option: number, given: unknown): void {
  const { row, effect } = known(option);
  if (row.access === 'read') throw new CallFailure('ERROR_INTERNET_INVALID_OPTION', `${row.name} can only be read.`);
  if (!isInPlace(row, kindOf(place), true)) {
    throw new CallFailure(row.elsewhere ?? refusalToSet(row, place), misplaced(row, place, true));
  }
  effect.write?.(owning(row, place), valueGiven(row.form, row.name, given));
}

function owning(row: OptionRow, { library, record }: OptionPlace): OptionPlace {
  return { library, record: record && ownerOf(row, record, ({ parent }) => parent) };
}

function known(option: number): { readonly row: OptionRow; readonly effect: OptionEffect } {
  const refused = REFUSED_OPTIONS.get(option);
  if (refused !== undefined) throw new CallFailure(refused.symbol, refused.reason);
  const row = optionRow(option);
  if (row === undefined) throw new CallFailure('ERROR_INTERNET_INVALID_OPTION');
  return { row, effect: row.kept === undefined ? (OPTION_EFFECTS.get(option) ?? {}) : keeping(row, row.kept) };
}

function keeping({ option, least = 0 }: OptionRow, initial: number | boolean | string): OptionEffect {
  return {
    read: ({ library, record }) => (record ?? library).options.kept[option] ?? initial,
    write: ({ library, record }, value) => {
      const owner = record ?? library;
      const set =
        typeof initial === 'boolean'
          ? Boolean(value)
          : typeof initial === 'string'
            ? String(value)
            : within(least, 0xffff_ffff)(value);
      owner.options = { ...owner.options, kept: { ...owner.options.kept, [option]: set } };
    },
  };
}

/** Recorded: PROXY_USERNAME on a root is no valid option; REFRESH on a session and CONTEXT_VALUE on NULL name the wrong handle. */
function refusalToSet(row: OptionRow, { record }: OptionPlace): RaisedSymbol {
  const carriesValue = row.form !== 'command';
  return record !== null && carriesValue ? 'ERROR_INTERNET_INVALID_OPTION' : 'ERROR_INTERNET_INCORRECT_HANDLE_TYPE';
}

function kindOf({ record }: OptionPlace) {
  return record?.kind ?? null;
}

function misplaced(row: OptionRow, { record }: OptionPlace, toSet: boolean): string {
  const kinds = kindsWith(row, toSet);
  if (record !== null && kinds?.length === 0) return `Pass NULL as handle: ${row.name} is the library's.`;
  return `Pass ${kinds === null ? 'a handle' : `a handle of the kind ${kinds.join(' or ')}`}: it has ${row.name}.`;
}
