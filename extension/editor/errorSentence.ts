import { errorCode, errorRemedy } from '../shared/errorCodes.ts';
import { printable } from '../shared/format.ts';
import { CallFailure, WinInetError } from '../wininet/winInetError.ts';

/** Room for a sentence in a message. */
const LIMIT = 400;

/** An error as people read it: symbol, number and what to do. Text from servers in it cannot pose as ours. */
export function errorSentence(error: unknown): string {
  if (error instanceof WinInetError) {
    const { functionName, symbol, code, message } = error;
    const prefix = `${functionName}: ${symbol} (${code}). `;
    return `${symbol} (${code}): ${printable(message.startsWith(prefix) ? message.slice(prefix.length) : message, LIMIT)}`;
  }
  if (error instanceof CallFailure) {
    const { symbol, sentence } = error;
    return `${symbol} (${errorCode(symbol)}): ${printable(sentence ?? errorRemedy(symbol), LIMIT)}`;
  }
  return printable(error instanceof Error ? error.message : String(error), LIMIT);
}

/** What is wrong with the arguments of a function, said as the function itself would; undefined if it accepts them. */
export function problemOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return errorSentence(error);
  }
}
