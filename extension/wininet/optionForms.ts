import type { OptionForm } from '../shared/optionTable.ts';
import type { INTERNET_CACHE_TIMESTAMPS, INTERNET_DIAGNOSTIC_SOCKET_INFO } from './answerOptions.ts';
import { fillDword, fillPointer, fillText, needRoom, textIn } from './callerBuffer.ts';
import type { CERT_CHAIN_CONTEXT } from './certificateChain.ts';
import type { INTERNET_CERTIFICATE_INFO } from './certificateText.ts';
import { type CERT_CONTEXT, isCertContext } from './clientCertificate.ts';
import { HINTERNET } from './handle.ts';
import type { HTTP_VERSION_INFO } from './library.ts';
import type { INTERNET_PER_CONN_OPTION_LIST, INTERNET_PROXY_INFO } from './proxySettings.ts';
import type { StatusCallback } from './statusQueue.ts';
import { CallFailure } from './winInetError.ts';

/** The value of INTERNET_OPTION_CONNECTED_STATE when it is set; it is read as the state alone. */
export interface INTERNET_CONNECTED_INFO {
  /** INTERNET_STATE_*. */
  readonly dwConnectedState: number;
  /** ISO_FORCE_DISCONNECTED or 0: nothing under way is cut off here, so both mean the same. */
  readonly dwFlags: number;
}

/** A value of InternetQueryOption or InternetSetOption. */
export type OptionValue =
  | string
  | number
  | boolean
  | HINTERNET
  | StatusCallback
  | HTTP_VERSION_INFO
  | INTERNET_CONNECTED_INFO
  | INTERNET_PROXY_INFO
  | INTERNET_PER_CONN_OPTION_LIST
  | INTERNET_CERTIFICATE_INFO
  | CERT_CONTEXT
  | CERT_CHAIN_CONTEXT
  | INTERNET_DIAGNOSTIC_SOCKET_INFO
  | INTERNET_CACHE_TIMESTAMPS
  | null;

/** How values of one form pass between a program and the engine. */
interface Form {
  /** What a program has to pass, for the sentence of a failure. */
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
  /** The value in a raw buffer. Fails with ERROR_INTERNET_BAD_OPTION_LENGTH. */
  readonly decode: (bytes: Uint8Array) => unknown;
  /** Writes a value as the original does; returns what the original leaves in the length. Fails with ERROR_INSUFFICIENT_BUFFER. */
  readonly fill: (buffer: Uint8Array, value: OptionValue) => number;
}

/** The value that InternetSetOption was given, of the option's form. Fails with ERROR_INVALID_PARAMETER and ERROR_INTERNET_BAD_OPTION_LENGTH. */
export function valueGiven(form: OptionForm, name: string, given: unknown): OptionValue {
  // A command needs no buffer; one that is there says nothing.
  if (form === 'command') return null;
  const { what, fits, decode } = FORMS[form];
  const value = given instanceof Uint8Array ? decode(given) : given;
  if (!fits(value)) throw new CallFailure('ERROR_INVALID_PARAMETER', `Pass ${what} for ${name}.`);
  // `fits` has just said so.
  return value as OptionValue;
}

/** Fills the buffer of InternetQueryOption with a value. Fails with ERROR_INSUFFICIENT_BUFFER. */
export function fillOption(form: OptionForm, buffer: Uint8Array, value: OptionValue): number {
  return FORMS[form].fill(buffer, value);
}

const DWORD: Form = {
  what: 'a whole number from 0 to 0xFFFFFFFF',
  fits: (value) => isWhole(value) && value <= 0xffff_ffff,
  decode: (bytes) => exactly(bytes, 4).getUint32(0, true),
  fill: (buffer, value) => fillDword(buffer, Number(value)),
};

const POINTER: Form = {
  what: 'a whole number',
  fits: isWhole,
  decode: (bytes) => Number(exactly(bytes, 8).getBigUint64(0, true)),
  fill: (buffer, value) => fillPointer(buffer, value instanceof HINTERNET ? value.value : Number(value ?? 0)),
};

const TEXT: Form = {
  what: 'a text',
  fits: (value) => typeof value === 'string',
  decode: textIn,
  fill: (buffer, value) => fillText(buffer, String(value ?? '')),
};

/** Records that hold pointers: a raw buffer cannot carry what they point to. */
const POINTERS = {
  decode: () => undefined,
  fill: () => {
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'Leave lpBuffer out: the record holds pointers, and is returned.');
  },
};

