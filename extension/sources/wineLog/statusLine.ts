import { type ErrorSymbol, errorSymbol } from '../../shared/errorCodes.ts';
import { logPointer } from './logValues.ts';

/** A status callback as INTERNET_SendCallback prints it before it calls the program. */
export interface StatusLine {
  readonly value: number;
  /** Address of the object behind the handle: its value may belong to a newer one by now. */
  readonly object: string | null;
  readonly context: number;
  /** INTERNET_STATUS_*. */
  readonly code: number;
  /** Of INTERNET_STATUS_REQUEST_COMPLETE: what the call ended with; null where it is not printed. */
  readonly end: { readonly result: number; readonly errorCode: number; readonly error: ErrorSymbol } | null;
}

const CALLBACK =
  /^\s*callback\(\w+\) \((\w+) \((\w+)\), ([0-9a-f]+), (\d+) \(\w*\), (?:\{([0-9a-f]+), (\d+)\}|[^,]*), \d+\)/i;

/** Reads the beginning of a callback; null where it is something else. */
export function readStatusLine(text: string): StatusLine | null {
  const found = CALLBACK.exec(text);
  if (found === null) return null;
  const [, value = '', object, context = '', code = '', result, error] = found;
  return {
    value: Number.parseInt(value, 16),
    object: logPointer(object),
    context: Number.parseInt(context, 16),
    code: Number(code),
    end: result === undefined || error === undefined ? null : endOf(Number.parseInt(result, 16), Number(error)),
  };
}

/** Is this the end of a callback? */
export function isCallbackEnd(text: string): boolean {
  return /^\s*end callback/.test(text);
}

function endOf(result: number, errorCode: number): NonNullable<StatusLine['end']> {
  return { result, errorCode, error: errorSymbol(errorCode) ?? 'ERROR_INTERNET_INTERNAL_ERROR' };
}
