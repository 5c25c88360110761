import type { HandleKind } from '../hierarchy.ts';
import { optionRow } from '../optionTable.ts';
import type { Argument, CallStep, Secret } from './program.ts';
import { variableOf } from './typescriptArguments.ts';

/** What the text of C++ arguments uses of the program around them. */
export interface CppParts {
  /** A function or constant of the program. */
  readonly part: (name: 'Placeholder' | 'OnStatus') => string;
  /** A constant of wininet.h. */
  readonly constant: (name: string) => string;
}

/** A value in memory: what has to be declared, where it is, and how long. */
interface Place {
  readonly before: readonly string[];
  readonly data: string;
  readonly size: string;
}

const NOWHERE: Place = { before: [], data: 'NULL', size: '0' };

/** The arguments of one call as C++ text, by their places; what is not of the form that C++ needs becomes NULL or 0. */
export class CppArguments {
  readonly #step: CallStep;
  readonly #parts: CppParts;

  constructor(step: CallStep, parts: CppParts) {
    this.#step = step;
    this.#parts = parts;
  }

  /** A name of this call's own: calls that go on share a scope with others. */
  local(name: string): string {
    return this.#step.waits ? name : `${name}${this.#step.call}`;
  }

  handle(index: number): string {
    const argument = this.#at(index);
    if (argument.is === 'lock') return argument.name;
    return argument.is === 'handle' && argument.handle !== null ? argument.handle.name : 'NULL';
  }

  kind(index: number): HandleKind | null {
    const argument = this.#at(index);
    return argument.is === 'handle' ? (argument.handle?.kind ?? null) : null;
  }

  opened(): string | null {
    return this.#step.opens?.name ?? null;
  }

  locked(): string | null {
    return this.#step.locks;
  }

  text(index: number): string {
    const argument = this.#at(index);
    return argument.is === 'text' ? wideText(argument.parts) : 'NULL';
  }

  isText(index: number): boolean {
    return this.#at(index).is === 'text';
  }

  texts(index: number): readonly string[] | null {
    const argument = this.#at(index);
    return argument.is === 'texts' ? argument.texts.map(wide) : null;
  }