const FORMS: Readonly<Record<OptionForm, Form>> = {
  number: DWORD,
  flags: DWORD,
  // Of all numbers, only the time-outs were recorded to leave a length that is too small (options.timeout_bad_sizes).
  milliseconds: { ...DWORD, fill: fillTimeout },
  long: POINTER,
  pointer: POINTER,
  handle: POINTER,
  text: TEXT,
  secret: TEXT,
  switch: {
    what: 'true or false',
    fits: (value) => typeof value === 'boolean' || isWhole(value),
    decode: DWORD.decode,
    fill: DWORD.fill,
  },
  callback: {
    what: 'a function or null',
    fits: (value) => value === null || typeof value === 'function',
    decode: (bytes) => (exactly(bytes, 8).getBigUint64(0, true) === 0n ? null : undefined),
    fill: (buffer, value) => (value === null ? fillPointer(buffer, 0) : POINTERS.fill()),
  },
  // Where a command can be read, its value is whether it was given.
  command: { what: 'null', fits: () => true, decode: () => null, fill: DWORD.fill },
  version: {
    what: '{ dwMajorVersion, dwMinorVersion }',
    fits: (value) => hasNumbers(value, 'dwMajorVersion', 'dwMinorVersion'),
    decode: (bytes) => numbersIn(bytes, 'dwMajorVersion', 'dwMinorVersion'),
    fill: fillVersion,
  },
  state: {
    what: 'INTERNET_STATE_* or { dwConnectedState, dwFlags }',
    fits: (value) => isWhole(value) || hasNumbers(value, 'dwConnectedState', 'dwFlags'),
    decode: (bytes) => numbersIn(bytes, 'dwConnectedState', 'dwFlags'),
    fill: DWORD.fill,
  },
  proxy: {
    ...POINTERS,
    what: '{ dwAccessType, lpszProxy, lpszProxyBypass }',
    fits: (value) => hasNumbers(value, 'dwAccessType') && hasTexts(value, 'lpszProxy', 'lpszProxyBypass'),
  },
  connections: { ...POINTERS, what: '{ pszConnection, pOptions: [{ dwOption, Value }] }', fits: isConnectionList },
  certificate: { ...POINTERS, what: 'null', fits: () => false },
  chain: { ...POINTERS, what: 'null', fits: () => false },
  socket: { ...POINTERS, what: 'null', fits: () => false, fill: fillSocket },
  timestamps: { ...POINTERS, what: 'null', fits: () => false, fill: fillTimestamps },
  'client-certificate': {
    ...POINTERS,
    what: '{ cert, key, passphrase } as PEM, { pfx, passphrase }, or null',
    fits: (value) => value === null || isCertContext(value),
  },
};

/** What is asked for with a NULL pointer is told, as the page has it: a program makes its buffer so. */
function fillTimeout(buffer: Uint8Array, value: OptionValue): number {
  if (buffer.length > 0 && buffer.length < 4) {
    throw new CallFailure('ERROR_INSUFFICIENT_BUFFER', 'Call again with a buffer of 4 bytes.', buffer.length);
  }
  return DWORD.fill(buffer, value);
}

function fillVersion(buffer: Uint8Array, value: OptionValue): number {
  needRoom(buffer, 8);
  const { dwMajorVersion, dwMinorVersion } = value as HTTP_VERSION_INFO;
  fillDword(buffer, dwMajorVersion);
  fillDword(buffer.subarray(4), dwMinorVersion);
  return 8;
}

/** As the compiler of the original lays it out: 4 bytes at the end stand empty. */
function fillSocket(buffer: Uint8Array, value: OptionValue): number {
  needRoom(buffer, 24);
  const { Socket, SourcePort, DestPort, Flags } = value as INTERNET_DIAGNOSTIC_SOCKET_INFO;
  fillPointer(buffer, Socket);
  for (const [index, number] of [SourcePort, DestPort, Flags, 0].entries())
    fillDword(buffer.subarray(8 + 4 * index), number);
  return 24;
}

function fillTimestamps(buffer: Uint8Array, value: OptionValue): number {
  needRoom(buffer, 16);
  const { ftExpires, ftLastModified } = value as INTERNET_CACHE_TIMESTAMPS;
  for (const [index, time] of [ftExpires, ftLastModified].entries())
    fillPointer(buffer.subarray(8 * index), fileTime(time));
  return 16;
}

/** A FILETIME: tenths of microseconds since 1601; 0 stands for none. */
function fileTime(time: Date | null): bigint {
  return time === null ? 0n : BigInt(time.getTime() + 11_644_473_600_000) * 10_000n;
}

/** The buffer's bytes, which must be as many as the option has. */
function exactly(bytes: Uint8Array, length: number): DataView {
  if (bytes.length !== length) {
    throw new CallFailure('ERROR_INTERNET_BAD_OPTION_LENGTH', `Pass a buffer of ${length} bytes.`);
  }
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function numbersIn(bytes: Uint8Array, first: string, second: string): Record<string, number> {
  const view = exactly(bytes, 8);
  return { [first]: view.getUint32(0, true), [second]: view.getUint32(4, true) };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function hasNumbers(value: unknown, ...names: readonly string[]): boolean {
  const fields = fieldsOf(value);
  return names.every((name) => isWhole(fields.get(name)));
}

function hasTexts(value: unknown, ...names: readonly string[]): boolean {
  const fields = fieldsOf(value);
  return names.every((name) => fields.get(name) === null || typeof fields.get(name) === 'string');
}

function isConnectionList(value: unknown): boolean {
  const options = fieldsOf(value).get('pOptions');
  return (
    hasTexts(value, 'pszConnection') && Array.isArray(options) && options.every((one) => hasNumbers(one, 'dwOption'))
  );
}
