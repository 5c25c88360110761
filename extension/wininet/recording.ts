import { HTTP_QUERY_CUSTOM, HTTP_QUERY_HEADER_MASK } from '../shared/constants.ts';
import { type FunctionName, functionRow } from '../shared/hierarchy.ts';
import type { RecordedValue } from '../shared/journal.ts';
import { SECRET_OPTIONS } from '../shared/optionTable.ts';
import { QUERY_ATTRIBUTE_HEADERS } from '../shared/queryAttributes.ts';
import { MASK, redact } from '../shared/redact.ts';
import { HINTERNET } from './handle.ts';
import { isSystemTime, systemTimeText } from './systemTime.ts';

/** How arguments and results enter the journal: short, masked, without bodies. */

const TEXT_LIMIT = 512;

/** The arguments of a call as the journal keeps them. */
export function recordArguments(fn: FunctionName, args: readonly unknown[]): readonly RecordedValue[] {
  const { parameters } = functionRow(fn);
  return args.map((value, index) =>
    typeof value === 'string' || Array.isArray(value)
      ? recordText(parameters[index] ?? '', value, args)
      : recordValue(value),
  );
}

/** The result of a call as the journal keeps it. */
export function recordResult(fn: FunctionName, args: readonly unknown[], result: unknown): RecordedValue {
  return typeof result === 'string' && answersSecret(fn, args) ? MASK : recordValue(result);
}

/** A value as the journal keeps it. */
export function recordValue(value: unknown): RecordedValue {
  switch (typeof value) {
    case 'string':
      return cut(redact(value));
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return Number(value);
    case 'function':
      return cut(`function ${value.name === '' ? '(anonymous)' : value.name}`);
    case 'object':
      return recordObject(value);
    default:
      return null;
  }
}

function recordObject(value: object | null): RecordedValue {
  if (value === null) return null;
  if (value instanceof HINTERNET) return { handle: value.serial };
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString();
  if (isSystemTime(value)) return systemTimeText(value);
  if (Array.isArray(value)) return cut(redact(value.map(String).join(', ')));
  if ('dwBufferTotal' in value || 'dwBufferLength' in value) return recordSizes(value);
  if ('cFileName' in value) return cut(String(value.cFileName));
  if ('DisplayString' in value) return cut(String(value.DisplayString));
  return 'record';
}

/** The sizes in an INTERNET_BUFFERS: what an upload announces shows in nothing else. */
function recordSizes(buffers: object): RecordedValue {
  return ['dwBufferTotal', 'dwBufferLength']
    .flatMap((name) => {
      const size: unknown = Reflect.get(buffers, name);
      return typeof size === 'number' ? [`${name} ${size}`] : [];
    })
    .join(', ');
}

function recordText(parameter: string, text: string | readonly unknown[], args: readonly unknown[]): RecordedValue {
  // A body, whatever form it has.
  if (parameter === 'lpOptional' && typeof text === 'string') return `${Buffer.byteLength(text)} bytes`;
  return isSecret(parameter, args) ? MASK : recordValue(text);
}

/** Does the call ask for nothing but a secret: a password, cookies, or the value of a header that carries one? */
function answersSecret(fn: FunctionName, args: readonly unknown[]): boolean {
  if (fn === 'InternetGetCookie' || fn === 'InternetGetCookieEx') return true;
  const wanted = args[1];
  if (typeof wanted !== 'number') return false;
  if (fn === 'InternetQueryOption') return SECRET_OPTIONS.has(wanted);
  if (fn !== 'HttpQueryInfo') return false;
  const attribute = (wanted & HTTP_QUERY_HEADER_MASK) >>> 0;
  const header = attribute === HTTP_QUERY_CUSTOM ? String(args[2]) : QUERY_ATTRIBUTE_HEADERS.get(attribute);
  return header !== undefined && redact(`${header}: x`).endsWith(MASK);
}

function isSecret(parameter: string, args: readonly unknown[]): boolean {
  if (parameter === 'lpszPassword' || parameter === 'lpszCookieData') return true;
  if (parameter !== 'lpBuffer') return false;
  return typeof args[1] === 'number' && SECRET_OPTIONS.has(args[1]);
}

function cut(text: string): string {
  return text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT - 1)}…` : text;
}
