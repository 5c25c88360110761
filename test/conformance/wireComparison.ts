import type { ComparisonScope } from './comparison.ts';
import { differs, hashOf } from './differs.ts';
import type { Wire } from './vectors.ts';

/** What differs between what the fixtures saw and what they were to see. */
export function wireDifference(
  wanted: Wire,
  http: readonly unknown[],
  ftp: readonly unknown[],
  scope: ComparisonScope,
): string | null {
  const substituted = (value: unknown) => (typeof value === 'string' ? scope.substitute(value) : value);
  const lines = (seen: readonly unknown[]) =>
    (seen as readonly Record<string, unknown>[]).map((one) => {
      if ('line' in one) return ftpLine(String(substituted(one.line)));
      return 'stored' in one ? upload(one, substituted) : request(one, substituted);
    });
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

function upload({ stored, bytes, text }: Record<string, unknown>, substituted: (value: unknown) => unknown): string {
  return `stored ${String(stored)} ${String(bytes)} ${textOf(text, substituted)}`;
}

/** Longer texts are recorded as their length and hash. */
const LONG_TEXT = 400;

const HEADERS = ['host', 'content-length', 'cookie', 'authorization', 'proxy-authorization'];

function request(
  { conn, listener, head, body }: Record<string, unknown>,
  substituted: (value: unknown) => unknown,
): string {
  const lines = (head as readonly string[]).map((line) => String(substituted(line)));
  const kept = lines.slice(1).filter((line) => HEADERS.includes(line.replace(/:.*/s, '').toLowerCase()));
  const normal = kept.map((line) => line.replace(/^[^:]*/, (name) => name.toLowerCase())).toSorted();
  return JSON.stringify([conn, listener, lines[0], ...normal, textOf(body, substituted)]);
}

/** Long data appears as its length and hash. */
function textOf(body: unknown, substituted: (value: unknown) => unknown): string {
  if (typeof body === 'object' && body !== null && 'length' in body && 'sha256' in body)
    return `${String(body.length)} bytes ${String(body.sha256)}`;
  const text = String(substituted(body ?? ''));
  return text.length > LONG_TEXT ? `${text.length} bytes ${hashOf(text)}` : text;
}
