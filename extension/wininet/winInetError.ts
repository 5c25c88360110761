import { type ErrorSymbol, errorCode, errorRemedy } from '../shared/errorCodes.ts';
import type { FunctionName } from '../shared/hierarchy.ts';
import type { HINTERNET } from './handle.ts';
import { DriverFailure } from './ports/driver.ts';

/**
 * A WinINet call that failed. Compare `code` or `symbol`; `message` is for people and ends with what to do.
 */
export class WinInetError extends Error {
  readonly symbol: ErrorSymbol;
  readonly code: number;
  readonly functionName: FunctionName;
  /** The handle that the call used, if it was one of this engine. */
  readonly handle: HINTERNET | null;
  /** With ERROR_INSUFFICIENT_BUFFER: how much the call needs, in the units of its length parameter. */
  readonly requiredLength: number | undefined;

  constructor(
    symbol: ErrorSymbol,
    functionName: FunctionName,
    handle: HINTERNET | null,
    details: { readonly sentence?: string; readonly cause?: unknown; readonly requiredLength?: number } = {},
  ) {
    const code = errorCode(symbol);
    super(`${functionName}: ${symbol} (${code}). ${details.sentence ?? errorRemedy(symbol)}`, { cause: details.cause });
    this.name = 'WinInetError';
    this.symbol = symbol;
    this.code = code;
    this.functionName = functionName;
    this.handle = handle;
    this.requiredLength = details.requiredLength;
  }
}

/** What a family of functions throws inside a call: the dispatch path adds the function and the handle. */
export class CallFailure extends Error {
  readonly symbol: ErrorSymbol;
  readonly sentence: string | undefined;
  readonly requiredLength: number | undefined;

  /** @param sentence replaces the error's own remedy where the call knows better */
  constructor(symbol: ErrorSymbol, sentence?: string, requiredLength?: number) {
    super(sentence ?? symbol);
    this.name = 'CallFailure';
    this.symbol = symbol;
    this.sentence = sentence;
    this.requiredLength = requiredLength;
  }
}

/** What a call rejects with for whatever was thrown inside it; what is not ours is ERROR_INTERNET_INTERNAL_ERROR. */
export function winInetErrorOf(failure: unknown, fn: FunctionName, handle: HINTERNET | null): WinInetError {
  if (failure instanceof CallFailure) {
    const { symbol, sentence, requiredLength } = failure;
    return new WinInetError(symbol, fn, handle, { sentence, requiredLength });
  }
  if (failure instanceof DriverFailure) {
    return new WinInetError(failure.symbol, fn, handle, { sentence: failure.message, cause: failure.cause });
  }
  return new WinInetError('ERROR_INTERNET_INTERNAL_ERROR', fn, handle, { cause: failure });
}
