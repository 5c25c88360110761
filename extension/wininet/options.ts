import * as constants from '../shared/constants.ts';
import { HANDLE_KINDS } from '../shared/hierarchy.ts';
import { optionRow } from '../shared/optionTable.ts';
import type { HINTERNET } from './handle.ts';
import type { HandleRecord } from './handleStore.ts';
import type { Timeouts } from './ports.ts';
import { CallFailure } from './winInetError.ts';

/** The options that a handle passes on to its children, which copy them when they are made. */
export interface OptionValues {
  /** Milliseconds; INFINITE for none. */
  readonly connectTimeout: number;
  readonly sendTimeout: number;
  readonly receiveTimeout: number;
  readonly maxConnectionsPerServer: number;
  /** Null: the agent of InternetOpen. */
  readonly userAgent: string | null;
  /** Decode gzip, deflate and br bodies. */
  readonly httpDecoding: boolean;
  /** SECURITY_FLAG_* that tolerate faults of certificates. */
  readonly securityFlags: number;
  readonly userName: string | null;
  readonly password: string | null;
}

/** What InternetOpen starts with: the original's defaults. */
export const DEFAULT_OPTIONS: OptionValues = {
  connectTimeout: 60_000,
  sendTimeout: 30_000,
  receiveTimeout: 30_000,
  maxConnectionsPerServer: 6,
  userAgent: null,
  httpDecoding: false,
  securityFlags: 0,
  userName: null,
  password: null,
};

/** The time-outs of a handle as drivers take them. */
export function timeoutsOf(options: OptionValues): Timeouts {
  const limit = (milliseconds: number) => (milliseconds === constants.INFINITE ? 0 : milliseconds);
  return {
    connect: limit(options.connectTimeout),
    send: limit(options.sendTimeout),
    receive: limit(options.receiveTimeout),
  };
}

/** A value of InternetQueryOption or InternetSetOption. */
export type OptionValue = string | number | boolean | HINTERNET | null;

/** How the engine keeps an option that the table lists. */
interface OptionAccess {
  readonly read: (record: HandleRecord) => OptionValue;
  /** Only for options that the table calls settable. */
  readonly write?: (record: HandleRecord, value: OptionValue) => void;
}

const inherited = <Key extends keyof OptionValues>(
  key: Key,
  check: (value: OptionValue) => OptionValues[Key],
): OptionAccess => ({
  read: (record) => record.options[key],
  write: (record, value) => {
    record.options = { ...record.options, [key]: check(value) };
  },
});

const ACCESS: ReadonlyMap<number, OptionAccess> = new Map<number, OptionAccess>([
  [constants.INTERNET_OPTION_HANDLE_TYPE, { read: (record) => HANDLE_KINDS[record.kind].type }],
  [constants.INTERNET_OPTION_PARENT_HANDLE, { read: (record) => record.parent?.handle ?? null }],
  [
    constants.INTERNET_OPTION_CONTEXT_VALUE,
    {
      read: (record) => record.context,
      write: (record, value) => {
        record.context = wholeNumber(value);
      },
    },
  ],
  [constants.INTERNET_OPTION_URL, { read: (record) => (record.is('http-request') ? record.data.url : null) }],
  [constants.INTERNET_OPTION_CONNECT_TIMEOUT, inherited('connectTimeout', wholeNumber)],
  [constants.INTERNET_OPTION_SEND_TIMEOUT, inherited('sendTimeout', wholeNumber)],
  [constants.INTERNET_OPTION_RECEIVE_TIMEOUT, inherited('receiveTimeout', wholeNumber)],
  [constants.INTERNET_OPTION_MAX_CONNS_PER_SERVER, inherited('maxConnectionsPerServer', positiveNumber)],
  [
    constants.INTERNET_OPTION_USER_AGENT,
    { ...inherited('userAgent', text), read: (record) => record.options.userAgent ?? agentOf(record) },
  ],
  [constants.INTERNET_OPTION_HTTP_DECODING, inherited('httpDecoding', Boolean)],
  [constants.INTERNET_OPTION_SECURITY_FLAGS, inherited('securityFlags', wholeNumber)],
  [constants.INTERNET_OPTION_USERNAME, inherited('userName', text)],
  [constants.INTERNET_OPTION_PASSWORD, inherited('password', text)],
]);

/** The agent that InternetOpen was given. */
export function agentOf(record: HandleRecord): string {
  return (record.root.is('root') ? record.root.data.agent : null) ?? '';
}

/** Reads an option. Fails with ERROR_INTERNET_INVALID_OPTION or ERROR_INTERNET_INCORRECT_HANDLE_TYPE. */
export function readOption(record: HandleRecord, option: number): OptionValue {
  return accessTo(record, option).read(record);
}

/** Changes an option. Fails also with ERROR_INTERNET_OPTION_NOT_SETTABLE and ERROR_INVALID_PARAMETER. */
export function writeOption(record: HandleRecord, option: number, value: OptionValue): void {
  const { write } = accessTo(record, option);
  if (write === undefined) throw new CallFailure('ERROR_INTERNET_OPTION_NOT_SETTABLE');
  write(record, value);
}

function accessTo(record: HandleRecord, option: number): OptionAccess {
  const row = optionRow(option);
  const access = ACCESS.get(option);
  if (row === undefined || access === undefined) throw new CallFailure('ERROR_INTERNET_INVALID_OPTION');
  if (row.kinds !== null && !row.kinds.includes(record.kind)) {
    throw new CallFailure('ERROR_INTERNET_INCORRECT_HANDLE_TYPE');
  }
  return access;
}

function wholeNumber(value: OptionValue): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw new CallFailure('ERROR_INVALID_PARAMETER');
  return value;
}

function positiveNumber(value: OptionValue): number {
  const number = wholeNumber(value);
  if (number === 0) throw new CallFailure('ERROR_INVALID_PARAMETER');
  return number;
}

function text(value: OptionValue): string {
  if (typeof value !== 'string') throw new CallFailure('ERROR_INVALID_PARAMETER');
  return value;
}
