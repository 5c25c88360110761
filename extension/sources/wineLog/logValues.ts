import { cutByLog } from '../../shared/notLogged.ts';
import { redact } from '../../shared/redact.ts';

/** The values that Wine prints behind a function's name, by its printf formats and its debugstr functions. */

/** One printed value: a text with its escapes resolved, NULL, or a word that is a number or a pointer. */
export type LogValue =
  | { readonly is: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly is: 'null' }
  | { readonly is: 'word'; readonly word: string };

// A quoted text, `(null)`, or whatever stands between separators. Wine cuts long texts and writes dots behind them.
const VALUE = /L?"((?:[^"\\]|\\.)*)"(\.\.\.)?|\(null\)|[^\s,()]+/g;
const ESCAPE = /\\(?:([nrt"\\])|x([0-9a-f]{2})|([0-9a-f]{4}))/gi;
const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** The values of a line, separated by commas or blanks, in parentheses or not: Wine's functions differ. */
export function readLogValues(text: string): readonly LogValue[] {
  return [...text.matchAll(VALUE)].map(([word, quoted, cut]): LogValue => {
    if (quoted !== undefined) return { is: 'text', text: unescaped(quoted), isCut: cut !== undefined };
    return word === '(null)' ? { is: 'null' } : { is: 'word', word };
  });
}

/** The first quoted text of a line; null where there is none. */
export function quotedText(text: string): string | null {
  const found = readLogValues(text).find((value) => value.is === 'text');
  return found?.is === 'text' ? `${found.text}${found.isCut ? '…' : ''}` : null;
}

const TEXT_LIMIT = 512;

/** A printed text as a journal keeps it: masked, and not too long. */
export function recordedText({ text, isCut }: Extract<LogValue, { readonly is: 'text' }>): string {
  const masked = redact(text);
  if (masked.length > TEXT_LIMIT) return `${masked.slice(0, TEXT_LIMIT - 1)}…`;
  // Half a line may be left of a header that is masked: then nothing shows where the text was cut.
  return isCut ? cutByLog(masked) : masked;
}

/** A printed number. One with `0x` is hexadecimal, others are what the function's format says. Null where it is no number. */
export function logNumber(value: LogValue | undefined, base: 10 | 16): number | null {
  if (value === undefined || value.is === 'text') return null;
  if (value.is === 'null') return 0;
  const [, sign = '', prefix, digits = ''] = /^(-?)(0x)?([0-9a-f]{1,16})$/i.exec(value.word) ?? [];
  const isHexadecimal = prefix !== undefined || base === 16;
  // Of 64 bits, all ones are what a program calls -1.
  const number = isHexadecimal ? Number(BigInt.asIntN(64, BigInt(`0x${digits || '0'}`))) : Number.parseInt(digits, 10);
  if (digits === '' || !Number.isSafeInteger(number)) return null;
  return sign === '-' ? -number : number;
}

/** A pointer in one spelling, or null for NULL: 32-bit programs print it shorter. */
export function logPointer(word: string | undefined): string | null {
  const digits = (word ?? '').toLowerCase().replace(/^0x/, '').replace(/^0+/, '');
  return digits === '' || digits === '(nil)' ? null : digits;
}

function unescaped(text: string): string {
  const plain = text.replace(
    ESCAPE,
    (_, letter: string | undefined, byte: string | undefined, unit: string | undefined) =>
      letter === undefined
        ? String.fromCharCode(Number.parseInt(byte ?? unit ?? '0', 16))
        : (LETTERS[letter] ?? letter),
  );
  // A length of -1 makes Wine print the end of the text as well.
  return plain.replace(/\0+$/, '');
}
