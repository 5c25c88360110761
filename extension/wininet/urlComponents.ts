import * as constants from '../shared/constants.ts';
import { fillText, textIn } from './callerBuffer.ts';
import { pathOfFileUrl } from './fileUrlPath.ts';
import { type CrackedUrl, crackUrl, schemeName, schemeNumber, type UrlPiece } from './urlCrack.ts';
import { decodeBytes, decodeEscapes } from './urlEscapes.ts';
import { CallFailure } from './winInetError.ts';

/** A text field of URL_COMPONENTS. */
export type UrlTextField =
  | 'lpszScheme'
  | 'lpszHostName'
  | 'lpszUserName'
  | 'lpszPassword'
  | 'lpszUrlPath'
  | 'lpszExtraInfo';

type LengthField<Field extends UrlTextField> = Field extends `lpsz${infer Name}` ? `dw${Name}Length` : never;

/**
 * The parts of a URL. For InternetCrackUrl a text that is absent is pointed to, which makes it a text here, null is not wanted,
 * and a Uint8Array is filled; for InternetCreateUrl a length that is absent or 0 is that of the text.
 */
export type URL_COMPONENTS = { [Field in UrlTextField]?: string | Uint8Array | null | undefined } & {
  [Field in LengthField<UrlTextField>]?: number | undefined;
} & {
  /** 104 where it is given, as on a 64-bit machine. */
  dwStructSize?: number;
  /** INTERNET_SCHEME_*. */
  nScheme?: number;
  nPort?: number;
  /** Where in the URL each text starts that was pointed to, in characters: the pointers of the original. */
  offsets?: { [Field in UrlTextField]?: number };
};

/** The parts of a URL as texts; null for those that it does not have. */
export type CRACKED_URL = { [Field in UrlTextField]: string | null } & {
  [Field in LengthField<UrlTextField>]: number;
} & { nScheme: number; nPort: number; offsets: { [Field in UrlTextField]?: number } };

const STRUCT_SIZE = 104;

const FIELDS = [
  ['lpszScheme', 'dwSchemeLength', 'scheme'],
  ['lpszHostName', 'dwHostNameLength', 'host'],
  ['lpszUserName', 'dwUserNameLength', 'user'],
  ['lpszPassword', 'dwPasswordLength', 'password'],
  ['lpszUrlPath', 'dwUrlPathLength', 'path'],
  ['lpszExtraInfo', 'dwExtraInfoLength', 'extra'],
] as const satisfies readonly (readonly [UrlTextField, LengthField<UrlTextField>, keyof CrackedUrl])[];

/** Fails with ERROR_INVALID_PARAMETER where the record says that it is of another size. */
export function checkSize({ dwStructSize }: URL_COMPONENTS): void {
  if (dwStructSize === undefined || dwStructSize === STRUCT_SIZE) return;
  throw new CallFailure('ERROR_INVALID_PARAMETER', `Leave dwStructSize out, or set it to ${STRUCT_SIZE}.`);
}

/** The parts of a URL, whole. Fails as crackUrl. */
export function urlParts(url: string, decode: boolean): CRACKED_URL {
  const record: URL_COMPONENTS = {};
  crackInto(record, url, decode ? decoded : asItIs);
  // Every text was pointed to, so none is a buffer or absent.
  return record as CRACKED_URL;
}

/**
 * Fills a record with the parts of a URL that it wants; without a place for the extra part, that stays with the path.
 * Fails as crackUrl; with ERROR_INSUFFICIENT_BUFFER where a buffer is too small, whose length field then says what it needs;
 * and with ERROR_INVALID_PARAMETER where something is to be decoded and has no buffer for it.
 */
export function fillComponents(record: URL_COMPONENTS, url: string, decode: boolean): void {
  checkSize(record);
  if (decode && FIELDS.some(([field]) => record[field] !== null && !(record[field] instanceof Uint8Array))) {
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'ICU_DECODE needs a buffer for every part, or null for it.');
  }
  crackInto(record, url, decode ? decodedBytes : asItIs);
}

