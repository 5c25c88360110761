import { FILE_ATTRIBUTE_DIRECTORY } from '../../extension/shared/constants.ts';
import type { Numbers } from './caseOutput.ts';
import { codeOf } from './casePlayer.ts';
import { differs, hashOf } from './differs.ts';
import type { Outcome, Step, ToldCallback } from './vectors.ts';

/** What is needed to compare. */
export interface ComparisonScope {
  readonly substitute: (text: string) => string;
  readonly number: Numbers;
  /** The case talks to the FTP fixture, whose control connection reports more than is specified. */
  readonly ftp: boolean;
  /** Which handle each `?n` of the case stands for, as far as it has come. */
  readonly placeholders: Map<string, string>;
}

/** The outcomes that a step may have: what Windows does outranks what Wine did where it is preferred. */
export function acceptable({ expect, windows }: Step): readonly Outcome[] {
  const ofWindows =
    windows === undefined ? [] : (windows.anyOf ?? [{ ...windows, ok: windows.ok ?? windows.error === undefined }]);
  // What real Windows was seen doing, or is documented to do, is the right answer; what is inferred is one of two.
  const preferred = windows?.preferred ?? (windows?.source !== undefined && windows.source !== 'inferred');
  if (expect === undefined || (ofWindows.length > 0 && preferred)) return ofWindows;
  return [...ofWindows, expect];
}

/** What differs between an outcome and the nearest of those that are acceptable; null if it is one of them. */
export function difference(got: Outcome, wanted: readonly Outcome[], scope: ComparisonScope): string | null {
  let first: string | null = null;
  for (const one of wanted) {
    const placeholders = new Map(scope.placeholders);
    const found = differenceFrom(one, got, { ...scope, placeholders });
    if (found === null) {
      for (const [name, handle] of placeholders) scope.placeholders.set(name, handle);
      return null;
    }
    first ??= found;
  }
  return first;
}

function differenceFrom(wanted: Outcome, got: Outcome, scope: ComparisonScope): string | null {
  if (wanted.ok !== got.ok)
    return differs(
      'ok',
      wanted.ok ? true : `failure with ${wanted.error}`,
      got.ok ? true : `failure with ${got.error}`,
    );
  if (!wanted.ok && !isSameError(wanted, got)) return differs('error', errorText(wanted), errorText(got));
  if (got.error === 'HANG') return differs('end', 'an answer', 'none');
  if (wanted.ok && wanted.handle !== undefined && wanted.handle !== null) {
    if (!isSameHandle(wanted.handle, got.handle, scope)) return differs('handle', wanted.handle, got.handle);
  }
  if (wanted.value !== undefined && wanted.value !== '*' && wanted.value !== got.value)
    return differs('value', wanted.value, got.value);
  for (const [name, value] of Object.entries(wanted.out ?? {})) {
    const found = outDifference(name, value, got.out ?? {}, scope);
    if (found !== null) return found;
  }
  return wanted.callbacks === undefined || got.callbacks === undefined
    ? null
    : callbackDifference(wanted.callbacks, got.callbacks, scope);
}

/** By its number, where the vectors or the table have it: some errors have two symbols. */
function isSameError({ error, code }: Outcome, got: Outcome): boolean {
  if (error === undefined || error === '*' || error === 'NOT_SET') return true;
  const number = code ?? codeOf(error);
  return number === undefined ? error === got.error : number === got.code;
}

function errorText({ error, code }: Outcome): string {
  return typeof code === 'number' ? `${error} (${code})` : String(error);
}

function outDifference(
  name: string,
  wanted: unknown,
  out: Record<string, unknown>,
  scope: ComparisonScope,
): string | null {
  const got = out[name];
  if (wanted === '*') return null;
  if (name === 'find') return findDifference(wanted, got);
  const same = name === 'contains' ? containsText(wanted, out, scope) : isSameOut(name, wanted, got, scope);
  return same ? null : differs(name, wanted, name === 'contains' ? (out.data ?? out.buffer) : got);
}

function containsText(wanted: unknown, out: Record<string, unknown>, scope: ComparisonScope): boolean {
  return String(out.data ?? out.buffer ?? '').includes(scope.substitute(String(wanted)));
}

function isSameOut(name: string, wanted: unknown, got: unknown, scope: ComparisonScope): boolean {
  if (name === 'nScheme') return scope.number(wanted) === got;
  if (name === 'handle') return isSameHandle(wanted, got, scope);
  if (typeof wanted === 'string') return isSameText(scope.substitute(wanted), got);
  if (typeof wanted !== 'object' || wanted === null) return wanted === got;
  if ('sha256' in wanted) return hashOf(String(got ?? '')) === wanted.sha256;
  const record = (got ?? {}) as Record<string, unknown>;
  return Object.entries(wanted).every(([key, value]) => {
    const text = typeof value === 'string' ? scope.substitute(value) : value;
    return value === '*' || record[key] === text;
  });
}

