import { HTTP_QUERY_FLAG_NUMBER, HTTP_QUERY_FLAG_SYSTEMTIME } from '../../extension/shared/constants.ts';
import { functionRow, isFunctionName } from '../../extension/shared/hierarchy.ts';
import { WinInetError } from '../../extension/wininet/index.ts';
import { type CallMemory, COMPONENT_FIELDS, lengthParameter } from './caseArguments.ts';
import type { Outcome, Step } from './vectors.ts';

/** The number of a flag expression of the vectors. */
export type Numbers = (value: unknown) => number;

/** One call that has ended. */
interface EndedCall {
  readonly step: Step;
  readonly memory: CallMemory;
  /** What the call resolved to, or the error with which it failed. */
  readonly result: unknown;
  readonly numbers: Numbers;
  /** The variable of a handle's value. */
  readonly handleOf: (value: unknown) => unknown;
}

type Output = Pick<Outcome, 'out' | 'value'>;

/** The out-parameters and the value of a call in the words of the vectors. */
export function outputOf(call: EndedCall): Output {
  const fn = call.step.call.replace(/\(.*\)$/, '');
  const output = OUTPUTS[fn];
  if (output !== undefined) return call.result instanceof WinInetError ? (FAILURES[fn] ?? {}) : output(call);
  if (!isFunctionName(fn) || functionRow(fn).fills === undefined) return {};
  const { args } = call.step;
  if (fn !== 'HttpQueryInfo') return { out: filled(fn, call, optionForm(args.lpBuffer)) };
  const index = call.memory.index?.index ?? null;
  return { out: { ...filled(fn, call, queryForm(call.numbers(args.dwInfoLevel))), index } };
}

const HIGH = 0x1_0000_0000;

/** What the original returns where this port rejects. */
const FAILURES: Readonly<Record<string, Output>> = { InternetSetFilePointer: { value: 0xffffffff } };

/** Functions that write elsewhere than into a buffer with a length of its own. */
const OUTPUTS: Readonly<Record<string, (call: EndedCall) => Output>> = {
  InternetReadFile: ({ result, memory: { buffer } }) =>
    buffer === null ? {} : { out: { bytesRead: result, data: latin1(buffer.subarray(0, Number(result))) } },
  InternetReadFileEx: ({ memory: { buffer, buffersOut } }) => {
    const length = Number(buffersOut?.dwBufferLength ?? 0);
    const offsetsKept = [buffersOut?.dwOffsetLow, buffersOut?.dwOffsetHigh].every((one) => !one);
    return {
      out: { bufferLength: length, data: latin1(buffer?.subarray(0, length) ?? new Uint8Array()), offsetsKept },
    };
  },
  InternetWriteFile: ({ result }) => ({ out: { bytesWritten: result } }),
  InternetQueryDataAvailable: ({ result }) => ({ out: { available: result } }),
  FtpGetFileSize: ({ result }) => ({
    value: Number(result) % HIGH,
    out: { sizeHigh: Math.floor(Number(result) / HIGH) },
  }),
  InternetSetFilePointer: ({ result, memory }) => ({
    value: Number(result) % HIGH,
    out: { distanceHigh: memory.high?.high },
  }),
  InternetSetCookieEx: ({ result }) => ({ value: Number(result) }),
  InternetErrorDlg: ({ result }) => ({ value: Number(result) }),
  GopherGetLocatorType: ({ result }) => ({ value: Number(result) }),
  FtpFindFirstFile: ({ memory: { find } }) => ({ out: { find } }),
  InternetFindNextFile: ({ memory: { find } }) => ({ out: { find } }),
  InternetCrackUrl: ({ memory: { components } }) => (components === null ? {} : { out: cracked(components) }),
};

/** Functions whose length counts the NUL behind the text. */
const COUNT_NUL: ReadonlySet<string> = new Set(['FtpGetCurrentDirectory', 'InternetGetCookie', 'InternetGetCookieEx']);

type Form = 'text' | 'number' | 'systemTime' | 'handle' | 'version';

function queryForm(level: number): Form {
  if ((level & HTTP_QUERY_FLAG_NUMBER) !== 0) return 'number';
  return (level & HTTP_QUERY_FLAG_SYSTEMTIME) !== 0 ? 'systemTime' : 'text';
}

function optionForm(buffer: unknown): Form {
  if (buffer === 'dword' || buffer === 'ptr') return 'number';
  return buffer === 'handle' || buffer === 'version' ? buffer : 'text';
}

function filled(
  fn: string,
  { step, memory: { buffer, entry }, result, handleOf }: EndedCall,
  form: Form,
): Record<string, unknown> {
  if (buffer === null) return {};
  const untouched = entry !== null && Buffer.from(buffer).equals(entry);
  if (result instanceof WinInetError) {
    return { length: result.requiredLength ?? step.args[lengthParameter(fn)], untouched };
  }
  const length = Number(result);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  switch (form) {
    case 'number':
      return {
        length,
        number: length === 8 ? Number(view.getBigUint64(0, true)) : length >= 4 ? view.getUint32(0, true) : undefined,
      };
    case 'handle':
      return { length, handle: length === 8 ? handleOf(view.getBigUint64(0, true)) : undefined };
    case 'version':
      return { length, major: view.getUint32(0, true), minor: view.getUint32(4, true) };
    case 'systemTime': {
      const names = ['wYear', 'wMonth', 'wDayOfWeek', 'wDay', 'wHour', 'wMinute', 'wSecond', 'wMilliseconds'];
      return {
        length,
        systemTime: Object.fromEntries(names.map((name, index) => [name, view.getUint16(index * 2, true)])),
      };
    }
    case 'text': {
      const end = COUNT_NUL.has(fn) ? length - 1 : length;
      return { length, buffer: latin1(buffer.subarray(0, end)), nulAfter: buffer[end] === 0 };
    }
  }
}

function cracked(record: Record<string, unknown>): Record<string, unknown> {
  const offsets = (record.offsets ?? {}) as Record<string, number | undefined>;
  const parts = Object.entries(COMPONENT_FIELDS).map(([name, [field, lengthField]]) => {
    const value = record[field];
    const length = Number(record[lengthField] ?? 0);
    const text =
      value instanceof Uint8Array ? latin1(value.subarray(0, length)) : typeof value === 'string' ? value : null;
    return [name, { text, len: length, off: offsets[field] }];
  });
  return { ...Object.fromEntries(parts), nScheme: record.nScheme, nPort: record.nPort };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
