import path from 'node:path';
import { type FunctionName, functionRow } from '../../extension/shared/hierarchy.ts';
import type { StatusCallback } from '../../extension/wininet/index.ts';
import type { Step } from './vectors.ts';

/** What the arguments of a step refer to. */
export interface ArgumentScope {
  /** Puts ports into a text. */
  readonly substitute: (text: string) => string;
  /** The value of a flag or number. */
  readonly number: (value: unknown) => number;
  /** The handle of a variable. */
  readonly handle: (value: unknown) => unknown;
  readonly callback: (value: unknown) => StatusCallback | null;
  /** Folder of the files next to the program. */
  readonly scratch: string;
}

/** A buffer's filling before the call. */
const UNTOUCHED = 0xaa;

/** The records and buffers that a call fills. */
export interface CallMemory {
  readonly args: readonly unknown[];
  /** The caller's buffer, or the one in its INTERNET_BUFFERS. */
  readonly buffer: Uint8Array | null;
  /** What the buffer held on entry. */
  readonly entry: Uint8Array | null;
  readonly index: { index: number } | null;
  readonly find: object | null;
  readonly high: { high: number } | null;
  readonly buffersOut: Record<string, unknown> | null;
  readonly components: Record<string, unknown> | null;
}

const LENGTHS: Readonly<Record<string, string>> = {
  FtpGetCurrentDirectory: 'lpdwCurrentDirectory',
  InternetGetCookie: 'lpdwSize',
  InternetGetCookieEx: 'lpdwSize',
  InternetCreateUrl: 'lpdwUrlLength',
};

/** The length parameter beside a function's buffer. */
export function lengthParameter(fn: string): string {
  return LENGTHS[fn] ?? 'lpdwBufferLength';
}

/** What one parameter is read from, and where records and buffers are kept. */
interface Reading {
  readonly fn: FunctionName;
  readonly name: string;
  readonly value: unknown;
  readonly args: Step['args'];
  readonly scope: ArgumentScope;
  readonly memory: { -readonly [K in keyof Omit<CallMemory, 'args'>]: CallMemory[K] };
}

/** The arguments of a step as this port takes them, in the order of its parameters. */
export function argumentsOf(fn: FunctionName, { args }: Step, scope: ArgumentScope): CallMemory {
  const memory = { buffer: null, entry: null, index: null, find: null, high: null, buffersOut: null, components: null };
  const values = functionRow(fn).parameters.map((name) => {
    const reading: Reading = { fn, name, value: args[name], args, scope, memory };
    if (name === functionRow(fn).fills) return callersBuffer(reading);
    return (PARAMETERS[name] ?? plain)(reading);
  });
  return { args: values, ...memory };
}

const PARAMETERS: Readonly<Record<string, (reading: Reading) => unknown>> = {
  lpBuffer: bytesToMove,
  lpszHeaders: ({ value, args, scope }) => cut(value, args.dwHeadersLength, scope),
  lpOptional: ({ value, args, scope }) =>
    value === null || value === undefined ? null : bytesOf(cut(value, args.dwOptionalLength, scope)),
  lpdwIndex: ({ value, scope, memory }) => {
    memory.index = isAbsent(value) ? null : { index: scope.number(value) };
    return memory.index;
  },
  lpFindFileData: findData,
  lpvFindData: findData,
  lpFindData: findData,
  lpDistanceToMoveHigh: ({ value, scope, memory }) => {
    memory.high = isAbsent(value) ? null : { high: scope.number(value) };
    return memory.high;
  },
  lpBuffersIn: ({ value, scope }) => buffersIn(value, scope),
  lpBuffersOut: ({ fn, value, memory }) => {
    if (fn !== 'InternetReadFileEx') return value ?? null;
    memory.buffersOut = buffersOut(value);
    if (memory.buffersOut?.lpvBuffer instanceof Uint8Array) memory.buffer = memory.buffersOut.lpvBuffer;
    return memory.buffersOut;
  },
  lpUrlComponents: ({ fn, value, scope, memory }) => {
    memory.components = components(fn, value, scope);
    // Null asks InternetCrackUrl for the parts as texts; an empty buffer stands for the pointer NULL.
    return memory.components ?? (fn === 'InternetCrackUrl' ? new Uint8Array(0) : null);
  },
  lpfnInternetCallback: ({ value, scope }) => scope.callback(value),
  lplpszAcceptTypes: ({ value }) => value ?? null,
  lpszNewFile: localFile,
  lpszLocalFile: localFile,
};

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function callersBuffer({ fn, value, args, scope, memory }: Reading): Uint8Array {
  memory.buffer = callerBuffer(value, args[lengthParameter(fn)], scope);
  memory.entry = memory.buffer.slice();
  return memory.buffer;
}

function bytesToMove({ fn, value, args, scope, memory }: Reading): unknown {
  if (fn === 'InternetSetOption' || fn === 'InternetSetOptionEx') return optionBytes(value, args.dwBufferLength, scope);
  if (value === null) return null;
  if (fn === 'InternetWriteFile') return bytesOf(cut(value, args.dwNumberOfBytesToWrite, scope));
  memory.buffer = filled(scope.number(args.dwNumberOfBytesToRead ?? 0));
  return memory.buffer;
}