/** An echoed request is the same in any order of its headers: that order is not specified. */
function isSameText(wanted: string, got: unknown): boolean {
  if (typeof got !== 'string' || !/^[^\r\n]+ HTTP\/\d\.\d\r\n/.test(wanted)) return wanted === got;
  return sortedHead(wanted) === sortedHead(got);
}

function sortedHead(text: string): string {
  const end = text.indexOf('\r\n\r\n');
  const [first, ...headers] = text.slice(0, end).split('\r\n');
  return [first, ...headers.toSorted(), text.slice(end)].join('\r\n');
}

function findDifference(wanted: unknown, got: unknown): string | null {
  const { ftLastWriteTime, nFileSizeHigh } = (wanted ?? {}) as Record<string, unknown>;
  const pick = (value: unknown) => {
    const record = (value ?? {}) as Record<string, unknown>;
    const time = ftLastWriteTime === undefined ? undefined : record.ftLastWriteTime;
    const date = time instanceof Date ? time.toISOString() : typeof time === 'string' ? time : '';
    return JSON.stringify([
      record.cFileName,
      record.nFileSizeLow,
      nFileSizeHigh === undefined ? undefined : record.nFileSizeHigh,
      isFolder(record.dwFileAttributes),
      date.slice(0, 10),
    ]);
  };
  return pick(wanted) === pick(got) ? null : differs('find', pick(wanted), pick(got));
}

function isFolder(attributes: unknown): boolean {
  return attributes === 'FILE_ATTRIBUTE_DIRECTORY' || (Number(attributes) & FILE_ATTRIBUTE_DIRECTORY) !== 0;
}

const OPTIONAL: ReadonlySet<string> = new Set(
  ['RESOLVING_NAME', 'NAME_RESOLVED', 'COOKIE_SENT', 'COOKIE_RECEIVED', 'DETECTING_PROXY'].map(
    (one) => `INTERNET_STATUS_${one}`,
  ),
);
const FTP_CONTROL: ReadonlySet<string> = new Set(
  ['SENDING_REQUEST', 'REQUEST_SENT', 'RECEIVING_RESPONSE', 'RESPONSE_RECEIVED'].map((one) => `INTERNET_STATUS_${one}`),
);

function callbackDifference(
  wanted: readonly ToldCallback[],
  got: readonly ToldCallback[],
  scope: ComparisonScope,
): string | null {
  const counts = (one: ToldCallback) => !OPTIONAL.has(one.status) && !(scope.ftp && FTP_CONTROL.has(one.status));
  const [expected, actual] = [wanted.filter(counts), got.filter(counts)];
  const names = (all: readonly ToldCallback[]) =>
    all.map((one) => `${one.status.replace('INTERNET_STATUS_', '')}@${one.handle}`).join(' ');
  if (expected.length !== actual.length) return differs('callbacks', names(expected), names(actual));
  for (const [index, one] of expected.entries()) {
    const other = actual[index];
    if (other === undefined || !isSameCallback(one, other, scope)) return differs('callback', one, other);
  }
  return null;
}

function isSameCallback(wanted: ToldCallback, got: ToldCallback, scope: ComparisonScope): boolean {
  if (wanted.status !== got.status || wanted.context !== got.context) return false;
  if (!isSameHandle(wanted.handle, got.handle, scope)) return false;
  return isSameInfo(wanted.info, got.info, scope) && isSameAction(wanted.action, got.action);
}

function isSameInfo(wanted: unknown, got: unknown, scope: ComparisonScope): boolean {
  if (wanted === undefined) return true;
  // Byte counts are advice.
  if (wanted === '*' || typeof wanted === 'number') return typeof got === 'number';
  if (isPlaceholder(wanted)) return isSameHandle(wanted, got, scope);
  if (typeof wanted === 'string') return scope.substitute(wanted) === got;
  if (typeof wanted !== 'object' || wanted === null || typeof got !== 'object' || got === null) return wanted === got;
  const [one, other] = [wanted, got] as [Record<string, unknown>, Record<string, unknown>];
  return one.code === other.code && isSameHandle(one.result, other.result, scope);
}

function isPlaceholder(name: unknown): name is string {
  return typeof name === 'string' && /^\?\d+$/.test(name);
}

/**
 * A placeholder is one and the same handle in the whole case, and no other placeholder's. It may be one that a variable names:
 * below the root that the program has opened, where the recorded implementation puts a connection between (the seed's diagrams).
 */
function isSameHandle(wanted: unknown, got: unknown, { placeholders }: ComparisonScope): boolean {
  if (!isPlaceholder(wanted)) return wanted === got;
  if (typeof got !== 'string' || !/^[$?]/.test(got)) return false;
  const bound = placeholders.get(wanted);
  if (bound !== undefined) return bound === got;
  if ([...placeholders.values()].includes(got)) return false;
  placeholders.set(wanted, got);
  return true;
}

function isSameAction(wanted: unknown, got: unknown): boolean {
  if (wanted === undefined || wanted === null) return true;
  const [one, other] = [wanted, got ?? {}] as [Record<string, unknown>, Record<string, unknown>];
  return one.ok === other.ok && (one.error === undefined || one.error === other.error);
}
