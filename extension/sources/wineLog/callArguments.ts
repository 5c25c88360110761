import { functionRow } from '../../shared/hierarchy.ts';
import type { RecordedValue } from '../../shared/journal.ts';
import { NOT_LOGGED } from '../../shared/notLogged.ts';
import { MASK } from '../../shared/redact.ts';
import type { EntryPoint } from '../../shared/wineEntryPoints.ts';
import type { HandleBook } from './handleBook.ts';
import { type LogValue, logNumber, readLogValues, recordedText } from './logValues.ts';

/** The printed arguments of a call. */
export interface CallArguments {
  readonly args: readonly RecordedValue[];
  /** Value of the handle that it uses; null where none is printed. */
  readonly value: number | null;
  /** Length of the buffer that it passes. */
  readonly size: number | null;
}

/** Does a function write this when it begins? It may write other lines later. */
export function isBeginning({ ansi, cells }: EntryPoint, text: string): boolean {
  const [form = null] = cells[0] ?? [];
  if (text === '') return form === null || ansi;
  return (
    form !== null &&
    (form === 'text' ? /^\(?(?:L?"|\(null\))(?!.*: scheme\()/ : /^\(?(?:0x)?[0-9a-f]{8,16}\b/i).test(text)
  );
}

/** The arguments of a call in the order of the table's parameters; NOT_LOGGED where the log does not print it. */
export function readArguments({ fn, cells }: EntryPoint, text: string, handles: HandleBook): CallArguments {
  const values = readLogValues(text);
  const { parameters } = functionRow(fn);
  const args = parameters.map((): RecordedValue => NOT_LOGGED);
  let value: number | null = null;
  let size: number | null = null;
  cells.forEach(([form, parameter], index) => {
    const printed = values[index];
    if (printed === undefined) return;
    if (form === 'handle') value = logNumber(printed, 16);
    if (form === 'size' || form === 'body') size = sizeOf(form, printed, values[index - 1]);
    const place = parameter === null ? -1 : parameters.indexOf(parameter);
    if (place === -1) return;
    if (form === 'size' || form === 'body') args[place] = size === null ? null : `${size} bytes`;
    else if (form === 'handle') args[place] = value ? { handle: handles.last(value)?.serial ?? 0 } : null;
    else args[place] = plain(form, printed);
  });
  return { args, value, size };
}

function sizeOf(form: 'size' | 'body', printed: LogValue, buffer: LogValue | undefined): number | null {
  return form === 'body' && isNull(buffer) ? null : logNumber(printed, 10);
}

function plain(form: string, printed: LogValue): RecordedValue {
  switch (form) {
    case 'text':
      return printed.is === 'text' ? recordedText(printed) : null;
    case 'dec':
      return logNumber(printed, 10);
    case 'bool':
      return logNumber(printed, 10) !== 0;
    case 'hex':
      return logNumber(printed, 16);
    case 'secret':
      return isNull(printed) ? null : MASK;
    case 'record':
      // What stands in it is not printed.
      return isNull(printed) ? null : NOT_LOGGED;
    default:
      return null;
  }
}

function isNull(value: LogValue | undefined): boolean {
  return value === undefined || value.is === 'null' || logNumber(value, 16) === 0;
}
