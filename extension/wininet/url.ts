import {
  INTERNET_DEFAULT_FTP_PORT,
  INTERNET_DEFAULT_GOPHER_PORT,
  INTERNET_DEFAULT_HTTP_PORT,
  INTERNET_DEFAULT_HTTPS_PORT,
} from '../shared/constants.ts';
import { CallFailure } from './winInetError.ts';

/** A scheme that InternetOpenUrl knows. */
export type UrlScheme = keyof typeof DEFAULT_PORTS;

const DEFAULT_PORTS = {
  http: INTERNET_DEFAULT_HTTP_PORT,
  https: INTERNET_DEFAULT_HTTPS_PORT,
  ftp: INTERNET_DEFAULT_FTP_PORT,
  gopher: INTERNET_DEFAULT_GOPHER_PORT,
} as const;

/** The parts of a URL. */
export interface UrlParts {
  readonly scheme: UrlScheme;
  readonly user: string | null;
  readonly password: string | null;
  readonly host: string;
  readonly port: number;
  /** Path, query and fragment; at least "/". */
  readonly path: string;
}

const AUTHORITY = /^(?:(?<userinfo>[^@/?#]*)@)?(?<host>\[[0-9a-fA-F:.]+\]|[^:/?#@\s\p{Cc}[\]\\]+)(?::(?<port>\d*))?$/u;

/**
 * Splits a URL. Fails with ERROR_INTERNET_UNRECOGNIZED_SCHEME where there is no known scheme, ERROR_INTERNET_INVALID_URL where
 * host or port are missing or malformed, and ERROR_INVALID_PARAMETER where there is nothing.
 */
export function splitUrl(text: string): UrlParts {
  if (text === '') throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a URL.');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined || !isKnownScheme(scheme)) throw new CallFailure('ERROR_INTERNET_UNRECOGNIZED_SCHEME');
  const rest = text.slice(scheme.length + 3);
  const end = rest.search(/[/?#]/);
  const authority = AUTHORITY.exec(end === -1 ? rest : rest.slice(0, end))?.groups;
  const port = authority?.port ? Number(authority.port) : DEFAULT_PORTS[scheme];
  if (authority?.host === undefined || port < 1 || port > 65535) throw new CallFailure('ERROR_INTERNET_INVALID_URL');
  const [user, password] = splitUserinfo(authority?.userinfo);
  const path = end === -1 ? '/' : rest.slice(end);
  return { scheme, user, password, host: authority.host, port, path: path.startsWith('/') ? path : `/${path}` };
}

/** The URL of a server and a path, as INTERNET_OPTION_URL tells it: without the scheme's own port and without credentials. */
export function joinUrl(parts: Pick<UrlParts, 'scheme' | 'host' | 'port' | 'path'>): string {
  const port = parts.port === DEFAULT_PORTS[parts.scheme] ? '' : `:${parts.port}`;
  return `${parts.scheme}://${parts.host}${port}${parts.path}`;
}

/**
 * Resolves the target of a redirect. As in the original a relative target, even an empty one or one that starts with "?",
 * replaces everything after the last slash of the base's path.
 */
export function resolveUrl(base: UrlParts, target: string): UrlParts {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return withCleanPath(splitUrl(target));
  if (target.startsWith('//')) return withCleanPath(splitUrl(`${base.scheme}:${target}`));
  const folder = folderOf(base.path);
  return withCleanPath({ ...base, path: target.startsWith('/') ? target : folder + target });
}

/** A path up to its last slash, without query and fragment; empty where there is none. */
export function folderOf(path: string): string {
  // A pattern that looks for the end would take quadratic time, and servers choose paths in Location.
  const bare = path.replace(/[?#].*$/s, '');
  return bare.slice(0, bare.lastIndexOf('/') + 1);
}

/** The same URL with its path in canonical form: dot segments resolved, blanks and control characters escaped. */
export function withCleanPath(parts: UrlParts): UrlParts {
  return { ...parts, path: cleanPath(parts.path) };
}

/** The path of HttpOpenRequest: "/" where there is none, dot segments resolved and unsafe characters escaped, as recorded. */
export function escapeObjectName(name: string | null): string {
  if (name === null || name === '') return '/';
  return cleanPath(name.startsWith('/') ? name : `/${name}`);
}

function cleanPath(text: string): string {
  const [, path = '/', extra = ''] = /^([^?#]*)(.*)$/s.exec(text) ?? [];
  return escapeUnsafe(removeDotSegments(path)) + escapeUnsafe(extra);
}

export function isKnownScheme(scheme: string): scheme is UrlScheme {
  return Object.hasOwn(DEFAULT_PORTS, scheme);
}

function splitUserinfo(userinfo: string | undefined): readonly [user: string | null, password: string | null] {
  if (userinfo === undefined) return [null, null];
  const colon = userinfo.indexOf(':');
  if (colon === -1) return [unescapeText(userinfo), null];
  return [unescapeText(userinfo.slice(0, colon)), unescapeText(userinfo.slice(colon + 1))];
}

/** Percent escapes resolved as UTF-8; text with broken escapes stays as it is. */
export function unescapeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone % is legal in a path that somebody typed: it then means itself.
    return text;
  }
}

function removeDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
    if (last && (segment === '.' || segment === '..')) kept.push('');
  }
  return `/${kept.join('/')}`;
}

function escapeUnsafe(text: string): string {
  // Half a character has no UTF-8 form.
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return whole.replace(/[\p{Cc} \u0080-\u{10ffff}]/gu, (character) => encodeURIComponent(character));
}
