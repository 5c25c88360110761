import { functionRow } from '../hierarchy.ts';
import type { RecordedValue } from '../journal.ts';
import { loggedBeginning, NOT_LOGGED } from '../notLogged.ts';
import { MASK } from '../redact.ts';
import type { ComparedCall } from './comparedCall.ts';

/**
 * What of a call's arguments and result can be compared between two runs. Ports of servers on this machine, addresses of
 * callbacks, contexts, folders, dates and secrets differ without meaning anything.
 */

/** The arguments in the form in which they are compared; handles count elsewhere. */
export function comparableArguments({ fn, args }: ComparedCall): readonly RecordedValue[] {
  const { parameters, fills } = functionRow(fn);
  const onThisMachine = args.some((value) => typeof value === 'string' && LOOPBACK_NAME.test(value));
  const values = parameters.map((parameter, index) =>
    // What the caller gets is no argument.
    parameter === fills || parameter === 'lpFindFileData'
      ? null
      : comparable(parameter, args[index] ?? null, onThisMachine),
  );
  while (values.at(-1) === null) values.pop();
  return values;
}

/** Are these the same arguments, as far as both journals know them? They are in the form in which they are compared. */
export function argumentsAgree(left: readonly RecordedValue[], right: readonly RecordedValue[]): boolean {
  const longer = left.length > right.length ? left : right;
  return longer.every((_, index) => valuesAgree(left[index] ?? null, right[index] ?? null));
}

/** Is this the same argument, or one that a journal does not know? */
export function valuesAgree(left: RecordedValue, right: RecordedValue): boolean {
  if (left === right || left === NOT_LOGGED || right === NOT_LOGGED) return true;
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  // Of long texts a log tells the beginning.
  const beginnings = [loggedBeginning(left), loggedBeginning(right)].filter((one) => one !== null);
  return beginnings.length > 0 && beginnings.every((one) => isBeginning(one, left) && isBeginning(one, right));
}

/** Does a text begin so, as far as it is told? */
function isBeginning(beginning: string, text: string): boolean {
  const told = loggedBeginning(text) ?? text;
  return told.startsWith(beginning) || beginning.startsWith(told);
}

/** A result that can be compared; null where it cannot, as a text that tells of a moment. */
export function comparableResult({ fn, result }: ComparedCall): RecordedValue {
  if (typeof result === 'number' || typeof result === 'boolean') return result;
  if (typeof result !== 'string' || result.includes(MASK)) return null;
  // Headers tell the time and the server's name.
  return fn === 'HttpQueryInfo' ? null : comparableText(result);
}

const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d+){3}|::1|\[::1\])$/i;
const LOOPBACK_URL = /\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?(?=[/?#\s]|$)/gi;
const DATE = /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, ?\d{1,2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT\b/g;
const LOCAL_FILE = /^lpszLocalFile$|^lpszNewFile$/;

function comparable(parameter: string, value: RecordedValue, onThisMachine: boolean): RecordedValue {
  // NULL, 0, FALSE and what was left out are one and the same in C.
  if (value === null || value === 0 || value === false) return null;
  if (typeof value === 'object') return null;
  if (value === true) return 1;
  if (value === NOT_LOGGED) return value;
  if (parameter === 'dwContext') return 'a context';
  if (/callback/i.test(parameter)) return 'a callback';
  if (/^lp\w*Buffer/.test(parameter) && typeof value === 'string' && / bytes$/.test(value)) return null;
  if (parameter === 'nServerPort') return onThisMachine ? null : value;
  // Flags are unsigned in C, and signed after a bitwise operator of JavaScript.
  if (typeof value !== 'string') return value < 0 && parameter.startsWith('dw') ? value >>> 0 : value;
  if (value === MASK) return MASK;
  if (LOOPBACK_NAME.test(value)) return 'localhost';
  return LOCAL_FILE.test(parameter) ? (value.split(/[\\/]/).at(-1) ?? value) : comparableText(value);
}

function comparableText(text: string): string {
  return text
    .replace(LOOPBACK_URL, '//localhost')
    .replace(DATE, 'a date')
    .replace(/(?:\r\n)+$/, '');
}
