import type { FunctionName } from '../../shared/hierarchy.ts';
import { functionRow, handleParameter } from '../../shared/hierarchy.ts';
import type { RecordedValue } from '../../shared/journal.ts';
import { NOT_LOGGED } from '../../shared/notLogged.ts';
import { MASK } from '../../shared/redact.ts';
import type { CallArguments } from './callArguments.ts';
import type { HandleBook } from './handleBook.ts';
import { type LogValue, logNumber, logPointer, readLogValues, recordedText } from './logValues.ts';
import { nativeSignature } from './nativeSignatures.ts';

/** One argument as the relay channel prints it: a register in hexadecimal digits, and the text behind it where it is known to be one. */
interface Passed {
  readonly word: string;
  readonly text: LogValue | null;
}

/** The arguments of a call of which the relay channel tells, as `00000002,14000d17c L"name",00000001`. */
export function readRelayArguments(fn: FunctionName, printed: string, handles: HandleBook): CallArguments {
  const { parameters } = functionRow(fn);
  const passed = readPassed(printed);
  const signature = nativeSignature(fn);
  const args = parameters.map((): RecordedValue => NOT_LOGGED);
  const own = parameters[handleParameter(fn)];
  let value: number | null = null;
  signature.forEach((name, index) => {
    const one = passed[index];
    const place = parameters.indexOf(name === '#' ? (signature[index - 1] ?? '') : name);
    if (one === undefined || place === -1) return;
    if (name === own) value = number(one.word);
    if (name === '#') args[place] = args[place] === null ? null : `${low(one.word, 32)} bytes`;
    else args[place] = argumentOf(fn, name, one, handles);
  });
  return { args, value, size: null };
}

function argumentOf(fn: FunctionName, name: string, { word, text }: Passed, handles: HandleBook): RecordedValue {
  const isNull = logPointer(word) === null;
  if (name === functionRow(fn).fills) return isNull ? null : NOT_LOGGED;
  if (/^h(?:Internet|Connect|Request|File|Find)$/.test(name)) {
    return isNull ? null : { handle: handles.last(number(word) ?? 0)?.serial ?? 0 };
  }
  if (name === 'dwContext') return number(word);
  if (/^dw[A-Z]/.test(name)) return low(word, 32);
  if (name === 'lDistanceToMove') return low(word, 32) | 0;
  if (name === 'nServerPort') return low(word, 16);
  if (/^[fb][A-Z]/.test(name)) return low(word, 32) !== 0;
  if (isNull) return null;
  if (name === 'lpszPassword' || name === 'lpszCookieData') return MASK;
  if (name.startsWith('lpfn')) return `function ${logPointer(word)}`;
  // What stands in a record is not printed.
  return text?.is === 'text' ? recordedText(text) : NOT_LOGGED;
}

function readPassed(printed: string): readonly Passed[] {
  const passed: { word: string; text: LogValue | null }[] = [];
  for (const value of readLogValues(printed)) {
    // What is left of a text whose line was cut is no word.
    const [, word] = value.is === 'word' ? (/^#?([0-9a-f]+)$/i.exec(value.word) ?? []) : [];
    if (word !== undefined) passed.push({ word, text: null });
    else if (value.is === 'text') {
      const last = passed.at(-1);
      if (last !== undefined) last.text ??= value;
    }
  }
  return passed;
}

function number(word: string): number | null {
  return logNumber({ is: 'word', word: `0x${word.replace(/^0x/, '')}` }, 16);
}

/** The low bits of a register: of a shorter parameter the others may hold anything. */
function low(word: string, bits: 16 | 32): number {
  return Number.parseInt(word.replace(/^0x/, '').slice(-bits / 4), 16) || 0;
}
