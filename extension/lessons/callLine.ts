import { type ErrorSymbol, isErrorSymbol } from '../shared/errorCodes.ts';
import { type FunctionName, functionNames, isFunctionName } from '../shared/hierarchy.ts';

/** An argument as it is written, before names are looked up. */
export type Argument =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'value'; readonly value: number | boolean | null }
  | { readonly is: 'buffer'; readonly size: number }
  | { readonly is: 'names'; readonly names: readonly string[] }
  | { readonly is: 'record'; readonly fields: readonly (readonly [name: string, value: Argument])[] };

/** What a line calls: a function of the table, the last error, or the end of an asynchronous call by its context. */
export type Callee = FunctionName | 'GetLastError' | 'completion';

/** What a line must lead to; null where nothing is written. */
export type Expectation = { readonly error: ErrorSymbol } | { readonly result: string } | null;

/** One line of calls. */
export type CallLine = {
  /** As it is written, without the expectation. */
  readonly text: string;
  readonly expects: Expectation;
} & (
  | {
      readonly is: 'call';
      readonly fn: Callee;
      readonly args: readonly Argument[];
      /** The name that the result gets. */
      readonly name: string | null;
      /** Do not wait for the end of the call. */
      readonly start: boolean;
    }
  | { readonly is: 'await'; readonly name: string }
);

/** Largest buffer that a line may ask for, in bytes. */
const BUFFER_LIMIT = 16 * 1024 * 1024;

/**
 * Reads one line: `name = Function(arguments)`; `start` before it does not wait for the call, `await name` waits for one that was
 * started. Behind it may stand `! ERROR_…`, the error with which it must fail, or `-> result`.
 * Throws a SyntaxError whose message says what to write instead.
 */
export function parseCallLine(line: string): CallLine {
  const { text, expects } = splitExpectation(line.trim());
  const waited = /^await (\w+)$/.exec(text)?.[1];
  if (waited !== undefined) return { is: 'await', text, expects, name: waited };
  const found = /^(start )?(?:([A-Za-z_]\w*) = )?(\w+)\((.*)\)$/.exec(text);
  if (found === null) {
    throw new SyntaxError(`"${text}" is no call. Write it as name = Function(arguments), start …, or await name.`);
  }
  const [, start, name = null, fn = '', args = ''] = found;
  if (fn !== 'GetLastError' && fn !== 'completion' && !isFunctionName(fn)) throw new SyntaxError(unknownFunction(fn));
  return { is: 'call', text, expects, fn, args: new ArgumentReader(args).all(), name, start: start !== undefined };
}

/** The expectation stands behind the last parenthesis, so that strings may hold what they like. */
function splitExpectation(line: string): { readonly text: string; readonly expects: Expectation } {
  const found = /^(.*?\)|await \w+)\s+(?:!\s*(\w+)|->\s*([^)]*))$/.exec(line);
  if (found === null) return { text: line, expects: null };
  const [, text = '', symbol, result] = found;
  if (symbol === undefined) return { text, expects: { result: (result ?? '').trim() } };
  if (!isErrorSymbol(symbol))
    throw new SyntaxError(`${symbol} is no error. Write its symbol, as ERROR_INVALID_HANDLE.`);
  return { text, expects: { error: symbol } };
}

function unknownFunction(fn: string): string {
  const near = functionNames.find((one) => one.toLowerCase() === fn.toLowerCase());
  const advice = near === undefined ? 'Write a function of WinINet' : `Did you mean ${near}? Write it so`;
  return `${fn} is no function that a lesson can call. ${advice}, GetLastError or completion.`;
}

/** Reads arguments from left to right. */
class ArgumentReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  all(): readonly Argument[] {
    const found: Argument[] = [];
    if (this.#take(/\s*$/y) !== null) return found;
    do found.push(this.#argument());
    while (this.#take(/\s*,/y) !== null);
    if (this.#take(/\s*$/y) === null) this.#fail('a comma or the end');
    return found;
  }

  #argument(): Argument {
    this.#take(/\s*/y);
    const text = this.#take(/"(?:[^"\\]|\\.)*"/y);
    if (text !== null) return { is: 'text', text: this.#string(text) };
    const number = this.#take(/-?(?:0x[0-9A-Fa-f]+|\d+)\b/y);
    if (number !== null) return { is: 'value', value: Number(number) };
    const word = this.#take(/(?:null|true|false)\b/y);
    if (word !== null) return { is: 'value', value: word === 'null' ? null : word === 'true' };
    const buffer = this.#take(/(?:buffer|bytes)\(\d+\)/y);
    if (buffer !== null) return this.#buffer(Number(buffer.replace(/\D/g, '')));
    if (this.#take(/\{/y) !== null) return this.#record();
    const names = this.#take(/[A-Za-z_]\w*(?:\s*\|\s*[A-Za-z_]\w*)*/y);
    if (names !== null) return { is: 'names', names: names.split('|').map((name) => name.trim()) };
    return this.#fail(
      'a string, a number, null, true, false, a name, names joined with |, buffer(n) or { field: value }',
    );
  }

  #string(text: string): string {
    try {
      const value: unknown = JSON.parse(text);
      return String(value);
    } catch {
      throw new SyntaxError(`${text} is no string. Write escapes as in JSON: \\r\\n, \\", \\\\.`);
    }
  }

  #buffer(size: number): Argument {
    if (size > BUFFER_LIMIT)
      throw new SyntaxError(`buffer(${size}) is too large. Ask for ${BUFFER_LIMIT} bytes at most.`);
    return { is: 'buffer', size };
  }

  #record(): Argument {
    const fields: (readonly [string, Argument])[] = [];
    do {
      const name = this.#take(/\s*[A-Za-z]\w*\s*:/y);
      if (name === null) return this.#fail('field: value');
      fields.push([name.replace(/[\s:]/g, ''), this.#argument()]);
    } while (this.#take(/\s*,/y) !== null);
    if (this.#take(/\s*\}/y) === null) return this.#fail('a comma or }');
    return { is: 'record', fields };
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return null;
    this.#at = pattern.lastIndex;
    return found[0];
  }

  #fail(wanted: string): never {
    const rest = this.#text.slice(this.#at).trim();
    throw new SyntaxError(`Expected ${wanted}, found ${rest === '' ? 'the end of the arguments' : `"${rest}"`}.`);
  }
}