  number(index: number): string {
    const argument = this.#at(index);
    if (argument.is === 'inOut') return String(argument.value);
    if (argument.is !== 'number') return '0';
    if (argument.names.length === 0) return numberText(argument.value);
    return argument.names.map((name) => (name.startsWith('0x') ? name : this.#parts.constant(name))).join(' | ');
  }

  value(index: number): number {
    const argument = this.#at(index);
    return argument.is === 'number' ? argument.value : 0;
  }

  boolean(index: number): string {
    const argument = this.#at(index);
    return argument.is === 'boolean' && argument.value ? 'TRUE' : 'FALSE';
  }

  callback(index: number): string {
    return this.#at(index).is === 'callback' ? this.#parts.part('OnStatus') : 'NULL';
  }

  isGiven(index: number): boolean {
    return this.#at(index).is === 'inOut';
  }

  /** Size of a buffer in bytes. */
  room(index: number, otherwise: number): number {
    const argument = this.#at(index);
    return argument.is === 'room' ? argument.bytes : otherwise;
  }

  body(index: number): Place {
    const argument = this.#at(index);
    if (argument.is !== 'body') return NOWHERE;
    const name = this.local('body');
    const before = [`std::vector<BYTE> ${name} = ${this.#parts.part('Placeholder')}(${argument.bytes});`];
    return { before, data: `${name}.data()`, size: `(DWORD)${name}.size()` };
  }

  buffers(index: number): {
    readonly before: readonly string[];
    readonly pointer: string;
    readonly name: string | null;
  } {
    const argument = this.#at(index);
    if (argument.is !== 'buffers') return { before: [], pointer: 'NULL', name: null };
    const [name, body] = [this.local('buffers'), this.local('body')];
    const bytes = argument.bytes || (this.#step.fn === 'InternetReadFileEx' ? 65_536 : 0);
    const before = [
      `INTERNET_BUFFERSW ${name} = {};`,
      `${name}.dwStructSize = sizeof(${name});`,
      ...(bytes === 0
        ? []
        : [
            `std::vector<BYTE> ${body} = ${this.#parts.part('Placeholder')}(${bytes});`,
            `${name}.lpvBuffer = ${body}.data();`,
            `${name}.dwBufferLength = (DWORD)${body}.size();`,
          ]),
      ...(argument.total === null ? [] : [`${name}.dwBufferTotal = ${argument.total};`]),
    ];
    return { before, pointer: `&${name}`, name };
  }

  /** The value that an option is set to. */
  option(option: number, index: number): Place {
    const argument = this.#at(index);
    const name = this.local('value');
    const row = optionRow(this.value(option));
    const sized = (declaration: string): Place => ({
      before: [declaration],
      data: `&${name}`,
      size: `sizeof(${name})`,
    });
    switch (argument.is) {
      case 'number': {
        const isWide = row?.form === 'long' || row?.form === 'pointer';
        return sized(`${isWide ? 'DWORD_PTR' : 'DWORD'} ${name} = ${numberText(argument.value)};`);
      }
      case 'boolean':
        return sized(`BOOL ${name} = ${argument.value ? 'TRUE' : 'FALSE'};`);
      case 'text':
        return {
          before: [`std::wstring ${name} = ${wideString(argument.parts)};`],
          data: `(LPVOID)${name}.c_str()`,
          size: `(DWORD)${name}.size()`,
        };
      case 'callback':
        return sized(`INTERNET_STATUS_CALLBACK ${name} = ${this.#parts.part('OnStatus')};`);
      case 'body':
        return this.body(index);
      case 'record':
        return sized(
          `${RECORDS[row?.form ?? ''] ?? 'DWORD'} ${name} = {}; // PLACEHOLDER: the journal does not hold it`,
        );
      default:
        return NOWHERE;
    }
  }

  /** Room for the value of an option. */
  optionRoom(option: number, index: number): Place {
    const name = this.local('value');
    const argument = this.#at(index);
    const form = optionRow(this.value(option))?.form;
    const bytes = argument.is === 'room' ? argument.bytes : form === 'text' || form === 'secret' ? 8192 : 1024;
    return { before: [`std::vector<BYTE> ${name}(${bytes + 1});`], data: `${name}.data()`, size: String(bytes) };
  }

  #at(index: number): Argument {
    return this.#step.args[index] ?? { is: 'null' };
  }
}

const RECORDS: Readonly<Record<string, string>> = {
  proxy: 'INTERNET_PROXY_INFO',
  version: 'HTTP_VERSION_INFO',
  connections: 'INTERNET_PER_CONN_OPTION_LISTW',
  state: 'INTERNET_CONNECTED_INFO',
  'client-certificate': 'CERT_CONTEXT',
};

function numberText(value: number): string {
  if (value > 0x7fffffff) return `0x${(value >>> 0).toString(16).toUpperCase()}`;
  return String(value);
}

/** A text that a function takes; it lives as long as the call. */
function wideText(parts: readonly (string | Secret)[]): string {
  const [first] = parts;
  if (parts.length === 0) return 'L""';
  if (parts.length === 1 && typeof first === 'string') return wide(first);
  return `(${wideString(parts)}).c_str()`;
}

function wideString(parts: readonly (string | Secret)[]): string {
  if (parts.length === 0) return 'L""';
  const texts = parts.map((part) => (typeof part === 'string' ? `std::wstring(${wide(part)})` : variableOf(part)));
  return texts.join(' + ');
}

/** A wide string literal. */
export function wide(text: string): string {
  let literal = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\r') literal += '\\r';
    else if (character === '\n') literal += '\\n';
    else if (character === '\\' || character === '"') literal += `\\${character}`;
    // No escape in hexadecimal: it would swallow the digits behind it.
    else if (code < 32 || (code >= 127 && code < 160)) literal += `\\${code.toString(8).padStart(3, '0')}`;
    // A lone half of a pair has no name in C++.
    else if (code >= 0xd800 && code <= 0xdfff) literal += '\\uFFFD';
    else if (code > 126) literal += code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
    // A trigraph.
    else literal += character === '?' ? '\\?' : character;
  }
  return `L"${literal}"`;
}

function hex(code: number, width: number): string {
  return code.toString(16).toUpperCase().padStart(width, '0');
}
