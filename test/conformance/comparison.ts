import { createHash } from 'node:crypto';
import { FILE_ATTRIBUTE_DIRECTORY } from '../../extension/shared/constants.ts';
import type { Numbers } from './caseOutput.ts';
import { codeOf } from './casePlayer.ts';
import type { Outcome, Step, ToldCallback, Wire } from './vectors.ts';

/** What is needed to compare. */
export interface ComparisonScope {
  readonly substitute: (text: string) => string;
  readonly number: Numbers;
  /** The case talks to the FTP fixture, whose control connection reports more than is specified. */
  readonly ftp: boolean;
}

/** The outcomes that a step may have: what Windows does outranks what Wine did where it is preferred. */
export function acceptable({ expect, windows }: Step): readonly Outcome[] {
  const ofWindows = windows === undefined ? [] : (windows.anyOf ?? [{ ...windows, ok: windows.ok ?? true }]);
  if (expect === undefined || (ofWindows.length > 0 && windows?.preferred === true)) return ofWindows;
  return [...ofWindows, expect];
}

/** What differs between an outcome and the nearest of those that are acceptable; null if it is one of them. */
export function difference(got: Outcome, wanted: readonly Outcome[], scope: ComparisonScope): string | null {
  let first: string | null = null;
  for (const one of wanted) {
    const found = differenceFrom(one, got, scope);
    if (found === null) return null;
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
  if (
    !wanted.ok &&
    wanted.error !== undefined &&
    wanted.error !== '*' &&
    wanted.error !== 'NOT_SET' &&
    wanted.error !== got.error
  ) {
    const code = wanted.code ?? codeOf(wanted.error);
    if (code === undefined || code !== got.code) return differs('error', wanted.error, got.error);
  }
  if (got.error === 'HANG') return differs('end', 'an answer', 'none');
  if (wanted.ok && wanted.handle !== undefined && wanted.handle !== null && got.handle !== wanted.handle) {
    if (!wanted.handle.startsWith('?')) return differs('handle', wanted.handle, got.handle);
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
  if (typeof wanted === 'string')
    return (name === 'handle' && wanted.startsWith('?')) || isSameText(scope.substitute(wanted), got);
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

function hashOf(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'latin1')).digest('hex');
}

function findDifference(wanted: unknown, got: unknown): string | null {
  const dated = (wanted as Record<string, unknown> | null)?.ftLastWriteTime !== undefined;
  const pick = (value: unknown) => {
    const record = (value ?? {}) as Record<string, unknown>;
    const time = dated ? record.ftLastWriteTime : undefined;
    const date = time instanceof Date ? time.toISOString() : typeof time === 'string' ? time : '';
    return JSON.stringify([
      record.cFileName,
      record.nFileSizeLow,
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
  const sameHandle = (one: unknown, other: unknown) =>
    one === other || (typeof one === 'string' && one.startsWith('?'));
  if (wanted.status !== got.status || wanted.context !== got.context || !sameHandle(wanted.handle, got.handle))
    return false;
  return isSameInfo(wanted.info, got.info, scope) && isSameAction(wanted.action, got.action);
}

function isSameInfo(wanted: unknown, got: unknown, scope: ComparisonScope): boolean {
  if (wanted === undefined || wanted === '*') return true;
  // Byte counts are advice.
  if (typeof wanted === 'number') return typeof got === 'number';
  if (typeof wanted === 'string') return wanted.startsWith('?') || scope.substitute(wanted) === got;
  if (typeof wanted !== 'object' || wanted === null || typeof got !== 'object' || got === null) return wanted === got;
  const [one, other] = [wanted, got] as [Record<string, unknown>, Record<string, unknown>];
  return one.code === other.code && (one.result === other.result || String(one.result).startsWith('?'));
}

function isSameAction(wanted: unknown, got: unknown): boolean {
  if (wanted === undefined || wanted === null) return true;
  const [one, other] = [wanted, got ?? {}] as [Record<string, unknown>, Record<string, unknown>];
  return one.ok === other.ok && (one.error === undefined || one.error === other.error);
}

/** What differs between what the fixtures saw and what they were to see. */
export function wireDifference(
  wanted: Wire,
  http: readonly unknown[],
  ftp: readonly unknown[],
  scope: ComparisonScope,
): string | null {
  const substituted = (value: unknown) => (typeof value === 'string' ? scope.substitute(value) : value);
  const lines = (seen: readonly unknown[]) =>
    (seen as readonly Record<string, unknown>[]).map((one) =>
      'line' in one
        ? ftpLine(String(substituted(one.line)))
        : 'stored' in one
          ? `stored ${String(one.stored)} ${String(one.bytes)}`
          : request(one, substituted),
    );
  for (const [name, expected, actual] of [
    ['http', wanted.http, http],
    ['ftp', wanted.ftp, ftp],
  ] as const) {
    if (expected === undefined) continue;
    const [one, other] = [lines(expected), lines(actual)];
    const at = one.findIndex((line, index) => line !== other[index] && !matchesAnonymous(line, other[index]));
    if (at !== -1) return differs(`wire.${name}[${at}]`, one[at], other[at]);
    if (one.length !== other.length)
      return differs(`wire.${name}`, `${one.length} entries`, `${other.length}: ${String(other[one.length])}`);
  }
  return null;
}

function ftpLine(line: string): string {
  if (/^(PASV|EPSV)\b/i.test(line)) return 'PASV';
  // The port of an active data connection is another each time.
  return line.replace(/^(PORT (?:\d+,){4}).*/i, '$1{{port}}');
}

function matchesAnonymous(wanted: string, got: string | undefined): boolean {
  return wanted.includes('{{anonymous.password}}') && (got ?? '').startsWith(wanted.replace(/\{\{.*/s, ''));
}

const HEADERS = ['host', 'content-length', 'cookie', 'authorization', 'proxy-authorization'];

function request(
  { conn, listener, head, body }: Record<string, unknown>,
  substituted: (value: unknown) => unknown,
): string {
  const lines = (head as readonly string[]).map((line) => String(substituted(line)));
  const kept = lines.slice(1).filter((line) => HEADERS.includes(line.replace(/:.*/s, '').toLowerCase()));
  const normal = kept.map((line) => line.replace(/^[^:]*/, (name) => name.toLowerCase())).toSorted();
  return JSON.stringify([conn, listener, lines[0], ...normal, substituted(textOf(body))]);
}

/** Long data appears as its length and hash. */
function textOf(body: unknown): unknown {
  if (typeof body === 'object' && body !== null && 'length' in body) return `${String(body.length)} bytes`;
  const text = String(body ?? '');
  return text.length > 400 ? `${text.length} bytes` : text;
}

function differs(what: string, wanted: unknown, got: unknown): string {
  return `${what}: expected ${show(wanted)}, got ${show(got)}`;
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
