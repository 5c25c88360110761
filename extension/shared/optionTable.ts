import { constantName } from './constantNames.ts';
import * as constants from './constants.ts';
import type { HandleKind } from './hierarchy.ts';

/** The options of InternetQueryOption and InternetSetOption: which kind of handle has one, and how its value reads. */

/** How an option's value is written and read. */
export type OptionForm = 'number' | 'milliseconds' | 'flags' | 'text' | 'secret' | 'switch' | 'handle';

/** One option. */
export interface OptionRow {
  /** INTERNET_OPTION_*. */
  readonly option: number;
  readonly name: string;
  readonly form: OptionForm;
  /** Can InternetSetOption change it? */
  readonly settable: boolean;
  /** Kinds that have it; null: all. */
  readonly kinds: readonly HandleKind[] | null;
}

const CREDENTIAL_KINDS = ['http-connect', 'ftp-connect', 'http-request'] as const;

/** Every option that the engine has, in the order of their numbers. */
export const OPTIONS: readonly OptionRow[] = [
  row(constants.INTERNET_OPTION_CONNECT_TIMEOUT, 'milliseconds'),
  row(constants.INTERNET_OPTION_SEND_TIMEOUT, 'milliseconds'),
  row(constants.INTERNET_OPTION_RECEIVE_TIMEOUT, 'milliseconds'),
  row(constants.INTERNET_OPTION_HANDLE_TYPE, 'number', { settable: false }),
  row(constants.INTERNET_OPTION_PARENT_HANDLE, 'handle', { settable: false }),
  row(constants.INTERNET_OPTION_USERNAME, 'text', { kinds: CREDENTIAL_KINDS }),
  row(constants.INTERNET_OPTION_PASSWORD, 'secret', { kinds: CREDENTIAL_KINDS }),
  row(constants.INTERNET_OPTION_SECURITY_FLAGS, 'flags', { kinds: ['http-request'] }),
  row(constants.INTERNET_OPTION_URL, 'text', { settable: false, kinds: ['http-request'] }),
  row(constants.INTERNET_OPTION_USER_AGENT, 'text', { kinds: ['root', 'http-request'] }),
  row(constants.INTERNET_OPTION_CONTEXT_VALUE, 'number'),
  row(constants.INTERNET_OPTION_HTTP_DECODING, 'switch'),
  row(constants.INTERNET_OPTION_MAX_CONNS_PER_SERVER, 'number'),
];

const byNumber = new Map(OPTIONS.map((one) => [one.option, one]));

/** The row of an option; undefined where the engine has none of this number. */
export function optionRow(option: number): OptionRow | undefined {
  return byNumber.get(option);
}

/** The options of a kind of handle, all or only those that can be changed. */
export function optionsOf(kind: HandleKind, toSet: boolean): readonly OptionRow[] {
  return OPTIONS.filter((one) => (one.kinds?.includes(kind) ?? true) && (!toSet || one.settable));
}

function row(
  option: number,
  form: OptionForm,
  {
    settable = true,
    kinds = null,
  }: { readonly settable?: boolean; readonly kinds?: readonly HandleKind[] | null } = {},
): OptionRow {
  return { option, name: constantName('INTERNET_OPTION_', option) ?? String(option), form, settable, kinds };
}
