import * as constants from '../shared/constants.ts';
import type { HTTP_VERSION_INFO } from './library.ts';
import type { INTERNET_CONNECTED_INFO, OptionValue } from './optionForms.ts';
import { CallFailure } from './winInetError.ts';

/** What options refuse of values that have their form, each with a sentence that says what to pass. */

/** Makes a check for whole numbers in a range. It fails with ERROR_BAD_ARGUMENTS. */
export function within(least: number, most: number): (value: OptionValue) => number {
  return (value) => {
    const number = Number(value);
    if (number >= least && number <= most) return number;
    throw new CallFailure('ERROR_BAD_ARGUMENTS', `Pass a number from ${least} to ${most}.`);
  };
}

/** Makes a check for flags. It fails with ERROR_INVALID_PARAMETER for others, as recorded, and as a real Windows does. */
export function flagsAmong(known: number): (value: OptionValue) => number {
  return (value) => {
    const flags = Number(value);
    if ((flags & ~known) === 0) return flags;
    throw new CallFailure('ERROR_INVALID_PARAMETER', `Pass flags of 0x${known.toString(16)} only.`);
  };
}

/**
 * An extension, without its dot. Fails with ERROR_INVALID_PARAMETER for what would lead to another folder, or would not be an
 * extension everywhere.
 */
export function extensionOf(value: OptionValue): string {
  const extension = String(value).replace(/^\./, '');
  if (/^[A-Za-z0-9_-]{1,32}$/.test(extension)) return extension;
  throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass an extension of letters and digits, as html.');
}

/** Does INTERNET_OPTION_CONNECTED_STATE ask for no network? Fails with ERROR_INVALID_PARAMETER for other states. */
export function meansOffline(value: number | INTERNET_CONNECTED_INFO): boolean {
  const state = typeof value === 'number' ? value : value.dwConnectedState;
  if (state === constants.INTERNET_STATE_CONNECTED) return false;
  if (state === constants.INTERNET_STATE_DISCONNECTED) return true;
  if (state === constants.INTERNET_STATE_DISCONNECTED_BY_USER) return true;
  throw new CallFailure(
    'ERROR_INVALID_PARAMETER',
    'Pass INTERNET_STATE_CONNECTED or INTERNET_STATE_DISCONNECTED_BY_USER.',
  );
}

/** The version to send. Fails with ERROR_INVALID_PARAMETER for one that is not spoken. */
export function knownVersion(version: HTTP_VERSION_INFO): HTTP_VERSION_INFO {
  const { dwMajorVersion, dwMinorVersion } = version;
  if (dwMajorVersion === 1 && dwMinorVersion <= 1) return { dwMajorVersion, dwMinorVersion };
  throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass version 1.0 or 1.1 of HTTP.');
}