function findData({ value, memory }: Reading): object | null {
  memory.find = isAbsent(value) ? null : {};
  return memory.find;
}

function localFile({ value, scope }: Reading): unknown {
  if (typeof value !== 'string' || value === '') return value;
  // A separator at its end stays.
  return path.isAbsolute(value) ? value : path.join(scope.scratch, value);
}

/** A text up to a length that its caller tells; -1 is the whole. */
function cut(value: unknown, length: unknown, scope: ArgumentScope): unknown {
  if (typeof value !== 'string') return value;
  const whole = scope.substitute(value);
  const size = scope.number(length ?? -1);
  return size >= 0 && size < whole.length ? whole.slice(0, size) : whole;
}

function plain({ name, value, scope }: Reading): unknown {
  const text = typeof value === 'string' ? scope.substitute(value) : value;
  if (/^h[A-Z]/.test(name) && name !== 'hWnd') return scope.handle(value);
  if (value === undefined) return /^(lp|sz|h)/.test(name) ? null : undefined;
  if (/^f[A-Z]/.test(name)) return scope.number(value) !== 0;
  return /^(dw|n|l|b)[A-Z]/.test(name) && !name.startsWith('lp') ? scope.number(text) : text;
}

function callerBuffer(value: unknown, length: unknown, scope: ArgumentScope): Uint8Array {
  if (value === null || value === undefined) return new Uint8Array(0);
  const size = scope.number(length ?? 0);
  if (typeof value !== 'object' || !('text' in value)) return filled(size);
  // Physically large, whatever the length says.
  const memory = filled(Math.max(size, 1024));
  memory.set(Buffer.from(`${String(value.text)}\0`, 'latin1'));
  return memory.subarray(0, size);
}

function filled(size: number): Uint8Array {
  return new Uint8Array(Math.min(size, 0x1000000)).fill(UNTOUCHED);
}

function bytesOf(value: unknown): unknown {
  return typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
}

function optionBytes(value: unknown, length: unknown, scope: ArgumentScope): unknown {
  if (value === null || value === undefined || typeof value !== 'object') return null;
  if ('callback' in value) return () => undefined;
  const bytes = Buffer.alloc(scope.number(length ?? 0));
  const whole = Buffer.alloc(8);
  if ('string' in value) bytes.write(scope.substitute(String(value.string)), 'latin1');
  else {
    whole.writeBigUInt64LE(BigInt(scope.number('dword' in value ? value.dword : 'ptr' in value ? value.ptr : 0)));
    whole.copy(bytes);
  }
  return new Uint8Array(bytes);
}

function buffersIn(value: unknown, scope: ArgumentScope): unknown {
  if (value === null || value === undefined || typeof value !== 'object') return null;
  const record: Record<string, unknown> = { ...value };
  for (const [name, field] of Object.entries(record)) {
    if (name.startsWith('dw')) record[name] = scope.number(field);
    else if (name === 'lpvBuffer' && typeof field === 'string') {
      const length = scope.number(record.dwBufferLength ?? field.length);
      record[name] = new Uint8Array(Buffer.from(field.slice(0, length), 'latin1'));
    } else if (typeof field === 'string') record[name] = scope.substitute(field);
  }
  return record;
}

function buffersOut(value: unknown): Record<string, unknown> | null {
  if (value === null || value === undefined || typeof value !== 'object') return null;
  const record: Record<string, unknown> = { ...value };
  const length = typeof record.dwBufferLength === 'number' ? record.dwBufferLength : 0;
  if (!('lpvBuffer' in record)) record.lpvBuffer = filled(length);
  return record;
}

function components(fn: FunctionName, value: unknown, scope: ArgumentScope): Record<string, unknown> | null {
  if (value === null || value === undefined || typeof value !== 'object') return null;
  const record: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    if (field === 'pointer' && fn === 'InternetCrackUrl') continue;
    if (typeof field === 'object' && field !== null && 'buffer' in field)
      record[name] = filled(scope.number(field.buffer));
    else if (/^(dw|n)[A-Z]/.test(name))
      record[name] = scope.number(typeof field === 'string' ? scope.substitute(field) : field);
    else record[name] = typeof field === 'string' ? scope.substitute(field) : field;
  }
  return record;
}

/** The fields of URL_COMPONENTS by the names that the vectors use. */
export const COMPONENT_FIELDS = {
  scheme: ['lpszScheme', 'dwSchemeLength'],
  host: ['lpszHostName', 'dwHostNameLength'],
  user: ['lpszUserName', 'dwUserNameLength'],
  password: ['lpszPassword', 'dwPasswordLength'],
  path: ['lpszUrlPath', 'dwUrlPathLength'],
  extra: ['lpszExtraInfo', 'dwExtraInfoLength'],
} as const;
