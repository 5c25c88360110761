import * as constants from '../constants.ts';
import { decodeArgument } from '../decode.ts';
import { errorCode, isErrorSymbol } from '../errorCodes.ts';
import { type FunctionName, functionRow } from '../hierarchy.ts';
import type { RecordedValue } from '../journal.ts';
import { emptyTree } from '../model.ts';
import { loggedBeginning, NOT_LOGGED } from '../notLogged.ts';
import { optionRow } from '../optionTable.ts';
import type { Argument, ProgramHandle } from './program.ts';
import { maskedBehind, type NamedSecret, type SecretNames } from './secretNames.ts';

/** What the arguments of one call need of the program around them. */
export interface ArgumentContext {
  readonly fn: FunctionName;
  readonly args: readonly RecordedValue[];
  /** The handle with this serial, if the program has it by now. */
  readonly handle: (serial: number) => ProgramHandle | null;
  readonly secrets: SecretNames;
  /** Bytes that the call moved, as the journal counts them. */
  readonly moved: number;
  /** Size of the whole body of an upload; null where nobody told it. */
  readonly total: number | null;
}

/** The arguments of a call, in the order of the row's parameters. */
export function programArguments(context: ArgumentContext): readonly Argument[] {
  return context.args.map((value, index) => argumentOf(context, index, value));
}

const BYTES = /^(\d+) bytes$/;
const CUT = /…$/;

function argumentOf(context: ArgumentContext, index: number, value: RecordedValue): Argument {
  const { fn, handle } = context;
  const row = functionRow(fn);
  const parameter = row.parameters[index] ?? '';
  if (value === null) return { is: 'null' };
  if (value === NOT_LOGGED) return unknownArgument(context, parameter);
  if (typeof value === 'boolean') return { is: 'boolean', value };
  if (typeof value === 'object') return { is: 'handle', handle: handle(value.handle) };
  if (typeof value === 'number') {
    if (parameter === 'lpdwIndex' || parameter === 'lpDistanceToMoveHigh') return { is: 'inOut', value };
    return { is: 'number', value, names: namesOf(fn, index, value) };
  }
  const bytes = BYTES.exec(value)?.[1];
  const fills = parameter === row.fills || fn === 'InternetReadFile';
  if (bytes !== undefined && (fills || /^lp(Buffer|Optional)$/.test(parameter))) {
    return { is: fills ? 'room' : 'body', bytes: Number(bytes) };
  }
  if (/^function /.test(value) && (parameter.startsWith('lpfn') || optionForm(context) === 'callback')) {
    return { is: 'callback' };
  }
  // One that was filled before is recorded by the name in it.
  const isText = /^(?:lp)?sz[A-Z]/.test(parameter);
  if ((value === 'record' && !isText) || /^lpv?Find(File)?Data$|^lpBuffers/.test(parameter))
    return recordOf(context, parameter, value);
  if (parameter === 'lplpszAcceptTypes') return { is: 'texts', texts: value.split(', ') };
  return textOf(context, parameter, value);
}

/** What stands for an argument that a log does not tell: nothing, in the form that the parameter wants, or what it mostly is. */
function unknownArgument(context: ArgumentContext, parameter: string): Argument {
  if (parameter.startsWith('lpfn')) return { is: 'callback' };
  // There was one: a log tells of NULL.
  if (parameter.startsWith('lpBuffers')) return recordOf(context, parameter, '');
  if (/Find(?:File)?Data$/.test(parameter)) return { is: 'record' };
  return /^(?:dw|n)[A-Z]/.test(parameter) ? { is: 'number', value: 0, names: [] } : { is: 'null' };
}

function optionForm({ fn, args }: ArgumentContext): string | undefined {
  const option = args[1];
  const isOption = fn === 'InternetSetOption' || fn === 'InternetSetOptionEx';
  return isOption && typeof option === 'number' ? optionRow(option)?.form : undefined;
}

function recordOf({ fn, moved, total }: ArgumentContext, parameter: string, value: string): Argument {
  if (parameter !== 'lpBuffersIn' && parameter !== 'lpBuffersOut') return { is: 'record' };
  // Older journals do not tell what was announced: there it is what was written.
  const announced = /\bdwBufferTotal (\d+)/.exec(value)?.[1];
  const all = announced === undefined ? total : Number(announced);
  return { is: 'buffers', bytes: moved, total: fn === 'HttpSendRequestEx' ? all : null };
}

/** A text, its secrets by name. */
function textOf({ fn, args, secrets }: ArgumentContext, parameter: string, text: string): Argument {
  const beginning = loggedBeginning(text);
  const cut = beginning !== null || (text.length >= 512 && CUT.test(text));
  const whole = beginning ?? (cut ? text.replace(CUT, '') : text);
  const parts = secrets.partsOf(whole, (before) => secretOf(fn, args, parameter) ?? maskedBehind(before));
  return { is: 'text', parts, cut };
}

/** What is masked where a whole parameter is a secret. */
function secretOf(fn: FunctionName, args: readonly RecordedValue[], parameter: string): NamedSecret | null {
  if (parameter === 'lpszCookieData') return ['HINTERNET_COOKIE', `the cookie of ${String(args[0])}`];
  if (parameter === 'lpszPassword')
    return ['HINTERNET_PASSWORD', `the password of ${String(args[3])} on ${String(args[1])}`];
  const option = args[1];
  if (parameter !== 'lpBuffer' || !fn.startsWith('InternetSetOption') || typeof option !== 'number') return null;
  const name = optionRow(option)?.name ?? 'option';
  return [`HINTERNET_${name.replace(/^INTERNET_OPTION_/, '')}`, `what ${name} is set to`];
}

/** Value of a constant or an error by its name; undefined where there is none. */
function constantValue(name: string): number | undefined {
  if (isErrorSymbol(name)) return errorCode(name);
  const value: unknown = Reflect.get(constants, name);
  return typeof value === 'number' ? value : undefined;
}

/** Constants that make up a number: as the views name it, if that adds up. */
function namesOf(fn: FunctionName, index: number, value: number): readonly string[] {
  const names = decodeArgument(fn, index, value, emptyTree()).flatMap(
    ({ text }) => /^[A-Z][A-Z0-9_]+/.exec(text)?.[0] ?? [],
  );
  const values = names.map(constantValue);
  const sum = values.reduce<number>((all, one) => (all | (one ?? 0)) >>> 0, 0);
  // What is left has no name: it stands beside the names, in hexadecimal.
  const rest = (value & ~sum) >>> 0;
  const fits = names.length > 0 && values.every((one) => one !== undefined) && (sum & ~value) >>> 0 === 0;
  if (!fits) return [];
  return rest === 0 ? names : [...names, `0x${rest.toString(16).toUpperCase()}`];
}
