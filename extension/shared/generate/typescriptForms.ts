import { type FunctionName, functionRow, handleParameter } from '../hierarchy.ts';
import type { Argument, CallStep } from './program.ts';

/** Parameters for texts that may be null in the library's types. */
const NULLABLE: ReadonlySet<string> = new Set([
  'lpszAgent',
  'lpszProxy',
  'lpszProxyBypass',
  'lpszUserName',
  'lpszPassword',
  'lpszVerb',
  'lpszObjectName',
  'lpszVersion',
  'lpszReferrer',
  'lpszHeaders',
  'lpszSearchFile',
  'lpszView',
  'lpszSearchString',
  'lpszCookieName',
]);

type Form = Argument['is'];

/** What parameters take, by their names; others go by the letters that their names begin with. */
const FORMS: Readonly<Record<string, readonly Form[]>> = {
  lplpszAcceptTypes: ['texts', 'null'],
  lpOptional: ['body', 'text', 'null'],
  lpFindFileData: ['record', 'null'],
  lpFindData: ['record', 'null'],
  lpvFindData: ['record', 'null'],
  lpBuffersIn: ['buffers', 'null'],
  lpdwIndex: ['inOut', 'null'],
  lpDistanceToMoveHigh: ['inOut', 'null'],
  hLockRequestInfo: ['lock', 'null'],
  hWnd: ['number', 'null'],
  lppvData: ['text', 'number', 'boolean', 'null', 'record'],
};

/** Does the compiler take an argument where it stands? A program may have passed anything. */
export function fitsParameter(step: CallStep, argument: Argument, index: number): boolean {
  const { fn } = step;
  const parameter = functionRow(fn).parameters[index] ?? '';
  if (index === handleParameter(fn)) return fitsHandle(fn, argument);
  const forms = FORMS[parameter] ?? formsOf(fn, parameter);
  return forms.includes(argument.is);
}

function fitsHandle(fn: FunctionName, argument: Argument): boolean {
  const row = functionRow(fn);
  if (argument.is === 'null') return row.acceptsNull === true || fn === 'InternetErrorDlg';
  return argument.is === 'handle' && argument.handle !== null && row.uses[argument.handle.kind] !== undefined;
}

function formsOf(fn: FunctionName, parameter: string): readonly Form[] {
  const { fills } = functionRow(fn);
  if (fn === 'HttpQueryInfo' && parameter === fills) return ['room', 'text', 'null'];
  if (parameter === fills) return ['room', 'null'];
  if (parameter === 'lpBuffersOut') return fn === 'InternetReadFileEx' ? ['buffers'] : ['null'];
  if (parameter === 'lpBuffer') return bufferForms(fn);
  if (parameter === 'dwReserved') return ['number', 'text', 'null'];
  if (/^lpsz/.test(parameter)) {
    const nullable = NULLABLE.has(parameter) && fn !== 'HttpAddRequestHeaders';
    return nullable ? ['text', 'null'] : ['text'];
  }
  if (parameter.startsWith('lpfn')) return ['callback', 'null'];
  if (/^[fb][A-Z]/.test(parameter)) return ['boolean'];
  return ['number'];
}

function bufferForms(fn: FunctionName): readonly Form[] {
  if (fn === 'InternetReadFile') return ['room'];
  // An option takes every form that there is.
  return fn === 'InternetWriteFile'
    ? ['body']
    : ['body', 'text', 'number', 'boolean', 'null', 'record', 'callback', 'handle'];
}
