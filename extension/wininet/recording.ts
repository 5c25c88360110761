import { INTERNET_OPTION_PASSWORD, INTERNET_OPTION_PROXY_PASSWORD } from '../shared/constants.ts';
import { type FunctionName, functionRow } from '../shared/hierarchy.ts';
import type { RecordedValue } from '../shared/journal.ts';
import { MASK, redact } from '../shared/redact.ts';
import { HINTERNET } from './handle.ts';

/** How arguments and results enter the journal: short, masked, without bodies. */

const TEXT_LIMIT = 512;

/** The arguments of a call as the journal keeps them. */
export function recordArguments(fn: FunctionName, args: readonly unknown[]): readonly RecordedValue[] {
  const { parameters } = functionRow(fn);
  return args.map((value, index) =>
    isSecret(parameters[index] ?? '', args) && typeof value === 'string' ? MASK : recordValue(value),
  );
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
      return cut(`function ${value.name}`);
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
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return cut(redact(value.map(String).join(', ')));
  if ('cFileName' in value) return cut(String(value.cFileName));
  return 'record';
}

function isSecret(parameter: string, args: readonly unknown[]): boolean {
  if (parameter === 'lpszPassword' || parameter === 'lpszCookieData') return true;
  if (parameter !== 'lpBuffer') return false;
  return args[1] === INTERNET_OPTION_PASSWORD || args[1] === INTERNET_OPTION_PROXY_PASSWORD;
}

function cut(text: string): string {
  return text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT - 1)}…` : text;
}
