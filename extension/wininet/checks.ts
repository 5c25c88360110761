import { type FunctionName, functionNames, functionRow } from '../shared/hierarchy.ts';
import { isSystemTime } from './systemTime.ts';
import { CallFailure } from './winInetError.ts';

/**
 * Refuses arguments of the wrong form with ERROR_INVALID_PARAMETER, by the names of the parameters in the table: a program
 * without a compiler may pass anything, and what is let through here would fail somewhere deep inside a socket.
 */
export function checkArguments(fn: FunctionName, args: readonly unknown[]): void {
  const forms = FORMS.get(fn) ?? [];
  for (let index = 0; index < args.length; index += 1) {
    const form = forms[index];
    if (form?.fits(args[index]) === false) {
      const parameter = functionRow(fn).parameters[index];
      // What may be left out has its default by now.
      const missing = args[index] === undefined ? '; it cannot be left out' : '';
      throw new CallFailure('ERROR_INVALID_PARAMETER', `Pass ${form.what} as ${parameter}${missing}.`);
    }
  }
}

interface Form {
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
}

const TEXT: Form = { what: 'text or null', fits: (value) => typeof value === 'string' || value === null };
const TEXTS: Form = {
  what: 'a list of texts or null',
  fits: (value) => value === null || (Array.isArray(value) && value.every((one) => typeof one === 'string')),
};
const WHOLE_NUMBER: Form = { what: 'a whole number', fits: (value) => Number.isInteger(value) };
const SERVICE: Form = {
  what: 'INTERNET_SERVICE_HTTP, INTERNET_SERVICE_FTP or INTERNET_SERVICE_GOPHER',
  fits: WHOLE_NUMBER.fits,
};
/** Anything can be taken for a BOOL, but for what is not there. */
const BOOL: Form = { what: 'true or false', fits: (value) => value !== undefined };
/** Looked at by what reads it. */
const BUFFERS: Form = { what: 'an INTERNET_BUFFERS', fits: (value) => value !== undefined };
const BYTES: Form = { what: 'a Uint8Array', fits: (value) => value instanceof Uint8Array };
const BUFFER: Form = { what: 'a Uint8Array or null', fits: (value) => value === null || BYTES.fits(value) };
const BODY: Form = { what: 'text, a Uint8Array or null', fits: (value) => TEXT.fits(value) || BYTES.fits(value) };
const COMPONENTS: Form = {
  what: 'a URL_COMPONENTS record or null',
  fits: (value) => value === null || areComponents(value),
};
/** What is filled must take it. */
const COMPONENTS_TO_FILL: Form = {
  what: 'a URL_COMPONENTS record that is not frozen or null',
  fits: (value) => COMPONENTS.fits(value) && (value === null || Object.isExtensible(value)),
};
const TIME: Form = {
  what: 'a Date or SYSTEMTIME from 1601 to 9999',
  fits: (value) =>
    value instanceof Date ? value.getUTCFullYear() >= 1601 && value.getUTCFullYear() <= 9999 : isSystemTime(value),
};
const CALLBACK: Form = { what: 'a function or null', fits: (value) => value === null || typeof value === 'function' };

const FORMS: ReadonlyMap<FunctionName, readonly (Form | undefined)[]> = new Map(
  functionNames.map((fn) => [fn, functionRow(fn).parameters.map((parameter) => formOf(fn, parameter))]),
);

function areComponents(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  return Object.entries(value).every(([name, field]) => {
    if (field === undefined || name === 'offsets') return true;
    return name.startsWith('lpsz') ? BODY.fits(field) : WHOLE_NUMBER.fits(field);
  });
}

function formOf(fn: FunctionName, parameter: string): Form | undefined {
  // A text names the header that HTTP_QUERY_CUSTOM asks for.
  if (parameter === functionRow(fn).fills) return fn === 'HttpQueryInfo' ? BODY : BUFFER;
  if (parameter === 'lpBuffer') return fn === 'InternetReadFile' || fn === 'InternetWriteFile' ? BYTES : undefined;
  if (parameter === 'pst') return TIME;
  if (parameter === 'dwService') return SERVICE;
  if (fn === 'InternetReadFileEx' && parameter === 'lpBuffersOut') return BUFFERS;
  if (parameter === 'lpUrlComponents') return fn === 'InternetCrackUrl' ? COMPONENTS_TO_FILL : COMPONENTS;
  if (parameter === 'lpOptional') return BODY;
  // A P3P policy, which nothing reads.
  if (fn === 'InternetSetCookieEx' && parameter === 'dwReserved') return undefined;
  if (parameter.startsWith('lplpsz')) return TEXTS;
  if (/^(lp)?sz[A-Z]/.test(parameter)) return TEXT;
  if (parameter.startsWith('lpfn')) return CALLBACK;
  if (/^[bf][A-Z]/.test(parameter)) return BOOL;
  return /^(dw|n|l)[A-Z]/.test(parameter) ? WHOLE_NUMBER : undefined;
}
