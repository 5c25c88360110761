import * as constants from '../../../extension/shared/constants.ts';
import {
  type FunctionName,
  functionNames,
  functionRow,
  type HandleKind,
  handleKinds,
  handleParameter,
  kindRow,
  statesOf,
} from '../../../extension/shared/hierarchy.ts';
import type { Entry, EntryBody, RecordedValue } from '../../../extension/shared/journal.ts';
import { OPTIONS } from '../../../extension/shared/optionTable.ts';

/** A journal in which every function that uses a handle was called on every kind that it accepts, and every option was set and read. */
export function everyFunction(): readonly Entry[] {
  const journal = new Journal();
  for (const kind of handleKinds) journal.make(kind);
  const others = functionNames.filter((fn) => fn !== 'InternetCloseHandle' && functionRow(fn).returns === undefined);
  for (const fn of others) {
    for (const kind of handleKinds.filter((one) => functionRow(fn).uses[one] !== undefined)) {
      if (!/Option/.test(fn)) journal.call(fn, kind);
      else for (const option of OPTIONS) journal.call(fn, kind, optionArguments(fn, option));
    }
  }
  for (const fn of ['InternetSetCookie', 'InternetSetCookieEx', 'InternetUnlockRequestFile'] as const)
    journal.call(fn, null);
  journal.call('InternetCloseHandle', 'root');
  return journal.entries;
}

class Journal {
  readonly entries: Entry[] = [];
  readonly #serials = new Map<HandleKind, number>();
  #call = 0;

  /** Opens a handle of a kind by the first function that returns it. */
  make(kind: HandleKind): void {
    const fn = functionNames.find((one) => functionRow(one).returns?.includes(kind) ?? false) ?? 'InternetOpen';
    const parent = handleKinds.find(
      (one) => functionRow(fn).uses[one] !== undefined && kindRow(kind).parents.includes(one),
    );
    const handle = this.#begin(fn, parent ?? null, argumentsOf(fn, kind));
    const serial = this.#serials.size + 1;
    this.#serials.set(kind, serial);
    const [state = 'open'] = statesOf(kind);
    const made = { serial, value: serial * 4, kind, state, parent: handle, fn, call: this.#call, target: 'x' };
    this.#record({ type: 'handle-open', ...made });
    this.#record({ type: 'call-end', call: this.#call, result: { handle: serial } });
  }

  /** Calls a function on the handle of a kind. */
  call(fn: FunctionName, kind: HandleKind | null, args = argumentsOf(fn, kind)): void {
    this.#begin(fn, kind, args);
    this.#record({ type: 'call-end', call: this.#call, result: true });
  }

  #begin(fn: FunctionName, kind: HandleKind | null, args: readonly RecordedValue[]): number | null {
    this.#call += 1;
    const handle = kind === null ? null : (this.#serials.get(kind) ?? null);
    const place = handle === null ? -1 : handleParameter(fn);
    const passed = args.map((value, index) => (index === place && handle !== null ? { handle } : value));
    this.#record({ type: 'call-begin', call: this.#call, fn, handle, args: passed });
    return handle;
  }

  #record(body: EntryBody): void {
    const seq = this.entries.length + 1;
    this.entries.push({ ...body, seq, t: seq });
  }
}

/** Values of options whose form is no number, as an engine records them. */
const OPTION_VALUES: Readonly<Record<string, RecordedValue>> = {
  text: 'naïve "text"\\',
  secret: '••••',
  switch: true,
  callback: 'function told',
  command: null,
  version: 'record',
  state: 'record',
  proxy: 'record',
  connections: 'record',
  'client-certificate': 'record',
};

function optionArguments(fn: FunctionName, { option, form }: (typeof OPTIONS)[number]): readonly RecordedValue[] {
  const value = fn === 'InternetQueryOption' ? '64 bytes' : form in OPTION_VALUES ? (OPTION_VALUES[form] ?? null) : 4;
  return [null, option, value, ...(fn === 'InternetSetOptionEx' ? [0] : [])];
}

/** Arguments by the names of parameters, as an engine records them. */
const ARGUMENTS: Readonly<Record<string, RecordedValue>> = {
  lpszPassword: '••••',
  lpszCookieData: '••••',
  lplpszAcceptTypes: 'text/html, image/*',
  dwInfoLevel: constants.HTTP_QUERY_STATUS_CODE | constants.HTTP_QUERY_FLAG_NUMBER,
  lpfnInternetCallback: 'function told',
  lpFindFileData: 'record',
  lpFindData: 'record',
  lpvFindData: 'record',
  lpBuffersIn: 'record',
  lpBuffer: '100 bytes',
  lpOptional: '100 bytes',
  lpszCurrentDirectory: '100 bytes',
  lpdwIndex: 0,
  lpDistanceToMoveHigh: 0,
  fFailIfExists: true,
};
const SERVICES: Readonly<Partial<Record<HandleKind, number>>> = {
  'ftp-connect': constants.INTERNET_SERVICE_FTP,
  'gopher-connect': constants.INTERNET_SERVICE_GOPHER,
  'http-connect': constants.INTERNET_SERVICE_HTTP,
};

function argumentsOf(fn: FunctionName, kind: HandleKind | null): readonly RecordedValue[] {
  return functionRow(fn).parameters.map((parameter): RecordedValue => {
    if (parameter in ARGUMENTS) return ARGUMENTS[parameter] ?? null;
    if (parameter === 'dwService') return kind === null ? 0 : (SERVICES[kind] ?? 0);
    if (parameter === 'lpBuffersOut') return fn === 'InternetReadFileEx' ? 'record' : null;
    if (parameter === 'fExpectResponse') return kind === 'ftp-file';
    if (parameter.startsWith('lpsz')) return '/a/b c';
    return /^(dw|[nl][A-Z])/.test(parameter) && !parameter.startsWith('lp') ? 0 : null;
  });
}
