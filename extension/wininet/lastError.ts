import { type ErrorSymbol, errorCode } from '../shared/errorCodes.ts';
import type { FunctionName } from '../shared/hierarchy.ts';

/**
 * What GetLastError and InternetGetLastResponseInfo answer. The original keeps both per thread; a Node program has one.
 */
export class LastError {
  #code = 0;
  #response = '';

  /** Number of the last failure. As in the original, a success leaves it alone. */
  get code(): number {
    return this.#code;
  }

  /** The last words of a server since the last call began. */
  get response(): string {
    return this.#response;
  }

  set(symbol: ErrorSymbol): void {
    this.#code = errorCode(symbol);
  }

  setResponse(text: string): void {
    this.#response = text;
  }

  /**
   * A call begins. The page of InternetGetLastResponseInfo: the text stays until the next call of any function, and it alone may
   * be called again and again.
   */
  callBegins(fn: FunctionName): void {
    if (fn !== 'InternetGetLastResponseInfo') this.#response = '';
  }
}
