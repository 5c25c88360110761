import { type ErrorSymbol, errorCode } from '../shared/errorCodes.ts';

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

  /** The last words of a server. */
  get response(): string {
    return this.#response;
  }

  set(symbol: ErrorSymbol): void {
    this.#code = errorCode(symbol);
  }

  setResponse(text: string): void {
    this.#response = text;
  }
}