/** Builds a URL from its parts. Fails with ERROR_INVALID_PARAMETER for a wrong size, no scheme, and a password without a user. */
export function urlOfComponents(record: URL_COMPONENTS): string {
  checkSize(record);
  const [scheme, host, user, password, path, extra] = FIELDS.map((names) => textGiven(record, names[0], names[1]));
  const number = record.nScheme === constants.INTERNET_SCHEME_DEFAULT ? constants.INTERNET_SCHEME_HTTP : record.nScheme;
  const name = scheme ?? schemeName(number ?? constants.INTERNET_SCHEME_HTTP);
  if (name === undefined) throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass lpszScheme, or a known nScheme.');
  if (user === undefined && password !== undefined) {
    throw new CallFailure('ERROR_INVALID_PARAMETER', 'Pass lpszUserName beside lpszPassword.');
  }
  const credentials = user === undefined ? '' : `${user}${password === undefined ? '' : `:${password}`}@`;
  const slashes = host !== undefined || WITH_HOST.has(schemeNumber(name)) ? '//' : '';
  const port = host === undefined ? '' : portText(schemeNumber(name), record.nPort ?? 0);
  const missingSlash = host !== undefined && path !== undefined && !path.startsWith('/') ? '/' : '';
  return `${name}:${slashes}${credentials}${host ?? ''}${port}${missingSlash}${path ?? ''}${extra ?? ''}`;
}

/** Schemes that have "//" even where no host follows. */
const WITH_HOST: ReadonlySet<number> = new Set([
  constants.INTERNET_SCHEME_FTP,
  constants.INTERNET_SCHEME_GOPHER,
  constants.INTERNET_SCHEME_HTTP,
  constants.INTERNET_SCHEME_HTTPS,
  constants.INTERNET_SCHEME_FILE,
]);

const DEFAULT_PORTS: ReadonlyMap<number, number> = new Map([
  [constants.INTERNET_SCHEME_FTP, constants.INTERNET_DEFAULT_FTP_PORT],
  [constants.INTERNET_SCHEME_GOPHER, constants.INTERNET_DEFAULT_GOPHER_PORT],
  [constants.INTERNET_SCHEME_HTTP, constants.INTERNET_DEFAULT_HTTP_PORT],
  [constants.INTERNET_SCHEME_HTTPS, constants.INTERNET_DEFAULT_HTTPS_PORT],
]);

/** The port is a WORD. */
function portText(nScheme: number, nPort: number): string {
  const port = nPort & 0xffff;
  return port === 0 || DEFAULT_PORTS.get(nScheme) === port ? '' : `:${port}`;
}

function textGiven(record: URL_COMPONENTS, field: UrlTextField, lengthField: LengthField<UrlTextField>) {
  const value = record[field];
  if (value === null || value === undefined) return undefined;
  const text = value instanceof Uint8Array ? textIn(value) : value;
  const length = record[lengthField] ?? 0;
  return length > 0 ? text.slice(0, length) : text;
}

type Reading = (piece: UrlPiece) => string;

function crackInto(record: URL_COMPONENTS, url: string, read: Reading): void {
  const cracked = crackUrl(url);
  const pieces =
    record.lpszExtraInfo === null || cracked.extra === null ? { ...cracked, path: wholePath(cracked) } : cracked;
  record.nScheme = cracked.nScheme;
  record.nPort = cracked.nPort;
  record.offsets = {};
  for (const [field, lengthField, name] of FIELDS) {
    const piece = pieces[name];
    const target = record[field];
    if (target === null) record[lengthField] = 0;
    else if (target instanceof Uint8Array) {
      const text = piece === null ? '' : read(piece);
      const local = name === 'path' && cracked.nScheme === constants.INTERNET_SCHEME_FILE;
      record[lengthField] = filledLength(record, lengthField, target, local ? windowsPath(url, text) : text);
    } else {
      record[field] = piece === null ? null : read(piece);
      record[lengthField] = record[field]?.length ?? 0;
      if (piece !== null) record.offsets[field] = piece.start;
    }
  }
}

/** The path with the extra part, where that has no place of its own. As recorded it then ends with its first line. */
function wholePath({ path, extra }: CrackedUrl): UrlPiece {
  return { ...path, text: (path.text + (extra?.text ?? '')).replace(/\n.*$/s, '') };
}

function filledLength(
  record: URL_COMPONENTS,
  lengthField: LengthField<UrlTextField>,
  buffer: Uint8Array,
  text: string,
): number {
  // What does not fit leaves the length that it needs, as in the original.
  if (buffer.length < text.length + 1) record[lengthField] = text.length + 1;
  return fillText(buffer, text);
}

/** A file URL's path in a caller's buffer is one of Windows; behind a slash it is made of the whole URL: so recorded. */
function windowsPath(url: string, path: string): string {
  return path.startsWith('/') ? pathOfFileUrl(url) : path.replaceAll('/', '\\');
}

function asItIs({ text }: UrlPiece): string {
  return text;
}

function decoded({ text }: UrlPiece): string {
  return decodeEscapes(text);
}

/** In a caller's buffer an escape is the byte that it stands for: recorded. */
function decodedBytes({ text }: UrlPiece): string {
  return decodeBytes(text);
}
