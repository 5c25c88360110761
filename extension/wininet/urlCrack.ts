import * as constants from '../shared/constants.ts';
import { CallFailure } from './winInetError.ts';

/** A piece of a URL and where it starts, in characters. */
export interface UrlPiece {
  readonly text: string;
  readonly start: number;
}

/** The pieces of a URL; null for one that it has no place for. */
export interface CrackedUrl {
  /** INTERNET_SCHEME_*; INTERNET_SCHEME_UNKNOWN for others. */
  readonly nScheme: number;
  /** That of the URL or the scheme's own; 0 where neither has one. */
  readonly nPort: number;
  readonly scheme: UrlPiece;
  readonly host: UrlPiece | null;
  readonly user: UrlPiece | null;
  readonly password: UrlPiece | null;
  readonly path: UrlPiece;
  /** From the first "?" or "#". */
  readonly extra: UrlPiece | null;
}

const SCHEMES: ReadonlyMap<string, number> = new Map([
  ['ftp', constants.INTERNET_SCHEME_FTP],
  ['gopher', constants.INTERNET_SCHEME_GOPHER],
  ['http', constants.INTERNET_SCHEME_HTTP],
  ['https', constants.INTERNET_SCHEME_HTTPS],
  ['file', constants.INTERNET_SCHEME_FILE],
  ['news', constants.INTERNET_SCHEME_NEWS],
  ['mailto', constants.INTERNET_SCHEME_MAILTO],
  ['socks', constants.INTERNET_SCHEME_SOCKS],
  ['javascript', constants.INTERNET_SCHEME_JAVASCRIPT],
  ['vbscript', constants.INTERNET_SCHEME_VBSCRIPT],
  ['res', constants.INTERNET_SCHEME_RES],
]);

/** As InternetCrackUrl tells them: so it was recorded that gopher has none. */
const PORTS: ReadonlyMap<number, number> = new Map([
  [constants.INTERNET_SCHEME_HTTP, constants.INTERNET_DEFAULT_HTTP_PORT],
  [constants.INTERNET_SCHEME_HTTPS, constants.INTERNET_DEFAULT_HTTPS_PORT],
  [constants.INTERNET_SCHEME_FTP, constants.INTERNET_DEFAULT_FTP_PORT],
]);

/** The number of a scheme's name, in any case. */
export function schemeNumber(name: string): number {
  return SCHEMES.get(name.toLowerCase()) ?? constants.INTERNET_SCHEME_UNKNOWN;
}

/** The name of a scheme's number; undefined where it has none. */
export function schemeName(nScheme: number): string | undefined {
  return [...SCHEMES].find(([, number]) => number === nScheme)?.[0];
}

/**
 * Cuts a URL into its pieces as they stand there: nothing is decoded, escaped or brought to lower case.
 * Fails with ERROR_INVALID_PARAMETER where there is nothing, ERROR_INTERNET_UNRECOGNIZED_SCHEME where it does not start with
 * the name of a scheme and a colon, and ERROR_INTERNET_INVALID_URL where the port is none.
 */
export function crackUrl(url: string): CrackedUrl {
  if (url === '') throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass a URL.');
  const name = /^[a-z0-9+.-]+(?=:)/i.exec(url)?.[0];
  if (name === undefined) throw new CallFailure('ERROR_INTERNET_UNRECOGNIZED_SCHEME');
  const nScheme = schemeNumber(name);
  const scheme = { text: name, start: 0 };
  const after = name.length + 1;
  const extraStart = extraStartOf(url, after);
  const extra = extraStart === url.length ? null : pieceOf(url, extraStart, url.length);
  if (!url.startsWith('//', after)) {
    const path = pieceOf(url, after, extraStart);
    return { nScheme, nPort: 0, scheme, host: null, user: null, password: null, path, extra };
  }
  const slash = url.slice(0, extraStart).indexOf('/', after + 2);
  const end = slash === -1 ? extraStart : slash;
  const { pathStart, ...authority } = crackAuthority(url, after + 2, end, nScheme);
  return { nScheme, scheme, ...authority, path: pieceOf(url, pathStart, extraStart), extra };
}

type Authority = Pick<CrackedUrl, 'host' | 'user' | 'password' | 'nPort'> & { readonly pathStart: number };

function crackAuthority(url: string, start: number, end: number, nScheme: number): Authority {
  const at = url.slice(0, end).lastIndexOf('@');
  const hostStart = at < start ? start : at + 1;
  const credentials = at < start ? { user: null, password: null } : crackCredentials(url, start, at);
  const text = url.slice(hostStart, end);
  // A port has no place in res://module/resource, and brackets keep the colons of an IPv6 address together.
  const colon = nScheme === constants.INTERNET_SCHEME_RES ? -1 : text.indexOf(':', text.lastIndexOf(']') + 1);
  const hostEnd = colon === -1 ? end : hostStart + colon;
  // As recorded: file://C:/x has a drive there, file:///x nothing.
  if (nScheme === constants.INTERNET_SCHEME_FILE && hostEnd <= hostStart + 1) {
    return { ...credentials, host: null, nPort: 0, pathStart: hostStart };
  }
  const port = colon === -1 ? '' : text.slice(colon + 1);
  const nPort = portOf(port) ?? PORTS.get(nScheme) ?? 0;
  return { ...credentials, host: pieceOf(url, hostStart, hostEnd), nPort, pathStart: end };
}

function crackCredentials(url: string, start: number, at: number): Pick<CrackedUrl, 'user' | 'password'> {
  const colon = url.slice(0, at).indexOf(':', start);
  if (colon === -1) return { user: pieceOf(url, start, at), password: null };
  // Recorded: nothing behind the colon is no password.
  return { user: pieceOf(url, start, colon), password: colon + 1 === at ? null : pieceOf(url, colon + 1, at) };
}

function portOf(digits: string): number | undefined {
  if (digits === '') return undefined;
  if (/^\d+$/.test(digits) && Number(digits) <= 65_535) return Number(digits);
  throw new CallFailure('ERROR_INTERNET_INVALID_URL', 'A port is a number up to 65535.');
}

function extraStartOf(url: string, from: number): number {
  const start = url.slice(from).search(/[?#]/);
  return start === -1 ? url.length : from + start;
}

function pieceOf(url: string, start: number, end: number): UrlPiece {
  return { text: url.slice(start, Math.max(start, end)), start };
}
